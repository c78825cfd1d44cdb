package transform

import (
	"hemicycle/schemas"
)

// Loosemore and Hanby 1971, British Journal of Political Science 1:467–477.
var loosemoreHanbyListedMeasure = MeasureKind{
	ID:      "loosemore_hanby_listed",
	Meaning: "the same of the listed contenders alone",
	needs:   []need{raeParties},
	compute: func(t *tally) schemas.Measure {
		return exact(t.deviations()/2, t.pairTreatment(schemas.UnlistedIgnored))
	},
}
