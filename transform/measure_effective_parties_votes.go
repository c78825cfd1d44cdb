package transform

import (
	"hemicycle/schemas"
)

// Laakso and Taagepera 1979, Comparative Political Studies 12:3–27. The bounds, and the least component between them,
// are those of Taagepera 1997, Electoral Studies 16:145–151.
var effectivePartiesVotesMeasure = MeasureKind{
	ID: "effective_parties_votes",
	Meaning: "effective number of parties by votes: 1 / Σ v², with v each contender's share of the votes, " +
		"of several rounds in the first; " +
		"low takes what the box does not list for one party, high for parties without end",
	needs: []need{voteShares},
	compute: func(t *tally) schemas.Measure {
		value, least, most := t.voteSquares()
		of := func(squares float64) float64 { return 10_000 / squares }
		treatment := t.voteTreatment(schemas.UnlistedLeastComponent)
		if t.unlistedVotes == 0 {
			return exact(of(value), treatment)
		}
		return bounded(of(value), of(most), of(least), treatment)
	},
}
