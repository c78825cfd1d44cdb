package transform

import "hemicycle/schemas"

var seatChangeCases = []checkCase{
	{name: "right", box: "Party1: A\nSeats1: 52\nLast Election1: 48\nSeat Change1: ▲ 4"},
	{name: "none", box: "Party1: A\nSeats1: 52\nLast Election1: 52\nSeat Change1: 0"},
	{
		name: "since the dissolution",
		box:  "Party1: A\nSeats1: 52\nLast Election1: 48\nSeats Before1: 50\nSeat Change1: +2",
	},
	{name: "not stated", box: "Party1: A\nSeats1: 52\nLast Election1: 48", skip: true},
	{name: "new", box: "Party1: A\nSeats1: 52\nLast Election1: new\nSeat Change1: New", skip: true},
	{
		name: "a chamber renewed in part",
		box:  "Seats For Election: 27 of the 81 seats\nParty1: A\nSeats1: 9\nLast Election1: 20\nSeat Change1: −2",
		skip: true,
	},
	{
		name: "a fraction of a chamber",
		box:  "Seats For Election: Half of the 80 seats\nParty1: A\nSeats1: 9\nLast Election1: 20\nSeat Change1: −2",
		skip: true,
	},
	{
		name: "wrong",
		box: "Party1: A\nSeats1: 52\nLast Election1: 48\nSeat Change1: −4\nSeats2: 3\nLast Election2: 5\n" +
			"Seat Change2: −2",
		want: []doubt{{
			status: schemas.Warn, subject: "seat_change/1", expected: "+4", observed: "-4", at: "Seat Change1: −4",
			message: "A went from 48 to 52 seats, a change of +4; the box states -4",
		}},
	},
}
