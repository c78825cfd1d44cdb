package transform

var gallagherRescaledCases = []measureCase{
	{name: "all", box: ballot("10", "A 50 8", "B 50 2"), value: 30, treatment: "all_listed"},
	{name: "a rest", box: ballot("10", "A 40 8", "B 40 2"), value: 30, treatment: "unlisted_dropped"},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
}
