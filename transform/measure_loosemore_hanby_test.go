package transform

import (
	"hemicycle/schemas"
)

var loosemoreHanbyCases = []measureCase{
	{name: "proportional", box: ballot("10", "A 60 6", "B 40 4"), value: 0, treatment: "all_listed"},
	{name: "not so", box: ballot("10", "A 50 8", "B 50 2"), value: 30, treatment: "all_listed"},
	{
		name: "a rest without seats", box: ballot("10", "A 50 8", "B 40 2"), value: 30, bounds: []float64{30, 30},
		treatment: "unlisted_one_party",
	},
	{
		name: "a rest with seats", template: schemas.GeneralBox, box: ballot("10", "A 50 6", "B 40 2"), value: 20,
		bounds: []float64{20, 30}, treatment: "unlisted_one_party", open: true,
	},
	{name: "no seats", box: ballot("10", "A 60", "B 40"), missing: "no contender has seats"},
}
