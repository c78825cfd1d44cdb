package transform

import (
	"fmt"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

var majorityCheck = Check{
	ID: "majority", Severity: schemas.Warn,
	Meaning: "a stated majority that is not half of the chamber's seats, rounded down, and one",
	judge: func(j *judgement) {
		stated, total := j.e.MajoritySeats, j.e.SeatsTotal
		if stated == nil || total == nil {
			j.skip(j.orWhyNoSeats("the box does not state both a majority and the size of the chamber"))
			return
		}
		needed := figures.MajorityOf(*total)
		if *stated == needed {
			j.pass(formatInt(needed), formatInt(*stated), "")
			return
		}
		// If some members are appointed or do not vote, the majority may be of those elected.
		contested := j.e.SeatsContested
		if contested != nil && 2**contested > *total && *stated == figures.MajorityOf(*contested) {
			j.pass(formatInt(*stated), formatInt(*stated),
				fmt.Sprintf("more than half of the %d seats contested", *contested))
			return
		}
		j.doubt(j.at("elections.majority_seats", 0), "majority_seats", formatInt(needed), formatInt(*stated),
			fmt.Sprintf("%d of %d seats is stated as a majority; more than half of them is %d",
				*stated, *total, needed))
	},
}
