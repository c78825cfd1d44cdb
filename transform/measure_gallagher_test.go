package transform

import (
	"math"

	"hemicycle/schemas"
)

var gallagherCases = []measureCase{
	{name: "proportional", box: ballot("10", "A 60 6", "B 40 4"), value: 0, treatment: "all_listed"},
	{name: "not so", box: ballot("10", "A 50 8", "B 50 2"), value: 30, treatment: "all_listed"},
	{
		name: "a rest without seats", box: ballot("10", "A 50 8", "B 40 2"), value: math.Sqrt((900.0 + 400 + 100) / 2),
		bounds: []float64{math.Sqrt(1300.0 / 2), math.Sqrt(1400.0 / 2)}, treatment: "unlisted_one_party",
	},
	{
		name: "a rest with seats", template: schemas.GeneralBox, box: ballot("10", "A 50 6", "B 40 2"),
		value:  math.Sqrt((100.0 + 400 + 100) / 2),
		bounds: []float64{math.Sqrt(500.0 / 2), math.Sqrt((500.0 + 100 + 400) / 2)}, treatment: "unlisted_one_party",
		open: true,
	},
	{
		name: "a contender whose votes are not stated is of the rest", box: ballot("10", "A 50 6", "B 40 2", "C - 2"),
		value:  math.Sqrt((100.0 + 400 + 100) / 2),
		bounds: []float64{math.Sqrt(500.0 / 2), math.Sqrt((500.0 + 100 + 400) / 2)}, treatment: "unlisted_one_party",
		open: true,
	},
	{
		name: "a rest with seats of which little is open", template: schemas.GeneralBox,
		box: ballot("100", "A 60 59", "B 39 40"), value: math.Sqrt((1.0 + 1) / 2),
		bounds: []float64{math.Sqrt((1.0 + 1) / 2), math.Sqrt((1.0 + 1 + 1 + 1) / 2)}, treatment: "unlisted_one_party",
	},
	{
		name: "no seats stated are none where all are known", box: ballot("10", "A 60 10", "B 40 -"), value: 40,
		treatment: "all_listed",
	},
	{
		name: "independents", box: ballot("10", "A 60 6", "Independents 40 4"), value: 0,
		treatment: "all_listed, independents_one_group",
	},
	{name: "beyond the whole", box: ballot("10", "A 80 6", "B 40 4"), missing: "120"},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
	{
		name: "half a point of votes and of seats is none", template: schemas.GeneralBox,
		box: ballot("200", "A 60 120", "B 39.5 79"), value: 0, treatment: "all_listed",
	},
	{
		name: "more than half a point of votes", template: schemas.GeneralBox,
		box: ballot("200", "A 60 120", "B 39.4999 79"), value: 1e-4,
		bounds:    []float64{math.Sqrt(1e-8 / 2), math.Sqrt((1e-8 + 0.5001*0.5001 + 0.25) / 2)},
		treatment: "unlisted_one_party",
	},
	{
		name: "more than half a point of seats", template: schemas.GeneralBox,
		box: ballot("1000", "A 60 600", "B 39.5 394"), value: math.Sqrt((0.01 + 0.01) / 2),
		bounds: []float64{math.Sqrt(0.01 / 2), math.Sqrt((0.01 + 0.25 + 0.36) / 2)}, treatment: "unlisted_one_party",
	},
}
