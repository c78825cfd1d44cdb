// Package dates reads the days that a text names.
//
// Start with Read.
package dates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var (
	isoDatePattern   = regexp.MustCompile(`\b([0-9]{4})[-‐‑–/.]([0-9]{1,2})[-‐‑–/.]([0-9]{1,2})\b`)
	slashDatePattern = regexp.MustCompile(`\b([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})\b`)

	// dateRemarkPattern matches what stands beside a date and is none: footnote marks, dates in the old style, dates
	// from which an election was moved, the numbers of rounds, "(18 years ago)", "(36 states)", hours.
	dateRemarkPattern = regexp.MustCompile(
		`(?i)[\[(]\s*(?:O\.? ?S\.?|old style)\b[^\])]{0,100}[\])]|\[[^\[\]]{0,20}\]|` +
			`\([^()]*(?:postponed|original|scheduled|annul|cancel|delayed|moved|planned)[^()]*\)|` +
			`\b[0-9]{1,3}(?:st|nd|rd|th)?[ -](?:rounds?|stages?|phases?|turns?|ballots?|years?|days?|weeks?|hours?|` +
			`seats?|states?|territor(?:y|ies)|provinces?|regions?|departments?|districts?|constituenc(?:y|ies))\b|` +
			`\b(?:rounds?|stages?|phases?|days?|turns?|ballots?) [0-9]{1,2}\s*[:()]|\b[0-9]{1,2}:[0-9]{2}\b|` +
			`\b[0-9]{1,2} (?:[ap]m\b|[ap]\.m\.)`)
	// bracketsPattern matches brackets, and wordPattern the words in them.
	bracketsPattern = regexp.MustCompile(`\([^()]*\)`)
	wordPattern     = regexp.MustCompile(`\pL+`)
	// openDatePattern matches a text that says that the day is not set yet.
	openDatePattern = regexp.MustCompile(`(?i)^(?:(?:on or )?` +
		`(?:by|before|after|until|within|no later than|not later than|expected|due|latest)\b|next\b[^0-9]*$)`)
)

// Read reads the earliest and the latest day that a text names: 7 September 2007, September 7, 2007, 30 September
// – 1 October 2006, 2007-09-07, September 2007, 2007. A day without a year takes the year that follows it, or else the
// one before it. Dates in digits alone (7/9/2007) are read if only one order of day and month is possible.
func Read(text string) (first, last schemas.Date, problem string) {
	return ReadUntil(text, LatestYear)
}

// LatestYear is the last year that Read takes for that of an election. A later one is of another era, such as 2566 of
// the Buddhist calendar, or a slip.
const LatestYear = 2100

// ReadUntil reads as Read does, up to a year.
func ReadUntil(text string, latest int) (first, last schemas.Date, problem string) {
	d, ok := plainDate(text)
	if first, last = d, d; !ok {
		first, last, problem = parseDatesPhrase(text)
	}
	if max(first.Year, last.Year) > latest {
		return schemas.Date{}, schemas.Date{}, fmt.Sprintf("expected a year up to %d, found %s", latest, values.Quote(text))
	}
	return first, last, problem
}

// otherEraPattern matches a year of another era beside the one that counts: (2566 BE), AH 1428.
var otherEraPattern = regexp.MustCompile(
	`\(?\b(?:(?:B\.?E\.?|A\.?H\.?|A\.?M\.?) ?[0-9]{4}|[0-9]{4} ?(?:BE\b|B\.E\.|AH\b|A\.H\.|AM\b|A\.M\.))\)?`)

// plainDate reads 7 September 2007 and September 7, 2007, as most dates are written; parseDatesPhrase reads the other
// forms.
func plainDate(text string) (d schemas.Date, ok bool) {
	one, rest, _ := strings.Cut(text, " ")
	two, year, _ := strings.Cut(rest, " ")
	day, month := one, two
	if one != "" && values.IsLetter(one[0]) {
		month = one
		if day, ok = strings.CutSuffix(two, ","); !ok {
			return d, false
		}
	}
	if len(month) < 3 || len(day) < 1 || len(day) > 2 || len(year) != 4 {
		return d, false
	}
	m := monthNumbers[strings.ToLower(month[:3])]
	if m == 0 || time.Month(m).String() != month || !isDigits(day) || !isDigits(year) {
		return d, false
	}
	d = schemas.Date{Year: values.DigitsValue(year), Month: m, Day: values.DigitsValue(day)}
	return d, isYear(d.Year) && d.Day > 0 && isPossibleDate(d)
}

