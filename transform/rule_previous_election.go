package transform

import (
	"hemicycle/schemas"
)

var previousElectionRule = Rule{
	ID:      "previous_election",
	Names:   []string{"previous_year", "previous_election"},
	Columns: []string{"elections.previous_election", "elections.previous_page"},
	Meaning: "the label of the previous election: the year where the box gives one beside the page",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		r.e.PreviousPage = r.pageOf(f)
		if !r.label(&r.e.PreviousElection, f) {
			return false
		}
		if r.e.PreviousPage != "" {
			f.Targets = []string{"elections.previous_election", "elections.previous_page"}
		}
		return true
	},
}
