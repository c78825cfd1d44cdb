package transform

import "hemicycle/schemas"

var unreadRowCases = []checkCase{
	{name: "none", box: "Nominee1: Ann\nPopular Vote1: 5", skip: true},
	{name: "read", box: "Nominee1: Ann\n1blank: First round\n1data1: 1,234 (51.2%)"},
	{name: "beside other figures", box: "Nominee1: Ann\nPopular Vote1: 5\n1blank: Two-party preferred\n1data1: 51%"},
	{name: "words", box: "Nominee1: Ann\n1blank: Occupation\n1data1: Baker"},
	{name: "unread", box: "Nominee1: Ann\nNominee2: Bob\n1blank: Wards\n1data1: 7\n1data2: –", want: []doubt{
		{schemas.Note, "1data/1", "", "7", "1data1: 7", `the only figures of Ann stand in the row "Wards"`}}},
	{
		name: "eliminated in the first round",
		box: "Nominee1: Ann\nNominee2: Bob\n1blank: First round\n1data1: 40%\n1data2: 20%\n2blank: Second " +
			"round\n2data1: 60%",
	},
	{
		name: "an earlier count",
		box:  "Nominee1: Ann\nNominee2: Bob\n1blank: First count\n1data1: 40%\n1data2: 20%\n2blank: Final count\n2data1: 60%",
		want: []doubt{
			{schemas.Note, "1data/2", "", "20%", "1data2: 20%", `"First count"`}},
	},
}
