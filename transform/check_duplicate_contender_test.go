package transform

import "hemicycle/schemas"

var duplicateContenderCases = []checkCase{
	{name: "different", box: "Party1: A\nParty2: B"},
	{name: "independents may", box: "Party1: Independent\nParty2: Independent\nParty3: Independent politician"},
	{name: "under two headings", box: "Heading1: North\nParty1: A\nHeading2: South\nParty2: A"},
	{name: "two candidates of a party", box: "Nominee1: Ann\nParty1: A\nNominee2: Bob\nParty2: A"},
	{
		name: "independent candidates of one name",
		box:  "Nominee1: Ann\nParty1: Independent\nNominee2: Ann\nParty2: Independent",
	},
	{name: "without names", box: "Seats1: 3\nSeats2: 4"},
	{
		name: "a party twice", box: "Party1: A\nParty2: B\nParty3: A",
		want: []doubt{{
			status: schemas.Warn, subject: "contender/3", observed: "A", at: "Party3: A",
			message: "A stands here as number 3 and before as number 1",
		}},
	},
	{name: "a candidate twice", box: "Nominee1: Ann\nParty1: A\nCandidate2: Ann\nParty2: A", want: []doubt{
		{status: schemas.Warn, subject: "contender/2", observed: "Ann", at: "Candidate2: Ann", message: "number 2"}}},
}
