package transform

import "hemicycle/schemas"

var roundedValueCases = []checkCase{
	{name: "what a column keeps", box: "Turnout: 37.1234% (▲1.5000pp)\nPercentage1: 1.50000\nSwing1: +0.1234"},
	{name: "more", box: "Turnout: 37.12345% (▲1.00001pp)\nPercentage1: 33.33335\nSwing1: −0.12346", want: []doubt{
		{schemas.Note, "turnout_pct", "37.1235", "37.12345", "Turnout: 37.12345% (▲1.00001pp)", "more than 4 digits"},
		{schemas.Note, "turnout_change_pp", "1.0000", "1.00001", "Turnout: 37.12345% (▲1.00001pp)", ""},
		{schemas.Note, "vote_pct/1", "33.3334", "33.33335", "Percentage1: 33.33335", "kept as 33.3334"},
		{schemas.Note, "swing_pp/1", "-0.1235", "-0.12346", "Swing1: −0.12346", ""}}},
}
