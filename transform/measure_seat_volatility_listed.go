package transform

import (
	"hemicycle/schemas"
)

// Pedersen 1979, European Journal of Political Research 7:1–26, with seats in the place of votes.
var seatVolatilityListedMeasure = MeasureKind{
	ID:      "seat_volatility_listed",
	Meaning: "the same of the listed contenders alone: what they won and lost among them, as a share of the chamber",
	needs:   []need{seatShares, lastSeats},
	compute: func(t *tally) schemas.Measure {
		size := max(t.base, t.lastSum)
		vanished := float64(100*(size-t.lastSum)) / float64(size)
		rest := schemas.UnlistedIgnored
		if vanished == 0 {
			rest = schemas.AllListed
		}
		return exact(t.seatVolatility(size)-float64(vanished/2), rest)
	},
}
