package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatChangeRule = Rule{
	ID:       "seat_change",
	Names:    []string{"seat_change"},
	Numbered: true,
	Columns:  []string{"results.seat_change", "results.seat_change_stated", "results.is_new"},
	Meaning: "the change in seats that the box states, or that the contender is new; seats less previous " +
		"seats where both are of the whole chamber",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsAbsent(f.Text) {
			return false
		}
		if r.newcomer(f) {
			return true
		}
		c := r.e.EnsureContender(f.Position)
		f.Targets = []string{"results.seat_change"}
		beside := c.SeatChangeStated
		if c.SeatChangeStated = signedChange(r, f, "the seats", values.ReadChange); c.SeatChangeStated != nil {
			f.Targets = append(f.Targets, "results.seat_change_stated")
		}
		if beside == nil {
			return true
		}
		if seats := r.fieldFilling("results.seat_change_stated", c.Position); seats != nil && seats != f {
			r.addCountDifference(seats, beside, f, c.SeatChangeStated)
			seats.Targets = []string{"results.seats"}
		}
		return true
	},
}

// computeSeatChanges fills the changes in seats. If both are of the whole chamber, seats less previous seats count, and
// otherwise the change that the box states, or the seats held after the election less those before.
func (r *boxReading) computeSeatChanges() {
	after := map[int]*schemas.BoxField{}
	for _, f := range r.Named("seats_after") {
		if !values.IsAbsent(f.Text) {
			after[f.Position] = f
		}
	}
	isPartial := r.seatsAreOfPart()
	for i := range r.e.Contenders {
		c := &r.e.Contenders[i]
		f := after[c.Position]
		switch {
		case f == nil && !isPartial && c.Seats != nil && c.PreviousSeats != nil:
			c.SeatChange = r.number(*c.Seats - *c.PreviousSeats)
			r.differences = append(r.differences, c.Position)
		case c.SeatChangeStated != nil:
			c.SeatChange = c.SeatChangeStated
		case f != nil && c.SeatsBefore != nil:
			if c.SeatsAfter != nil {
				c.SeatChange = r.number(*c.SeatsAfter - *c.SeatsBefore)
			}
		}
	}
}

// seatsAreOfPart reports whether the contenders' seats are those won on the day in a part of the chamber, so that they
// do not compare with those of the last election. Infobox legislative election has both of one kind.
func (r *boxReading) seatsAreOfPart() bool {
	total, contested, sum := r.e.SeatsTotal, r.e.SeatsContested, r.e.SeatsSum()
	switch {
	case r.e.Template == schemas.LegislativeBox:
		return false
	case total == nil: // what a phrase that is not understood says may be a part
		return r.e.SeatsRaw != ""
	}
	return (contested == nil || *contested < *total) && (sum == nil || *sum < *total)
}