// isYear reports whether a number can be the year of an election.
func isYear(n int) bool { return n >= 1000 && n <= 2999 }

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// parseDatesPhrase reads dates in any form.
func parseDatesPhrase(text string) (first, last schemas.Date, problem string) {
	dates, problem := datesIn(text)
	if problem != "" {
		return first, last, problem
	}
	return spanOf(dates, text)
}

// datesIn returns all dates that a text names; none if it says that there is none yet.
func datesIn(text string) (dates []schemas.Date, problem string) {
	rest := text
	if mayHaveDateRemark(text) {
		rest = dateRemarkPattern.ReplaceAllString(text, " ")
	}
	if strings.ContainsAny(rest, "EHM") {
		if other := otherEraPattern.ReplaceAllString(rest, " "); strings.ContainsAny(other, "0123456789") {
			rest = other
		}
	}
	rest = strings.TrimSpace(rest)
	if values.IsAbsent(text) || values.IsAbsent(rest) || !values.IsDigit(rest[0]) && openDatePattern.MatchString(rest) {
		return nil, ""
	}
	if mayHaveNumericDate(rest) {
		if dates, rest, problem = extractNumericDates(rest); problem != "" {
			return nil, problem
		}
	}
	worded, hasLooseDays := parseWordedDates(withoutRemarksInWords(rest))
	dates = append(dates, worded...)
	hasFullDate := slices.ContainsFunc(dates, schemas.Date.Full)
	switch {
	case len(dates) == 0 || hasLooseDays && !hasFullDate:
		return nil, fmt.Sprintf("expected a date, found %s", values.Quote(text))
	case hasLooseDays: // 7 September, 2007 – 8
		return nil, values.AmbiguousProblem("a figure in %s can be a day, and its month is not said",
			values.Quote(text))
	}
	return dates, ""
}

// withoutRemarksInWords returns a text without the brackets in it that have words and name no day: (day 1 of 2).
func withoutRemarksInWords(text string) string {
	if strings.IndexByte(text, '(') < 0 {
		return text
	}
	return bracketsPattern.ReplaceAllStringFunc(text, func(brackets string) string {
		isRemark := false
		for token := range dateTokens(brackets) {
			if token.month > 0 || len(token.figure) == 4 {
				return brackets
			}
		}
		for _, word := range wordPattern.FindAllString(brackets, -1) {
			switch strings.ToLower(word) {
			case "and", "to", "or", "st", "nd", "rd", "th": // of a second day
			default:
				isRemark = true
			}
		}
		if isRemark {
			return " "
		}
		return brackets
	})
}

// spanOf returns the earliest and the latest of some dates. Beside full dates, a bare year or the month of one of them
// is a remark.
func spanOf(dates []schemas.Date, text string) (first, last schemas.Date, problem string) {
	fullMonths := map[schemas.Date]bool{} // the months of full dates
	for _, d := range dates {
		if d.Full() {
			fullMonths[schemas.Date{Year: d.Year, Month: d.Month}] = true
		}
	}
	for _, d := range dates {
		if !d.Full() && len(fullMonths) > 0 && (d.Month == 0 || fullMonths[d]) {
			continue
		}
		if !isPossibleDate(d) {
			return schemas.Date{}, schemas.Date{}, fmt.Sprintf("there is no day %s: found %s", d, values.Quote(text))
		}
		if first.Year == 0 || d.Compare(first) < 0 {
			first = d
		}
		if last.Year == 0 || d.Compare(last) > 0 {
			last = d
		}
	}
	return first, last, ""
}

// The words with which the remarks of dateRemarkPattern begin.
var (
	countableUnits = []string{
		"round", "stage", "phase", "turn", "ballot", "year", "day", "week", "hour", "seat", "state", "territor",
		"province", "region", "department", "district", "constituenc", "am", "pm", "a.m", "p.m",
	}
	numberedUnits = []string{"round", "stage", "phase", "day", "turn", "ballot"}
	movedWords    = []string{
		"postponed", "original", "scheduled", "annul", "cancel", "delayed", "moved", "planned",
	}
)

