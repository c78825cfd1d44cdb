package values

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hemicycle/schemas"
)

var (
	isoDatePattern   = regexp.MustCompile(`\b([0-9]{4})[-‐‑–/.]([0-9]{1,2})[-‐‑–/.]([0-9]{1,2})\b`)
	slashDatePattern = regexp.MustCompile(`\b([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})\b`)

	// noDate is what stands beside a date and is none: footnote marks, old-style dates, dates that an
	// election was moved from, the numbers of rounds, "(18 years ago)", "(36 states)", hours.
	dateRemarkPattern = regexp.MustCompile(`(?i)[\[(]\s*(?:O\.? ?S\.?|old style)\b[^\])]{0,100}[\])]|\[[^\[\]]{0,20}\]|\([^()]*(?:postponed|original|scheduled|annul|cancel|delayed|moved|planned)[^()]*\)|` +
		`\b[0-9]{1,3}(?:st|nd|rd|th)?[ -](?:rounds?|stages?|phases?|turns?|ballots?|years?|days?|weeks?|hours?|seats?|states?|territor(?:y|ies)|provinces?|regions?|departments?|districts?|constituenc(?:y|ies))\b|\b(?:rounds?|stages?|phases?) [0-9]{1,2}\s*[:)]|\b[0-9]{1,2}:[0-9]{2}\b`)
	// notSet says that the day is still open.
	openDatePattern = regexp.MustCompile(`(?i)^(?:(?:on or )?(?:by|before|after|until|within|no later than|not later than|expected|due|latest)\b|next\b[^0-9]*$)`)
)

var monthNumbers = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// ReadDates reads the first and the last day that a text names, in time: 7 September 2007, September 7,
// 2007, 30 September – 1 October 2006, 2007-09-07, September 2007, 2007. A day without a year takes
// the year named after it, else the one before. Digits alone (7/9/2007) are read where only one order
// of day and month can be.
func ReadDates(text string) (first, last schemas.Date, problem string) {
	if d, ok := plainDate(text); ok {
		return d, d, ""
	}
	return parseDatesPhrase(text)
}

func parseDatesPhrase(text string) (first, last schemas.Date, problem string) {
	rest := text
	if mayHaveDateRemark(text) {
		rest = dateRemarkPattern.ReplaceAllString(text, " ")
	}
	rest = strings.TrimSpace(rest)
	if IsAbsent(text) || IsAbsent(rest) || !isDigit(rest[0]) && openDatePattern.MatchString(rest) {
		return first, last, ""
	}
	var dates []schemas.Date
	if mayHaveNumericDate(rest) {
		if dates, rest, problem = extractNumericDates(rest); problem != "" {
			return first, last, problem
		}
	}
	worded, left := parseWordedDates(rest)
	dates = append(dates, worded...)
	full := map[schemas.Date]bool{} // the months of full dates
	for _, d := range dates {
		if d.Full() {
			full[schemas.Date{Year: d.Year, Month: d.Month}] = true
		}
	}
	if len(dates) == 0 || left && len(full) == 0 {
		return first, last, fmt.Sprintf("expected a date, found %s", Quote(text))
	}
	for _, d := range dates {
		if !d.Full() && len(full) > 0 && (d.Month == 0 || full[d]) {
			continue // beside full dates a bare year, or the month of one of them, is a remark
		}
		if !isPossibleDate(d) {
			return schemas.Date{}, schemas.Date{}, fmt.Sprintf("there is no day %s: found %s", d, Quote(text))
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

// mayHaveDateRemark reports whether noDate can find something in a text. The pattern is slow, and most texts
// with brackets and words beside a date have nothing of the kind: 2 October 2022 (first round).
func mayHaveDateRemark(text string) bool {
	bracket := false
	for i := range len(text) {
		before, after := text[:i], text[i+1:]
		switch text[i] {
		case '[':
			return true
		case '(':
			bracket = true
			if hasPrefixFold(strings.TrimLeft(after, " \t\n\f\r"), "o") {
				return true
			}
		case ':':
			if i > 0 && isDigit(text[i-1]) && after != "" && isDigit(after[0]) {
				return true
			}
		case ' ', '-':
			if i > 0 && (isDigit(text[i-1]) || i > 2 && isDigit(text[i-3]) && isOrdinalEnding(text[i-2:i])) && hasPrefixFold(after, "round", "stage", "phase", "turn", "ballot", "year", "day", "week", "hour", "seat", "state", "territor", "province", "region", "department", "district", "constituenc") {
				return true
			}
			if after != "" && isDigit(after[0]) && hasSuffixFold(strings.TrimRight(before, "sS"), "round", "stage", "phase") {
				return true
			}
		}
	}
	return bracket && containsAny(text, "postponed", "original", "scheduled", "annul", "cancel", "delayed", "moved", "planned")
}

func hasPrefixFold(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) })
}

