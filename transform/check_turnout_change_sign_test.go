package transform

import "hemicycle/schemas"

var turnoutChangeSignCases = []checkCase{
	{name: "signed", box: "Turnout: 78.92% (▼0.13pp)"},
	{name: "no change", box: "Turnout: 78.92% (0.00pp)"},
	{name: "not stated", box: "Turnout: 37%", skip: true},
	{name: "lost", box: "Turnout: 37.00% ( 14.61pp)", want: []doubt{
		{schemas.Warn, "turnout", "", "37.00% ( 14.61pp)", "Turnout: 37.00% ( 14.61pp)", "turnout changed by 14.61pp, and whether it rose or fell cannot be told"}}},
}
