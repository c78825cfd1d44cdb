package transform

import (
	"hemicycle/schemas"
)

// Rae 1967, The Political Consequences of Electoral Laws.
var fractionalisationVotesMeasure = MeasureKind{
	ID: "fractionalisation_votes",
	Meaning: "Rae's fractionalisation by votes: 1 − Σ v², " +
		"the chance that two voters drawn at random chose different parties; bounds as in effective_parties_votes",
	needs: []need{voteShares},
	compute: func(t *tally) schemas.Measure {
		value, least, most := t.voteSquares()
		of := func(squares float64) float64 { return 1 - squares/10_000 }
		treatment := t.voteTreatment(schemas.UnlistedLeastComponent)
		if t.unlistedVotes == 0 {
			return exact(of(value), treatment)
		}
		return bounded(of(value), of(most), of(least), treatment)
	},
}
