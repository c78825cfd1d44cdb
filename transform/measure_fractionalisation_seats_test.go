package transform

import (
	"hemicycle/schemas"
)

var fractionalisationSeatsCases = []measureCase{
	{name: "two equal", box: ballot("10", "A - 5", "B - 5"), value: 0.5, treatment: "all_listed"},
	{name: "one", box: ballot("10", "A - 10"), value: 0, treatment: "all_listed"},
	{
		name: "independents", box: ballot("10", "A - 6", "Independent - 4"), value: 0.48, bounds: []float64{0.48, 0.6},
		treatment: "all_listed, independents_one_group",
	},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("100", "A - 60", "B - 35"),
		value: 1 - 0.485, bounds: []float64{1 - 0.485, 1 - 0.483}, treatment: "unlisted_least_component",
	},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
}
