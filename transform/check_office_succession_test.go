package transform

import "hemicycle/schemas"

var officeSuccessionCases = []checkCase{
	{
		name: "its leader",
		box: "Party1: Istiqlal Party\nLeader1: Abbas El Fassi\nTitle: Prime Minister\n" +
			"Before Election: Driss Jettou\nAfter Election: Abbas El Fassi\nAfter Party: Istiqlal Party",
	},
	{name: "a candidate", box: "Nominee1: Ann\nParty1: A\nAfter Election: Ann\nAfter Party: a"},
	{
		name: "a leader of two lists",
		box:  "Party1: A\nLeader1: Ann\nParty2: B\nLeader2: Ann\nAfter Election: Ann\nAfter Party: B",
	},
	{name: "somebody else", box: "Party1: A\nLeader1: Ann\nAfter Election: Bob\nAfter Party: A", skip: true},
	{name: "no party", box: "Party1: A\nLeader1: Ann\nAfter Election: Ann", skip: true},
	{
		name: "another name of the party",
		box:  "Party1: Labour\nLeader1: Ann\nParty2: B\nAfter Election: Ann\nAfter Party: Labour Party (Elbonia)",
		skip: true,
	},
	{name: "no office", box: "Party1: A\nLeader1: Ann", skip: true},
	{
		name: "under another",
		box:  "Party1: A\nLeader1: Ann\nParty2: B\nLeader2: Bob\nAfter Election: Ann\nAfter Party: B",
		want: []doubt{{
			status: schemas.Warn, subject: "office/1", expected: "A", observed: "B", at: "After Party: B",
			message: "Ann takes office for B, and stands in the list for A",
		}},
	},
}
