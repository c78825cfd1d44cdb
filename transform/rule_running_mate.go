package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var runningMateRule = Rule{
	ID: "running_mate", Names: []string{"running_mate"}, Numbered: true, Columns: []string{"results.running_mate"},
	Meaning: "the running mate of a candidate",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNobody(f.Text) {
			return false
		}
		r.e.EnsureContender(f.Position).RunningMate = f.Text
		return true
	},
}
