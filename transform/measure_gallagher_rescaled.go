package transform

import (
	"math"

	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

// Gallagher 1991, Electoral Studies 10:33–51.
var gallagherRescaledMeasure = MeasureKind{
	ID:      "gallagher_rescaled",
	Meaning: "the same of the listed contenders alone, their shares of votes and of seats rescaled to 100 percent",
	needs:   []need{raeParties},
	compute: func(t *tally) schemas.Measure {
		var votes, seats, squares float64
		for _, p := range t.pairs {
			votes += p.votes
			seats += p.seats
		}
		for _, p := range t.pairs {
			squares += figures.Square(float64(100*p.votes)/votes - float64(100*p.seats)/seats)
		}
		return exact(math.Sqrt(squares/2), t.pairTreatment(schemas.UnlistedDropped))
	},
}
