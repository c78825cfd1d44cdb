package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var electoralVotesRule = Rule{
	ID:       "electoral_votes",
	Names:    []string{"electoral_vote", "delegate_count"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.electoral_votes"},
	Meaning:  "electoral votes or delegates won; they are no seats",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.EnsureContender(f.Position).ElectoralVotes, f, values.MaxSeats)
	},
}
