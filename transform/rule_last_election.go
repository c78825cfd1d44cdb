package transform

import "hemicycle/schemas"

var lastElection = Rule{
	ID: "last_election", Names: []string{"last_election"}, Each: true, Target: "results.previous_seats",
	Meaning: "seats won at the last election, or that the contender is new",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.At(f.Position)
		if n, ok := plainCountOf(f.Text); ok && n <= maxSeats {
			c.PreviousSeats, c.IsNew = r.number(n), r.fact(false)
			return true
		}
		seats, isNew, problem := readLastElection(f.Text)
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
