package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsBeforeRule = Rule{
	ID: "seats_before", Names: []string{"seats_before"}, Numbered: true, Columns: []string{"results.seats_before"},
	Meaning: "seats held when the chamber was dissolved",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		return f.Text != "" && r.count(&r.e.EnsureContender(f.Position).SeatsBefore, f, values.MaxSeats)
	},
}
