package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var seatChangeCheck = Check{
	ID: "seat-change", Severity: schemas.Warn,
	Meaning: "a stated change in seats that is neither seats less those won last time nor less those held before",
	judge: func(j *judgement) {
		total, contested := j.e.SeatsTotal, j.e.SeatsContested
		if total != nil && (contested == nil || *contested < *total) {
			j.skip("the chamber is renewed in part, and which seats the change compares cannot be told")
			return
		}
		isCompared := false
		for i := range j.e.Contenders {
			c := &j.e.Contenders[i]
			stated := j.statedChange[c.Position]
			if stated == nil || c.Seats == nil || c.PreviousSeats == nil {
				continue
			}
			isCompared = true
			change := *c.Seats - *c.PreviousSeats
			if *stated == change || c.SeatsBefore != nil && *stated == *c.Seats-*c.SeatsBefore {
				continue
			}
			j.doubt(j.at("results.seat_change", c.Position), numberedSubject("seat_change", c.Position),
				fmt.Sprintf("%+d", change), fmt.Sprintf("%+d", *stated),
				fmt.Sprintf("%s went from %d to %d seats, a change of %+d; the box states %+d",
					c.Label(), *c.PreviousSeats, *c.Seats, change, *stated))
		}
		if !isCompared {
			j.skip("no contender has seats, previous seats and a stated change")
		}
	},
}
