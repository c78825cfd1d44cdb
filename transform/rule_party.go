package transform

import (
	"strings"

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
		c := r.e.At(f.Position)
		c.PartyPage = f.Page
		if c.PartyPage == "" && r.e.Template != "" && f.Path == "" && !isIndependent(f.Text) {
			c.PartyPage = f.Text // both templates link a bare name to the page of that title
		}
		c.Party = f.Text
		return true
	},
}

// independents are the names under which those stand together who have no party.
var independents = map[string]bool{
	"independent": true, "independents": true, "unaffiliated": true,
	"independent politician": true, "independent politicians": true, "independent candidate": true, "independent candidates": true,
	"independent member": true, "independent members": true,
	"nonpartisan": true, "nonpartisans": true, "nonpartisan politician": true, "nonpartisan politicians": true, "nonpartisans politician": true, "nonpartisans politicians": true,
	"non-partisan": true, "non-partisans": true, "non-partisan politician": true, "non-partisan politicians": true, "non-partisans politician": true, "non-partisans politicians": true,
}

// isIndependent reports whether a name is that of independents: "Independent politician", "Independent
// (politician)", but for what stands in brackets after it.
func isIndependent(name string) bool {
	if name == "" || strings.IndexByte("iInNuU", name[0]) < 0 {
		return false
	}
	if head, remark, ok := strings.Cut(name, " ("); ok && strings.HasSuffix(remark, ")") && strings.IndexAny(remark, "()") == len(remark)-1 {
		name = head
	}
	return len(name) <= len("non-partisans politicians") && independents[strings.ToLower(name)]
}
