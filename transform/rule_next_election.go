package transform

import (
	"hemicycle/schemas"
)

var nextElectionRule = Rule{
	ID: "next_election", Names: []string{"next_year", "next_election"}, Target: "elections.next_election",
	Meaning: "the label of the next election: the year where the box gives one beside the page",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		r.e.NextPage = r.pageOf(f)
		return label(&r.e.NextElection, f)
	},
}