func hasSuffixFold(s string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(x string) bool { return len(s) >= len(x) && strings.EqualFold(s[len(s)-len(x):], x) })
}

// plainDate reads 7 September 2007 and September 7, 2007, as most dates are written; the patterns of
// readDates take the rest.
func plainDate(text string) (d schemas.Date, ok bool) {
	one, rest, _ := strings.Cut(text, " ")
	two, year, _ := strings.Cut(rest, " ")
	day, month := one, two
	if one != "" && isLetter(one[0]) {
		month = one
		if day, ok = strings.CutSuffix(two, ","); !ok {
			return d, false
		}
	}
	if len(month) < 3 || len(day) < 1 || len(day) > 2 || len(year) != 4 {
		return d, false
	}
	m := monthNumbers[strings.ToLower(month[:3])]
	if m == 0 || time.Month(m).String() != month || strings.Trim(day, "0123456789") != "" || strings.Trim(year, "0123456789") != "" {
		return d, false
	}
	d = schemas.Date{Year: DigitsValue(year), Month: m, Day: DigitsValue(day)}
	return d, d.Year >= 1000 && d.Year <= 2999 && d.Day > 0 && isPossibleDate(d)
}

// dateToken is a month, or a figure that may be a day or a year.
type dateToken struct {
	month  int
	figure string
}

// dateTokens are the months and figures in a text: whole words, figures with the ending of an ordinal or
// without. May is a month only with a capital.
func dateTokens(text string) iter.Seq[dateToken] {
	return func(yield func(dateToken) bool) {
		for i := 0; i < len(text); {
			from := i
			switch {
			case isDigit(text[i]):
				for i < len(text) && isDigit(text[i]) {
					i++
				}
				end := i
				if len(text) >= i+2 && isOrdinalEnding(text[i:i+2]) && !wordAt(text, i+2) {
					i += 2
				}
				if !wordAt(text, i) && !yield(dateToken{figure: text[from:end]}) {
					return
				}
			case wordAt(text, i):
				for i < len(text) && isLetter(text[i]) {
					i++
				}
				if i == from { // an underscore
					i++
				}
				if m := monthNumber(text[from:i]); m > 0 && !wordAt(text, i) && (from == 0 || !wordAt(text, from-1)) && !yield(dateToken{month: m}) {
					return
				}
			default:
				i++
			}
		}
	}
}

