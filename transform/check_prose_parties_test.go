package transform

import "hemicycle/schemas"

var prosePartiesCases = []checkCase{
	{name: "more than the box lists", box: "Party1: A\nParty2: B", prose: "In all, 33 parties took part."},
	{
		name: "independents are no party", box: "Party1: A\nParty2: B\nParty3: Independent",
		prose: "The election was contested by 2 parties.",
	},
	{name: "not stated", box: "Party1: A", prose: "Many parties took part.", skip: true},
	{
		name: "candidates", box: "Nominee1: Ann\nNominee2: Bob", prose: "The election was contested by 1 parties.",
		skip: true,
	},
	{
		name: "fewer", box: "Party1: A\nParty2: B\nParty3: C",
		prose: "Only voters knew why.\n\nThere were 2 parties competing.",
		want: []doubt{{
			status: schemas.Warn, subject: "claim/1", expected: "at least 3", observed: "2", at: "2 parties",
			message: "the prose has 2 parties standing, the box lists 3",
		}},
	},
}
