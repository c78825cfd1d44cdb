package transform

import "math"

var voteShareCases = []measureCase{
	{
		name: "as stated", box: ballot("", "A 60.5", "B 20", "C"), each: []float64{60.5, 20, math.NaN()},
		treatment: "all_listed",
	},
	{
		name: "of votes", box: "Party1: A\nVotes1: 2\nParty2: B\nVotes2: 1", each: []float64{200.0 / 3, 100.0 / 3},
		treatment: "of_listed_votes",
	},
	{
		name: "many digits", box: ballot("", "A 33.33333333333333333333", "B 66.66666666666666666667"),
		each: []float64{100.0 / 3, 200.0 / 3}, treatment: "all_listed",
	},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
}
