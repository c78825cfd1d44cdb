package transform

import "hemicycle/schemas"

var newWithPastCases = []checkCase{
	{
		name: "new",
		box:  "Party1: A\nSeats1: 12\nLast Election1: New\nSeat Change1: +12\nParty2: B\nSeats2: 3\nSeat Change2: New",
	},
	{
		name: "new, with members who came over",
		box:  "Party1: A\nSeats1: 12\nSeats Before1: 4\nLast Election1: New\nSeat Change1: +8",
	},
	{name: "none new", box: "Party1: A\nSeats1: 12\nLast Election1: 9", skip: true},
	{
		name: "with seats at the last election",
		box:  "Party1: A\nSeats1: 12\nLast Election1: 9\nSwing1: New",
		want: []doubt{
			{
				schemas.Warn,
				"is_new/1",
				"0",
				"9",
				"Swing1: New",
				"A is called new, and had 9 seats at the last election",
			}},
	},
	{name: "with another change", box: "Party1: A\nSeats1: 12\nLast Election1: New\nSeat Change1: +5", want: []doubt{
		{schemas.Warn, "is_new/1", "+12", "+5", "Last Election1: New", "its 12 seats are stated as a change of +5"}}},
}
