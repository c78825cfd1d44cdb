package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

// Rae 1967, The Political Consequences of Electoral Laws.
var fractionalisationSeatsMeasure = MeasureKind{
	ID: "fractionalisation_seats",
	Meaning: "Rae's fractionalisation by seats: 1 − Σ s², " +
		"the chance that two members drawn at random are of different parties; bounds as in effective_parties_seats",
	needs: []need{seatShares},
	compute: func(t *tally) schemas.Measure {
		value, least, most := t.seatSquares()
		of := func(squares float64) float64 { return 1 - squares/figures.Square(float64(t.base)) }
		treatment := t.seatTreatment(schemas.UnlistedLeastComponent)
		if !t.seatsOpen() {
			return exact(of(value), treatment)
		}
		return bounded(of(value), of(most), of(least), treatment)
	},
}
