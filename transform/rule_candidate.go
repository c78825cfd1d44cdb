package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var candidateRule = Rule{
	ID:       "candidate",
	Names:    []string{"nominee", "candidate"},
	Numbered: true,
	Synonyms: true,
	Columns:  []string{"results.name", "results.page", "results.kind", "results.is_independent"},
	Meaning:  "the candidate; the contender is a candidate then, else a party",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if values.IsNameless(f.Text) {
			return false
		}
		c := r.e.EnsureContender(f.Position)
		c.Kind, c.Name, c.Page = schemas.KindCandidate, f.Text, f.Page
		f.Targets = []string{"results.name", "results.page", "results.kind", "results.is_independent"}
		if f.Page == "" {
			f.Targets = []string{"results.name", "results.kind", "results.is_independent"}
		}
		return true
	},
}
