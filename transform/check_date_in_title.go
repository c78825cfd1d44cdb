package transform

import (
	"fmt"
	"regexp"
	"strconv"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// titleYearPattern matches a year, or a span of years (1989–90), in the title of a page.
var titleYearPattern = regexp.MustCompile(`\b(1[0-9]{3}|2[0-9]{3})(?:[–-]([0-9]{2,4}))?\b`)

var dateInTitleCheck = Check{
	ID: "date-in-title", Severity: schemas.Warn,
	Meaning: "a year in the page's title that is none of the years in which the election was held",
	judge: func(j *judgement) {
		years := titleYearPattern.FindAllStringSubmatch(j.d.Title, -1)
		switch {
		case len(years) == 0:
			j.skip("the title names no year")
			return
		case j.e.Date.Year == 0:
			j.skip("the box gives no date")
			return
		}
		first, last := j.e.Date.Year, max(j.e.Date.Year, j.e.DateEnd.Year)
		for _, m := range years {
			from, _ := strconv.Atoi(m[1])
			to := from
			if m[2] != "" { // 1989–90, 1989–1990
				to, _ = strconv.Atoi(m[1][:4-len(m[2])] + m[2])
				if to < from && len(m[2]) == 2 { // 1899–00
					to += 100
				}
			}
			if from <= last && first <= to {
				return
			}
		}
		j.doubt(j.at("elections.election_date", 0), "election_date", years[0][0], strconv.Itoa(first),
			fmt.Sprintf("the page is titled %s, and the box dates the election to %s",
				values.Quote(j.d.Title), j.e.Date))
	},
}
