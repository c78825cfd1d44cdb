package transform

import "hemicycle/schemas"

var votesAgainstPercentagesCases = []checkCase{
	{name: "agree", box: "Party1: A\nVotes1: 4,510\nPercentage1: 45.1\nParty2: B\nVotes2: 5,490\nPercentage2: 54.9"},
	{
		name: "cut off, not rounded",
		box:  "Party1: A\nVotes1: 4,519\nPercentage1: 45.1\nParty2: B\nVotes2: 5,481\nPercentage2: 54.8",
	},
	{
		name: "small shares",
		box: "Party1: A\nVotes1: 9,990\nPercentage1: 99.9\nParty2: B\nVotes2: 2\nPercentage2: 0.0\nParty3: C\nVotes3: " +
			"19\nPercentage3: 0.1",
	},
	{
		name: "two electorates",
		box: "Heading1: North\nParty1: A\nVotes1: 90\nPercentage1: 90\nHeading2: South\nParty2: B\nVotes2: " +
			"700\nPercentage2: 70",
	},
	{
		name: "invalid votes are of another whole",
		box: "Party1: A\nVotes1: 4,510\nPercentage1: 45.1\nParty2: B\nVotes2: 5,490\nPercentage2: 54.9\nParty3: Invalid " +
			"votes\nVotes3: 900\nPercentage3: 1.1",
	},
	{name: "one pair", box: "Party1: A\nVotes1: 4,510\nPercentage1: 45.1\nParty2: B\nVotes2: 5,490", skip: true},
	{
		name: "two that disagree",
		box:  "Party1: A\nVotes1: 4,510\nPercentage1: 45.1\nParty2: B\nVotes2: 5,490\nPercentage2: 34.9",
		want: []doubt{
			{
				schemas.Warn,
				"vote_pct/2",
				"10000",
				"15731",
				"Percentage2: 34.9",
				"by the 4510 votes and 45.1 percent of A there are about 10000",
			}},
	},
	{
		name: "one of three",
		box: "Party1: A\nVotes1: 4,510\nPercentage1: 45.1\nParty2: B\nVotes2: 549\nPercentage2: 34.9\nParty3: " +
			"C\nVotes3: 2,000\nPercentage3: 20.0",
		want: []doubt{
			{schemas.Warn, "vote_pct/2", "10000", "1573", "Percentage2: 34.9", "B has 549 votes"}},
	},
}