// wordAt reports whether a letter, a digit or an underscore of ASCII stands at a place.
func wordAt(text string, i int) bool {
	return i < len(text) && (isLetter(text[i]) || isDigit(text[i]) || text[i] == '_')
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isOrdinalEnding(ending string) bool {
	switch strings.ToLower(ending) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// monthNumber is the month that a word names in full or by its first letters, 0 for any other word.
func monthNumber(word string) int {
	if len(word) < 3 || len(word) > len("september") || word == "may" {
		return 0
	}
	m := monthNumbers[strings.ToLower(word[:3])]
	switch {
	case m == 0, len(word) == 3 && m == 5 && word != "May" && word != "MAY":
		return 0
	case len(word) == 3, m == 9 && strings.EqualFold(word, "sept"), strings.EqualFold(word, time.Month(m).String()):
		return m
	}
	return 0
}

// mayHaveNumericDate reports whether a date in digits alone can stand in a text: two marks between digits.
func mayHaveNumericDate(text string) bool {
	marks := 0
	for i := 0; i+1 < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		for _, mark := range []string{"-", "/", ".", "–", "‐", "‑"} {
			if after, ok := strings.CutPrefix(text[i+1:], mark); ok && after != "" && isDigit(after[0]) {
				marks++
			}
		}
	}
	return marks > 1
}

// extractNumericDates takes the dates that are written in digits alone out of a text.
func extractNumericDates(text string) (dates []schemas.Date, rest, problem string) {
	rest = isoDatePattern.ReplaceAllStringFunc(text, func(s string) string {
		m := isoDatePattern.FindStringSubmatch(s)
		dates = append(dates, schemas.Date{Year: DigitsValue(m[1]), Month: DigitsValue(m[2]), Day: DigitsValue(m[3])})
		return " "
	})
	rest = slashDatePattern.ReplaceAllStringFunc(rest, func(s string) string {
		m := slashDatePattern.FindStringSubmatch(s)
		d := schemas.Date{Year: DigitsValue(m[3]), Month: DigitsValue(m[2]), Day: DigitsValue(m[1])}
		switch {
		case d.Month <= 12 && d.Day <= 12 && d.Month != d.Day:
			problem = fmt.Sprintf(ambiguousPrefix+"%q can be read as %s and as %s", s, d, schemas.Date{Year: d.Year, Month: d.Day, Day: d.Month})
		case d.Month > 12:
			d.Month, d.Day = d.Day, d.Month
		}
		dates = append(dates, d)
		return " "
	})
	return dates, rest, problem
}

// parseWordedDates reads the dates whose months are words. The first token tells the order: a month before
// its day is so throughout. left reports days that no month claims.
func parseWordedDates(text string) (dates []schemas.Date, left bool) {
	var days []int // days still without a month
	month := 0     // the month that days after it belong to, in the order month, day
	undated := 0   // how many of dates, counted from the end, have no year yet
	monthFirst, known := false, false
	setYear := func(y int) {
		for i := len(dates) - undated; i < len(dates); i++ {
			dates[i].Year = y
		}
		undated = 0
	}
	add := func(d schemas.Date) { dates = append(dates, d); undated++ }
	for token := range dateTokens(text) {
		switch {
		case token.month > 0:
			mm := token.month
			if !known {
				known, monthFirst = true, len(days) == 0
			}
			switch {
			case monthFirst:
				month = mm
				add(schemas.Date{Month: mm})
			case len(days) > 0:
				for _, d := range days {
					add(schemas.Date{Month: mm, Day: d})
				}
				days = nil
			default:
				add(schemas.Date{Month: mm})
			}
		case len(token.figure) == 4:
			y := DigitsValue(token.figure)
			if y < 1000 || y > 2999 {
				continue
			}
			if undated > 0 {
				setYear(y)
			} else if !known {
				add(schemas.Date{Year: y})
				undated = 0
			}
		case len(token.figure) <= 2:
			d := DigitsValue(token.figure)
			if d < 1 || d > 31 {
				continue
			}
			if monthFirst && month > 0 {
				if n := len(dates); n > 0 && dates[n-1].Month == month && dates[n-1].Day == 0 && undated > 0 {
					dates[n-1].Day = d
				} else {
					add(schemas.Date{Month: month, Day: d})
				}
			} else {
				days = append(days, d)
			}
		}
	}
	if undated > 0 && len(dates) > undated {
		setYear(dates[len(dates)-undated-1].Year)
	}
	if undated > 0 { // months and days of no year say nothing
		dates = dates[:len(dates)-undated]
	}
	return dates, len(days) > 0
}

// isPossibleDate reports whether a date, as far as it is given, is in the calendar.
func isPossibleDate(d schemas.Date) bool {
	if !d.Full() {
		return d.Month <= 12 && d.Year > 0
	}
	t := d.Time()
	return d.Month >= 1 && t.Month() == time.Month(d.Month) && t.Day() == d.Day && d.Year > 0
}

// DigitsValue is the number that a few digits write.
func DigitsValue(s string) int {
	n, _ := strconv.Atoi(s) // the patterns let through digits only, and few
	return n
}
