// Package wording writes names, numbers, counts and dates the way English does, for the report, the charts and the
// terminal.
//
// Start with Plain for a text that comes from a page, and Count for a number with its noun.
package wording

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"hemicycle/schemas"
)

// Plain returns a text of a page on one line, without control characters and without the characters that change
// the direction of the text around them. It is what every text of a page goes through before it is written into a
// page of the report or into a drawing; html/template and package chart then escape it for their format. Raw fields
// are the exception: the report shows them as they are, isolated in an element of their own.
func Plain(s string) string {
	withoutDirection := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
	isBlank := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	return strings.Join(strings.FieldsFunc(withoutDirection, isBlank), " ")
}

// textWidth estimates how many letters wide a text is. Letters of East Asia and emoji count as two, combining marks
// as none.
func textWidth(s string) (n int) {
	for _, r := range s {
		isEastAsian := r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
		switch {
		case unicode.Is(unicode.Mn, r):
		case isEastAsian || r >= 0x1F000:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Shorten returns a text that is at most so many letters wide. An ellipsis stands for what is left out.
func Shorten(s string, letters int) string {
	s = Plain(s)
	if textWidth(s) <= letters {
		return s
	}
	n := 0
	for i, r := range s {
		if n += textWidth(string(r)); n >= letters {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
	}
	return s
}

// Wrap breaks a text into at most maxLines lines that are at most so many letters wide. Words that are wider are
// shortened, and so is the last line if the text does not fit.
func Wrap(s string, letters, maxLines int) (lines []string) {
	line := ""
	words := strings.Fields(Plain(s))
	for i, word := range words {
		if line != "" && textWidth(line)+1+textWidth(word) > letters {
			if len(lines)+1 == maxLines {
				return append(lines, Shorten(line+" "+strings.Join(words[i:], " "), letters))
			}
			lines = append(lines, Shorten(line, letters))
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, Shorten(line, letters))
}

// Join joins the parts that are not empty with a point between them.
func Join(parts ...string) string {
	var given []string
	for _, p := range parts {
		if p != "" {
			given = append(given, p)
		}
	}
	return strings.Join(given, " · ")
}

// Count returns a number with its noun, which is given in the singular: "1 seat", "2 seats", "3 boxes".
func Count(n int64, noun string) string { return Number(n) + " " + Plural(n, noun) }

// Plural returns the form of a noun that fits a number. Nouns that end in x take -es, all others -s.
func Plural(n int64, noun string) string {
	switch {
	case n == 1:
		return noun
	case strings.HasSuffix(noun, "x"):
		return noun + "es"
	}
	return noun + "s"
}

// Number returns a number with a comma between thousands, the way English writes it.
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

// Title returns the name of an election on one line: the name that the box gives, or else the title of the page, the
// name of its file, or the ID of the election.
func Title(e *schemas.Election) string {
	return cmp.Or(Plain(e.Name), Plain(e.Document.Title), FileName(e.Document.URI), Plain(e.ID))
}

// FileName returns the name of the file that a document was read from, without the folders that it is in.
func FileName(uri string) string { return Plain(uri[strings.LastIndexAny(uri, `/\`)+1:]) }

// LongDate returns the day or days of an election in words, or the text of the box if no full date was read from it.
func LongDate(e *schemas.Election) string {
	const layout = "2 January 2006"
	switch {
	case !e.Date.Full():
		return Plain(e.DateRaw)
	case e.DateEnd.Full() && e.DateEnd != e.Date:
		return e.Date.Time().Format(layout) + " to " + e.DateEnd.Time().Format(layout)
	}
	return e.Date.Time().Format(layout)
}

// SourceName returns the name of the page that an election was read from: its title, or else its address, or else the
// name of the file. It never has the folder of the file, which is the business of the machine that read it.
func SourceName(e *schemas.Election) string {
	title := Plain(e.Document.Title)
	switch {
	case title == "" && e.Document.PageURL != "":
		return Plain(e.Document.PageURL)
	case title == "":
		return FileName(e.Document.URI)
	case e.Document.Wiki != "" || e.Document.PageURL != "":
		return "Wikipedia, “" + title + "”"
	}
	return "“" + title + "”"
}

// RevisionName returns the revision of the page that an election was read from, "" if it is not known.
func RevisionName(e *schemas.Election) string {
	if e.Document.RevisionID == nil {
		return ""
	}
	return "revision " + strconv.FormatInt(*e.Document.RevisionID, 10)
}
