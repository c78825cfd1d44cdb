package transform

import "hemicycle/schemas"

var duplicateFieldCases = []checkCase{
	{name: "once each", box: "Party1: A\nSeats1: 5\nSeats2: 5"},
	{name: "two names with one value", box: "Party1: A\nColour1: Red\nColor1: red"},
	{name: "two names, one empty", box: "Party1: A\nLeader1:\nParty Leader1: Ann"},
	{
		name: "names that lean on each other",
		box:  "Previous Year: 2002\nPrevious Election: Elbonian election, 2002\nParty1: A\nSeats1: 5\nSeats After1: 9",
	},
	{
		name: "the label of a row in two blocks of contenders",
		box:  "Party1: A\n1blank: Wards\n1data1: 5\nParty2: B\n1blank: Wards\n1data2: 7",
		change: func(d *schemas.Document) {
			for i := range d.Boxes[0].Fields {
				d.Boxes[0].Fields[i].Path = "table > tr"
			}
		},
	},
	{name: "a key twice", box: "Party1: A\nSeats1: 5\nSeats1: 6", want: []doubt{
		{schemas.Warn, "seats/1", "6", "5", "Seats1: 5", "stands again on line 6"}}},
	{name: "a key written two ways", box: "Turnout: 36%\nturnout: 37%", want: []doubt{
		{schemas.Warn, "turnout", "37%", "36%", "Turnout: 36%", "the last one counts"}}},
	{name: "a key three times", box: "Country: A\nCountry: B\nCountry: C", want: []doubt{
		{schemas.Warn, "country", "C", "A", "Country: A", ""}, {schemas.Warn, "country", "C", "B", "Country: B", ""}}},
	{
		name: "two names that disagree",
		box:  "Party1: A\nColour1: red\nColor1: blue\nLeader2: Ann\nParty Leader2: Bob",
		want: []doubt{
			{schemas.Warn, "party_leader/2", "Ann", "Bob", "Party Leader2: Bob", "means the same as Leader2"},
			{schemas.Warn, "color/1", "red", "blue", "Color1: blue", "means the same as Colour1 on line 5"}},
	},
}
