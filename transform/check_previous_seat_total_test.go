package transform

import "hemicycle/schemas"

var previousSeatTotalCases = []checkCase{
	{name: "all", box: "Seats For Election: 10\nParty1: A\nLast Election1: 6\nLast Election2: 4"},
	{
		name: "fewer, some went to parties that are gone",
		box:  "Seats For Election: 10\nLast Election1: 6\nLast Election2: new",
	},
	{name: "no chamber", box: "Last Election1: 6", skip: true},
	{name: "all new", box: "Seats For Election: 10\nLast Election1: new", skip: true},
	{
		name: "more", box: "Seats For Election: 10 seats\nLast Election1: 6\nLast Election2: 5 seats",
		want: []doubt{{
			status: schemas.Warn, subject: "previous_seats", expected: "up to 10", observed: "11",
			at: "Seats For Election: 10 seats", message: "1 more than the chamber's 10",
		}},
	},
}
