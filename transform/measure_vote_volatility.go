package transform

import (
	"math"

	"hemicycle/schemas"
)

// Pedersen 1979, European Journal of Political Research 7:1–26. Parties that the box does not list, now or at the last
// election, can be the same, or others: so they can have changed by the difference of their shares at least, and by
// their sum at most. See Casal Bértoa, Deegan-Krause and Haughton 2017, Electoral Studies 50:142–156, on how much the
// treatment of small parties changes the index: with bounds far apart there is no value.
var voteVolatilityMeasure = MeasureKind{
	ID: "vote_volatility",
	Meaning: "Pedersen's volatility by votes, in percent: ½ Σ |v − v at the last election|, new parties among them; " +
		"what the box does not list is one party, for high all of it went from some parties to others; high also " +
		"counts each independent alone",
	needs: []need{voteShares, lastShares},
	compute: func(t *tally) schemas.Measure {
		var sum, alone, lastSum float64
		treatment := ""
		for i := range t.contenders {
			now, last := max(0, t.share[i]), t.lastShare[i]
			sum += math.Abs(now - last)
			lastSum += last
			if t.contenders[i].IsGroupOfIndependents() && now > 0 && last > 0 {
				alone += min(now, last)
				treatment = schemas.IndependentsOneGroup
			}
		}
		gone := 100 - lastSum
		if gone <= halfAPoint {
			gone = 0
		}
		rest := schemas.UnlistedOneParty
		if gone == 0 && t.unlistedVotes == 0 {
			rest = schemas.AllListed
		}
		treatment = joinTreatments(rest, treatment)
		low, high := sum+math.Abs(t.unlistedVotes-gone), sum+t.unlistedVotes+gone
		if low == high && alone == 0 {
			return exact(low/2, treatment)
		}
		low, high = float64(low/2), float64(high/2)+alone
		m := bounded(low, low, high, treatment)
		m.IsOpen = isFarApart(low, high)
		return m
	},
}
