package transform

import "hemicycle/schemas"

var proseTurnoutCases = []checkCase{
	{name: "rounded in the prose", box: "Turnout: 36.55%", prose: "Turnout was 37%."},
	{name: "rounded half down", box: "Turnout: 36.45%", prose: "Turnout was 36.4%."},
	{name: "rounded half up", box: "Turnout: 36.45%", prose: "Turnout was 36.5%."},
	{name: "rounded in the box", box: "Turnout: 37%", prose: "Turnout was 36.55%."},
	{name: "of an earlier round", box: "Turnout: 61% (first round) 55% (second round)", prose: "Turnout was 61%."},
	{name: "not stated", box: "Turnout: 37%", prose: "Turnout was low in 100 towns.", skip: true},
	{name: "no box value", box: "Country: Elbonia", prose: "Turnout was 37%.", skip: true},
	{
		name: "another", box: "Turnout: 37.00%", prose: "First.\n\nTurnout was 37%, they say; it was a turnout of 38%.",
		want: []doubt{{
			status: schemas.Warn, subject: "claim/2", expected: "37.00", observed: "38", at: "38%",
			message: "the prose states a turnout of 38 percent, the box of 37.00",
		}},
	},
	{name: "another in the last digit", box: "Turnout: 37.42%", prose: "Turnout was 37.44 per cent.", want: []doubt{
		{status: schemas.Warn, subject: "claim/1", expected: "37.42", observed: "37.44", at: "37.44 per cent"}}},
}
