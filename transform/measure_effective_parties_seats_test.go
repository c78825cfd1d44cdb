package transform

import (
	"hemicycle/schemas"
)

var effectivePartiesSeatsCases = []measureCase{
	{name: "two equal", box: ballot("10", "A - 5", "B - 5"), value: 2, treatment: "all_listed"},
	{name: "one", box: ballot("10", "A - 10", "B - 0"), value: 1, treatment: "all_listed"},
	{name: "unequal", box: ballot("10", "A - 6", "B - 3", "C - 1"), value: 100.0 / 46, treatment: "all_listed"},
	{
		name: "independents", box: ballot("10", "A - 6", "Independent - 4"), value: 100.0 / 52,
		bounds: []float64{100.0 / 52, 100.0 / 40}, treatment: "all_listed, independents_one_group",
	},
	{
		name: "one independent", box: ballot("10", "A - 9", "Independent - 1"), value: 100.0 / 82,
		treatment: "all_listed",
	},
	{
		name: "a candidate is one", box: ballot("10", "A - 6", "Independent* - 4"), value: 100.0 / 52,
		treatment: "all_listed",
	},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("100", "A - 60", "B - 35"),
		value:     10000.0 / (3600 + 1225 + 25),
		bounds:    []float64{10000.0 / (3600 + 1225 + 25), 10000.0 / (3600 + 1225 + 5)},
		treatment: "unlisted_least_component",
	},
	{
		name: "rest larger than the smallest", template: schemas.GeneralBox, box: ballot("100", "A - 60", "B - 4"),
		value:     10000.0 / (3600 + 16 + 36*4),
		bounds:    []float64{10000.0 / (3600 + 16 + 36*36), 10000.0 / (3600 + 16 + 36)},
		treatment: "unlisted_least_component",
	},
	{
		name: "under half a point", template: schemas.GeneralBox, box: ballot("400", "A - 200", "B - 199"),
		value: 160000.0 / (200*200 + 199*199), treatment: "all_listed",
	},
	{
		name: "seats contested", box: ballot("5 of the 10 seats", "A - 4", "B - 1"), value: 25.0 / 17,
		treatment: "all_listed",
	},
	{name: "some seats are missing", box: ballot("10", "A - 5"), missing: "the seats sum to 5, not to 10"},
	{
		name: "too many seats", template: schemas.GeneralBox, box: ballot("10", "A - 11"),
		missing: "the seats sum to 11, not to 10",
	},
	{name: "no total", box: ballot("", "A - 5"), missing: "how many seats"},
	{name: "no seat at all", box: ballot("0", "A - 0"), missing: "no contender has a seat"},
	{name: "not over", box: ballot("10", "A - 5") + "\nOngoing: yes", missing: "not over"},
	{name: "no seats", box: ballot("10", "A 60", "B 40"), missing: "no contender has seats"},
	{
		name: "half a point of the seats is none", template: schemas.GeneralBox, box: ballot("200", "A - 120",
			"B - 79"),
		value: 40000.0 / (120*120 + 79*79), treatment: "all_listed",
	},
	{
		name: "more than half a point of the seats", template: schemas.GeneralBox,
		box: ballot("199", "A - 119", "B - 79"), value: 199.0 * 199 / (119*119 + 79*79 + 1),
		bounds:    []float64{199.0 * 199 / (119*119 + 79*79 + 1), 199.0 * 199 / (119*119 + 79*79 + 1)},
		treatment: "unlisted_least_component",
	},
}
