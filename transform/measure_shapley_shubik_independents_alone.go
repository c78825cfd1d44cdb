package transform

import "hemicycle/schemas"

// Shapley and Shubik 1954, American Political Science Review 48:787–792.
var shapleyShubikAlone = ContenderMeasureKind{
	ID:        "shapley_shubik_independents_alone",
	Meaning:   "shapley_shubik where each independent member counts alone, and a group of independents has the power of its members together; only where independents have two seats or more",
	needs:     []need{aloneGame},
	treatment: func(*tally) string { return schemas.IndependentsAlone },
	of: func(t *tally, i int) (float64, bool) {
		return t.alone.shapleyShubik(i)
	},
}
