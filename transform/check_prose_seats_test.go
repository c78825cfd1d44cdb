package transform

import "hemicycle/schemas"

var proseSeatsCases = []checkCase{
	{name: "the chamber", box: "Seats For Election: 325 seats", prose: "Istiqlal won 52 of the 325 seats."},
	{
		name: "the seats contested", box: "Seats For Election: 27 of the 81 seats",
		prose: "There were 27 seats up for election. All 27 seats were filled.",
	},
	{name: "not stated", box: "Seats For Election: 325 seats", prose: "Istiqlal won 52 seats.", skip: true},
	{name: "no chamber", box: "Country: Elbonia", prose: "Istiqlal won 52 of the 325 seats.", skip: true},
	{
		name: "another chamber", box: "Seats For Election: 34 of the 100 seats in the Senate",
		prose: "All 435 seats in the House of Representatives were contested.", skip: true,
	},
	{
		name: "a fraction of a chamber", box: "Seats For Election: Half of the 80 seats",
		prose: "All 40 seats were filled.", skip: true,
	},
	{
		name: "another number", box: "Seats For Election: 325 seats", prose: "Istiqlal won 52 of the 395 seats.",
		want: []doubt{{
			status: schemas.Warn, subject: "claim/1", expected: "325", observed: "395", at: "395 seats",
			message: "the prose speaks of 395 seats, the box of 325",
		}},
	},
}
