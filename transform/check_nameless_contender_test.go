package transform

import "hemicycle/schemas"

var namelessContenderCases = []checkCase{
	{name: "named", box: "Party1: A\nSeats1: 50\nNominee2: Ann\nPopular Vote2: 5"},
	{name: "no contender", box: "Country: Elbonia", skip: true},
	{name: "no figures", box: "Party1: A\nLeader2: Ann"},
	{name: "an alliance", box: "Alliance1: Front\nSeats1: 50"},
	{name: "a leader in the general box", template: schemas.GeneralBox, box: "Leader1: Ann\nSeats1: 50"},
	{
		name:     "nameless",
		template: schemas.LegislativeBox,
		box:      "Leader1: Ann\nSeats1: 50\nParty2: B\nSeats2: 50\nPercentage3: 4",
		want: []doubt{
			{
				schemas.Warn,
				"contender/1",
				"a party or a candidate",
				"",
				"Leader1: Ann",
				"contender 1 has votes or seats",
			},
			{schemas.Warn, "contender/3", "a party or a candidate", "", "Percentage3: 4", "contender 3"}},
	},
}
