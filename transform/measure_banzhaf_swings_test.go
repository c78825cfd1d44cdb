package transform

import "math"

var banzhafSwingsCases = []measureCase{
	{name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{2, 2, 2}, treatment: "all_listed"},
	{name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"), each: []float64{5, 3, 3, 1, 0, math.NaN()}, treatment: "all_listed"},
	{name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"), lacks: "those contested, 5 of a chamber of 10"},
}
