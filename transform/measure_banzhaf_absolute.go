package transform

// Penrose 1946, Journal of the Royal Statistical Society 109:53–57; Banzhaf 1965, Rutgers Law Review 19:317–343.
var banzhafAbsolute = ContenderMeasureKind{
	ID:        "banzhaf_absolute",
	Meaning:   "of each contender with seats stated: the chance that it is decisive where every other votes yes or no by the toss of a coin, its swings / 2^(members − 1)",
	needs:     []need{chamberGame},
	treatment: (*tally).gameTreatment,
	of: func(t *tally, i int) (float64, bool) {
		return t.game.absolute(i)
	},
}
