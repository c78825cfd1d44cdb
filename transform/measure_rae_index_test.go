package transform

import (
	"hemicycle/schemas"
)

var raeIndexCases = []measureCase{
	{name: "all", box: ballot("10", "A 50 8", "B 50 2"), value: 30, treatment: "all_listed"},
	{
		name: "the smallest do not count", box: ballot("10", "A 50 8", "B 49.6 2", "C 0.4 0"), value: (30 + 29.6) / 2,
		treatment: "all_listed",
	},
	{
		name: "a rest", box: ballot("10", "A 50 8", "B 40 2"), value: 25, bounds: []float64{(50.0 + 10) / (2 + 20), 25},
		treatment: "unlisted_ignored",
	},
	{
		name: "a large rest", box: ballot("10", "A 30 8", "B 20 2"), value: 25,
		bounds: []float64{(50.0 + 50) / (2 + 100), 100.0 / 3}, treatment: "unlisted_ignored",
	},
	{
		name: "a rest with seats", template: schemas.GeneralBox, box: ballot("10", "A 50 6", "B 40 2"), value: 15,
		bounds: []float64{30.0 / 22, (30.0 + 10 + 20) / 3}, treatment: "unlisted_ignored", open: true,
	},
	{
		name: "a rest of just fourteen such parties", box: ballot("1", "A 0.01 0", "B 82.15 0", "C 10.84 1"),
		value: (82.15 + 89.16) / 2, bounds: []float64{(82.15 + 89.16 + 7) / 16, (82.15 + 89.16) / 2},
		treatment: "unlisted_ignored",
	},
	{name: "none of that size", box: ballot("10", "A 0.4 8", "B 0.3 2"), missing: "half a percent"},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
	{
		name: "half a percent of the votes counts", box: ballot("10", "A 50 8", "B 49.5 2", "C 0.5 0"),
		value: (30 + 29.5 + 0.5) / 3, treatment: "all_listed",
	},
	{
		name: "less than half a percent does not", box: ballot("10", "A 50 8", "B 49.5001 2", "C 0.4999 0"),
		value: (30 + 29.5001) / 2, treatment: "all_listed",
	},
	{
		name: "nobody but half a percent", box: ballot("10", "A 0.5 10"), value: 99.5,
		bounds: []float64{(99.5 + 0.5*199) / 200, 99.5}, treatment: "unlisted_ignored",
	},
	{name: "nobody but less than half a percent", box: ballot("10", "A 0.4999 10"), missing: "half a percent"},
}
