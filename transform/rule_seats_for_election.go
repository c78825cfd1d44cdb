package transform

import (
	"slices"

	"hemicycle/schemas"
	"hemicycle/transform/linkednames"
	"hemicycle/transform/seats"
	"hemicycle/transform/values"
)

var seatsForElectionRule = Rule{
	ID: "seats_for_election", Names: []string{"seats_for_election"}, Columns: []string{
		"elections.seats_total", "elections.seats_contested", "elections.seats_raw", "elections.chamber",
		"elections.majority_seats", "elections.chamber_page",
	},
	Meaning: "the size of the chamber and the seats filled, from a phrase, and the majority if the box states it " +
		"nowhere else",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		s, problem := seats.Read(f.Text)
		if s.Total == nil && values.IsAmbiguous(problem) {
			var majority *int64
			for _, m := range r.Named("majority_seats") {
				majority, _ = values.ReadCount(m.Text, values.MaxSeats)
			}
			if one, ok := seats.ChamberOfMajority(f.Text, majority); ok {
				s, problem = one, ""
			}
		}
		r.unreadable(f, problem)
		r.chambers = seats.Chambers(f.Text)
		r.e.SeatsTotal, r.e.SeatsContested, r.e.Chamber, r.e.SeatsRaw = s.Total, s.Contested, s.Chamber, f.Text
		if f.Text == "" {
			return false
		}
		f.Targets = []string{"elections.seats_total"}
		if s.Contested != nil {
			f.Targets = append(f.Targets, "elections.seats_contested")
		}
		f.Targets = append(f.Targets, "elections.seats_raw")
		if s.Chamber != "" {
			f.Targets = append(f.Targets, "elections.chamber")
			if r.e.ChamberPage = linkednames.PageOf(f.Field, s.Chamber); r.e.ChamberPage != "" {
				f.Targets = append(f.Targets, "elections.chamber_page")
			}
		}
		hasOwnField := slices.ContainsFunc(r.Named("majority_seats"), func(m *schemas.BoxField) bool {
			return m.Position == 0 && !values.IsAbsent(m.Text)
		})
		if s.Majority != nil && !hasOwnField {
			r.e.MajoritySeats = s.Majority
			f.Targets = append(f.Targets, "elections.majority_seats")
		} else if len(r.chambers) < 2 { // the box may state that of another chamber
			r.phrase, r.phraseMajority = f, s.Majority
		}
		return true
	},
}
