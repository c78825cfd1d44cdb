package transform

import (
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var registeredRule = Rule{
	ID: "registered", Names: []string{"registered"},
	Columns: []string{"elections.registered_voters", "rounds.registered_voters"},
	Meaning: "people registered to vote, in each round where the field parts them; a change in brackets is left out, " +
		"and so is an arrow before the figure",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if parts := r.roundParts(f); parts != nil {
			f.Targets = []string{"elections.registered_voters"}
			read := func(text string) (*int64, *decimal.Decimal, string) {
				n, problem := values.ReadRegistered(text)
				return n, nil, problem
			}
			r.readRoundCounts(f, parts, "rounds.registered_voters", read,
				func(round *schemas.Round) **int64 { return &round.RegisteredVoters })
			return true
		}
		if text, ok := r.exact(f); ok {
			n, problem := values.ReadRegistered(text)
			r.unreadable(f, problem)
			r.e.RegisteredVoters = n
		}
		return f.Text != ""
	},
}
