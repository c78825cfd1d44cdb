package transform

import "hemicycle/schemas"

var twoChambersCases = []checkCase{
	{name: "one", box: "Seats For Election: 127 of the 257 seats in the Chamber of Deputies"},
	{name: "no phrase", box: "Party1: A", skip: true},
	{
		name: "one by its majority",
		box:  "Seats For Election: All 200 seats in the House, 38 of the 76 in the Senate\nMajority Seats: 101",
		want: []doubt{
			{
				schemas.Note,
				"seats_for_election",
				"1 chamber",
				"2 chambers",
				"Seats For Election: All 200 seats in the House, 38 of the 76 in the Senate",
				"House with 200 seats, Senate with 38 of 76 seats, and the election is taken to be that of House",
			}},
	},
	{
		name: "which cannot be told",
		box:  "Seats For Election: All 200 seats in the House and 38 of the 76 seats in the Senate",
		want: []doubt{
			{
				schemas.Note,
				"seats_for_election",
				"1 chamber",
				"2 chambers",
				"Seats For Election: All 200 seats in the House and 38 of the 76 seats in the Senate",
				"cannot be told",
			}},
	},
}
