package transform

import (
	"hemicycle/schemas"
)

var votesCastRule = Rule{
	ID: "votes_cast", Names: []string{"votes_cast"}, Columns: []string{"elections.votes_cast"},
	Meaning: "votes cast, where the box counts them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		r.votes(&r.e.VotesCast, f)
		return f.Text != ""
	},
}
