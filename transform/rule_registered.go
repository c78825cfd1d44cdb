package transform

import (
	"hemicycle/schemas"
)

var registered = Rule{
	ID: "registered", Names: []string{"registered"}, Target: "elections.registered_voters",
	Meaning: "people registered to vote; a change in brackets is left out, and so is an arrow before the figure",
	fill: func(r *reading, f *schemas.BoxField) bool {
		n, problem := readRegistered(f.Text)
		r.unreadable(f, problem)
		r.e.RegisteredVoters = n
		return f.Text != ""
	},
}
