package transform

import (
	"hemicycle/schemas"
)

// Taagepera and Shugart 1989, Seats and Votes.
var largestGroupShareMeasure = MeasureKind{
	ID:      "largest_group_share",
	Meaning: "share of the seats of the largest party, in percent; independents are no party",
	needs:   []need{seatShares, largestGroup},
	compute: func(t *tally) schemas.Measure {
		rest := schemas.AllListed
		if t.unlistedSeats > 0 {
			rest = schemas.UnlistedIgnored
		}
		return exact(t.percentOfAllSeats(*t.contenders[t.largest].Seats), rest)
	},
}
