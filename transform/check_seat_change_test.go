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
		name: "a part, in the box that has the seats of the whole chamber", template: schemas.LegislativeBox,
		box: "Seats For Election: 50 of the 100 seats\nParty1: A\nSeats1: 30\nLast Election1: 60\nSeat Change1: +2",
		want: []doubt{{
			status: schemas.Warn, subject: "seat_change/1", expected: "-30", observed: "+2", at: "Seat Change1: +2",
		}},
	},
	{
		name:     "thirds of a council",
		template: schemas.GeneralBox,
		box: "Seats For Election: 14 of the 42 seats\nParty1: A\nSeats1: 14\nSeats After1: 38\nLast Election1: 40 " +
			"seats\nSeat Change1: ▼ 2",
		skip: true,
	},
	{
		name:   "against notional results",
		box:    "Party1: A\nSeats1: 52\nLast Election1: 48\nSeat Change1: ▲ 2",
		change: withFootnote(3, "Compared with the notional result after boundary changes."),
	},
	{
		name: "notional, in the value",
		box:  "Party1: A\nSeats1: 52\nLast Election1: 48 seats, 50 notional\nSeat Change1: ▲ 2",
		skip: true,
	},
	{
		name:   "another footnote",
		box:    "Party1: A\nSeats1: 52\nLast Election1: 48\nSeat Change1: ▲ 2",
		change: withFootnote(3, "Two members left."),
		want: []doubt{
			{schemas.Warn, "seat_change/1", "+4", "+2", "Seat Change1: ▲ 2", ""}},
	},
	{
		name: "wrong",
		box:  "Party1: A\nSeats1: 52\nLast Election1: 48\nSeat Change1: −4\nSeats2: 3\nLast Election2: 5\nSeat Change2: −2",
		want: []doubt{
			{
				schemas.Warn,
				"seat_change/1",
				"+4",
				"-4",
				"Seat Change1: −4",
				"A went from 48 to 52 seats, a change of +4; the box states -4",
			}},
	},
}

// withFootnote gives the field with an index a footnote.
func withFootnote(field int, text string) func(*schemas.Document) {
	return func(d *schemas.Document) { d.Boxes[0].Footnotes = map[int]string{field: text} }
}
