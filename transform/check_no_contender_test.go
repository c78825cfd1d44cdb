package transform

import "hemicycle/schemas"

var noContenderCases = []checkCase{
	{name: "one", box: "Party1: A"},
	{name: "not held yet", box: "Country: Elbonia\nOngoing: future", skip: true},
	{name: "under way", box: "Country: Elbonia\nOngoing: yes", skip: true},
	{name: "boxes inside", box: "Country: Elbonia", skip: true,
		change: func(d *schemas.Document) { d.Boxes = append(d.Boxes, schemas.Infobox{Box: 2, Parent: 1}) }},
	{
		name: "none", box: "Country: Elbonia\nColour1: red\nParty1: –",
		want: []doubt{{
			status: schemas.Warn, subject: "box", expected: "at least 1 contender", observed: "0", at: "Infobox",
			message: "no party and no candidate",
		}},
	},
}
