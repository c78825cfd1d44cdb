package transform

import (
	"hemicycle/schemas"
)

// votingPowerMeasures are the indices of voting power. They differ in the figure of the game that they take, and in
// whether each independent counts alone, so they are rows of one table.
//
// Penrose 1946, Journal of the Royal Statistical Society 109:53–57; Banzhaf 1965, Rutgers Law Review
// 19:317–343; Shapley and Shubik 1954, American Political Science Review 48:787–792.
var votingPowerMeasures = []ContenderMeasureKind{
	{
		ID: "banzhaf",
		Meaning: "of each contender with seats stated: Banzhaf's index of voting power, its swings / those of all; " +
			"the majority is more than half of the chamber, whatever majority the box states",
		needs:     []need{chamberGame},
		treatment: (*tally).gameTreatment,
		compute: func(t *tally, i int) (float64, bool) {
			return t.game.Banzhaf(i)
		},
	},
	{
		ID: "banzhaf_absolute",
		Meaning: "of each contender with seats stated: the chance that it is decisive where every other votes yes or " +
			"no by the toss of a coin, its swings / 2^(members − 1)",
		needs:     []need{chamberGame},
		treatment: (*tally).gameTreatment,
		compute: func(t *tally, i int) (float64, bool) {
			return t.game.BanzhafAbsolute(i)
		},
	},
	{
		ID: "banzhaf_swings",
		Meaning: "of each contender with seats stated: how many winning coalitions of contenders with seats lose " +
			"without it; exact up to 2⁵³",
		needs:     []need{chamberGame},
		treatment: (*tally).gameTreatment,
		compute: func(t *tally, i int) (float64, bool) {
			return t.game.Swings(i)
		},
	},
	{
		ID: "shapley_shubik",
		Meaning: "of each contender with seats stated: Shapley and Shubik's index of voting power, " +
			"the share of all orders of joining in which it brings the majority",
		needs:     []need{chamberGame},
		treatment: (*tally).gameTreatment,
		compute: func(t *tally, i int) (float64, bool) {
			return t.game.ShapleyShubik(i)
		},
	},
	{
		ID: "banzhaf_independents_alone",
		Meaning: "banzhaf where each independent member counts alone, and a group of independents has the power of " +
			"its members together; only where independents have two seats or more",
		needs:     []need{aloneGame},
		treatment: func(*tally) string { return schemas.IndependentsAlone },
		compute: func(t *tally, i int) (float64, bool) {
			return t.alone.Banzhaf(i)
		},
	},
	{
		ID: "shapley_shubik_independents_alone",
		Meaning: "shapley_shubik where each independent member counts alone, and a group of independents has the " +
			"power of its members together; only where independents have two seats or more",
		needs:     []need{aloneGame},
		treatment: func(*tally) string { return schemas.IndependentsAlone },
		compute: func(t *tally, i int) (float64, bool) {
			return t.alone.ShapleyShubik(i)
		},
	},
}
