package transform

import "hemicycle/schemas"

var struckValueCases = []checkCase{
	{name: "none", box: "Election Date: 11 May 2014"},
	{name: "a postponed date", box: "Election Date: 11 May 2014\nSeats1:", change: func(d *schemas.Document) {
		d.Boxes[0].Struck = map[int]string{0: "4 May 2014", 1: "50"}
	}, want: []doubt{
		{
			schemas.Note,
			"election_date",
			"11 May 2014",
			"4 May 2014",
			"Election Date: 11 May 2014",
			`strikes "4 May 2014" out: the value is "11 May 2014"`,
		},
		{schemas.Note, "seats/1", "", "50", "Seats1: ", "nothing is left"}}},
}
