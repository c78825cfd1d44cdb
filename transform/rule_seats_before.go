package transform

import "hemicycle/schemas"

var seatsBefore = Rule{
	ID: "seats_before", Names: []string{"seats_before"}, Each: true, Target: "results.seats_before",
	Meaning: "seats held when the chamber was dissolved",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.At(f.Position).SeatsBefore, f, maxSeats)
	},
}
