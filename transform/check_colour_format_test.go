package transform

import "hemicycle/schemas"

var colourFormatCases = []checkCase{
	{
		name: "names and hexadecimal",
		box:  "Party1: A\nColour1: #D0353B\nParty2: B\nColor2: Red\nParty3: C\nColour3: transparent",
	},
	{name: "none", box: "Party1: A", skip: true},
	{
		name: "neither", box: "Party1: A\nColour1: #D0353\nParty2: B\nColour2: reddish",
		want: []doubt{
			{
				status: schemas.Warn, subject: "colour/1", expected: "#RRGGBB", observed: "#D0353",
				at: "Colour1: #D0353", message: "expected a colour",
			},
			{
				status: schemas.Warn, subject: "colour/2", expected: "#RRGGBB", observed: "reddish",
				at: "Colour2: reddish", message: "reddish",
			},
		},
	},
	{name: "of nobody", box: "Party1: A\nColour2: reddish"},
}
