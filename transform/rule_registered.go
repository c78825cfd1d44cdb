package transform

import (
	"strings"

	"hemicycle/schemas"
)

var registered = Rule{
	ID: "registered", Names: []string{"registered"}, Target: "elections.registered_voters",
	Meaning: "people registered to vote; a change in brackets is left out",
	fill: func(r *reading, f *schemas.BoxField) bool {
		n, problem := readCount(strings.TrimSpace(brackets.ReplaceAllString(f.Text, "")), maxVotes)
		r.unreadable(f, problem)
		r.e.RegisteredVoters = n
		return f.Text != ""
	},
}
