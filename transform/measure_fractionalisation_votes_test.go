package transform

var fractionalisationVotesCases = []measureCase{
	{name: "two equal", box: ballot("", "A 50", "B 50"), value: 0.5, treatment: "all_listed"},
	{
		name: "a rest", box: ballot("", "A 50", "B 20", "C 5"), value: 1 - 0.305,
		bounds: []float64{1 - 0.355, 1 - 0.2925}, treatment: "unlisted_least_component",
	},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
}
