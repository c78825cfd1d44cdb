package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/dates"
)

var electionDateRule = Rule{
	ID: "election_date", Names: []string{"election_date"}, Columns: []string{
		"elections.election_date", "elections.election_date_end", "elections.election_date_raw", "elections.election_year",
	},
	Meaning: "the first and the last day named; a partial date gives the year alone",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		first, last, problem := dates.Read(f.Text)
		r.unreadable(f, problem)
		r.e.Date, r.e.DateEnd, r.e.DateRaw = first, last, f.Text
		if f.Text == "" {
			return false
		}
		f.Targets = dateColumns(first, last)
		return true
	},
}

// dateColumns returns the columns that the text of a date fills.
func dateColumns(first, last schemas.Date) []string {
	columns := []string{"elections.election_date"}
	if last.Full() {
		columns = append(columns, "elections.election_date_end")
	}
	columns = append(columns, "elections.election_date_raw")
	if first.Year > 0 {
		columns = append(columns, "elections.election_year")
	}
	return columns
}
