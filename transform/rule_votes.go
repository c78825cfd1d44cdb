package transform

import (
	"hemicycle/schemas"
)

var votesRule = Rule{
	ID:       "votes",
	Names:    []string{"popular_vote", "votes"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.votes", "results.vote_pct", "round_results.votes", "round_results.vote_pct"},
	Meaning:  "votes won, those of each round where the field parts them, and the share of them that stands beside them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		if parts := r.roundParts(f); parts != nil {
			r.readRoundVotes(f, parts, false)
			return true
		}
		if share := r.votes(&c.Votes, f); share != nil {
			c.VotePct, f.Targets = share, []string{"results.votes", "results.vote_pct"}
		}
		return true
	},
}
