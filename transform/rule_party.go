package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/rowkinds"
	"hemicycle/transform/values"
)

var partyRule = Rule{
	ID: "party", Names: []string{"party"}, Numbered: true, Columns: []string{
		"results.party", "results.party_page", "results.name", "results.page", "results.kind", "results.is_independent",
	},
	Meaning: "the party; it is the contender's name where there is no candidate",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNameless(f.Text) {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		c.PartyPage = f.Page
		basis := schemas.PageOfLink
		if c.PartyPage == "" && r.e.Template != "" && isBareName(f) && !rowkinds.IsIndependent(f.Text) {
			// Both templates link a bare name to the page of that title.
			c.PartyPage, basis = r.e.Document.CanonicalTitle(f.Text), schemas.PageOfName
		}
		c.Party = f.Text
		c.Parties = r.names(f, c.PartyPage, basis)
		f.Targets = partyColumns(c)
		return true
	},
}

// partyColumns returns the columns that a party's name fills: those of the contender too, unless it is a
// candidate.
func partyColumns(c *schemas.Contender) []string {
	columns := []string{"results.party"}
	if c.PartyPage != "" {
		columns = append(columns, "results.party_page")
	}
	if c.Kind != schemas.KindCandidate {
		columns = append(columns, "results.name")
		if c.PartyPage != "" {
			columns = append(columns, "results.page")
		}
		columns = append(columns, "results.kind")
	}
	return append(columns, "results.is_independent")
}
