// Package rounds reads what the fields of a box say of the rounds of an election: the names of rounds in a text, and
// which round a figure is of.
//
// Start with Split, which parts a text, and Readings, which collects the parts of a box.
package rounds

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hemicycle/transform/values"
)

// Last is the number of a round that is named the last one, the final one or the run-off. Readings.Finish turns it into
// the number that it has among the rounds of the box.
const Last = 99

// Part is what a text says of one round.
type Part struct {
	Round int // Last if it is named the last
	Text  string
}

// ordinalExpr matches the number of a round in words, and nameExpr the name of a round in lower case. Phases are no
// rounds, since each of them calls other voters.
const (
	ordinalExpr = `first|second|third|fourth|1st|2nd|3rd|4th|final|last`
	nameExpr    = `(` + ordinalExpr + `)[ -](?:rounds?|ballot)|(?:round|ballot) ([1-4])|(run-?off)` +
		`(?: (?:round|election))?|(general|initial)(?: (?:round|election|vote))?`
)

// The general election is the first round only beside a run-off, as in Georgia and Louisiana.
const generalElection = 0

var (
	namePattern = regexp.MustCompile(`\b(?:(?:in|during|at|for) )?(?:the )?(?:` + nameExpr + `)\b`)
	// bareOrdinalPattern matches the number of a round in brackets of its own: 79.05% (1st) 79.41% (2nd).
	bareOrdinalPattern = regexp.MustCompile(`\((first|second|third|fourth|1st|2nd|3rd|4th)\)`)
	labelPattern       = regexp.MustCompile(
		`^(?:(` + ordinalExpr + `)[ -](?:round|ballot)|(?:round|ballot) ([1-4])|(run-?off)(?: round)?)` +
			`(?: (?:(?:popular )?votes?|election|results?|%|percentage|share|(?:popular )?vote (?:share|%|percentage)))?` +
			`(?: \([^()]*\))?$`)
)

// NumberOfLabel returns the round that the label of a row names, in lower case; 0 if it names none. What stands behind
// the name in brackets, such as the day, does not count.
func NumberOfLabel(label string) int { return numberOf(labelPattern.FindStringSubmatch(label)) }

// numberOf returns the number of the round in a match of nameExpr, 0 if there is none.
func numberOf(m []string) int {
	if m == nil {
		return 0
	}
	switch m[1] {
	case "first", "1st":
		return 1
	case "second", "2nd":
		return 2
	case "third", "3rd":
		return 3
	case "fourth", "4th":
		return 4
	}
	if len(m) > 2 && m[2] != "" {
		n, _ := strconv.Atoi(m[2])
		return n
	}
	return Last
}

// mark is the name of a round in a text. It may end a bracket that stands there beside other words.
type mark struct {
	round, start, end int
	closes            bool
}

// Split parts a text by the rounds that it names: 79.05% (first round) 79.41% (second round), or First round: 79.05%
// Second round: 79.41%. There are no parts if the text names none, or if it cannot be told which figure is of which
// round.
func Split(text string) []Part {
	if !mayNameRound(text) {
		return nil
	}
	lower := lowerASCII(text)
	marks := marksIn(lower)
	if len(marks) == 0 || len(marks) > 4 {
		return nil
	}
	var parts []Part
	if hasDigit(text[:marks[0].start]) {
		parts = partsBefore(text, marks)
	} else {
		parts = partsAfter(text, marks)
	}
	for i, part := range parts {
		isTwice := slices.ContainsFunc(parts[:i], func(p Part) bool { return p.Round == part.Round })
		if isTwice || strings.Count(part.Text, "(") != strings.Count(part.Text, ")") {
			return nil
		}
	}
	return parts
}

// NamesSeveral reports whether a text names several rounds, also where it cannot be parted by them: a round that is
// held again is named twice.
func NamesSeveral(text string) bool {
	if !mayNameRound(text) {
		return false
	}
	marks := marksIn(lowerASCII(text))
	return slices.ContainsFunc(marks, func(m mark) bool { return m.round != marks[0].round })
}

// partsAfter returns the parts of a text in which the name of a round stands before its figures.
func partsAfter(text string, marks []mark) (parts []Part) {
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		parts = append(parts, Part{Round: m.round, Text: trimmed(text[m.end:end])})
	}
	return parts
}

// changePattern matches a change that stands before a figure, or at the end of a text.
var changePattern = regexp.MustCompile(
	`^[ ,;]*(\(? ?(?:[▲▼△▽↑↓+−-]\s*[0-9][0-9.,]*\s*(?:pp|p\.p\.|percentage points?|points?|%)?|` +
		`[0-9][0-9.,]*\s*(?:pp|p\.p\.|percentage points?)) ?\)?)(?:\s+[0-9].*|\s*)$`)

// partsBefore returns the parts of a text in which the name of a round stands behind its figures. A change behind the
// name is of the round before it. There are no parts if other figures follow the last name.
func partsBefore(text string, marks []mark) (parts []Part) {
	from := 0
	for i := range len(marks) + 1 {
		to := len(text)
		if i < len(marks) {
			to = marks[i].start
		}
		if m := changePattern.FindStringSubmatchIndex(text[from:to]); i > 0 && m != nil {
			parts[i-1].Text += " " + trimmed(text[from+m[2]:from+m[3]])
			from += m[3]
		}
		if i == len(marks) {
			break
		}
		part := Part{Round: marks[i].round, Text: trimmed(text[from:to])}
		if marks[i].closes {
			part.Text += ")"
		}
		parts = append(parts, part)
		from = marks[i].end
	}
	if hasDigit(text[from:]) {
		return nil
	}
	return parts
}

