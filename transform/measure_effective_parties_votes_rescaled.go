package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/figures"
)

// Laakso and Taagepera 1979, Comparative Political Studies 12:3–27.
var effectivePartiesVotesRescaledMeasure = MeasureKind{
	ID:      "effective_parties_votes_rescaled",
	Meaning: "the same of the listed contenders alone, their shares rescaled to 100 percent",
	needs:   []need{voteShares},
	compute: func(t *tally) schemas.Measure {
		_, listed, _ := t.voteSquares()
		return exact(figures.Square(t.listedVotes())/listed, t.voteTreatment(schemas.UnlistedDropped))
	},
}
