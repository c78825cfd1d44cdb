package transform

import (
	"hemicycle/schemas"
)

var nextElectionRule = Rule{
	ID:      "next_election",
	Names:   []string{"next_year", "next_election"},
	Columns: []string{"elections.next_election", "elections.next_page"},
	Meaning: "the label of the next election: the year where the box gives one beside the page",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		r.e.NextPage = r.pageOf(f)
		if !r.label(&r.e.NextElection, f) {
			return false
		}
		if r.e.NextPage != "" {
			f.Targets = []string{"elections.next_election", "elections.next_page"}
		}
		return true
	},
}
