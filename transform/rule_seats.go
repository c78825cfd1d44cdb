package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsRule = Rule{
	ID: "seats", Names: []string{"seats", "seats_after"}, Numbered: true, Columns: []string{"results.seats"},
	Meaning: "seats won; seats held after the election where the box has only those",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.EnsureContender(f.Position).Seats, f, values.MaxSeats)
	},
}
