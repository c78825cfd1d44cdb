package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var votesRule = Rule{
	ID:       "votes",
	Names:    []string{"popular_vote", "votes"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.votes"},
	Meaning:  "votes won",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.EnsureContender(f.Position).Votes, f, values.MaxVotes)
	},
}
