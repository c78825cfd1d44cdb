package transform

import "hemicycle/schemas"

var voteSeatOrderCases = []checkCase{
	{name: "one order", box: "Party1: A\nPercentage1: 60\nSeats1: 6\nParty2: B\nPercentage2: 40\nSeats2: 4"},
	{name: "equal shares", box: "Party1: A\nPercentage1: 50\nSeats1: 4\nParty2: B\nPercentage2: 50\nSeats2: 6"},
	{name: "equal seats", box: "Party1: A\nPercentage1: 40\nSeats1: 5\nParty2: B\nPercentage2: 60\nSeats2: 5"},
	{
		name: "independents are no group",
		box:  "Party1: A\nPercentage1: 30\nSeats1: 6\nParty2: Independents\nPercentage2: 70\nSeats2: 4",
	},
	{
		name: "two electorates",
		box: "Heading1: North\nParty1: A\nPercentage1: 90\nSeats1: 1\nHeading2: South\nParty2: B\nPercentage2: 80\n" +
			"Seats2: 9",
		skip: true,
	},
	{
		name: "seats of earlier elections among them",
		box: "Seats For Election: 34 of the 100 seats in the Senate\nParty1: A\nPercentage1: 40\nSeats1: 51\nParty2: B\n" +
			"Percentage2: 60\nSeats2: 49",
		skip: true,
	},
	{name: "no seats", box: "Party1: A\nPercentage1: 60", skip: true},
	{
		name: "another order", box: "Party1: A\nPercentage1: 8.51\nSeats1: 52\nParty2: B\nPercentage2: 9.15\n" +
			"Seats2: 46",
		want: []doubt{{
			status: schemas.Note, subject: "vote_pct/2", expected: "A", observed: "B", at: "Percentage2: 9.15",
			message: "B has the largest share of votes (9.15), A the most seats (52)",
		}},
	},
	{
		name: "under headings of one electorate",
		box: "Heading1: Left\nParty1: A\nPercentage1: 40\nSeats1: 6\nHeading2: Right\nParty2: B\nPercentage2: 60\n" +
			"Seats2: 4",
		want: []doubt{{
			status: schemas.Note, subject: "vote_pct/2", expected: "A", observed: "B", at: "Percentage2: 60",
		}},
	},
}
