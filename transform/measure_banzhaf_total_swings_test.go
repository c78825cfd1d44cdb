package transform

import (
	"hemicycle/schemas"
)

var banzhafTotalSwingsCases = []measureCase{
	{name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), value: 6, treatment: "all_listed"},
	{name: "a majority", box: ballot("10", "A - 6", "B - 4"), value: 2, treatment: "all_listed"},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("10", "A - 5", "B - 4"),
		missing: "who has all of the seats",
	},
}
