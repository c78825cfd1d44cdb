package transform

import "hemicycle/schemas"

var fractionsCases = []checkCase{
	{name: "percentages", box: "Turnout: 61.5%\nParty1: A\nPercentage1: 45.1\nParty2: B\nPercentage2: 0.9"},
	{name: "turnout in percent", box: "Turnout: 0.6%"},
	{name: "turnout of one percent", box: "Turnout: 1.0"},
	{name: "no turnout at all", box: "Turnout: 0"},
	{name: "few votes listed", box: "Party1: A\nPercentage1: 0.4\nParty2: B\nPercentage2: 0.3"},
	{name: "one contender", box: "Party1: A\nPercentage1: 1"},
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
