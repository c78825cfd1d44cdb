package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var electionDateRule = Rule{
	ID: "election_date", Names: []string{"election_date"}, Target: "elections.election_date",
	Meaning: "the first and the last day named; a partial date gives the year alone",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		first, last, problem := values.ReadDates(f.Text)
		r.unreadable(f, problem)
		r.e.Date, r.e.DateEnd, r.e.DateRaw = first, last, f.Text
		return f.Text != ""
	},
}
