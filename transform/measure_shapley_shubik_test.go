package transform

import "math"

var shapleyShubikCases = []measureCase{
	{name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}, treatment: "all_listed"},
	{name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"), each: []float64{10.0 / 24, 6.0 / 24, 6.0 / 24, 2.0 / 24, 0, math.NaN()}, treatment: "all_listed"},
	{name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), each: []float64{4.0 / 6, 1.0 / 6, 1.0 / 6}, treatment: "all_listed, independents_one_group"},
	{name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"), lacks: "those contested, 5 of a chamber of 10"},
}
