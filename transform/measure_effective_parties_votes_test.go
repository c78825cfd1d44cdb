package transform

var effectivePartiesVotesCases = []measureCase{
	{name: "two equal", box: ballot("", "A 50", "B 50"), value: 2, treatment: "all_listed"},
	{
		name: "from votes", box: "Party1: A\nVotes1: 60\nParty2: B\nVotes2: 40", value: 10000.0 / 5200,
		treatment: "of_listed_votes",
	},
	{
		name: "from votes, all of them", box: "Votes Cast: 1003\nParty1: A\nVotes1: 600\nParty2: B\nVotes2: 400",
		value: 10000.0 / 5200, treatment: "all_listed",
	},
	{
		name: "from votes, not all of them", box: "Votes Cast: 2000\nParty1: A\nVotes1: 600\nParty2: B\nVotes2: 400",
		value: 10000.0 / 5200, treatment: "of_listed_votes",
	},
	{
		name: "half a point is none", box: ballot("", "A 50", "B 49.5"), value: 10000.0 / (2500 + 49.5*49.5),
		treatment: "all_listed",
	},
	{
		name: "a rest", box: ballot("", "A 50", "B 30", "C 10"), value: 10000.0 / 3600,
		bounds: []float64{10000.0 / 3600, 10000.0 / 3500}, treatment: "unlisted_least_component",
	},
	{
		name: "a rest of several", box: ballot("", "A 50", "B 20", "C 5"), value: 10000.0 / (2925 + 25*5),
		bounds: []float64{10000.0 / (2925 + 625), 10000.0 / 2925}, treatment: "unlisted_least_component",
	},
	{
		name: "independents", box: ballot("", "A 60", "Independents 40"), value: 10000.0 / 5200,
		treatment: "all_listed, independents_one_group",
	},
	{
		name: "rounded beyond the whole", box: ballot("", "A 33.4", "B 33.4", "C 33.3"),
		value: 10000.0 / (2*33.4*33.4 + 33.3*33.3), treatment: "all_listed",
	},
	{name: "beyond the whole", box: ballot("", "A 60", "B 60"), missing: "120"},
	{name: "below nothing", box: ballot("", "A 60", "B −10"), missing: "below zero"},
	{name: "nothing", box: ballot("10", "A 0 10"), missing: "no contender has a vote"},
	{
		name: "electorates", box: ballot("", "A 60", "B 40", "A 30", "B 70") + "\nHeading1: Men\nHeading3: Women",
		missing: "headings",
	},
	{name: "no votes", box: ballot("10", "A - 6", "B - 4"), missing: "no contender has votes"},
	{
		name: "more than half a point", box: ballot("", "A 50", "B 49.4999"),
		value:     10000.0 / (2500 + 49.4999*49.4999 + 0.5001*0.5001),
		bounds:    []float64{10000.0 / (2500 + 49.4999*49.4999 + 0.5001*0.5001), 10000.0 / (2500 + 49.4999*49.4999)},
		treatment: "unlisted_least_component",
	},
	{
		name:  "half a point of the votes cast is none",
		box:   "Votes Cast: 1000\nParty1: A\nVotes1: 600\nParty2: B\nVotes2: 395",
		value: 995.0 * 995 / (600*600 + 395*395), treatment: "all_listed",
	},
	{
		name:  "more than half a point of the votes cast",
		box:   "Votes Cast: 10000\nParty1: A\nVotes1: 6000\nParty2: B\nVotes2: 3949",
		value: 9949.0 * 9949 / (6000*6000 + 3949*3949), treatment: "of_listed_votes",
	},
}
