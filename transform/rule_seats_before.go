package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsBeforeRule = Rule{
	ID: "seats_before", Names: []string{"seats_before", "current_seats"}, Numbered: true,
	Columns: []string{"results.seats_before"},
	Meaning: "seats held when the chamber was dissolved; current_seats where the box has only those",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.EnsureContender(f.Position).SeatsBefore, f, values.MaxSeats)
	},
}
