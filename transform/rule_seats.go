package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsRule = Rule{
	ID: "seats", Names: []string{"seats", "seats_after"}, Numbered: true, Columns: []string{
		"results.seats", "results.seat_change", "results.seat_change_stated",
	},
	Meaning: "seats won; seats held after the election where the box has only those; and the change that stands " +
		"beside them",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if f.Text == "" {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		isRead := r.count(&c.Seats, f, values.MaxSeats)
		if change, unsigned, problem := values.ReadChange(values.ChangeBeside(f.Text)); c.Seats != nil && change != nil &&
			!unsigned && problem == "" {
			c.SeatChangeStated = change
			f.Targets = []string{"results.seats", "results.seat_change", "results.seat_change_stated"}
		}
		return isRead
	},
}