// SplitFigures parts a text that has one bare figure for each of some rounds, in their order, as values over a line
// break are. There are no parts if the text has anything else.
func SplitFigures(text string, inOrder []int) []Part {
	if len(inOrder) < 2 || text == "" || len(text) > maxText || !values.IsDigit(text[0]) {
		return nil
	}
	var figures []string
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune(" /;|", c) }) {
		if n := len(figures); n > 0 && strings.HasPrefix(word, "(") { // the share of the votes before it
			figures[n-1] += " " + word
			continue
		}
		if figures = append(figures, word); len(figures) > len(inOrder) {
			return nil
		}
	}
	if len(figures) != len(inOrder) {
		return nil
	}
	var parts []Part
	kind := kindOf(figures[0])
	for i, figure := range figures {
		if kind == unknownFigure || kindOf(figure) != kind {
			return nil
		}
		parts = append(parts, Part{Round: inOrder[i], Text: figure})
	}
	return parts
}

// The kinds of figures that SplitFigures parts.
const (
	unknownFigure = iota
	shareFigure
	countFigure
	countAndShare
)

// kindOf returns the kind of a figure.
func kindOf(figure string) int {
	count, share, isPair := strings.Cut(figure, " ")
	share, isOpen := strings.CutPrefix(share, "(")
	share, isClosed := strings.CutSuffix(share, ")")
	switch {
	case !isPair && isShare(figure):
		return shareFigure
	case !isPair && isGrouped(figure):
		return countFigure
	case isPair && isOpen && isClosed && isShare(share) && isGrouped(count):
		return countAndShare
	}
	return unknownFigure
}

// isShare reports whether a figure is a share in percent: 24.01% or 24.01.
func isShare(figure string) bool {
	_, ok := values.PlainPercent(figure)
	return ok && (strings.HasSuffix(figure, "%") || strings.Contains(figure, "."))
}

// isGrouped reports whether a figure is a count that is no group of three digits of a longer one.
func isGrouped(figure string) bool {
	_, ok := values.PlainCount(figure)
	return ok && len(figure) > 3
}

// mayNameRound reports whether a text can have the name of a round. It spares most texts the patterns.
func mayNameRound(text string) bool {
	if len(text) < len("1 (runoff)") || len(text) > maxText {
		return false
	}
	return values.ContainsAny(text, "round", "ballot", "runoff", "run-off") ||
		strings.Contains(text, "(") && values.ContainsAny(text, "(first)", "(1st)")
}

// maxText is the length of the longest text that is parted, in bytes.
const maxText = 1000

// marksIn returns the names of rounds in a text in lower case, with the brackets around each of them.
func marksIn(lower string) (marks []mark) {
	hasRunOff := false
	for _, at := range namePattern.FindAllStringSubmatchIndex(lower, 5) {
		m := []string{lower[at[0]:at[1]], group(lower, at, 1), group(lower, at, 2)}
		n := numberOf(m)
		if group(lower, at, 4) != "" {
			n = generalElection
		}
		hasRunOff = hasRunOff || group(lower, at, 3) != ""
		marks = append(marks, enclosed(lower, mark{round: n, start: at[0], end: at[1]}))
	}
	if hasRunOff {
		for i := range marks {
			if marks[i].round == generalElection {
				marks[i].round = 1
			}
		}
	}
	if marks = slices.DeleteFunc(marks, func(m mark) bool { return m.round == generalElection }); len(marks) > 0 {
		return marks
	}
	for _, at := range bareOrdinalPattern.FindAllStringSubmatchIndex(lower, 5) {
		marks = append(marks, mark{round: numberOf([]string{"", group(lower, at, 1)}), start: at[0], end: at[1]})
	}
	if len(marks) == 1 { // 37% (1st) can be a rank
		return nil
	}
	return marks
}

// group returns the text of a group of a match, "" if it has none.
func group(text string, at []int, n int) string {
	if at[2*n] < 0 {
		return ""
	}
	return text[at[2*n]:at[2*n+1]]
}

// enclosed returns a mark with the brackets around it, if there is nothing else in them. If a figure stands before it
// in its brackets, as in 2,345 (36.9%, first round), the mark has their end.
func enclosed(text string, m mark) mark {
	before := strings.TrimRight(text[:m.start], " ")
	after, isClosed := strings.CutPrefix(strings.TrimLeft(text[m.end:], " "), ")")
	if !isClosed {
		return m
	}
	m.end = len(text) - len(after)
	if m.closes = !strings.HasSuffix(before, "("); !m.closes {
		m.start = len(before) - 1
	}
	return m
}

// trimmed returns a part of a text without the marks between parts, and without a footnote mark at its end.
func trimmed(text string) string { return strings.Trim(text, " ,;:/|·•–—-") }

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

// lowerASCII returns a text with the letters of English in lower case, so that offsets stay as they are.
func lowerASCII(text string) string {
	lower := []byte(text)
	for i, c := range lower {
		if c >= 'A' && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return string(lower)
}
