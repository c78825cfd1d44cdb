package values

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

var (
	digitsPattern   = regexp.MustCompile(`^[0-9]+$`)
	onePointPattern = regexp.MustCompile(`^[1-9][0-9]{0,2}\.[0-9]{3}$`)

	// groupedDigitsPattern matches digits in groups of three: 1,234,567 or 1 234 567 or 1.234.567 or 1'234'567.
	groupedDigitsPattern = regexp.MustCompile(
		`^[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:\.[0-9]{3})+|(?:['’][0-9]{3})+)$`)
	// indianDigitsPattern matches digits grouped as in India: 12,34,567.
	indianDigitsPattern = regexp.MustCompile(`^[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}$`)

	unitAfterPattern = regexp.MustCompile(
		`(?i)\s*(?:seats?|(?:votes?|ballots?)(?: cast)?|members?|voters?|` + memberExpr + `|elected|won)\.?$`)

	// figurePattern matches any figure, however its digits are grouped.
	figurePattern = regexp.MustCompile(`[0-9][0-9.,'’]*`)
)

// memberExpr matches what the members of chambers, and their seats, are called beside seats and members.
const memberExpr = `me?ps?|ms[ps]s?|mlas?|tds?|electorates?|constituencies|constituency|councill?ors?|deput(?:y|ies)|` +
	`senators?|governorships?|mandates?`

// Arrows stand for the sign of a change. arrowExpr matches one of them, and otherThanArrowExpr one other character.
const (
	arrowExpr          = `(?:▲|△|🔺|↑|▼|▽|🔻|↓|◄►|◄|►|▬)`
	otherThanArrowExpr = `[^▲△🔺↑▼▽🔻↓◄►▬]`
)

// hasArrow reports whether a text contains an arrow. It spares most texts the patterns that need one.
func hasArrow(text string) bool {
	return strings.ContainsAny(text, "▲△🔺↑▼▽🔻↓◄►▬")
}

// Patterns for what stands beside a figure and is no part of it: 72 ▲3, 72 (▲3), 23 (2 vacant), 2,345 (36.9%).
var (
	changeAfterPattern = regexp.MustCompile(`^(.*[0-9%].*?)\s*[,;]?\s*` + arrowExpr +
		`[^0-9▲△🔺↑▼▽🔻↓◄►▬]*(?:[0-9][0-9.,]*[^0-9▲△🔺↑▼▽🔻↓◄►▬]*)?$`)
	// signedAfterPattern matches a change whose sign stands at its figure: 72 +3.
	signedAfterPattern = regexp.MustCompile(`^([0-9][0-9.,'’ ]*%?)\s+[+−]` + changeFigureExpr + `$`)
	remarkAfterPattern = regexp.MustCompile(`^(.*[^\s])\s*\(([^()]*)\)$`)
	sharePattern       = regexp.MustCompile(`^[0-9][0-9.,]*\s*%$`)
	bareFigurePattern  = regexp.MustCompile(`^[0-9][0-9.,'’\s]*%?$`)
	partOfWholePattern = regexp.MustCompile(
		`(?i)^([0-9][0-9,]*)(?: seats)?\s*(?:/|(?:out )?of(?: the| a total of)?)\s*([0-9][0-9,]*)$`)
)

// soleFigure returns a figure without the change that follows it and without remarks in brackets. Bare digits in
// brackets are no remark: they are a second figure, and so is a share beside a share.
func soleFigure(text string, isCount bool) string {
	s := text
	for range 4 {
		if !strings.HasSuffix(s, ")") {
			break
		}
		m := remarkAfterPattern.FindStringSubmatch(s)
		if m == nil || isSecondFigure(strings.TrimSpace(m[2]), isCount) {
			break
		}
		s = WithoutFootnotes(m[1])
	}
	if m := signedAfterPattern.FindStringSubmatch(s); m != nil {
		return WithoutFootnotes(m[1])
	}
	if hasArrow(s) {
		if m := changeAfterPattern.FindStringSubmatch(s); m != nil {
			s = WithoutFootnotes(m[1])
		}
	}
	return s
}

// isSecondFigure reports whether the content of brackets is a figure beside the one before them. The share beside a
// count is none.
func isSecondFigure(content string, besideCount bool) bool {
	return bareFigurePattern.MatchString(content) && !(besideCount && sharePattern.MatchString(content))
}

// PlainCount reads digits alone, or in groups of three with commas, as most figures are written. ReadCount reads the
// other forms, too.
func PlainCount(text string) (n int64, ok bool) {
	if text == "" || len(text) > 15 {
		return 0, false
	}
	first := strings.IndexByte(text, ',')
	if first == 0 || first > 3 || first > 0 && text[0] == '0' {
		return 0, false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case IsDigit(c):
			n = n*10 + int64(c-'0')
		case c != ',' || (i-first)%4 != 0:
			return 0, false
		}
	}
	if first > 0 && (len(text)-first)%4 != 0 {
		return 0, false
	}
	for i := first; i > 0 && i < len(text); i += 4 {
		if text[i] != ',' {
			return 0, false
		}
	}
	return n, true
}

