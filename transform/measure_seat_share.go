package transform

import (
	"hemicycle/schemas"
)

// The shares are of the seats contested, or of the chamber if the contenders have all of its seats.
var seatShareMeasure = ContenderMeasureKind{
	ID:        "seat_share",
	Meaning:   "of each contender with seats stated: its share of the seats, in percent",
	needs:     []need{seatShares},
	treatment: func(*tally) string { return schemas.AllListed },
	compute: func(t *tally, i int) (float64, bool) {
		n := t.contenders[i].Seats
		if n == nil {
			return 0, false
		}
		return t.percentOfAllSeats(*n), true
	},
}
