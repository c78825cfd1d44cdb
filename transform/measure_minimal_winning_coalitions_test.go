package transform

import (
	"hemicycle/schemas"
)

var minimalWinningCoalitionsCases = []measureCase{
	{name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), value: 3, treatment: "all_listed"},
	{name: "a majority", box: ballot("10", "A - 6", "B - 4", "C - 0"), value: 1, treatment: "all_listed"},
	{name: "half is none", box: ballot("10", "A - 5", "B - 5"), value: 1, treatment: "all_listed"},
	{
		name: "a majority as stated does not count",
		box:  ballot("10", "A - 4", "B - 3", "C - 3") + "\nMajority Seats: 8", value: 3, treatment: "all_listed",
	},
	{
		name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), value: 2,
		treatment: "all_listed, independents_one_group",
	},
	{
		name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"),
		missing: "those contested, 5 of a chamber of 10",
	},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("10", "A - 5", "B - 4"),
		missing: "who has all of the seats",
	},
	{name: "too large", box: ballot("4194304", "A - 4194303", "B - 1"), missing: "larger than voting power"},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
}

var minimalWinningCoalitionsAloneCases = []measureCase{
	{
		name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), value: 3,
		treatment: "independents_alone",
	},
	{name: "no independents", box: ballot("10", "A - 4", "B - 3", "C - 3"), missing: "-"},
	{
		name: "too many independents", box: ballot("2001", "A - 1", "Independents - 2000"),
		missing: "each independent alone",
	},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
}
