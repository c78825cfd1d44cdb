package dates

import (
	"regexp"
	"strconv"
)

// YearSpan is a year that a title names, or a span of years, such as 1989–90.
type YearSpan struct {
	From, To int
	Text     string
}

// yearSpanPattern matches a year or a span of years.
var yearSpanPattern = regexp.MustCompile(`\b(1[0-9]{3}|2[0-9]{3})(?:[–-]([0-9]{2,4}))?\b`)

// YearSpans returns the years that the title of a page names.
func YearSpans(title string) (spans []YearSpan) {
	for _, m := range yearSpanPattern.FindAllStringSubmatch(title, -1) {
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" { // 1989–90, 1989–1990
			to, _ = strconv.Atoi(m[1][:4-len(m[2])] + m[2])
			if to < from && len(m[2]) == 2 { // 1899–00
				to += 100
			}
		}
		spans = append(spans, YearSpan{From: from, To: to, Text: m[0]})
	}
	return spans
}
