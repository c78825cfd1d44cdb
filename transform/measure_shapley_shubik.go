package transform

// Shapley and Shubik 1954, American Political Science Review 48:787–792.
var shapleyShubik = ContenderMeasureKind{
	ID:        "shapley_shubik",
	Meaning:   "of each contender with seats stated: Shapley and Shubik's index of voting power, the share of all orders of joining in which it brings the majority",
	needs:     []need{chamberGame},
	treatment: (*tally).gameTreatment,
	of: func(t *tally, i int) (float64, bool) {
		return t.game.shapleyShubik(i)
	},
}
