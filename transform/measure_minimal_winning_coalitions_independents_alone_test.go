package transform

var minimalWinningCoalitionsAloneCases = []measureCase{
	{name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), value: 3, treatment: "independents_alone"},
	{name: "no independents", box: ballot("10", "A - 4", "B - 3", "C - 3"), lacks: "-"},
	{name: "too many independents", box: ballot("2001", "A - 1", "Independents - 2000"), lacks: "each independent alone"},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), lacks: "the seats sum to 9, not to 10"},
}