// mayHaveDateRemark reports whether dateRemarkPattern can find something in a text. The pattern is slow, and most texts
// with brackets and words beside a date have nothing of the kind: 2 October 2022 (first round).
func mayHaveDateRemark(text string) bool {
	hasBracket := false
	for i := range len(text) {
		before, after := text[:i], text[i+1:]
		switch text[i] {
		case '[':
			return true
		case '(':
			hasBracket = true
			if hasPrefixFold(strings.TrimLeft(after, " \t\n\f\r"), "o") { // O.S., old style
				return true
			}
		case ':':
			if endsWithDigit(before) && beginsWithDigit(after) { // 20:00
				return true
			}
		case ' ', '-':
			if endsWithNumber(before) && hasPrefixFold(after, countableUnits...) { // 36 states, 1st round
				return true
			}
			if beginsWithDigit(after) && hasSuffixFold(strings.TrimRight(before, "sS"), numberedUnits...) { // Round 1
				return true
			}
		}
	}
	return hasBracket && values.ContainsAny(text, movedWords...)
}

func beginsWithDigit(text string) bool { return text != "" && values.IsDigit(text[0]) }

func endsWithDigit(text string) bool { return text != "" && values.IsDigit(text[len(text)-1]) }

// endsWithNumber reports whether a text ends with a digit, or with a digit and the ending of an ordinal.
func endsWithNumber(text string) bool {
	if n := len(text); n > 2 && isOrdinalEnding(text[n-2:]) {
		return values.IsDigit(text[n-3])
	}
	return endsWithDigit(text)
}

func hasPrefixFold(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool {
		return len(s) >= len(p) && strings.EqualFold(s[:len(p)], p)
	})
}

func hasSuffixFold(s string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(x string) bool {
		return len(s) >= len(x) && strings.EqualFold(s[len(s)-len(x):], x)
	})
}

// mayHaveNumericDate reports whether a date in digits alone can stand in a text: it has two marks between digits.
func mayHaveNumericDate(text string) bool {
	marks := 0
	for i := 0; i+1 < len(text); i++ {
		if !values.IsDigit(text[i]) {
			continue
		}
		for _, mark := range []string{"-", "/", ".", "–", "‐", "‑"} {
			if after, ok := strings.CutPrefix(text[i+1:], mark); ok && beginsWithDigit(after) {
				marks++
			}
		}
	}
	return marks > 1
}

// extractNumericDates takes the dates in digits alone out of a text, and returns them and the rest.
func extractNumericDates(text string) (dates []schemas.Date, rest, problem string) {
	rest = isoDatePattern.ReplaceAllStringFunc(text, func(s string) string {
		m := isoDatePattern.FindStringSubmatch(s)
		dates = append(dates, schemas.Date{
			Year:  values.DigitsValue(m[1]),
			Month: values.DigitsValue(m[2]),
			Day:   values.DigitsValue(m[3]),
		})
		return " "
	})
	rest = slashDatePattern.ReplaceAllStringFunc(rest, func(s string) string {
		m := slashDatePattern.FindStringSubmatch(s)
		d := schemas.Date{
			Year:  values.DigitsValue(m[3]),
			Month: values.DigitsValue(m[2]),
			Day:   values.DigitsValue(m[1]),
		}
		switch {
		case d.Month <= 12 && d.Day <= 12 && d.Month != d.Day:
			problem = values.AmbiguousProblem("%q can be read as %s and as %s",
				s, d, schemas.Date{Year: d.Year, Month: d.Day, Day: d.Month})
		case d.Month > 12:
			d.Month, d.Day = d.Day, d.Month
		}
		dates = append(dates, d)
		return " "
	})
	return dates, rest, problem
}

// isPossibleDate reports whether a date, as far as it is given, is in the calendar.
func isPossibleDate(d schemas.Date) bool {
	if !d.Full() {
		return d.Month <= 12 && d.Year > 0
	}
	t := d.Time()
	return d.Month >= 1 && t.Month() == time.Month(d.Month) && t.Day() == d.Day && d.Year > 0
}
