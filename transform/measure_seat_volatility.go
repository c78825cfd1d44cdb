package transform

import (
	"math"

	"hemicycle/schemas"
)

// Pedersen 1979, European Journal of Political Research 7:1–26, with seats in the place of votes.
var seatVolatilityMeasure = MeasureKind{
	ID: "seat_volatility",
	Meaning: "Pedersen's volatility by seats, in percent: ½ Σ |s − s at the last election|, new parties among them; " +
		"where the box lists fewer seats of the last chamber than this one has, " +
		"low takes those listed for the whole of it; high also counts each independent alone",
	needs: []need{seatShares, lastSeats},
	compute: func(t *tally) schemas.Measure {
		size := max(t.base, t.lastSum)
		value := t.seatVolatility(size)
		rest := schemas.AllListed
		if t.lastSum < t.base {
			rest = schemas.PreviousAsLarge
		}
		// As one group, independents change by the difference in their seats. Each alone, some go and others come.
		var alone float64
		independents := ""
		for i := range t.contenders {
			c := &t.contenders[i]
			now, last := seatCount(c.Seats), seatCount(c.PreviousSeats)
			if c.IsGroupOfIndependents() && now > 0 && last > 0 {
				alone += min(t.percentOfSeats(now), float64(100*last)/float64(size))
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

// seatVolatility returns the volatility if the last chamber had size seats. Those that the box does not list went to
// parties that have none now.
func (t *tally) seatVolatility(size int64) float64 {
	sum := float64(100*(size-t.lastSum)) / float64(size)
	for i := range t.contenders {
		c := &t.contenders[i]
		now, last := t.percentOfSeats(seatCount(c.Seats)), float64(100*seatCount(c.PreviousSeats))/float64(size)
		sum += math.Abs(now - last)
	}
	return sum / 2
}
