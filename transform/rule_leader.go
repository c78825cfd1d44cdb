package transform

import "hemicycle/schemas"

var leader = Rule{
	ID: "leader", Names: []string{"leader", "party_leader"}, Each: true, Alike: true, Target: "results.leader",
	Meaning: "the leader of a party",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if nameless(f.Text) {
			return false
		}
		r.e.At(f.Position).Leader = f.Text
		return true
	},
}
