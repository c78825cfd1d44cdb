package transform

import (
	"math"

	"hemicycle/schemas"
)

// Pedersen 1979, European Journal of Political Research 7:1–26, with seats in the place of votes.
var seatVolatilityMeasure = MeasureKind{
	ID:      "seat_volatility",
	Meaning: "Pedersen's volatility by seats, in percent: ½ Σ |s − s at the last election|, new parties among them; where the box lists fewer seats of the last chamber than this one has, low takes those listed for the whole of it; high also counts each independent alone",
	needs:   []need{seatShares, lastSeats},
	compute: func(t *tally) schemas.Measure {
		size := max(t.base, t.lastSum)
		value := t.seatVolatility(size)
		rest := schemas.AllListed
		if t.lastSum < t.base {
			rest = schemas.PreviousAsLarge
		}
		var alone float64 // independents who come and others who go, where as one group they only differ
		independents := ""
		for i := range t.contenders() {
			if c := &t.contenders()[i]; isGroupOfIndependents(c) && c.Seats != nil && c.PreviousSeats != nil && *c.Seats > 0 && *c.PreviousSeats > 0 {
				alone += min(t.percentOfSeats(*c.Seats), float64(100**c.PreviousSeats)/float64(size))
				independents = schemas.IndependentsOneGroup
			}
		}
		treatment := joinTreatments(rest, independents)
		if t.lastSum >= t.base && alone == 0 {
			return exact(value, treatment)
		}
		return bounded(value, min(value, t.seatVolatility(t.lastSum)), value+alone, treatment)
	},
}

// seatVolatility is the volatility where the last chamber had so many seats; those that the box does not list
// went to parties that have none now.
func (t *tally) seatVolatility(size int64) float64 {
	sum := float64(100*(size-t.lastSum)) / float64(size)
	for i := range t.contenders() {
		c := &t.contenders()[i]
		var now, last float64
		if c.Seats != nil {
			now = t.percentOfSeats(*c.Seats)
		}
		if c.PreviousSeats != nil {
			last = float64(100**c.PreviousSeats) / float64(size)
		}
		sum += math.Abs(now - last)
	}
	return sum / 2
}
