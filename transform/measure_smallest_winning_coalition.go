package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/votingpower"
)

// Riker 1962, The Theory of Political Coalitions.
var smallestWinningCoalitionMeasure = MeasureKind{
	ID:      "smallest_winning_coalition",
	Meaning: "the fewest members that a winning coalition has; high counts each independent alone",
	needs:   []need{chamberGame},
	compute: func(t *tally) schemas.Measure {
		seats := *t.r.e.SeatsTotal
		value := float64(votingpower.SmallestCoalition(t.seatGroups(false), seats))
		if len(t.independentSeats) == 0 {
			return exact(value, t.gameTreatment())
		}
		alone := float64(votingpower.SmallestCoalition(t.seatGroups(true), seats))
		return bounded(value, value, alone, t.gameTreatment())
	},
}
