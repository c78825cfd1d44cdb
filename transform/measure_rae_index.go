package transform

import (
	"math"

	"hemicycle/schemas"
)

// Rae 1967, The Political Consequences of Electoral Laws.
var raeIndexMeasure = MeasureKind{
	ID: "rae_index",
	Meaning: "Rae's index of disproportionality, in percent: the mean of |v − s| over the contenders with at least " +
		"half a percent of the votes; " +
		"the bounds are those for any number of such parties that the box does not list",
	needs: []need{raeParties},
	compute: func(t *tally) schemas.Measure {
		var sum, count float64
		for _, p := range t.pairs {
			if p.votes >= halfAPoint {
				sum += math.Abs(p.votes - p.seats)
				count++
			}
		}
		value := sum / count
		treatment := t.pairTreatment(schemas.UnlistedIgnored)
		// The greatest possible number of such parties. The rest is a difference, so that 7 can be a little less.
		const rounding = 1e-9
		unlisted := math.Floor(t.restVotes/halfAPoint + rounding)
		if unlisted == 0 {
			return exact(value, treatment)
		}
		var least float64 // if each of them has half a percent, and no seat is left for them
		if t.restSeats == 0 {
			least = float64(halfAPoint * unlisted)
		}
		low := min(value, (sum+least)/(count+unlisted))
		high := max(value, (sum+t.restVotes+t.restSeats)/(count+1))
		return t.boundedPairs(value, low, high, treatment)
	},
}
