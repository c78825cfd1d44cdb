package transform

import "hemicycle/schemas"

var turnoutChangeSignCases = []checkCase{
	{name: "signed", box: "Turnout: 78.92% (▼0.13pp)"},
	{name: "no change", box: "Turnout: 78.92% (0.00pp)"},
	{name: "not stated", box: "Turnout: 37%", skip: true},
	{
		name: "lost", box: "Turnout: 37.00% ( 14.61pp)",
		want: []doubt{{
			status: schemas.Warn, subject: "turnout", observed: "37.00% ( 14.61pp)", at: "Turnout: 37.00% ( 14.61pp)",
			message: "turnout changed by 14.61pp, and whether it rose or fell cannot be told",
		}},
	},
}
