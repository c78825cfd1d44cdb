package transform

import (
	"hemicycle/schemas"
)

var nextPageRule = Rule{
	ID: "next_page", Names: []string{"next_election"}, Columns: []string{"elections.next_page"},
	Meaning: "the page of the next election, where its label is the year beside it",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		if page := r.pageOf(f); page != "" {
			r.e.NextPage = page
			return true
		}
		return false
	},
}
