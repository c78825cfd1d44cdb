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
	// The next cases have figures that a float32 does not hold.
	{
		name: "more digits than a float32 has", box: ballot("", "A 60.1234567", "B 20.7654321"),
		each: []float64{60.1234567, 20.7654321}, treatment: "all_listed",
	},
	{
		name: "more votes than a float32 counts", box: "Party1: A\nVotes1: 16777217\nParty2: B\nVotes2: 16,777,217",
		each: []float64{50, 50}, treatment: "of_listed_votes",
	},
}
