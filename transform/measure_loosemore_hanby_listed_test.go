package transform

var loosemoreHanbyListedCases = []measureCase{
	{name: "all", box: ballot("10", "A 50 8", "B 50 2"), value: 30, treatment: "all_listed"},
	{name: "a rest", box: ballot("10", "A 50 8", "B 40 2"), value: 25, treatment: "unlisted_ignored"},
	{name: "no seats", box: ballot("10", "A 60", "B 40"), missing: "no contender has seats"},
}
