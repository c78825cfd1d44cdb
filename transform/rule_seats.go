package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsRule = Rule{
	ID: "seats", Names: []string{"seats", "seats_after"}, Numbered: true,
	Columns: []string{"results.seats", "results.seat_change", "results.seat_change_stated"},
	Meaning: "seats won; seats held after the election where the box has only those; and the change that stands " +
		"beside them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		isRead := r.count(&c.Seats, f, values.MaxSeats)
		change, _, _ := values.ReadChange(values.ChangeBeside(f.Text))
		switch {
		case c.Seats == nil || change == nil:
		case c.SeatChangeStated != nil: // in a row of one's own, which is read after the fields
			r.addCountDifference(f, change, r.fieldFilling("results.seat_change_stated", c.Position), c.SeatChangeStated)
		default:
			c.SeatChangeStated = change
			f.Targets = []string{"results.seats", "results.seat_change", "results.seat_change_stated"}
		}
		return isRead
	},
}
