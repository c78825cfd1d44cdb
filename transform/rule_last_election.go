package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var lastElectionRule = Rule{
	ID:       "last_election",
	Names:    []string{"last_election"},
	Numbered: true,
	Columns:  []string{"results.previous_seats", "results.is_new"},
	Meaning:  "seats won at the last election, or that the contender is new",
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
