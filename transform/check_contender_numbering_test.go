package transform

import "hemicycle/schemas"

var contenderNumberingCases = []checkCase{
	{name: "in order", box: "Party1: A\nParty2: B"},
	{name: "out of order in the box", box: "Party2: B\nSeats1: 3\nParty1: A"},
	{name: "no contender", box: "Country: Elbonia", skip: true},
	{
		name: "one missing", box: "Party1: A\nParty3: C",
		want: []doubt{{
			status: schemas.Note, subject: "contender/3", expected: "2", observed: "3", at: "Infobox",
			message: "number 2 is missing before C",
		}},
	},
	{
		name: "several missing", box: "Party3: C\nParty4: D\nParty10: J",
		want: []doubt{
			{
				status: schemas.Note, subject: "contender/3", expected: "1", observed: "3", at: "Infobox",
				message: "numbers 1 to 2 are missing before C",
			},
			{
				status: schemas.Note, subject: "contender/10", expected: "5", observed: "10", at: "Infobox",
				message: "numbers 5 to 9 are missing before J",
			},
		},
	},
	{name: "a colour fills no gap", box: "Party1: A\nColour2: red\nParty2 Link: B (page)\nParty3: C", want: []doubt{
		{status: schemas.Note, subject: "contender/3", expected: "2", observed: "3", at: "Infobox"}}},
	{
		name: "a contender without a name", box: "Seats2: 5",
		want: []doubt{{
			status: schemas.Note, subject: "contender/2", expected: "1", observed: "2", at: "Infobox",
			message: "before contender 2",
		}},
	},
	{name: "headings with gaps are none", box: "Party1: A\nHeading1: North\nParty2: B\nHeading7: South"},
}
