package transform

import "hemicycle/schemas"

var unknownFieldCases = []checkCase{
	{
		name: "known",
		box: "Country: Elbonia\nParty1: A\nParty1 Link: A (page)\nColour7: red\nSeats1:\nMap Image: x.png\n1blank: " +
			"Swing\n1data1: 5\nImage2 Size: 100px\nBefore Image: y.jpg",
	},
	{name: "empty", box: "Foo Bar:\nSets1:"},
	{
		name: "what the documentation lists",
		box: "College Voted: yes\nNochange: yes\nPoll1 Date: 1\nNocandidate: yes\nVotes Title: Votes\nRunning Mate Home " +
			"State1: Elbonia\nMap2 Image: x.png\nOutgoing Members: 50",
	},
	{name: "a second name of a rule", box: "Party1: A\nLeader1: Ann\nParty Leader1: Ann"},
	{name: "unknown", box: "Sets1: 52\nParty: A\nSeats 1 total: 5", want: []doubt{
		{status: schemas.Warn, subject: "sets", observed: "52", at: "Sets1: 52", message: `"Sets1"`},
		{status: schemas.Warn, subject: "party", observed: "A", at: "Party: A"},
		{status: schemas.Warn, subject: "seats_total", observed: "5", at: "Seats 1 total: 5"}}},
	{
		name: "no key", box: ": 52",
		want: []doubt{{status: schemas.Warn, subject: "(no key)", observed: "52", at: ": 52"}},
	},
}
