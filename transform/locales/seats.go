package locales

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// seatsUnit is the English word that stands in the place of those for seats.
const seatsUnit = "seats"

// canonicalSeats returns a phrase on seats in English: the seats filled, of how many, and the majority. A figure counts
// only beside a word for seats, or alone.
func (l *Locale) canonicalSeats(text string) (string, string) {
	words, problem := l.canonicalFigures(l.replace(&l.words, text), false)
	if problem != "" {
		return "", problem
	}
	words, majority := l.cutMajority(words)
	figures := figuresWithSeats(words)
	switch {
	case len(figures) == 0 && strings.Trim(words, "0123456789, ") == "":
		return strings.TrimSpace(words + majority), ""
	case len(figures) == 0 && strings.ContainsAny(words, "0123456789") && !hasOneFigure(words):
		return "", fmt.Sprintf("two readings: the phrase has several figures, and none is said to be of seats: %q",
			shortened(text))
	case len(figures) == 0 && strings.ContainsAny(words, "0123456789"):
		return "", fmt.Sprintf("expected a number of seats, found %q", shortened(text))
	case len(figures) == 0:
		return strings.TrimSpace(majority), ""
	}
	first := figures[0]
	if whole := l.wholeOf(words, first); whole != "" && len(figures) <= 2 {
		return first.figure + " of the " + whole + " " + seatsUnit + majority, ""
	}
	if len(figures) > 1 || first.isBesideOther {
		return "", fmt.Sprintf("two readings: the phrase has several figures, and which is the chamber's size cannot be "+
			"told: %q", shortened(text))
	}
	return first.figure + " " + seatsUnit + majority, ""
}

// seatFigure is a figure with a word for seats behind it.
type seatFigure struct {
	figure        string
	start, end    int
	isBesideOther bool // there is a figure without that word, and not an ordinal
}

// figuresWithSeats returns the figures with a word for seats behind them.
func figuresWithSeats(text string) (figures []seatFigure) {
	isBesideOther := false
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && (isDigit(text[i]) || text[i] == ',' && digitsAt(text, i+1) == 3) {
			i++
		}
		rest := strings.TrimLeft(text[i:], " ")
		isOrdinal := strings.HasPrefix(text[i:], ". ") && hasLetters(text[i:])
		switch {
		case strings.HasPrefix(rest, seatsUnit):
			figures = append(figures, seatFigure{figure: text[start:i], start: start, end: i})
		case !isOrdinal:
			isBesideOther = true
		}
	}
	for i := range figures {
		figures[i].isBesideOther = isBesideOther
	}
	return figures
}

// wholeOf returns the figure of the whole that follows a part, behind one of the words for it: 208 seats de 266.
func (l *Locale) wholeOf(text string, part seatFigure) string {
	lower := l.lower(strings.TrimLeft(text[part.end:], " "))
	rest := strings.TrimLeft(strings.TrimPrefix(lower, seatsUnit), " ")
	for _, word := range append([]string{"/"}, l.parts...) {
		after, found := strings.CutPrefix(rest, word)
		if !found {
			continue
		}
		after = strings.TrimLeft(after, " ")
		n := 0
		for n < len(after) && (isDigit(after[n]) || after[n] == ',' && digitsAt(after, n+1) == 3) {
			n++
		}
		if n > 0 {
			return after[:n]
		}
	}
	return ""
}

// cutMajority cuts the clause that states the majority out of a phrase, and returns it in English, with a space before.
// The figure is the first one behind the words for it, or else the last one before them.
func (l *Locale) cutMajority(text string) (rest, majority string) {
	lower := l.lower(text)
	if len(lower) != len(text) {
		text = lower
	}
	for _, word := range l.majority {
		at := strings.Index(lower, word)
		if at < 0 || !isBoundary(lower, at) {
			continue
		}
		end := at + len(word)
		if start := strings.IndexAny(text[end:], "0123456789"); start >= 0 {
			start += end
			figure := firstFigure(text[start:])
			behind := strings.TrimPrefix(strings.TrimLeft(text[start+len(figure):], " "), seatsUnit)
			return text[:at] + behind, " " + figure + " seats needed for a majority"
		}
		if start := lastFigure(text[:at]); start > 0 && strings.ContainsAny(text[:start], "0123456789") {
			return text[:start] + text[end:], " " + firstFigure(text[start:]) + " seats needed for a majority"
		}
		return text[:at] + text[end:], ""
	}
	return text, ""
}

// lastFigure returns where the last figure of a text begins, -1 if it has none.
func lastFigure(text string) int {
	start := strings.LastIndexAny(text, "0123456789")
	for start > 0 && (isDigit(text[start-1]) || text[start-1] == ',') {
		start--
	}
	return start
}

// firstFigure returns the figure with which a text begins.
func firstFigure(text string) string {
	i := 0
	for i < len(text) && (isDigit(text[i]) || text[i] == ',' && digitsAt(text, i+1) == 3) {
		i++
	}
	return text[:i]
}

// shortened returns a text as a message quotes it.
func shortened(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}
