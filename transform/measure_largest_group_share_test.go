package transform

import (
	"hemicycle/schemas"
)

var largestGroupShareCases = []measureCase{
	{name: "a party", box: ballot("8", "A - 3", "B - 5"), value: 62.5, treatment: "all_listed"},
	{
		name: "independents are no party", box: ballot("8", "A - 3", "Independents - 5"), value: 37.5,
		treatment: "all_listed",
	},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("8", "A - 3", "B - 4"), value: 50,
		treatment: "unlisted_ignored",
	},
	{name: "independents alone", box: ballot("8", "Independents - 8"), missing: "held by independents"},
	{
		name: "the rest is larger", template: schemas.GeneralBox, box: ballot("8", "A - 3"),
		missing: "more than those of any",
	},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
	{
		name: "the rest is as large", template: schemas.GeneralBox, box: ballot("8", "A - 4"), value: 50,
		treatment: "unlisted_ignored",
	},
}
