package locales

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// datePattern is a form of dates in which words stand behind the year, the month and the day: {y}年{m}月{d}日.
type datePattern struct {
	parts []datePart
}

// datePart is a figure, and the text behind it.
type datePart struct {
	field  byte // y, m or d
	behind string
}

// newDatePattern reads a pattern: each part is {y}, {m} or {d} with the text behind it.
func newDatePattern(text string) (p datePattern, err error) {
	rest := text
	for rest != "" {
		if len(rest) < 3 || rest[0] != '{' || rest[2] != '}' || strings.IndexByte("ymd", rest[1]) < 0 {
			return p, fmt.Errorf("expected {y}, {m} and {d} with words behind each, as in {y}年{m}月{d}日, found %q", text)
		}
		part := datePart{field: rest[1]}
		rest = rest[3:]
		next := strings.IndexByte(rest, '{')
		if next < 0 {
			next = len(rest)
		}
		part.behind, rest = strings.TrimSpace(rest[:next]), rest[next:]
		if part.behind == "" {
			return p, fmt.Errorf("expected words behind {%c} in %q", part.field, text)
		}
		p.parts = append(p.parts, part)
	}
	if len(p.parts) == 0 || len(p.parts) > 3 {
		return p, fmt.Errorf("expected one to three of {y}, {m} and {d}, found %q", text)
	}
	return p, nil
}

// match returns the day that a text begins with, in English, and the length of what it is written with.
func (p *datePattern) match(text string) (english string, length int) {
	rest := text
	figures := map[byte]string{}
	for _, part := range p.parts {
		rest = strings.TrimLeft(rest, " ")
		n := digitsAt(rest, 0)
		if n == 0 || n > 4 {
			return "", 0
		}
		figures[part.field] = rest[:n]
		behind := strings.TrimLeft(rest[n:], " ")
		if !strings.HasPrefix(behind, part.behind) {
			return "", 0
		}
		rest = behind[len(part.behind):]
	}
	month := ""
	if m, isGiven := figures['m']; isGiven {
		number, _ := strconv.Atoi(m)
		if number < 1 || number > len(monthNames) {
			return "", 0
		}
		month = monthNames[number-1]
	}
	return strings.Join(strings.Fields(figures['d']+" "+month+" "+figures['y']), " "), len(text) - len(rest)
}

// canonicalDate returns a text on days with the names of months in English, and years of the Gregorian calendar.
func (l *Locale) canonicalDate(text string) (string, string) {
	text = l.replaceEras(text)
	text = l.replacePatterns(text)
	text = l.replace(&l.months, text)
	if l.dayFirst {
		text = dayFirstDates(text)
	}
	text = withoutOrdinalPoints(text)
	if l.buddhist {
		text = moveYears(text, 2400, 2700, -543)
	}
	if l.solar {
		return l.canonicalSolar(text)
	}
	return text, ""
}

// replacePatterns writes the dates in the forms of the locale in English.
func (l *Locale) replacePatterns(text string) string {
	if len(l.patterns) == 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if isDigit(text[i]) && (i == 0 || !isDigit(text[i-1])) {
			if english, length := l.matchPattern(text[i:]); length > 0 {
				b.WriteString(" " + english + " ")
				i += length
				continue
			}
		}
		b.WriteByte(text[i])
		i++
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (l *Locale) matchPattern(text string) (english string, length int) {
	for i := range l.patterns {
		if english, length = l.patterns[i].match(text); length > 0 {
			return english, length
		}
	}
	return "", 0
}

// firstYears are the words for the first year of an era in Chinese, Japanese and Korean.
var firstYears = []string{"元", "원"}

// replaceEras writes years of the eras of the locale as those of the Gregorian calendar: 令和6年 is 2024年.
func (l *Locale) replaceEras(text string) string {
	for _, e := range l.eras {
		if !strings.Contains(l.lower(text), e.name) {
			continue
		}
		text = l.replaceEra(text, e)
	}
	return text
}

func (l *Locale) replaceEra(text string, e era) string {
	lower := l.lower(text)
	if len(lower) != len(text) {
		text = lower
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if !strings.HasPrefix(lower[i:], e.name) {
			_, size := utf8.DecodeRuneInString(text[i:])
			b.WriteString(text[i : i+size])
			i += size
			continue
		}
		rest := strings.TrimLeft(text[i+len(e.name):], " ")
		n := digitsAt(rest, 0)
		year := 0
		if n > 0 && n <= 4 {
			year, _ = strconv.Atoi(rest[:n])
		}
		for _, first := range firstYears {
			if strings.HasPrefix(rest, first) {
				n, year = len(first), 1
			}
		}
		if year == 0 {
			b.WriteString(text[i : i+len(e.name)])
			i += len(e.name)
			continue
		}
		b.WriteString(strconv.Itoa(year + e.offset))
		i = len(text) - len(rest) + n
	}
	return b.String()
}

// moveYears adds to each year of a text that is between two.
func moveYears(text string, from, to, by int) string {
	return mapFigures(text, func(figure string) string {
		if year, err := strconv.Atoi(figure); err == nil && len(figure) == 4 && year >= from && year <= to {
			return strconv.Itoa(year + by)
		}
		return figure
	})
}

// mapFigures returns a text with each run of digits replaced.
func mapFigures(text string, by func(figure string) string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if n := digitsAt(text, i); n > 0 {
			b.WriteString(by(text[i : i+n]))
			i += n
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// withoutOrdinalPoints returns a text without the point behind a figure of a day: 10. October 2014.
func withoutOrdinalPoints(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		isOrdinal := text[i] == '.' && i > 0 && isDigit(text[i-1]) && i+1 < len(text) && text[i+1] == ' '
		if !isOrdinal {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// dayFirstDates writes dates in digits with the name of the month: 1.9.2019 is 1 September 2019.
func dayFirstDates(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		n := digitsAt(text, i)
		if n == 0 {
			b.WriteByte(text[i])
			i++
			continue
		}
		if english, length := dayFirstDate(text[i:]); length > 0 {
			b.WriteString(english)
			i += length
			continue
		}
		b.WriteString(text[i : i+n])
		i += n
	}
	return b.String()
}

func dayFirstDate(text string) (english string, length int) {
	day := digitsAt(text, 0)
	if day > 2 || day == len(text) || strings.IndexByte("./-", text[day]) < 0 {
		return "", 0
	}
	sign := text[day]
	monthAt := day + 1
	month := digitsAt(text, monthAt)
	yearAt := monthAt + month + 1
	if month == 0 || month > 2 || yearAt > len(text) || text[yearAt-1] != sign || digitsAt(text, yearAt) != 4 {
		return "", 0
	}
	number, _ := strconv.Atoi(text[monthAt : monthAt+month])
	if number < 1 || number > len(monthNames) {
		return "", 0
	}
	return text[:day] + " " + monthNames[number-1] + " " + text[yearAt:yearAt+4], yearAt + 4
}
