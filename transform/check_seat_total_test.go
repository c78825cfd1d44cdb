package transform

import "hemicycle/schemas"

var seatTotalCases = []checkCase{
	{name: "sum", box: "Seats For Election: 325 seats\nSeats1: 300\nSeats2: 25"},
	{name: "a part", box: "Seats For Election: 27 of the 81 seats\nSeats1: 20\nSeats2: 7"},
	{
		name: "a part, with the whole chamber listed",
		box:  "Seats For Election: 27 of the 81 seats\nSeats1: 50\nSeats2: 31",
	},
	{
		name: "seats held afterwards", template: schemas.GeneralBox,
		box: "Seats For Election: 35 of the 96 seats\nSeats After1: 49\nSeats After2: 46",
	},
	{name: "the main contenders only", template: schemas.GeneralBox, box: "Seats For Election: 325 seats\nSeats1: 300"},
	{name: "a box that the page cuts", box: "Seats For Election: 325 seats\nSeats1: 300",
		change: func(d *schemas.Document) { d.Boxes[0].Truncated = true }},
	{name: "no total", box: "Seats1: 300", skip: true},
	{name: "no seats", box: "Seats For Election: 325\nParty1: A", skip: true},
	{name: "one unreadable", box: "Seats For Election: 325\nSeats1: 300\nSeats2: 2S", skip: true},
	{name: "one a guess", box: "Seats For Election: 325\nSeats1: 300\nSeats2: ~30", skip: true},
	{name: "one ambiguous", box: "Seats For Election: 325\nSeats1: 300\nSeats2: 20 30", skip: true},
	{name: "vacant seats count", box: "Seats For Election: 325\nSeats1: 300\nParty2: Vacant\nSeats2: 25"},
	{name: "counting goes on", box: "Seats For Election: 325\nOngoing: yes\nSeats1: 300", skip: true},
	{
		name: "fewer", box: "Seats For Election: 325\nSeats1: 300\nSeats2: 24",
		want: []doubt{{
			status: schemas.Error, subject: "seats", expected: "325", observed: "324", at: "Seats For Election: 325",
			message: "sum to 324, 1 fewer than the 325 stated",
		}},
	},
	{
		name: "fewer, with a dash", box: "Seats For Election: 325\nSeats1: 300\nSeats2: –",
		want: []doubt{{
			status: schemas.Error, subject: "seats", expected: "325", observed: "300", at: "Seats For Election: 325",
			message: "25 fewer",
		}},
	},
	{
		name: "more", box: "Seats For Election: 325\nSeats1: 300\nSeats2: 26",
		want: []doubt{{
			status: schemas.Error, subject: "seats", expected: "325", observed: "326", at: "Seats For Election: 325",
			message: "1 more",
		}},
	},
	{
		name: "more, though one is unreadable", box: "Seats For Election: 325\nSeats1: 300\nSeats2: 26\nSeats3: x",
		want: []doubt{{
			status: schemas.Error, subject: "seats", expected: "325", observed: "326", at: "Seats For Election: 325",
		}},
	},
	{
		name: "more than all, of the main contenders", template: schemas.GeneralBox,
		box: "Seats For Election: 325\nSeats1: 326",
		want: []doubt{{
			status: schemas.Error, subject: "seats", expected: "325", observed: "326", at: "Seats For Election: 325",
		}},
	},
	{name: "more, while counting goes on", box: "Seats For Election: 325\nOngoing: yes\nSeats1: 326", want: []doubt{
		{status: schemas.Error, subject: "seats", expected: "325", observed: "326", at: "Seats For Election: 325"}}},
}
