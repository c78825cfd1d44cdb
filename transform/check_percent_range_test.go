package transform

import "hemicycle/schemas"

var percentRangeCases = []checkCase{
	{name: "the ends", box: "Percentage1: 0\nPercentage2: 100.00%"},
	{
		name: "above in the first round", box: "Party1: A\nPercentage1: 140% (first round) 60% (second round)",
		want: []doubt{{
			status: schemas.Error, subject: "vote_pct/1", expected: "0 to 100", observed: "140",
			at: "Percentage1: 140% (first round) 60% (second round)", message: "A has 140 percent of the votes of round 1",
		}},
	},
	{name: "no share", box: "Party1: A\nPercentage1: –", skip: true},
	{
		name: "above and below", box: "Party1: A\nPercentage1: 100.01\nParty2: B\nPercentage2: 5\nPercentage3: −0.5",
		want: []doubt{
			{
				status: schemas.Error, subject: "vote_pct/1", expected: "0 to 100", observed: "100.01",
				at: "Percentage1: 100.01", message: "A has 100.01 percent",
			},
			{
				status: schemas.Error, subject: "vote_pct/3", expected: "0 to 100", observed: "-0.5",
				at: "Percentage3: −0.5", message: "contender 3",
			},
		},
	},
}
