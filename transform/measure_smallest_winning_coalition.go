package transform

import (
	"hemicycle/schemas"
)

// Riker 1962, The Theory of Political Coalitions.
var smallestWinningCoalitionMeasure = MeasureKind{
	ID:      "smallest_winning_coalition",
	Meaning: "the fewest members that a winning coalition has; high counts each independent alone",
	needs:   []need{chamberGame},
	compute: func(t *tally) schemas.Measure {
		value := float64(t.game.SmallestCoalition())
		if t.alone == nil {
			return exact(value, t.gameTreatment())
		}
		return bounded(value, value, float64(t.alone.SmallestCoalition()), t.gameTreatment())
	},
}
