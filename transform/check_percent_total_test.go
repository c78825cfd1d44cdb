package transform

import "hemicycle/schemas"

var percentTotalCases = []checkCase{
	{name: "a whole", box: "Percentage1: 60.00\nPercentage2: 40.00"},
	{name: "rounding", box: "Percentage1: 33.34\nPercentage2: 33.34\nPercentage3: 33.33"},
	{name: "whole numbers round more", box: "Percentage1: 34\nPercentage2: 34\nPercentage3: 33"},
	{
		name: "two electorates",
		box:  "Heading1: North\nParty1: A\nPercentage1: 100\nHeading2: South\nParty2: A\nPercentage2: 90",
	},
	{name: "no share", box: "Party1: A", skip: true},
	{
		name: "more", box: "Percentage1: 60.00\nPercentage2: 40.02",
		want: []doubt{{
			status: schemas.Error, subject: "vote_pct", expected: "up to 100", observed: "100.02", at: "Infobox",
			message: "the shares of 2 contenders sum to 100.02",
		}},
	},
	{
		name: "more under one heading",
		box: "Heading1: North\nParty1: A\nPercentage1: 100\nHeading2: South\nParty2: B\nPercentage2: 80.0\n" +
			"Party3: C\nPercentage3: 30.0",
		want: []doubt{{
			status: schemas.Error, subject: "vote_pct", expected: "up to 100", observed: "110.0", at: "Infobox",
			message: `of 2 contenders under "South"`,
		}},
	},
	{name: "as much as rounding adds", box: "Percentage1: 50.1\nPercentage2: 50.0"},
	{
		name: "more than rounding adds", box: "Percentage1: 50.1\nPercentage2: 50.1",
		want: []doubt{{
			status: schemas.Error, subject: "vote_pct", expected: "up to 100", observed: "100.2", at: "Infobox",
			message: "the shares of 2 contenders sum to 100.2 percent",
		}},
	},
}
