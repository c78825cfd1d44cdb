package transform

var shapleyShubikAloneCases = []measureCase{
	{name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), each: []float64{3.0 / 4, 1.0 / 12, 2.0 / 12}, treatment: "independents_alone"},
	{name: "no independents", box: ballot("10", "A - 4", "B - 3", "C - 3"), lacks: "-"},
}
