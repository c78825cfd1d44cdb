package transform

import "hemicycle/schemas"

var electoralVotes = Rule{
	ID: "electoral_votes", Names: []string{"electoral_vote", "delegate_count"}, Each: true, Target: "results.electoral_votes",
	Meaning: "electoral votes or delegates won; they are no seats",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.At(f.Position).ElectoralVotes, f, maxSeats)
	},
}
