package transform

import "hemicycle/schemas"

var allianceRule = Rule{
	ID: "alliance", Names: []string{"alliance"}, Each: true, Target: "results.alliance",
	Meaning: "the alliance that a contender stands in",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return !nameless(f.Text) && label(&r.e.At(f.Position).Alliance, f)
	},
}
