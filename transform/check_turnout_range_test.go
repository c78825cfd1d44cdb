package transform

import "hemicycle/schemas"

var turnoutRangeCases = []checkCase{
	{name: "the ends", box: "Turnout: 100%"},
	{name: "nobody", box: "Turnout: 0.00%"},
	{name: "a count", box: "Turnout: 1,234,567 (of 2 million)", skip: true},
	{name: "none", box: "Country: Elbonia", skip: true},
	{
		name: "above", box: "Turnout: 137.00%",
		want: []doubt{{
			status: schemas.Error, subject: "turnout_pct", expected: "0 to 100", observed: "137.00",
			at: "Turnout: 137.00%", message: "turnout is stated as 137.00 percent",
		}},
	},
	{
		name: "above in the first round", box: "Turnout: 161% (first round) 55% (second round)",
		want: []doubt{{
			status: schemas.Error, subject: "turnout_pct", expected: "0 to 100", observed: "161",
			at: "Turnout: 161% (first round) 55% (second round)", message: "turnout in round 1 is stated as 161 percent",
		}},
	},
	{name: "below", box: "Turnout: −37%", want: []doubt{
		{status: schemas.Error, subject: "turnout_pct", expected: "0 to 100", observed: "-37", at: "Turnout: −37%"}}},
}
