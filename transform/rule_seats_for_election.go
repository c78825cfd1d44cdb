package transform

import (
	"hemicycle/schemas"
)

var seatsForElection = Rule{
	ID: "seats_for_election", Names: []string{"seats_for_election"}, Target: "elections.seats_total",
	Meaning: "the size of the chamber and the seats filled, from a phrase",
	fill: func(r *reading, f *schemas.BoxField) bool {
		s, problem := readSeats(f.Text)
		if s.total == nil && isAmbiguous(problem) {
			var majority *int64
			for _, m := range r.named("majority_seats") {
				majority, _ = readCount(m.Text, maxSeats)
			}
			if one, ok := chamberOfMajority(f.Text, majority); ok {
				s, problem = one, ""
			}
		}
		r.unreadable(f, problem)
		r.e.SeatsTotal, r.e.SeatsContested, r.e.Chamber, r.e.SeatsRaw = s.total, s.contested, s.chamber, f.Text
		return f.Text != ""
	},
}
