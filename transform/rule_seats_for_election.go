package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsForElectionRule = Rule{
	ID: "seats_for_election", Names: []string{"seats_for_election"}, Columns: []string{
		"elections.seats_total", "elections.seats_contested", "elections.seats_raw", "elections.chamber",
	},
	Meaning: "the size of the chamber and the seats filled, from a phrase",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		s, problem := values.ReadSeats(f.Text)
		if s.Total == nil && values.IsAmbiguous(problem) {
			var majority *int64
			for _, m := range r.Named("majority_seats") {
				majority, _ = values.ReadCount(m.Text, values.MaxSeats)
			}
			if one, ok := values.ChamberOfMajority(f.Text, majority); ok {
				s, problem = one, ""
			}
		}
		r.unreadable(f, problem)
		r.e.SeatsTotal, r.e.SeatsContested, r.e.Chamber, r.e.SeatsRaw = s.Total, s.Contested, s.Chamber, f.Text
		if f.Text == "" {
			return false
		}
		f.Targets = seatsColumns(&s)
		return true
	},
}

// seatsColumns returns the columns that a phrase on seats fills.
func seatsColumns(s *values.Seats) []string {
	columns := []string{"elections.seats_total"}
	if s.Contested != nil {
		columns = append(columns, "elections.seats_contested")
	}
	columns = append(columns, "elections.seats_raw")
	if s.Chamber != "" {
		columns = append(columns, "elections.chamber")
	}
	return columns
}
