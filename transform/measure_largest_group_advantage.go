package transform

import (
	"hemicycle/schemas"
)

// Taagepera and Laakso 1980, European Journal of Political Research 8:423–446.
var largestGroupAdvantageMeasure = MeasureKind{
	ID: "largest_group_advantage",
	Meaning: "advantage ratio of the largest party: its share of the seats / its share of the votes; " +
		"of equals the first in the box",
	needs: []need{seatShares, largestGroup, largestVotes},
	compute: func(t *tally) schemas.Measure {
		rest := schemas.AllListed
		switch {
		case t.ofVotes:
			rest = schemas.OfListedVotes
		case t.unlistedSeats > 0 || t.unlistedVotes > 0:
			rest = schemas.UnlistedIgnored
		}
		return exact(t.percentOfSeats(*t.contenders[t.largest].Seats)/t.share[t.largest], rest)
	},
}
