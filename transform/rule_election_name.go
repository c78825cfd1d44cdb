package transform

import (
	"hemicycle/schemas"
)

var electionNameRule = Rule{
	ID: "election_name", Names: []string{"election_name"}, Columns: []string{"elections.election_name"},
	Meaning: "the election's name, where the box gives one beside the page's title",
	fill:    func(r *boxReading, f *schemas.BoxField) bool { return r.label(&r.e.Name, f) },
}
