package transform

import (
	"math"

	"hemicycle/schemas"
)

// Loosemore and Hanby 1971, British Journal of Political Science 1:467–477.
var loosemoreHanbyMeasure = MeasureKind{
	ID: "loosemore_hanby",
	Meaning: "Loosemore and Hanby's index of disproportionality, in percent: ½ Σ |v − s|; " +
		"what the box does not list counts, however it is split among parties without a seat",
	needs: []need{raeParties},
	compute: func(t *tally) schemas.Measure {
		listed := t.deviations()
		treatment := t.pairTreatment(schemas.UnlistedOneParty)
		if t.restVotes == 0 && t.restSeats == 0 {
			return exact(listed/2, treatment)
		}
		least := (listed + math.Abs(t.restVotes-t.restSeats)) / 2
		return t.boundedPairs(least, least, (listed+t.restVotes+t.restSeats)/2, treatment)
	},
}
