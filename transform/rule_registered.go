package transform

import (
	"strings"

	"hemicycle/schemas"
)

var registered = Rule{
	ID: "registered", Names: []string{"registered"}, Target: "elections.registered_voters",
	Meaning: "people registered to vote; a change in brackets is left out, and so is an arrow before the figure",
	fill: func(r *reading, f *schemas.BoxField) bool {
		text := strings.TrimSpace(brackets.ReplaceAllString(f.Text, ""))
		if hasArrow(text) {
			text = strings.TrimSpace(arrowFirst.ReplaceAllString(text, ""))
		}
		n, problem := readCount(text, maxVotes)
		r.unreadable(f, problem)
		r.e.RegisteredVoters = n
		return f.Text != ""
	},
}
