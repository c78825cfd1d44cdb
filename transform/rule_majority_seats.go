package transform

import "hemicycle/schemas"

var majoritySeats = Rule{
	ID: "majority_seats", Names: []string{"majority_seats"}, Target: "elections.majority_seats",
	Meaning: "the seats needed for a majority, as stated",
	fill:    func(r *reading, f *schemas.BoxField) bool { return r.count(&r.e.MajoritySeats, f, maxSeats) },
}
