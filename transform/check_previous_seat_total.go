package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var previousSeatTotalCheck = Check{
	ID: "previous-seat-total", Severity: schemas.Warn,
	Meaning: "seats won at the last election that sum to more than the chamber has; the chamber may have shrunk",
	judge: func(j *judgement) {
		total, sum := j.e.SeatsTotal, j.e.PreviousSeatsSum()
		switch {
		case total == nil:
			j.skip(j.orWhyNoSeats("the box does not say how many seats there are"))
		case sum == nil:
			j.skip("no contender has seats at the last election stated")
		case *sum > *total:
			j.doubt(j.at("elections.seats_total", 0), "previous_seats", "up to "+formatInt(*total), formatInt(*sum),
				fmt.Sprintf("the seats won at the last election sum to %d, %d more than the chamber's %d",
					*sum, *sum-*total, *total))
		default:
			j.pass("up to "+formatInt(*total), formatInt(*sum),
				fmt.Sprintf("the seats won at the last election sum to %d; "+
					"%d of a chamber as large belong to parties that the box does not list", *sum, *total-*sum))
		}
	},
}
