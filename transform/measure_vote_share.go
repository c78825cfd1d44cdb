package transform

import (
	"hemicycle/schemas"
)

// A share that the box states is taken as it is, even if rounding makes the sum of all shares differ from 100.
var voteShareMeasure = ContenderMeasureKind{
	ID: "vote_share",
	Meaning: "of each contender with votes stated: its share of the votes, of several rounds in the first, in percent; " +
		"as the box states it, else of the votes listed",
	needs: []need{voteShares},
	treatment: func(t *tally) string {
		if t.ofVotes {
			return schemas.OfListedVotes
		}
		return schemas.AllListed
	},
	compute: func(t *tally, i int) (float64, bool) {
		return t.stated[i], t.stated[i] >= 0
	},
}
