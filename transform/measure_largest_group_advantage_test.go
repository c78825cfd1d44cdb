package transform

var largestGroupAdvantageCases = []measureCase{
	{name: "above its votes", box: ballot("8", "A 60 3", "B 40 5"), value: 62.5 / 40, treatment: "all_listed"},
	{name: "of equals the first", box: ballot("8", "A 60 4", "B 40 4"), value: 50.0 / 60, treatment: "all_listed"},
	{name: "a rest", box: ballot("8", "A 50 3", "B 40 5"), value: 62.5 / 40, treatment: "unlisted_ignored"},
	{
		name: "of votes", box: ballot("8", "A - 3", "B - 5") + "\nVotes1: 60\nVotes2: 40", value: 62.5 / 40,
		treatment: "of_listed_votes",
	},
	{name: "its votes are not stated", box: ballot("8", "A 60 3", "B - 5"), missing: "the largest group has no share"},
	{name: "independents alone", box: ballot("8", "Independents 100 8"), missing: "held by independents"},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
	{name: "a seat is missing", box: ballot("10", "A 60 6", "B 40 3"), missing: "the seats sum to 9, not to 10"},
}
