package transform

import (
	"fmt"
	"strconv"

	"hemicycle/schemas"
	"hemicycle/transform/dates"
	"hemicycle/transform/values"
)

var dateInTitleCheck = Check{
	ID: "date-in-title", Severity: schemas.Warn,
	Meaning: "a year in the page's title that is none of the years in which the election was held",
	judge: func(j *judgement) {
		years := dates.YearSpans(j.d.Title)
		switch {
		case len(years) == 0:
			j.skip("the title names no year")
			return
		case j.e.Date.Year == 0:
			j.skip("the box gives no date")
			return
		}
		first, last := j.e.Date.Year, max(j.e.Date.Year, j.e.DateEnd.Year)
		for _, y := range years {
			if y.From <= last && first <= y.To {
				return
			}
		}
		j.doubt(j.at("elections.election_date", 0), "election_date", years[0].Text, strconv.Itoa(first),
			fmt.Sprintf("the page is titled %s, and the box dates the election to %s",
				values.Quote(j.d.Title), j.e.Date))
	},
}
