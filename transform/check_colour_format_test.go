package transform

import "hemicycle/schemas"

var colourFormatCases = []checkCase{
	{name: "names and hexadecimal", box: "Party1: A\nColour1: #D0353B\nParty2: B\nColor2: Red\nParty3: C\nColour3: transparent"},
	{name: "none", box: "Party1: A", skip: true},
	{name: "neither", box: "Party1: A\nColour1: #D0353\nParty2: B\nColour2: reddish", want: []doubt{
		{schemas.Warn, "colour/1", "#RRGGBB", "#D0353", "Colour1: #D0353", "expected a colour"},
		{schemas.Warn, "colour/2", "#RRGGBB", "reddish", "Colour2: reddish", "reddish"},
	}},
	{name: "of nobody", box: "Party1: A\nColour2: reddish"},
}
