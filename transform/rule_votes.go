package transform

import "hemicycle/schemas"

var votes = Rule{
	ID: "votes", Names: []string{"popular_vote", "votes"}, Each: true, Alike: true, Target: "results.votes",
	Meaning: "votes won",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.At(f.Position).Votes, f, maxVotes)
	},
}
