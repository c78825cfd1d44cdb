package transform

var smallestWinningCoalitionCases = []measureCase{
	{name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), value: 2, treatment: "all_listed"},
	{name: "a majority", box: ballot("10", "A - 6", "B - 4"), value: 1, treatment: "all_listed"},
	{
		name: "independents", box: ballot("10", "A - 3", "B - 2", "Independent - 5"), value: 2, bounds: []float64{2, 3},
		treatment: "all_listed, independents_one_group",
	},
	{name: "too many independents to list", box: ballot("2001", "A - 1", "Independents - 2000"), value: 1,
		bounds: []float64{1, 1001}, treatment: "all_listed, independents_one_group"},
	{
		name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"),
		missing: "those contested, 5 of a chamber of 10",
	},
}
