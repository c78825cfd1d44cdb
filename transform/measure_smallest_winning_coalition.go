package transform

import "hemicycle/schemas"

// Riker 1962, The Theory of Political Coalitions.
var smallestWinningCoalition = MeasureKind{
	ID:      "smallest_winning_coalition",
	Meaning: "the fewest members that a winning coalition has; high counts each independent alone",
	needs:   []need{chamberGame},
	compute: func(t *tally) schemas.Measure {
		value := float64(t.game.smallest())
		if t.alone == nil {
			return settled(value, t.gameTreatment())
		}
		return between(value, value, float64(t.alone.smallest()), t.gameTreatment())
	},
}