// PlainPercent reads 8.51 and 37.00%, as most shares are written. ReadPercent reads the other forms, too.
func PlainPercent(text string) (d decimal.Decimal, ok bool) {
	text = strings.TrimSuffix(text, "%")
	point := strings.IndexByte(text, '.')
	whole := point
	if point < 0 {
		whole = len(text)
	}
	if whole < 1 || whole > 3 || len(text) > 12 || point == len(text)-1 {
		return d, false
	}
	var n int64
	for i := range len(text) {
		switch c := text[i]; {
		case IsDigit(c):
			n = n*10 + int64(c-'0')
		case i != point:
			return d, false
		}
	}
	places := 0
	if point >= 0 {
		places = len(text) - point - 1
	}
	return decimal.New(n, int32(-places)), true
}

// ReadCount reads a count of seats, votes or people: 52, 9,908,169, 1 234 567, "53 seats". The count is in the unit of
// the text. It is at most max.
func ReadCount(text string, max int64) (*int64, string) {
	if IsAbsent(text) {
		return nil, ""
	}
	if n, ok := PlainCount(text); ok && n <= max {
		return &n, ""
	}
	s := WithoutFootnotes(text)
	if IsAbsent(s) {
		return nil, ""
	}
	s = unitAfterPattern.ReplaceAllString(soleFigure(s, true), "")
	if m := partOfWholePattern.FindStringSubmatch(s); m != nil { // 72 / 200
		part, _ := ReadCount(m[1], max)
		if whole, _ := ReadCount(m[2], max); part != nil && whole != nil && *part <= *whole {
			return part, ""
		}
	}
	switch {
	case digitsPattern.MatchString(s):
	case onePointPattern.MatchString(s):
		return nil, fmt.Sprintf(ambiguousPrefix+"%q can be read as %s and as %s with digits after a point",
			text, strings.Replace(s, ".", "", 1), s)
	case groupedDigitsPattern.MatchString(s), indianDigitsPattern.MatchString(s):
		s = digitsOf(s)
	default:
		return nil, unreadableProblem("a whole number", text)
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > max {
		return nil, fmt.Sprintf("expected a number up to %d, found %s", max, Quote(text))
	}
	return &n, ""
}

var (
	countAndSharePattern = regexp.MustCompile(
		`^([0-9][0-9,.'’ ]*[0-9])\s*[/|·;,–-]?\s+([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*%(?:\s.*|\(.*)?$`,
	)
	shareInBracketsPattern = regexp.MustCompile(`^([0-9][0-9,.'’ ]*[0-9])\s*\(([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*%\)$`)
)

// ReadVotes reads a number of votes or voters, and the share of votes that stands beside it, nil if there is none:
// 12,345,678, "12,345,678 59.7%", "2,345 (36.9%)". Votes are whole, so that 813.335 has one reading.
func ReadVotes(text string) (votes *int64, share *decimal.Decimal, problem string) {
	if n, ok := PlainCount(text); ok {
		return &n, nil, ""
	}
	s := WithoutFootnotes(text)
	for _, pattern := range []*regexp.Regexp{countAndSharePattern, shareInBracketsPattern} {
		m := pattern.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		n, unreadable := readWholeCount(m[1])
		d, unreadableShare := ReadPercent(m[2])
		if unreadable == "" && unreadableShare == "" && *n > 100 && IsShare(*d) {
			return n, d, ""
		}
	}
	if m := remarkAfterPattern.FindStringSubmatch(s); m != nil && HasPercentSign(m[2]) {
		return readVotesBesideRemark(text, m[1], m[2])
	}
	votes, problem = readWholeCount(text)
	return votes, nil, problem
}

var (
	// leadingSharePattern matches a share with which a remark begins, unless a change or a range does.
	leadingSharePattern = regexp.MustCompile(`^([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*(?:%|٪|per ?cent)`)
	// shareOfCountPattern matches words by which a share is not one of the votes: 99% counted.
	shareOfCountPattern = regexp.MustCompile(
		`(?i)\b(?:count\w*|report\w*|turnout|precincts?|districts?|stations?|electorate|registered|eligible)\b`)
)

// readVotesBesideRemark reads votes and the remark in the brackets behind them, which has a percentage: the share, as a
// guess or with words; a bound; or a change, or a part of something else, which says nothing of the share. Two shares
// are two readings.
func readVotesBesideRemark(text, count, remark string) (votes *int64, share *decimal.Decimal, problem string) {
	if votes, problem = readWholeCount(count); problem != "" || votes == nil {
		return votes, nil, problem
	}
	exact, problem, ok := CutInexact(remark)
	m := leadingSharePattern.FindStringSubmatch(exact)
	switch {
	case !ok:
		return votes, nil, problem
	case m == nil || shareOfCountPattern.MatchString(remark) || *votes <= 100:
		return votes, nil, ""
	case HasPercentSign(count) || HasPercentSign(exact[len(m[0]):]):
		return votes, nil, AmbiguousProblem("several shares stand beside the votes: %s", Quote(text))
	}
	share, unreadable := ReadPercent(m[1])
	if unreadable != "" || !IsShare(*share) {
		return votes, nil, unreadable
	}
	return votes, share, problem
}

// shareAndCountPattern matches a share before the votes that it is of: 44.05% (1,234,567), 44.05%, 1,234,567.
var shareAndCountPattern = regexp.MustCompile(
	`^([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*%\s*[(,;|/–-]?\s*([0-9][0-9,.'’ ]*[0-9])(?:\s*votes?)?\)?$`)

// ReadVotesOrShare reads a figure that may be votes, a share of them, or both: 1,234, 44.05%, "44.05% (1,234)".
func ReadVotesOrShare(text string) (votes *int64, share *decimal.Decimal, problem string) {
	s := WithoutFootnotes(text)
	if m := shareAndCountPattern.FindStringSubmatch(s); m != nil {
		s = m[2] + " " + m[1] + "%"
	}
	if votes, share, problem = ReadVotes(s); problem == "" {
		return votes, share, ""
	}
	if d, unreadable := ReadPercent(s); unreadable == "" && d != nil && IsShare(*d) {
		return nil, d, ""
	}
	return nil, nil, problem
}

// readWholeCount reads a count in which a point can only part thousands.
func readWholeCount(text string) (*int64, string) {
	figure := unitAfterPattern.ReplaceAllString(soleFigure(WithoutFootnotes(text), true), "")
	if onePointPattern.MatchString(figure) {
		text = strings.Replace(figure, ".", "", 1)
	}
	return ReadCount(text, MaxVotes)
}

// IsShare reports whether a percentage is a part of a whole.
func IsShare(d decimal.Decimal) bool { return !d.IsNegative() && d.LessThanOrEqual(Hundred) }

// Hundred is a whole in percent.
var Hundred = decimal.NewFromInt(100)

// Agree reports whether two figures can be one figure that is rounded, or cut off, to the digits of either.
func Agree(a, b decimal.Decimal) bool {
	unit := decimal.New(1, min(0, max(a.Exponent(), b.Exponent())))
	return a.Sub(b).Abs().LessThan(unit)
}

// digitsOf returns the digits of a text without all that stands between them.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

var (
	decimalPattern     = regexp.MustCompile(`^([+-]?)([0-9]{1,30})(?:([.,])([0-9]{1,30}))?$`)
	percentUnitPattern = regexp.MustCompile(
		`(?i)\s*(?:[%٪]?\s*(?:percentage points?|p\.?p\.?|points?|pts?)|%|٪|per ?cent)\.?$`)
	ofVotesPattern = regexp.MustCompile(`(?i)(%|٪|per ?cent)\s+of [^0-9%]*$`)
)

// percentSignPattern matches the sign or the words that say that a figure is a percentage.
var percentSignPattern = regexp.MustCompile(`(?i)[%٪]|\bper ?cent\b`)

// HasPercentSign reports whether a text says that its figure is a percentage.
func HasPercentSign(text string) bool { return percentSignPattern.MatchString(text) }

// raisedPointPattern matches the raised point that some write in decimals: 61·7.
var raisedPointPattern = regexp.MustCompile(`([0-9])[·⋅]([0-9])`)

// withPoint returns a text with plain points in the place of raised ones between digits.
func withPoint(text string) string {
	if !strings.ContainsAny(text, "·⋅") {
		return text
	}
	return raisedPointPattern.ReplaceAllString(text, "$1.$2")
}

// ReadPercent reads a percentage or a number of percentage points: 8.51, 37.00%, 37,5 %, -2.1. It keeps all digits
// that the text has.
func ReadPercent(text string) (*decimal.Decimal, string) {
	if IsAbsent(text) {
		return nil, ""
	}
	if d, ok := PlainPercent(text); ok {
		return &d, ""
	}
	s := soleFigure(WithoutFootnotes(withPoint(text)), false)
	if ContainsAny(s, "of ") {
		s = ofVotesPattern.ReplaceAllString(s, "$1")
	}
	s = percentUnitPattern.ReplaceAllString(s, "")
	if IsAbsent(s) { // a lone % is a form not filled in
		return nil, ""
	}
	s = minusReplacer.Replace(s)
	if strings.HasPrefix(s, ".") { // .5
		s = "0" + s
	}
	m := decimalPattern.FindStringSubmatch(s)
	if m == nil {
		return nil, unreadableProblem("a percentage", text)
	}
	sign, whole, point, places := m[1], m[2], m[3], m[4]
	if point == "," && len(places) == 3 {
		return nil, fmt.Sprintf(ambiguousPrefix+"%q can be read as %s%s and as %s.%s",
			text, whole, places, whole, places)
	}
	number := sign + whole
	if places != "" {
		number += "." + places
	}
	d, err := decimal.NewFromString(number)
	if err != nil || d.Abs().GreaterThanOrEqual(decimal.NewFromInt(schemas.ShareMax)) {
		return nil, fmt.Sprintf("expected a percentage below %d, found %s", schemas.ShareMax, Quote(text))
	}
	return &d, ""
}
