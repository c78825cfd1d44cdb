package transform

import (
	"hemicycle/schemas"
)

var previousPageRule = Rule{
	ID: "previous_page", Names: []string{"previous_election"}, Columns: []string{"elections.previous_page"},
	Meaning: "the page of the previous election, where its label is the year beside it",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if page := r.pageOf(f); page != "" {
			r.e.PreviousPage = page
			return true
		}
		return false
	},
}
