package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var partyLinkRule = Rule{
	ID:       "party_link",
	Names:    []string{"party_link"},
	Numbered: true,
	Columns:  []string{"results.party_page", "results.page"},
	Meaning:  "the page of the party, where it is not that of its name; a page alone makes no contender",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		c := r.e.Contender(f.Position)
		if c == nil || values.IsNameless(f.Text) {
			return false
		}
		page := r.e.Document.CanonicalTitle(f.Text)
		for _, party := range r.Named("party") { // a link in the name leads to another page
			if party.Position == f.Position && party.Page != "" && party.Page != page {
				r.addDifference(party, party.Page, f, page)
			}
		}
		c.PartyPage = page
		if len(c.Parties) == 1 {
			c.Parties[0].Page, c.Parties[0].PageBasis = page, schemas.PageOfLink
		}
		if c.Kind != schemas.KindCandidate {
			f.Targets = []string{"results.party_page", "results.page"}
		}
		return true
	},
}
