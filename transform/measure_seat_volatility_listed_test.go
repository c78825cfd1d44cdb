package transform

var seatVolatilityListedCases = []measureCase{
	{name: "changed", box: ballot("10", "A - 6 4", "B - 4 6"), value: 20, treatment: "all_listed"},
	{
		name: "parties that are not listed", box: ballot("10", "A - 6 4", "B - 4 4"), value: 10,
		treatment: "unlisted_ignored",
	},
	{
		name: "nothing on the last election", box: ballot("10", "A - 6", "B - 4"),
		missing: "no contender has seats at the last election",
	},
}
