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
		name:  "another chamber",
		box:   "Seats For Election: 34 of the 100 seats in the Senate",
		prose: "All 435 seats in the House of Representatives were contested.",
		skip:  true,
	},
	{
		name:  "a fraction of a chamber",
		box:   "Seats For Election: Half of the 80 seats",
		prose: "All 40 seats were filled.",
		skip:  true,
	},
	{
		name:  "either of two chambers",
		box:   "Seats For Election: All 200 seats in the House, 38 of the 76 in the Senate\nMajority Seats: 101",
		prose: "All 200 seats were filled, and 38 seats were up for election.",
	},
	{
		name:  "either of two, and which is the box's cannot be told",
		box:   "Seats For Election: All 200 seats in the House, 38 of the 76 in the Senate",
		prose: "All 200 seats were filled, and 38 seats were up for election.",
	},
	{
		name:  "neither of two chambers",
		box:   "Seats For Election: All 200 seats in the House, 38 of the 76 in the Senate",
		prose: "All 210 seats were filled.",
		want: []doubt{
			{schemas.Warn, "claim/1", "200", "210", "210 seats", ""}},
	},
	{
		name:  "not understood",
		box:   "Seats For Election: All twenty one seats",
		prose: "All 210 seats were filled.",
		skip:  true,
	},
	{
		name:  "another number",
		box:   "Seats For Election: 325 seats",
		prose: "Istiqlal won 52 of the 395 seats.",
		want: []doubt{
			{schemas.Warn, "claim/1", "325", "395", "395 seats", "the prose speaks of 395 seats, the box of 325"}},
	},
}
