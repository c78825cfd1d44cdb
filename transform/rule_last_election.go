package transform

import "hemicycle/schemas"

var lastElection = Rule{
	ID: "last_election", Names: []string{"last_election"}, Each: true, Target: "results.previous_seats",
	Meaning: "seats won at the last election, or that the contender is new",
	fill: func(r *reading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		seats, isNew, problem := readLastElection(f.Text)
		r.unreadable(f, problem)
		c := r.e.At(f.Position)
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
