package transform

import "hemicycle/schemas"

var fractionsCases = []checkCase{
	{name: "percentages", box: "Turnout: 61.5%\nParty1: A\nPercentage1: 45.1\nParty2: B\nPercentage2: 0.9"},
	{name: "turnout in percent", box: "Turnout: 0.6%"},
	{name: "turnout of one percent", box: "Turnout: 1.0"},
	{name: "no turnout at all", box: "Turnout: 0"},
	{name: "few votes listed", box: "Party1: A\nPercentage1: 0.4\nParty2: B\nPercentage2: 0.3"},
	{name: "one contender", box: "Party1: A\nPercentage1: 1"},
	{name: "small shares with the sign", box: "Party1: A\nPercentage1: 0.55%\nParty2: B\nPercentage2: 0.45 per cent"},
	{name: "small shares beside votes", box: "Party1: A\nVotes1: 5,500 (0.55%)\nParty2: B\nVotes2: 4,500 (0.45%)"},
	{name: "small shares under one heading of two", box: "Heading1: Left\nParty1: A\nPercentage1: 0.55\nParty2: B\n" +
		"Percentage2: 0.45\nHeading3: Right\nParty3: C\nPercentage3: 60\nParty4: D\nPercentage4: 39"},
	{
		name: "fractions under each heading",
		box: "Heading1: North\nParty1: A\nPercentage1: 0.55\nParty2: B\nPercentage2: 0.45\nHeading3: South\n" +
			"Party3: C\nPercentage3: 0.60\nParty4: D\nPercentage4: 0.40",
		want: []doubt{
			{schemas.Warn, "vote_pct", "100", "1.00", "Infobox", `under "North"`},
			{schemas.Warn, "vote_pct", "100", "1.00", "Infobox", `under "South"`}},
	},
	{
		name: "fractions of one electorate under two headings",
		box:  "Heading1: Left\nParty1: A\nPercentage1: 0.55\nHeading2: Right\nParty2: B\nPercentage2: 0.45",
		want: []doubt{
			{schemas.Warn, "vote_pct", "100", "1.00", "Infobox", "the shares of 2 contenders sum to 1.00"}},
	},
	{name: "neither", box: "Party1: A", skip: true},
	{
		name: "fractions",
		box:  "Turnout: 0.615\nParty1: A\nPercentage1: 0.451\nParty2: B\nPercentage2: 0.549",
		want: []doubt{
			{schemas.Warn, "turnout_pct", "1 to 100", "0.615", "Turnout: 0.615", "fraction of 1"},
			{schemas.Warn, "vote_pct", "100", "1.000", "Infobox", "the shares of 2 contenders sum to 1.000"}},
	},
	{name: "nearly all listed", box: "Party1: A\nPercentage1: 0.50\nParty2: B\nPercentage2: 0.48", want: []doubt{
		{schemas.Warn, "vote_pct", "100", "0.98", "Infobox", "fractions of 1"}}},
}
