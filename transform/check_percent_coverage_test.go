package transform

import "hemicycle/schemas"

var percentCoverageCases = []checkCase{
	{name: "all", box: "Percentage1: 60.00\nPercentage2: 40.00"},
	{name: "all but rounding", box: "Percentage1: 33.33\nPercentage2: 33.33\nPercentage3: 33.33"},
	{
		name: "blocs of one electorate",
		box:  "Heading1: Left\nParty1: A\nPercentage1: 60.0\nHeading2: Right\nParty2: B\nPercentage2: 40.0",
	},
	{name: "no share", box: "Party1: A\nPercentage1: N/A", skip: true},
	{name: "the main contenders only", template: schemas.GeneralBox, box: "Percentage1: 51.3\nPercentage2: 46.9"},
	{name: "the rest", box: "Percentage1: 60.00\nPercentage2: 10.56", want: []doubt{
		{
			schemas.Warn,
			"vote_pct",
			"100",
			"70.56",
			"Infobox",
			"29.44 points belong to parties that the box does not list",
		}}},
	{
		name:     "the rest, in the box of winners",
		template: schemas.LegislativeBox,
		box:      "Percentage1: 60.00\nPercentage2: 10.56",
		want: []doubt{
			{schemas.Note, "vote_pct", "100", "70.56", "Infobox", "29.44 points"}},
	},
	{name: "just more than rounding", box: "Percentage1: 60.00\nPercentage2: 39.98", want: []doubt{
		{schemas.Warn, "vote_pct", "100", "99.98", "Infobox", "0.02 points"}}},
	{
		name: "one of two electorates",
		box:  "Heading1: North\nParty1: A\nPercentage1: 100\nHeading2: South\nParty2: B\nPercentage2: 80.0",
		want: []doubt{
			{schemas.Warn, "vote_pct", "100", "80.0", "Infobox", `under "South"`}},
	},
	{name: "as much as rounding takes", box: "Percentage1: 50.0\nPercentage2: 49.9"},
	{
		name: "more than rounding takes", box: "Percentage1: 50.0\nPercentage2: 49.8",
		want: []doubt{{
			status: schemas.Warn, subject: "vote_pct", expected: "100", observed: "99.8", at: "Infobox",
			message: "the shares sum to 99.8 percent; 0.2 points",
		}},
	},
}
