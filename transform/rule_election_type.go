package transform

import (
	"hemicycle/schemas"
)

var electionTypeRule = Rule{
	ID: "election_type", Names: []string{"type"}, Columns: []string{"elections.election_type"},
	Meaning: "the type as written; Infobox election asks for presidential, parliamentary, legislative and others",
	fill:    func(r *boxReading, f *schemas.BoxField) bool { return r.label(&r.e.Type, f) },
}
