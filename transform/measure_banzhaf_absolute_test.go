package transform

import "math"

var banzhafAbsoluteCases = []measureCase{
	{name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{0.5, 0.5, 0.5}, treatment: "all_listed"},
	{name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"), each: []float64{5.0 / 8, 3.0 / 8, 3.0 / 8, 1.0 / 8, 0, math.NaN()}, treatment: "all_listed"},
	{name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"), lacks: "those contested, 5 of a chamber of 10"},
}
