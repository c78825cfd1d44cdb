package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var registeredRule = Rule{
	ID: "registered", Names: []string{"registered"}, Columns: []string{"elections.registered_voters"},
	Meaning: "people registered to vote; a change in brackets is left out, and so is an arrow before the figure",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if text, ok := r.exact(f); ok {
			n, problem := values.ReadRegistered(text)
			r.unreadable(f, problem)
			r.e.RegisteredVoters = n
		}
		return f.Text != ""
	},
}
