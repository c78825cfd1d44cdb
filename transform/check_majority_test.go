package transform

import "hemicycle/schemas"

var majorityCases = []checkCase{
	{name: "odd", box: "Seats For Election: 325\nMajority Seats: 163"},
	{name: "even", box: "Seats For Election: 650 seats\nMajority Seats: 326"},
	{
		name: "of the chamber",
		box:  "Seats For Election: 127 of the 257 seats in the Chamber of Deputies\nMajority Seats: 129",
	},
	{
		name: "of all but a few who are appointed",
		box:  "Seats For Election: 543 of the 545 seats in the Lok Sabha\nMajority Seats: 272",
	},
	{
		name: "of one seat more than half of an even chamber",
		box:  "Seats For Election: 51 of the 100 seats\nMajority Seats: 26",
	},
	{
		name: "of one seat more than half of an odd chamber",
		box:  "Seats For Election: 3 of the 5 seats\nMajority Seats: 2",
	},
	{name: "one more than half of those contested", box: "Seats For Election: 98 of the 101 seats\nMajority Seats: 50"},
	{name: "none stated", box: "Seats For Election: 325", skip: true},
	{name: "no chamber", box: "Majority Seats: 163", skip: true},
	{
		name: "half", box: "Seats For Election: 650 seats\nMajority Seats: 325",
		want: []doubt{{
			status: schemas.Warn, subject: "majority_seats", expected: "326", observed: "325", at: "Majority Seats: " +
				"325",
			message: "more than half of them is 326",
		}},
	},
	{name: "of the seats contested", box: "Seats For Election: 127 of the 257 seats\nMajority Seats: 64", want: []doubt{
		{status: schemas.Warn, subject: "majority_seats", expected: "129", observed: "64", at: "Majority Seats: 64"}}},
	{
		name: "of exactly half of an even chamber", box: "Seats For Election: 50 of the 100 seats\nMajority Seats: 26",
		want: []doubt{{
			status: schemas.Warn, subject: "majority_seats", expected: "51", observed: "26",
			at: "Majority Seats: 26", message: "more than half of them is 51",
		}},
	},
	{
		name: "of less than half of an odd chamber", box: "Seats For Election: 2 of the 5 seats\nMajority Seats: 2",
		want: []doubt{{
			status: schemas.Warn, subject: "majority_seats", expected: "3", observed: "2",
			at: "Majority Seats: 2", message: "more than half of them is 3",
		}},
	},
	{
		name: "half of those contested", box: "Seats For Election: 98 of the 101 seats\nMajority Seats: 49",
		want: []doubt{{
			status: schemas.Warn, subject: "majority_seats", expected: "51", observed: "49",
			at: "Majority Seats: 49", message: "more than half of them is 51",
		}},
	},
}
