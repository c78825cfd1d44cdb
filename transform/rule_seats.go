package transform

import "hemicycle/schemas"

var seats = Rule{
	ID: "seats", Names: []string{"seats", "seats_after"}, Each: true, Target: "results.seats",
	Meaning: "seats won; seats held after the election where the box has only those",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.At(f.Position).Seats, f, maxSeats)
	},
}
