package transform

import "hemicycle/schemas"

var candidate = Rule{
	ID: "candidate", Names: []string{"nominee", "candidate"}, Each: true, Alike: true, Target: "results.name",
	Meaning: "the candidate; the contender is a candidate then, else a party",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if nameless(f.Text) {
			return false
		}
		c := r.e.At(f.Position)
		c.Kind, c.Name, c.Page = "candidate", f.Text, f.Page
		return true
	},
}
