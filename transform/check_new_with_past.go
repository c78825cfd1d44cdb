package transform

import (
	"fmt"

	"hemicycle/schemas"
)

var newWithPastCheck = Check{
	ID: "new-with-past", Severity: schemas.Warn,
	Meaning: "a contender that the box calls new, yet with seats at the last election, or with a change that is not " +
		"all of its seats",
	judge: func(j *judgement) {
		if len(j.newFields) == 0 {
			j.skip("the box calls no contender new")
			return
		}
		for _, f := range j.newFields {
			c := j.e.Contender(f.Position)
			subject := numberedSubject("is_new", c.Position)
			stated := c.SeatChangeStated
			switch {
			case c.PreviousSeats != nil && *c.PreviousSeats > 0:
				j.doubt(placeOf(f), subject, "0", formatInt(*c.PreviousSeats),
					fmt.Sprintf("%s is called new, and had %d seats at the last election", c.Label(), *c.PreviousSeats))
			case stated == nil || c.Seats == nil || *stated == *c.Seats:
			case c.SeatsBefore != nil && *stated == *c.Seats-*c.SeatsBefore:
			default:
				j.doubt(placeOf(f), subject, fmt.Sprintf("%+d", *c.Seats), fmt.Sprintf("%+d", *stated),
					fmt.Sprintf("%s is called new, and its %d seats are stated as a change of %+d",
						c.Label(), *c.Seats, *stated))
			}
		}
	},
}
