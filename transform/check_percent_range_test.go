package transform

import "hemicycle/schemas"

var percentRangeCases = []checkCase{
	{name: "the ends", box: "Percentage1: 0\nPercentage2: 100.00%"},
	{name: "no share", box: "Party1: A\nPercentage1: –", skip: true},
	{name: "above and below", box: "Party1: A\nPercentage1: 100.01\nParty2: B\nPercentage2: 5\nPercentage3: −0.5", want: []doubt{
		{schemas.Error, "vote_pct/1", "0 to 100", "100.01", "Percentage1: 100.01", "A has 100.01 percent"},
		{schemas.Error, "vote_pct/3", "0 to 100", "-0.5", "Percentage3: −0.5", "contender 3"}}},
}
