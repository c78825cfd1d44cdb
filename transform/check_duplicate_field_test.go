package transform

import "hemicycle/schemas"

var duplicateFieldCases = []checkCase{
	{name: "once each", box: "Party1: A\nSeats1: 5\nSeats2: 5"},
	{name: "two names with one value", box: "Party1: A\nColour1: Red\nColor1: red"},
	{name: "two names with one value written otherwise", box: "Party1: A\nColour1: red\nColor1: FF0000\n" +
		"Votes1: 5,000\nPopular Vote1: 5000"},
	{name: "electoral votes and delegates", box: "Nominee1: A\nElectoral Vote1: 300\nDelegate Count1: 12", want: []doubt{
		{schemas.Warn, "delegate_count/1", "300", "12", "Delegate Count1: 12", "that one counts"}}},
	{name: "two names, one empty", box: "Party1: A\nLeader1:\nParty Leader1: Ann"},
	{
		name: "names that lean on each other",
		box:  "Previous Year: 2002\nPrevious Election: Elbonian election, 2002\nParty1: A\nSeats1: 5\nSeats After1: 9",
	},
	{
		name: "the label of a row in two blocks of contenders",
		box:  "Party1: A\n1blank: Wards\n1data1: 5\nParty2: B\n1blank: Wards\n1data2: 7",
		change: func(d *schemas.Document) {
			for i := range d.Boxes[0].Fields {
				d.Boxes[0].Fields[i].Path = "table > tr"
			}
		},
	},
	{name: "a share beside the votes, rounded", box: "Party1: A\nVotes1: 9,999 (5.1%)\nPercentage1: 5.13"},
	{name: "rows of other votes", box: "Party1: A\nPopular Vote1: 9,999\n1blank: Party vote\n1data1: 9,000\n" +
		"2blank: First round\n2data1: 8,000\n3blank: Swing\n3data1: +1.2"},
	{name: "seats before and at present", box: "Party1: A\nSeats Before1: 9\nCurrent Seats1: 8"},
	{name: "a majority stated twice", box: "Seats For Election: 100 seats; 51 seats needed for a majority\n" +
		"Majority Seats: 51"},
	{name: "a share beside the votes", box: "Party1: A\nVotes1: 9,999 (5.1%)\nPercentage1: 7.2", want: []doubt{
		{schemas.Warn, "votes/1", "7.2", "9,999 (5.1%)", "Votes1: 9,999 (5.1%)", "Votes1 states 5.1"}}},
	{
		name: "rows of one's own that say otherwise",
		box: "Party1: A\nPopular Vote1: 9,999\nPercentage1: 5.1\nSwing1: +1.2\nSeats1: 4\n1blank: Votes\n" +
			"1data1: 9,998\n2blank: Percentage\n2data1: 5.3%\n3blank: Swing\n3data1: -1.2\n4blank: Seats\n4data1: 5",
		want: []doubt{
			{schemas.Warn, "1data/1", "9999", "9,998", "1data1: 9,998", "Popular Vote1, on line 5, states 9999"},
			{schemas.Warn, "2data/1", "5.1", "5.3%", "2data1: 5.3%", "the former counts"},
			{schemas.Warn, "3data/1", "1.2", "-1.2", "3data1: -1.2", ""},
			{schemas.Warn, "4data/1", "4", "5", "4data1: 5", ""}},
	},
	{name: "another majority in the phrase", box: "Seats For Election: 100 seats (52 seats needed for a majority)\n" +
		"Majority Seats: 51", want: []doubt{{
		schemas.Warn, "seats_for_election", "51", "100 seats (52 seats needed for a majority)",
		"Seats For Election: 100 seats (52 seats needed for a majority)", "states 52"}}},
	{name: "other votes cast", box: "Votes Cast: 5,721 (37.5%)\nTurnout: 5,000 (37%)", want: []doubt{
		{schemas.Warn, "turnout", "5721", "5,000 (37%)", "Turnout: 5,000 (37%)", "states 5000"},
	}},
	{name: "another turnout beside the votes cast", box: "Votes Cast: 5,721 (38.5%)\nTurnout: 37.5%", want: []doubt{
		{schemas.Warn, "votes_cast", "37.5", "5,721 (38.5%)", "Votes Cast: 5,721 (38.5%)", "states 38.5"},
	}},
	{
		name: "changes beside rows of one's own",
		box: "Party1: A\nSwing1: −2.0\nSeat Change1: +3\n1blank: Percentage\n1data1: 45.1% ▲2.0\n2blank: Seats\n" +
			"2data1: 50 (+4)",
		want: []doubt{
			{schemas.Warn, "1data/1", "-2.0", "45.1% ▲2.0", "1data1: 45.1% ▲2.0", "Swing1, on line 5, states -2.0"},
			{schemas.Warn, "2data/1", "3", "50 (+4)", "2data1: 50 (+4)", "Seat Change1, on line 6, states 3"}},
	},
	{name: "other votes cast than a turnout that is a count", box: "Votes Cast: 1,234,567 (56.7%)\nTurnout: 1,234,568",
		want: []doubt{{schemas.Warn, "turnout", "1234567", "1,234,568", "Turnout: 1,234,568", "states 1234568"}}},
	{name: "changes stated twice", box: "Party1: A\nSeats1: 50 (+4)\nSeat Change1: +4\n" +
		"Percentage1: 45.1% ▲2.0\nSwing1: +2"},
	{name: "another change beside a figure", box: "Party1: A\nSeats1: 50 (+4)\nSeat Change1: +3\n" +
		"Percentage1: 45.1% ▲2.0\nSwing1: −2.0", want: []doubt{
		{schemas.Warn, "percentage/1", "-2.0", "45.1% ▲2.0", "Percentage1: 45.1% ▲2.0", "states 2.0"},
		{schemas.Warn, "seats/1", "3", "50 (+4)", "Seats1: 50 (+4)", "Seat Change1, on line 6, states 3"}}},
	{name: "a key twice", box: "Party1: A\nSeats1: 5\nSeats1: 6", want: []doubt{
		{schemas.Warn, "seats/1", "6", "5", "Seats1: 5", "stands again on line 6"}}},
	{name: "a key written two ways", box: "Turnout: 36%\nturnout: 37%", want: []doubt{
		{schemas.Warn, "turnout", "37%", "36%", "Turnout: 36%", "the last one counts"}}},
	{name: "a key three times", box: "Country: A\nCountry: B\nCountry: C", want: []doubt{
		{schemas.Warn, "country", "C", "A", "Country: A", ""}, {schemas.Warn, "country", "C", "B", "Country: B", ""}}},
	{
		name: "two names that disagree",
		box:  "Party1: A\nColour1: red\nColor1: blue\nLeader2: Ann\nParty Leader2: Bob",
		want: []doubt{
			{schemas.Warn, "party_leader/2", "Ann", "Bob", "Party Leader2: Bob", "means the same as Leader2"},
			{schemas.Warn, "color/1", "red", "blue", "Color1: blue", "means the same as Colour1 on line 5"}},
	},
}
