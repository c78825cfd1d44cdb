package contests

import (
	"regexp"
	"strconv"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/countwords"
	"hemicycle/transform/dates"
)

// seatsToFillPattern matches what a title says of the seats to fill: (2), (3 seats), two seats.
var seatsToFillPattern = regexp.MustCompile(
	`(?i)[(\[]\s*([0-9]{1,2}|[a-z]{3,6})` +
		`(\s+(?:seats?|members?|councill?ors?|vacanc(?:y|ies)|positions?)\b[^()\[\]]*)?[)\]]|` +
		`\b([0-9]{1,2}|[a-z]{3,6})\s+(?:seats?|vacanc(?:y|ies))\b`)

// seatsToFill reads from the title of a contest how many seats it fills. Two figures are none.
func seatsToFill(title string) *int64 {
	var found *int64
	for _, m := range seatsToFillPattern.FindAllStringSubmatch(title, 3) {
		figure := m[1] + m[3]
		if word := countwords.Figure(figure); word != "" && m[2]+m[3] != "" {
			figure = word
		}
		n, err := strconv.ParseInt(figure, 10, 64)
		switch {
		case err != nil || n == 0:
		case found != nil && *found != n:
			return nil
		default:
			found = &n
		}
	}
	return found
}

// titleDate returns the day that the title of a contest names, or else the heading above it.
func titleDate(title string, section []string) schemas.Date {
	if d := dayIn(title); d.Full() || len(section) == 0 {
		return d
	}
	return dayIn(section[len(section)-1])
}

// dayPattern matches a day with its month and year.
var dayPattern = regexp.MustCompile(`(?i)\b[0-9]{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[a-z]{3,9},?\s+[0-9]{4}\b|` +
	`\b[a-z]{3,9}\s+[0-9]{1,2}(?:st|nd|rd|th)?,?\s+[0-9]{4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)

// dayIn returns the only day that a text names, or no date.
func dayIn(text string) schemas.Date {
	if !strings.ContainsAny(text, "0123456789") {
		return schemas.Date{}
	}
	matches := dayPattern.FindAllString(text, 2)
	if len(matches) != 1 {
		return schemas.Date{}
	}
	first, last, problem := dates.Read(matches[0])
	if problem != "" || !first.Full() || first != last {
		return schemas.Date{}
	}
	return first
}
