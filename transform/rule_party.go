package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var partyRule = Rule{
	ID: "party", Names: []string{"party"}, Numbered: true, Target: "results.party",
	Meaning: "the party; it is the contender's name where there is no candidate",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNameless(f.Text) {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		c.PartyPage = f.Page
		if c.PartyPage == "" && r.e.Template != "" && f.Path == "" && !values.IsIndependent(f.Text) {
			c.PartyPage = f.Text // both templates link a bare name to the page of that title
		}
		c.Party = f.Text
		return true
	},
}
