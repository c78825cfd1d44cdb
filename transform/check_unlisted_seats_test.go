package transform

import "hemicycle/schemas"

var unlistedSeatsCases = []checkCase{
	{name: "all", template: schemas.GeneralBox, box: "Seats For Election: 325 seats\nSeats1: 300\nSeats2: 25"},
	{
		name:     "the box that lists all",
		template: schemas.LegislativeBox,
		box:      "Seats For Election: 325 seats\nSeats1: 300",
		skip:     true,
	},
	{name: "no seats", template: schemas.GeneralBox, box: "Seats For Election: 325 seats\nParty1: A", skip: true},
	{
		name:     "not over",
		template: schemas.GeneralBox,
		box:      "Ongoing: yes\nSeats For Election: 325 seats\nSeats1: 300",
		skip:     true,
	},
	{
		name:     "fewer",
		template: schemas.GeneralBox,
		box:      "Seats For Election: 325 seats\nSeats1: 300\nSeats2: 20",
		want: []doubt{
			{schemas.Note, "seats", "325", "320", "Seats For Election: 325 seats", "5 went to others"}},
	},
}
