package transform

import "hemicycle/schemas"

var partyLink = Rule{
	ID: "party_link", Names: []string{"party_link"}, Each: true, Target: "results.party_page",
	Meaning: "the page of the party, where it is not that of its name; a page alone makes no contender",
	fill: func(r *reading, f *schemas.BoxField) bool {
		c := r.e.Contender(f.Position)
		return c != nil && !nameless(f.Text) && label(&c.PartyPage, f)
	},
}
