package transform

import (
	"hemicycle/schemas"
)

// Banzhaf 1965, Rutgers Law Review 19:317–343.
var banzhafTotalSwingsMeasure = MeasureKind{
	ID: "banzhaf_total_swings",
	Meaning: "swings of all contenders together: how often a contender's leaving makes a winning coalition lose; " +
		"exact up to 2⁵³",
	needs: []need{chamberGame},
	compute: func(t *tally) schemas.Measure {
		return exact(t.game.TotalSwings(), t.gameTreatment())
	},
}
