package transform

import "hemicycle/schemas"

var roundedValueCases = []checkCase{
	{name: "what a column keeps", box: "Turnout: 37.1234% (▲1.5000pp)\nPercentage1: 1.50000\nSwing1: +0.1234"},
	{
		name: "more", box: "Turnout: 37.12345% (▲1.00001pp)\nPercentage1: 33.33335\nSwing1: −0.12346",
		want: []doubt{
			{
				status: schemas.Note, subject: "turnout_pct", expected: "37.1235", observed: "37.12345",
				at: "Turnout: 37.12345% (▲1.00001pp)", message: "more than 4 digits",
			},
			{
				status: schemas.Note, subject: "turnout_change_pp", expected: "1.0000", observed: "1.00001",
				at: "Turnout: 37.12345% (▲1.00001pp)",
			},
			{
				status: schemas.Note, subject: "vote_pct/1", expected: "33.3334", observed: "33.33335",
				at: "Percentage1: 33.33335", message: "kept as 33.3334",
			},
			{
				status: schemas.Note, subject: "swing_pp/1", expected: "-0.1235", observed: "-0.12346",
				at: "Swing1: −0.12346",
			},
		},
	},
}
