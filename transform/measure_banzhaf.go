package transform

// Penrose 1946, Journal of the Royal Statistical Society 109:53–57; Banzhaf 1965, Rutgers Law Review 19:317–343.
var banzhaf = ContenderMeasureKind{
	ID:        "banzhaf",
	Meaning:   "of each contender with seats stated: Banzhaf's index of voting power, its swings / those of all; the majority is more than half of the chamber, whatever majority the box states",
	needs:     []need{chamberGame},
	treatment: (*tally).gameTreatment,
	of: func(t *tally, i int) (float64, bool) {
		return t.game.normalised(i)
	},
}
