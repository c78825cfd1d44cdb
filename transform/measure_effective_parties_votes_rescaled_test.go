package transform

var effectivePartiesVotesRescaledCases = []measureCase{
	{name: "all", box: ballot("", "A 50", "B 50"), value: 2, treatment: "all_listed"},
	{name: "a rest", box: ballot("", "A 40", "B 40"), value: 2, treatment: "unlisted_dropped"},
	{name: "unequal", box: ballot("", "A 50", "B 30", "C 10"), value: 8100.0 / 3500, treatment: "unlisted_dropped"},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
}
