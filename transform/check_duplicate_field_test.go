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
		name: "a key twice", box: "Party1: A\nSeats1: 5\nSeats1: 6",
		want: []doubt{{
			status: schemas.Warn, subject: "seats/1", expected: "6", observed: "5", at: "Seats1: 5",
			message: "stands again on line 6",
		}},
	},
	{
		name: "a key written two ways", box: "Turnout: 36%\nturnout: 37%",
		want: []doubt{{
			status: schemas.Warn, subject: "turnout", expected: "37%", observed: "36%", at: "Turnout: 36%",
			message: "the last one counts",
		}},
	},
	{
		name: "a key three times", box: "Country: A\nCountry: B\nCountry: C",
		want: []doubt{
			{status: schemas.Warn, subject: "country", expected: "C", observed: "A", at: "Country: A"},
			{status: schemas.Warn, subject: "country", expected: "C", observed: "B", at: "Country: B"},
		},
	},
	{
		name: "two names that disagree", box: "Party1: A\nColour1: red\nColor1: blue\nLeader2: Ann\nParty Leader2: Bob",
		want: []doubt{
			{
				status: schemas.Warn, subject: "party_leader/2", expected: "Ann", observed: "Bob",
				at: "Party Leader2: Bob", message: "means the same as Leader2",
			},
			{
				status: schemas.Warn, subject: "color/1", expected: "red", observed: "blue", at: "Color1: blue",
				message: "means the same as Colour1 on line 5",
			},
		},
	},
}
