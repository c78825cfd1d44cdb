package transform

// Penrose 1946, Journal of the Royal Statistical Society 109:53–57; Banzhaf 1965, Rutgers Law Review 19:317–343.
var banzhafSwings = ContenderMeasureKind{
	ID:        "banzhaf_swings",
	Meaning:   "of each contender with seats stated: how many winning coalitions of contenders with seats lose without it; exact up to 2⁵³",
	needs:     []need{chamberGame},
	treatment: (*tally).gameTreatment,
	of: func(t *tally, i int) (float64, bool) {
		return t.game.swingsOf(i)
	},
}
