package transform

import "hemicycle/schemas"

// Penrose 1946, Journal of the Royal Statistical Society 109:53–57; Banzhaf 1965, Rutgers Law Review 19:317–343.
var banzhafAlone = ContenderMeasureKind{
	ID:        "banzhaf_independents_alone",
	Meaning:   "banzhaf where each independent member counts alone, and a group of independents has the power of its members together; only where independents have two seats or more",
	needs:     []need{aloneGame},
	treatment: func(*tally) string { return schemas.IndependentsAlone },
	of: func(t *tally, i int) (float64, bool) {
		return t.alone.normalised(i)
	},
}
