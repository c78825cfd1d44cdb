package dates

import (
	"iter"
	"strings"
	"time"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

var monthNumbers = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// monthNumber returns the month that a word names in full or by its first letters, 0 for any other word.
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

// dateToken is a month, or a figure that may be a day or a year.
type dateToken struct {
	month  int
	figure string
}

// dateTokens iterates over the months and figures in a text: whole words, and figures with or without the ending of an
// ordinal. May is a month only with a capital.
func dateTokens(text string) iter.Seq[dateToken] {
	return func(yield func(dateToken) bool) {
		for i := 0; i < len(text); {
			from := i
			switch {
			case values.IsDigit(text[i]):
				for i < len(text) && values.IsDigit(text[i]) {
					i++
				}
				end := i
				if len(text) >= i+2 && isOrdinalEnding(text[i:i+2]) && !isWordAt(text, i+2) {
					i += 2
				}
				if !isWordAt(text, i) && !yield(dateToken{figure: text[from:end]}) {
					return
				}
			case isWordAt(text, i):
				for i < len(text) && values.IsLetter(text[i]) {
					i++
				}
				if i == from { // an underscore
					i++
				}
				isWhole := !isWordAt(text, i) && (from == 0 || !isWordAt(text, from-1))
				if m := monthNumber(text[from:i]); m > 0 && isWhole && !yield(dateToken{month: m}) {
					return
				}
			default:
				i++
			}
		}
	}
}

// isWordAt reports whether a letter, a digit or an underscore of ASCII stands at a place.
func isWordAt(text string, i int) bool {
	return i < len(text) && (values.IsLetter(text[i]) || values.IsDigit(text[i]) || text[i] == '_')
}

func isOrdinalEnding(ending string) bool {
	switch strings.ToLower(ending) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// parseWordedDates reads the dates whose months are words. hasLooseDays reports days that belong to no month.
func parseWordedDates(text string) (dates []schemas.Date, hasLooseDays bool) {
	var p wordedDates
	for token := range dateTokens(text) {
		switch {
		case token.month > 0:
			p.addMonth(token.month)
		case len(token.figure) == 4:
			p.addYear(values.DigitsValue(token.figure))
		case len(token.figure) <= 2:
			p.addDay(values.DigitsValue(token.figure))
		}
	}
	return p.finish()
}

// wordedDates gathers dates token by token. The first tokens tell the order: if a month stands before its day once, it
// does so throughout.
type wordedDates struct {
	dates      []schemas.Date
	undated    int   // how many of dates, counted from the end, have no year yet
	days       []int // days that wait for their month, in the order day, month
	month      int   // the month of the days that follow, in the order month, day
	orderKnown bool
	monthFirst bool
}

// add adds a date that has no year yet.
func (p *wordedDates) add(d schemas.Date) {
	p.dates = append(p.dates, d)
	p.undated++
}

func (p *wordedDates) addMonth(month int) {
	if !p.orderKnown {
		p.orderKnown, p.monthFirst = true, len(p.days) == 0
	}
	if p.monthFirst {
		p.month = month
	}
	if p.monthFirst || len(p.days) == 0 {
		p.add(schemas.Date{Month: month})
		return
	}
	for _, day := range p.days {
		p.add(schemas.Date{Month: month, Day: day})
	}
	p.days = nil
}

func (p *wordedDates) addYear(year int) {
	switch {
	case !isYear(year):
	case p.undated > 0:
		p.setYear(year)
	case !p.orderKnown:
		p.dates = append(p.dates, schemas.Date{Year: year})
	}
}

// setYear gives a year to the dates that have none yet.
func (p *wordedDates) setYear(year int) {
	for i := len(p.dates) - p.undated; i < len(p.dates); i++ {
		p.dates[i].Year = year
	}
	p.undated = 0
}

func (p *wordedDates) addDay(day int) {
	if day < 1 || day > 31 {
		return
	}
	if !p.monthFirst || p.month == 0 {
		p.days = append(p.days, day)
		return
	}
	if p.undated > 0 {
		if last := &p.dates[len(p.dates)-1]; last.Month == p.month && last.Day == 0 {
			last.Day = day
			return
		}
	}
	p.add(schemas.Date{Month: p.month, Day: day})
}

// finish returns the dates. Those at the end take the year before them; without one, months and days say nothing.
func (p *wordedDates) finish() (dates []schemas.Date, hasLooseDays bool) {
	if p.undated > 0 && len(p.dates) > p.undated {
		p.setYear(p.dates[len(p.dates)-p.undated-1].Year)
	}
	return p.dates[:len(p.dates)-p.undated], len(p.days) > 0
}
