package transform

import (
	"hemicycle/schemas"
)

var seatVolatilityCases = []measureCase{
	{name: "nothing changed", box: ballot("10", "A - 6 6", "B - 4 4"), value: 0, treatment: "all_listed"},
	{name: "changed", box: ballot("10", "A - 6 4", "B - 4 6"), value: 20, treatment: "all_listed"},
	{
		name: "new and gone", box: ballot("10", "A - 6 new", "B - 4 4"), value: 60, bounds: []float64{60, 60},
		treatment: "previous_chamber_as_large",
	},
	{
		name: "parties that are not listed", box: ballot("10", "A - 6 4", "B - 4 4"), value: 20,
		bounds: []float64{10, 20}, treatment: "previous_chamber_as_large",
	},
	{name: "a larger chamber before", box: ballot("10", "A - 6 10", "B - 4 10"), value: 10, treatment: "all_listed"},
	{
		name: "independents come and go", box: ballot("10", "A - 6 6", "Independent - 4 4"), value: 0,
		bounds: []float64{0, 40}, treatment: "all_listed, independents_one_group",
	},
	{name: "one is not stated", box: ballot("10", "A - 6 6", "B - 4 -"), missing: "B at the last election"},
	{
		name: "nothing on the last election", box: ballot("10", "A - 6", "B - 4"),
		missing: "no contender has seats at the last election",
	},
	{name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3 6", "B - 2 4"), missing: "renewed in part"},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("10", "A - 5 6", "B - 4 4"),
		missing: "who has all of the seats",
	},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
}
