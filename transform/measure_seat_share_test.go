package transform

import (
	"math"

	"hemicycle/schemas"
)

var seatShareCases = []measureCase{
	{
		name: "of all", box: ballot("8", "A - 3", "B - 5", "C - 0", "D"), each: []float64{37.5, 62.5, 0, math.NaN()},
		treatment: "all_listed",
	},
	{
		name: "main contenders only", template: schemas.GeneralBox, box: ballot("8", "A - 3", "B - 4"),
		each: []float64{37.5, 50}, treatment: "all_listed",
	},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
	{
		name: "thirds", box: ballot("3", "A - 1", "B - 2"), each: []float64{100.0 / 3, 200.0 / 3},
		treatment: "all_listed", // a float32 has fewer digits
	},
}
