package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var allianceRule = Rule{
	ID: "alliance", Names: []string{"alliance"}, Numbered: true, Columns: []string{"results.alliance"},
	Meaning: "the alliance that a contender stands in",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		return !values.IsNameless(f.Text) && r.label(&r.e.EnsureContender(f.Position).Alliance, f)
	},
}
