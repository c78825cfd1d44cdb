package transform

import "hemicycle/schemas"

var contenderNumberingCases = []checkCase{
	{name: "in order", box: "Party1: A\nParty2: B"},
	{name: "out of order in the box", box: "Party2: B\nSeats1: 3\nParty1: A"},
	{name: "no contender", box: "Country: Elbonia", skip: true},
	{name: "one missing", box: "Party1: A\nParty3: C", want: []doubt{
		{schemas.Note, "contender/3", "2", "3", "Infobox", "number 2 is missing before C"}}},
	{name: "several missing", box: "Party3: C\nParty4: D\nParty10: J", want: []doubt{
		{schemas.Note, "contender/3", "1", "3", "Infobox", "numbers 1 to 2 are missing before C"},
		{schemas.Note, "contender/10", "5", "10", "Infobox", "numbers 5 to 9 are missing before J"}}},
	{name: "a colour fills no gap", box: "Party1: A\nColour2: red\nParty2 Link: B (page)\nParty3: C", want: []doubt{
		{schemas.Note, "contender/3", "2", "3", "Infobox", ""}}},
	{name: "a contender without a name", box: "Seats2: 5", want: []doubt{
		{schemas.Note, "contender/2", "1", "2", "Infobox", "before contender 2"}}},
	{name: "headings with gaps are none", box: "Party1: A\nHeading1: North\nParty2: B\nHeading7: South"},
}
