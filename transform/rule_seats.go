package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var seatsRule = Rule{
	ID: "seats", Names: []string{"seats", "seats_after"}, Numbered: true,
	Columns: []string{"results.seats", "results.seats_after", "results.seat_change", "results.seat_change_stated"},
	Meaning: "seats won; seats held after the election, which are the seats where the box has only those; and the " +
		"change that stands beside them",
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

// computeSeatsBasis tells what the seats of the contenders are. The documentation of Infobox election has seatsN for
// those won and seats_afterN for those held, and in the seats of a box for a part of the chamber editors write either:
// what sums to the whole chamber is held, and what sums to no more than the part is won.
func (r *boxReading) computeSeatsBasis() {
	held := r.readSeatsAfter()
	e := r.e
	given, fromAfter := 0, 0
	for i := range e.Contenders {
		if c := &e.Contenders[i]; c.Seats != nil {
			given++
			if held[c.Position] {
				fromAfter++
			}
		}
	}
	sum := e.SeatsSum()
	isKnown := e.SeatsTotal != nil && e.SeatsContested != nil
	switch {
	case given == 0:
	case fromAfter == given:
		e.SeatsBasis = schemas.SeatsHeldAfter
	case fromAfter > 0:
	case !isKnown && e.SeatsRaw != "": // what a phrase that is not understood says may be a part
	case !isKnown, *e.SeatsContested == *e.SeatsTotal, *sum <= *e.SeatsContested:
		e.SeatsBasis = schemas.SeatsWon
	case *sum == *e.SeatsTotal:
		e.SeatsBasis = schemas.SeatsHeldAfter
	}
	isWon := e.SeatsBasis == schemas.SeatsWon || fromAfter > 0 // where the box has both, seatsN are those won
	for i := range e.Contenders {
		c := &e.Contenders[i]
		switch {
		case c.Seats == nil || held[c.Position]:
		case isWon:
			c.SeatsWon = c.Seats
		case e.SeatsBasis == schemas.SeatsHeldAfter && c.SeatsAfter == nil:
			c.SeatsAfter = c.Seats
		}
	}
	r.readSeatsWon()
}

// readSeatsWon reads the seats won that stand in a row of the editors' own. If the seats that the box gives elsewhere
// are those won too, both must be the same.
func (r *boxReading) readSeatsWon() {
	for _, f := range r.wonRows {
		c := r.e.Contender(f.Position)
		won, problem := values.ReadCount(f.Text, values.MaxSeats)
		isHeld := r.e.SeatsBasis == schemas.SeatsHeldAfter && c.SeatsWon == nil
		switch {
		case !isHeld:
			r.addCountDifference(f, won, r.fieldFilling("results.seats", c.Position), c.Seats)
		case !r.unreadable(f, problem) && won != nil:
			c.SeatsWon = won
			f.AddTarget("results.seats_won")
			r.ownRows[f.Name].Label.AddTarget("results.seats_won")
		}
	}
}

// readSeatsAfter reads the seats held after the election. It returns the numbers of the contenders who have no others.
func (r *boxReading) readSeatsAfter() map[int]bool {
	var held map[int]bool // most boxes have none
	for _, f := range r.Named("seats_after") {
		c := r.e.Contender(f.Position)
		if c == nil || values.IsAbsent(f.Text) {
			continue
		}
		if f.Target() == "results.seats" {
			if held == nil {
				held = map[int]bool{}
			}
			held[f.Position] = true
			c.SeatsAfter = c.Seats
		} else {
			r.count(&c.SeatsAfter, f, values.MaxSeats)
		}
		if c.SeatsAfter != nil {
			f.AddTarget("results.seats_after")
		}
	}
	return held
}
