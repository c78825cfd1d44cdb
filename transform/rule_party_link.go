package transform

import "hemicycle/schemas"

var partyLink = Rule{
	ID: "party_link", Names: []string{"party_link"}, Each: true, Target: "results.party_page",
	Meaning: "the page of the party, where it is not that of its name",
	fill: func(r *reading, f *schemas.BoxField) bool {
		return !absent(f.Text) && label(&r.e.At(f.Position).PartyPage, f)
	},
}
