package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var majoritySeatsRule = Rule{
	ID: "majority_seats", Names: []string{"majority_seats"}, Columns: []string{"elections.majority_seats"},
	Meaning: "the seats needed for a majority, as stated",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsAbsent(f.Text) { // the phrase on seats may state it
			return f.Text != ""
		}
		isRead := r.count(&r.e.MajoritySeats, f, values.MaxSeats)
		r.addCountDifference(r.phrase, r.phraseMajority, f, r.e.MajoritySeats)
		return isRead
	},
}
