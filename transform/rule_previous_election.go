package transform

import (
	"hemicycle/schemas"
)

var previousElectionRule = Rule{
	ID: "previous_election", Names: []string{"previous_year", "previous_election"}, Target: "elections.previous_election",
	Meaning: "the label of the previous election: the year where the box gives one beside the page",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		r.e.PreviousPage = r.pageOf(f)
		return label(&r.e.PreviousElection, f)
	},
}
