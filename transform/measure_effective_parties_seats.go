package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

// Laakso and Taagepera 1979, Comparative Political Studies 12:3–27.
var effectivePartiesSeatsMeasure = MeasureKind{
	ID: "effective_parties_seats",
	Meaning: "effective number of parties by seats: 1 / Σ s², with s each contender's share of the seats; " +
		"low takes the seats that the box does not list for one party's, " +
		"high counts each of them, and each independent, alone",
	needs: []need{seatShares},
	compute: func(t *tally) schemas.Measure {
		value, least, most := t.seatSquares()
		of := func(squares float64) float64 { return figures.Square(float64(t.base)) / squares }
		treatment := t.seatTreatment(schemas.UnlistedLeastComponent)
		if !t.seatsOpen() {
			return exact(of(value), treatment)
		}
		return bounded(of(value), of(most), of(least), treatment)
	},
}
