package locales

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// canonicalFigures returns a text with its figures as English writes them: 21,000,143 and 74.13. The problem says why a
// figure has no reading.
func (l *Locale) canonicalFigures(text string, isShare bool) (string, string) {
	var b strings.Builder
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			b.WriteByte(text[i])
			i++
			continue
		}
		end := l.endOfFigure(text, i)
		hasPercent := isShare || strings.HasPrefix(strings.TrimLeft(text[end:], " "), "%")
		figure, problem := l.canonicalFigure(text[i:end], hasPercent)
		if problem != "" {
			return text, problem
		}
		b.WriteString(figure)
		i = end
	}
	return b.String(), ""
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// endOfFigure returns where the figure ends that begins at a place: it has digits, and signs with digits behind them. A
// space is a sign only between groups of three.
func (l *Locale) endOfFigure(text string, start int) int {
	i, group := start, 0
	hasSpaces := strings.ContainsRune(l.grouping, ' ')
	for i < len(text) {
		if isDigit(text[i]) {
			i, group = i+1, group+1
			continue
		}
		sign, size := utf8.DecodeRuneInString(text[i:])
		next := i + size
		isSign := sign == '.' || sign == ',' || sign == '\'' || sign == '’'
		isSpace := sign == ' ' && hasSpaces && group <= 3 && digitsAt(text, next) == 3
		if !isSign && !isSpace || digitsAt(text, next) == 0 {
			break
		}
		i, group = next, 0
	}
	return i
}

// digitsAt returns how many digits stand at a place.
func digitsAt(text string, i int) (n int) {
	for i+n < len(text) && isDigit(text[i+n]) {
		n++
	}
	return n
}

// canonicalFigure returns one figure as English writes it. A single sign with other than three digits behind it is that
// of decimals, whichever sign it is, since pages mix them; with three, the locale decides. Two kinds of signs have one
// reading only in the order that the locale has.
func (l *Locale) canonicalFigure(figure string, isShare bool) (canonical, problem string) {
	groups, signs := splitFigure(figure)
	switch len(signs) {
	case 0:
		return figure, ""
	case 1:
		return l.canonicalPair(figure, groups, signs[0], isShare)
	}
	last := len(signs) - 1
	isOneKind := strings.Count(string(signs), string(signs[0])) == len(signs)
	if isOneKind && areGroups(groups, signs[0]) {
		return strings.Join(groups, ","), ""
	}
	isOneKind = strings.Count(string(signs[:last]), string(signs[0])) == last
	isOrder := isPoint(signs[last]) && (signs[last] == l.decimal || len(groups[last+1]) != 3)
	if isOneKind && isOrder && signs[last] != signs[0] && areGroups(groups[:last+1], signs[0]) {
		return strings.Join(groups[:last+1], ",") + "." + groups[last+1], ""
	}
	return figure, unreadable(figure)
}

// canonicalPair returns a figure with one sign as English writes it.
func (l *Locale) canonicalPair(figure string, groups []string, sign rune, isShare bool) (canonical, problem string) {
	isThree := len(groups[1]) == 3 && len(groups[0]) <= 3 && groups[0][0] != '0'
	switch {
	case isThree && (!isPoint(sign) || !isShare && strings.ContainsRune(l.grouping, sign)):
		return groups[0] + "," + groups[1], ""
	case !isPoint(sign):
		return figure, unreadable(figure)
	}
	return groups[0] + "." + groups[1], ""
}

func isPoint(sign rune) bool { return sign == '.' || sign == ',' }

func unreadable(figure string) string {
	if utf8.RuneCountInString(figure) > 40 {
		figure = string([]rune(figure)[:40]) + "…"
	}
	return fmt.Sprintf("expected a figure, found %q, whose signs have no order", figure)
}

// splitFigure returns the groups of digits of a figure, and the signs between them.
func splitFigure(figure string) (groups []string, signs []rune) {
	start := 0
	for i, c := range figure {
		if c >= '0' && c <= '9' {
			continue
		}
		groups, signs = append(groups, figure[start:i]), append(signs, c)
		start = i + utf8.RuneLen(c)
	}
	return append(groups, figure[start:]), signs
}

// areGroups reports whether digits are grouped in threes by a sign, or as in India: 12,34,567.
func areGroups(groups []string, sign rune) bool {
	first, last := groups[0], groups[len(groups)-1]
	if len(groups) == 1 {
		return len(first) > 0
	}
	if len(first) < 1 || len(first) > 3 || first[0] == '0' || len(last) != 3 {
		return false
	}
	threes, twos := true, len(first) <= 2 && sign == ','
	for _, g := range groups[1 : len(groups)-1] {
		threes, twos = threes && len(g) == 3, twos && len(g) == 2
	}
	return threes || twos
}

// percentBehind returns a text with each sign of percent behind its figure: %74,13 is 74,13%. A sign that touches a
// figure before it stays.
func percentBehind(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		rest := text[i:]
		isFree := i == 0 || !isDigit(text[i-1])
		if text[i] != '%' || !isFree {
			b.WriteByte(text[i])
			i++
			continue
		}
		behind := strings.TrimLeft(rest[1:], " ")
		end := endOfDecimal(behind)
		if end == 0 || strings.HasPrefix(behind[end:], "%") || i > 1 && behind != rest[1:] && isDigit(lastByte(text[:i])) {
			b.WriteByte('%')
			i++
			continue
		}
		b.WriteString(behind[:end])
		b.WriteByte('%')
		i += len(rest) - len(behind) + end
	}
	return b.String()
}

// lastByte returns the last byte before the spaces at the end of a text, 0 if there is none.
func lastByte(text string) byte {
	text = strings.TrimRight(text, " ")
	if text == "" {
		return 0
	}
	return text[len(text)-1]
}

// endOfDecimal returns where the figure ends with which a text begins, 0 if it begins with none. Its sign may be first.
func endOfDecimal(text string) int {
	i := 0
	for i < len(text) && (isDigit(text[i]) || (text[i] == '.' || text[i] == ',') && digitsAt(text, i+1) > 0 && i > 0) {
		i++
	}
	return i
}

// hasLetters reports whether a text has a letter.
func hasLetters(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 }
