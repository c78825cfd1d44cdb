package transform

import (
	"hemicycle/schemas"
)

var votesRule = Rule{
	ID:       "votes",
	Names:    []string{"popular_vote", "votes"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.votes", "results.vote_pct"},
	Meaning:  "votes won, and the share of them that stands beside them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		if share := r.votes(&c.Votes, f); share != nil {
			c.VotePct, f.Targets = share, []string{"results.votes", "results.vote_pct"}
		}
		return true
	},
}
