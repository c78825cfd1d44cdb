package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var partyLinkRule = Rule{
	ID: "party_link", Names: []string{"party_link"}, Numbered: true, Target: "results.party_page",
	Meaning: "the page of the party, where it is not that of its name; a page alone makes no contender",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		c := r.e.Contender(f.Position)
		return c != nil && !values.IsNameless(f.Text) && label(&c.PartyPage, f)
	},
}
