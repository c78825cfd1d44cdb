package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var lastElectionRule = Rule{
	ID: "last_election", Names: []string{"last_election"}, Numbered: true, Target: "results.previous_seats",
	Meaning: "seats won at the last election, or that the contender is new",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		if n, ok := values.PlainCount(f.Text); ok && n <= values.MaxSeats {
			c.PreviousSeats, c.IsNew = r.number(n), r.fact(false)
			return true
		}
		seats, isNew, problem := values.ReadLastElection(f.Text)
		r.unreadable(f, problem)
		c.PreviousSeats = seats
		if isNew != nil {
			c.IsNew = isNew
		}
		if isNew != nil && *isNew {
			f.Target = "results.is_new"
		}
		return true
	},
}
