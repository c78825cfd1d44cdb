package transform

import "hemicycle/schemas"

// Riker 1962, The Theory of Political Coalitions.
var minimalWinningCoalitionsAlone = MeasureKind{
	ID:      "minimal_winning_coalitions_independents_alone",
	Meaning: "the same where each independent member counts alone; only where independents have two seats or more",
	needs:   []need{aloneGame},
	compute: func(t *tally) schemas.Measure {
		return settled(floatOfInt(&t.alone.minimal), schemas.IndependentsAlone)
	},
}
