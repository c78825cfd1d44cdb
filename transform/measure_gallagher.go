package transform

import (
	"math"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

// Gallagher 1991, Electoral Studies 10:33–51.
var gallagherMeasure = MeasureKind{
	ID: "gallagher",
	Meaning: "Gallagher's least squares index of disproportionality, in percent: √(½ Σ (v − s)²); " +
		"value takes what the box does not list for one category, as Gallagher does, low leaves it out",
	needs: []need{raeParties},
	compute: func(t *tally) schemas.Measure {
		var listed float64
		for _, p := range t.pairs {
			listed += figures.Square(p.votes - p.seats)
		}
		of := func(squares float64) float64 { return math.Sqrt(squares / 2) }
		treatment := t.pairTreatment(schemas.UnlistedOneParty)
		if t.restVotes == 0 && t.restSeats == 0 {
			return exact(of(listed), treatment)
		}
		value := listed + figures.Square(t.restVotes-t.restSeats)
		most := listed + figures.Square(t.restVotes) + figures.Square(t.restSeats)
		return t.boundedPairs(of(value), of(listed), of(most), treatment)
	},
}
