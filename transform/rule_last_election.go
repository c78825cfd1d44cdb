package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var lastElectionRule = Rule{
	ID:       "last_election",
	Names:    []string{"last_election"},
	Numbered: true,
	Columns:  []string{"results.previous_seats", "results.is_new", "results.previous_vote_pct"},
	Meaning:  "seats won at the last election, with the share of votes beside them, or that the contender is new",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		if n, ok := values.PlainCount(f.Text); ok && n <= values.MaxSeats {
			c.PreviousSeats, c.IsNew = r.number(n), r.fact(false)
			f.Targets = []string{"results.previous_seats", "results.is_new"}
			return true
		}
		text, ok := r.exact(f)
		if !ok {
			return true
		}
		seats, isNew, problem := values.ReadLastElection(text)
		r.unreadable(f, problem)
		c.PreviousSeats = seats
		if isNew == nil || !*isNew {
			c.PreviousVotePct = values.ReadPreviousShare(text)
		}
		if c.PreviousVotePct != nil {
			defer func() { f.Targets = append(f.Targets, "results.previous_vote_pct") }()
		}
		switch {
		case isNew == nil:
		case *isNew:
			r.newFields = append(r.newFields, f)
			c.IsNew, f.Targets = isNew, []string{"results.is_new"}
		default:
			c.IsNew, f.Targets = isNew, []string{"results.previous_seats", "results.is_new"}
		}
		return true
	},
}
