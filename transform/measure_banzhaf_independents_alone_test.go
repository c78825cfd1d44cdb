package transform

var banzhafAloneCases = []measureCase{
	{name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), each: []float64{0.7, 0.1, 0.2}, treatment: "independents_alone"},
	{name: "one independent", box: ballot("10", "A - 9", "Independent - 1"), lacks: "-"},
}
