package transform

import "hemicycle/schemas"

var dateOrderCases = []checkCase{
	{name: "in order", box: "Election Date: 7 September 2007\nPrevious Election: 2002\nNext Election: 2011"},
	{
		name: "twice in a year",
		box:  "Election Date: 17 September 2019\nPrevious Election: April 2019\nNext Election: 2020",
	},
	{
		name: "next in the year in which this ends",
		box:  "Election Date: 30 December 2006 – 2 January 2007\nNext Election: 2007",
	},
	{name: "no neighbour", box: "Election Date: 7 September 2007\nPrevious Election: –", skip: true},
	{name: "no date", box: "Previous Election: 2002", skip: true},
	{
		name: "previous after", box: "Election Date: 7 September 2007\nPrevious Election: 2011\nNext Election: 2011",
		want: []doubt{{
			status: schemas.Error, subject: "previous_election", expected: "up to 2007", observed: "2011",
			at: "Previous Election: 2011", message: "after this one of 2007",
		}},
	},
	{
		name: "next before",
		box:  "Election Date: 30 December 2006 – 2 January 2007\nPrevious Election: 2002\nNext Election: 2006",
		want: []doubt{{
			status: schemas.Error, subject: "next_election", expected: "from 2007", observed: "2006",
			at: "Next Election: 2006", message: "before this one of 2007",
		}},
	},
	{
		name: "both",
		box: "Election Date: 2007\nPrevious Year: 2008\nPrevious Election: Elbonian election, 2002\n" +
			"Next Election: Elbonian election, 1999",
		want: []doubt{
			{
				status: schemas.Error, subject: "previous_election", expected: "up to 2007", observed: "2008",
				at: "Previous Year: 2008",
			},
			{
				status: schemas.Error, subject: "next_election", expected: "from 2007", observed: "1999",
				at: "Next Election: Elbonian election, 1999",
			},
		},
	},
}
