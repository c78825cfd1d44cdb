// Package wording writes names, numbers, counts and dates as English has them, for the pages and the charts.
package wording

import (
	"cmp"
	"path"
	"strconv"
	"strings"
	"unicode"

	"hemicycle/schemas"
)

// Plain is a text on one line, without characters that draw nothing themselves and turn others round.
func Plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// Width is how many letters wide a text is, about: those of East Asia and emoji take two.
func Width(s string) (n int) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x1F000:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Shorten is a text no wider than so many letters, with an ellipsis where something is left out.
func Shorten(s string, letters int) string {
	s = Plain(s)
	if Width(s) <= letters {
		return s
	}
	n := 0
	for i, r := range s {
		if n += Width(string(r)); n >= letters {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
	}
	return s
}

// Wrap is a text in lines no wider than so many letters; the last one is shortened.
func Wrap(s string, letters, most int) (lines []string) {
	line := ""
	words := strings.Fields(Plain(s))
	for i, word := range words {
		if line != "" && Width(line)+1+Width(word) > letters {
			if len(lines)+1 == most {
				return append(lines, Shorten(line+" "+strings.Join(words[i:], " "), letters))
			}
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, Shorten(line, letters))
}

// Join joins what is there with a point between.
func Join(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " · ")
}

// Count is a number with its noun.
func Count(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return Number(n) + " " + noun
}

// Number is a number with a comma between thousands, as English writes it.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Title is what an election is called, on one line: the box's own name, or else the page's title,
// or the name of its file.
func Title(e *schemas.Election) string {
	return cmp.Or(Plain(e.Name), Plain(e.Document.Title), Plain(path.Base(e.Document.URI)), Plain(e.ID))
}

// LongDate is the day or days of an election in words, or what the box says of them.
func LongDate(e *schemas.Election) string {
	switch {
	case !e.Date.Full():
		return Plain(e.DateRaw)
	case e.DateEnd.Full() && e.DateEnd != e.Date:
		return e.Date.Time().Format("2 January 2006") + " to " + e.DateEnd.Time().Format("2 January 2006")
	}
	return e.Date.Time().Format("2 January 2006")
}

// SourceName is the page that an election was read from, in words.
func SourceName(e *schemas.Election) string {
	title := Plain(e.Document.Title)
	switch {
	case title == "":
		return Plain(e.Document.URI)
	case e.Document.Wiki != "" || e.Document.PageURL != "":
		return "Wikipedia, “" + title + "”"
	}
	return "“" + title + "”"
}

func RevisionName(e *schemas.Election) string {
	if e.Document.RevisionID == nil {
		return ""
	}
	return "revision " + strconv.FormatInt(*e.Document.RevisionID, 10)
}
