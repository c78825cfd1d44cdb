package transform

import (
	"hemicycle/schemas"
	"hemicycle/transform/dates"
)

var electionDateRule = Rule{
	ID: "election_date", Names: []string{"election_date"}, Columns: []string{
		"elections.election_date", "elections.election_date_end", "elections.election_date_raw", "elections.election_year",
		"rounds.date", "rounds.date_end",
	},
	Meaning: "the first and the last day named, and the days of each round; a partial date gives the year alone",
	fill: func(r *boxReading, f *schemas.BoxField) bool {
		first, last, problem := dates.ReadUntil(f.Text, r.latestYear())
		r.unreadable(f, problem)
		r.e.Date, r.e.DateEnd, r.e.DateRaw = first, last, f.Text
		if f.Text == "" {
			return false
		}
		f.Targets = dateColumns(first, last)
		if problem == "" {
			r.readRoundDates(f)
		}
		return true
	},
}

// latestYear returns the last year in which the election can be held: the page cannot know of later ones.
func (r *boxReading) latestYear() int {
	const yearsAhead = 20 // an election can be that a page announces
	if saved := r.d.RevisionTimestamp; !saved.IsZero() {
		return saved.Year() + yearsAhead
	}
	return dates.LatestYear
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
