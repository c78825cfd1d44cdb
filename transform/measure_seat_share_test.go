package transform

import (
	"hemicycle/schemas"
	"math"
)

var seatShareCases = []measureCase{
	{name: "of all", box: ballot("8", "A - 3", "B - 5", "C - 0", "D"), each: []float64{37.5, 62.5, 0, math.NaN()}, treatment: "all_listed"},
	{name: "main contenders only", template: schemas.GeneralBox, box: ballot("8", "A - 3", "B - 4"), each: []float64{37.5, 50}, treatment: "all_listed"},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), lacks: "the seats sum to 9, not to 10"},
}
