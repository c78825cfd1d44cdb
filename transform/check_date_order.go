package transform

import (
	"fmt"
	"strconv"

	"hemicycle/schemas"
	"hemicycle/transform/dates"
)

var dateOrderCheck = Check{
	ID: "date-order", Severity: schemas.Error,
	Meaning: "a previous election after this one, or a next one before it",
	judge: func(j *judgement) {
		year := j.e.Date.Year
		previous, next := neighbourYear(j.e.PreviousElection), neighbourYear(j.e.NextElection)
		if year == 0 || previous == 0 && next == 0 {
			j.skip("the box does not date both this election and a neighbour")
			return
		}
		if previous > year {
			j.doubt(j.at("elections.previous_election", 0), "previous_election",
				"up to "+strconv.Itoa(year), strconv.Itoa(previous),
				fmt.Sprintf("the previous election is dated %d, after this one of %d", previous, year))
		}
		if last := max(year, j.e.DateEnd.Year); next != 0 && next < last {
			j.doubt(j.at("elections.next_election", 0), "next_election",
				"from "+strconv.Itoa(last), strconv.Itoa(next),
				fmt.Sprintf("the next election is dated %d, before this one of %d", next, last))
		}
	},
}

// neighbourYear returns the year in the label of the previous or the next election, 0 if there is none.
func neighbourYear(neighbour string) int {
	if years := dates.YearSpans(neighbour); len(years) > 0 {
		return years[0].From
	}
	return 0
}
