package transform

import (
	"hemicycle/schemas"
)

// Riker 1962, The Theory of Political Coalitions.
var minimalWinningCoalitionsMeasure = MeasureKind{
	ID: "minimal_winning_coalitions",
	Meaning: "how many minimal winning coalitions there are: sets of contenders with more than half of the chamber's " +
		"seats, and no longer without any one of them; exact up to 2⁵³",
	needs: []need{chamberGame},
	compute: func(t *tally) schemas.Measure {
		return exact(t.game.CoalitionCount(), t.gameTreatment())
	},
}

// Riker 1962, The Theory of Political Coalitions.
var minimalWinningCoalitionsIndependentsAloneMeasure = MeasureKind{
	ID:      "minimal_winning_coalitions_independents_alone",
	Meaning: "the same where each independent member counts alone; only where independents have two seats or more",
	needs:   []need{aloneGame},
	compute: func(t *tally) schemas.Measure {
		return exact(t.alone.CoalitionCount(), schemas.IndependentsAlone)
	},
}
