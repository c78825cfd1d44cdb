package transform

import "hemicycle/schemas"

var runningMate = Rule{
	ID: "running_mate", Names: []string{"running_mate"}, Each: true, Target: "results.running_mate",
	Meaning: "the running mate of a candidate",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if nameless(f.Text) {
			return false
		}
		r.e.At(f.Position).RunningMate = f.Text
		return true
	},
}
