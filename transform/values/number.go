// Package values turns the text of a field into a value: counts, shares, dates, seats, turnout, colours, and the
// figures that the prose claims.
//
// A reader, such as ReadCount, returns a value and a problem: why the text cannot be read, in words. No value
// and no problem means that the text says that there is none. A function that begins with Plain reads the
// commonest form alone, and fast.
package values

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// ambiguousPrefix begins the problem of a text that can be read, and in more than one way.
const ambiguousPrefix = "two readings: "

// IsAmbiguous reports whether a problem is that of a text with two readings.
func IsAmbiguous(problem string) bool { return strings.HasPrefix(problem, ambiguousPrefix) }

// absentTexts are the texts by which editors say that there is no figure.
var absentTexts = map[string]bool{
	"": true, "-": true, "–": true, "—": true, "−": true, "‒": true, "―": true, "--": true, "---": true, "...": true, "…": true, "?": true,
	"n/a": true, "n.a.": true, "na": true, "not applicable": true, "unopposed": true, "elected unopposed": true, "uncontested": true, "unknown": true,
	"acclaimed": true, "acclamation": true, "by acclamation": true, "elected by acclamation": true,
	"tbd": true, "tba": true, "to be determined": true, "not available": true, "not known": true,
}

// IsAbsent reports whether a text says that there is no value.
func IsAbsent(text string) bool {
	if len(text) > 0 && (len(text) > longestAbsentText || text[0] >= '0' && text[0] <= '9') {
		return false
	}
	return absentTexts[strings.ToLower(text)]
}

// longestAbsentText is the length of the longest of the absences, in bytes.
const longestAbsentText = 32

// IsNameless reports whether a text in the place of a name says that there is none. It is narrower than
// absent: NA is a party, and so is Unknown.
func IsNameless(text string) bool {
	if text != "" && isLetter(text[0]) && strings.IndexByte("nNtT", text[0]) < 0 {
		return false
	}
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 ||
		len(text) <= len("to be determined") && strings.IndexByte("nNtT", text[0]) >= 0 && namelessTexts[strings.ToLower(text)]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

var namelessTexts = map[string]bool{"n/a": true, "n.a.": true, "tbd": true, "tba": true, "to be determined": true, "none": true}

// footnoteMarksPattern are marks at the end of a figure: [1], [note 2], *, †.
var footnoteMarksPattern = regexp.MustCompile(`(?:\s*\[[^\[\]]{0,20}\]|\s*[*†‡§¹²³⁰-⁹]+)+$`)

// withoutFootnotes is a text without the marks of footnotes at its end. Few texts have any, and their last
// byte tells.
func withoutFootnotes(text string) string {
	if n := len(text); n == 0 || text[n-1] < utf8.RuneSelf && text[n-1] != ']' && text[n-1] != '*' {
		return text
	}
	return footnoteMarksPattern.ReplaceAllString(text, "")
}

// minusReplacer folds every sign that is used for minus to the hyphen.
var minusReplacer = strings.NewReplacer("−", "-", "–", "-", "—", "-", "‒", "-", "‐", "-", "‑", "-", "－", "-", "﹣", "-")

// groups are digits in groups of three: 1,234,567 or 1 234 567 or 1.234.567 or 1'234'567.
var (
	digitsPattern        = regexp.MustCompile(`^[0-9]+$`)
	groupedDigitsPattern = regexp.MustCompile(`^[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:\.[0-9]{3})+|(?:['’][0-9]{3})+)$`)
	indianDigitsPattern  = regexp.MustCompile(`^[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}$`)
	onePointPattern      = regexp.MustCompile(`^[1-9][0-9]{0,2}\.[0-9]{3}$`)
	unitAfterPattern     = regexp.MustCompile(`(?i)\s*(?:seats?|(?:votes?|ballots?)(?: cast)?|members?|voters?|me?ps?|ms[ps]s?|mlas?|tds?|electorates?|constituencies|constituency|councill?ors?|deput(?:y|ies)|senators?|governorships?|mandates?)\.?$`)
)

// arrowExpr is a pattern of every arrow that stands for a sign.
const arrowExpr = `(?:▲|△|🔺|↑|▼|▽|🔻|↓|◄►|◄|►|▬)`

// hasArrow reports whether one of them stands in a text. It spares the patterns that need one.
func hasArrow(text string) bool {
	return strings.ContainsAny(text, "▲△🔺↑▼▽🔻↓◄►▬")
}

// What stands beside a figure and is no part of it: 72 ▲3, 72 (▲3), 23 (2 vacant), 2,345 (36.9%).
var (
	changeAfterPattern = regexp.MustCompile(`^(.*[0-9%].*?)\s*[,;]?\s*` + arrowExpr + `[^0-9▲△🔺↑▼▽🔻↓◄►▬]*(?:[0-9][0-9.,]*[^0-9▲△🔺↑▼▽🔻↓◄►▬]*)?$`)
	remarkAfterPattern = regexp.MustCompile(`^(.*[^\s])\s*\(([^()]*)\)$`)
	sharePattern       = regexp.MustCompile(`^[0-9][0-9.,]*\s*%$`)
	bareFigurePattern  = regexp.MustCompile(`^[0-9][0-9.,'’\s]*%?$`)
	partOfWholePattern = regexp.MustCompile(`(?i)^([0-9][0-9,]*)(?: seats)?\s*(?:/|(?:out )?of(?: the| a total of)?)\s*([0-9][0-9,]*)$`)
	figurePattern      = regexp.MustCompile(`[0-9][0-9.,'’]*`)
)

// soleFigure is a figure without the change that follows it and without remarks in brackets. A bracket of
// bare digits is no remark: it is a second figure, and so is a share beside a share.
func soleFigure(text string, isCount bool) string {
	s := text
	for range 4 {
		if !strings.HasSuffix(s, ")") {
			break
		}
		m := remarkAfterPattern.FindStringSubmatch(s)
		if m == nil || bareFigurePattern.MatchString(strings.TrimSpace(m[2])) && !(isCount && sharePattern.MatchString(strings.TrimSpace(m[2]))) {
			break
		}
		s = withoutFootnotes(m[1])
	}
	if hasArrow(s) {
		if m := changeAfterPattern.FindStringSubmatch(s); m != nil {
			s = withoutFootnotes(m[1])
		}
	}
	return s
}

// unreadableProblem is the problem of a text that is not what was expected; one of several figures has several
// readings.
func unreadableProblem(expected, text string) string {
	if len(figurePattern.FindAllString(text, 2)) > 1 {
		return fmt.Sprintf(ambiguousPrefix+"expected %s, found several figures: %s", expected, Quote(text))
	}
	return fmt.Sprintf("expected %s, found %s", expected, Quote(text))
}

// PlainCount reads digits alone, or in groups of three with commas, as most figures are; the patterns
// of readCount take the rest.
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
		case c >= '0' && c <= '9':
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

// PlainPercent reads 8.51 and 37.00%, as most shares are written; the patterns of readPercent take
// the rest.
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
		case c >= '0' && c <= '9':
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

// ReadCount reads a count of seats, votes or people: 52, 9,908,169, 1 234 567, "53 seats". The unit
// is that of the text. A count is at most max.
func ReadCount(text string, max int64) (*int64, string) {
	if IsAbsent(text) {
		return nil, ""
	}
	if n, ok := PlainCount(text); ok && n <= max {
		return &n, ""
	}
	s := withoutFootnotes(text)
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
		return nil, fmt.Sprintf(ambiguousPrefix+"%q can be read as %s and as %s with digits after a point", text, strings.Replace(s, ".", "", 1), s)
	case groupedDigitsPattern.MatchString(s), indianDigitsPattern.MatchString(s):
		s = strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, s)
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
	decimalPattern       = regexp.MustCompile(`^([+-]?)([0-9]{1,30})(?:([.,])([0-9]{1,30}))?$`)
	percentUnitPattern   = regexp.MustCompile(`(?i)\s*(?:[%٪]?\s*(?:percentage points?|p\.?p\.?|points?|pts?)|%|٪|per ?cent)\.?$`)
	ofVotesPattern       = regexp.MustCompile(`(?i)(%|٪|per ?cent)\s+of [^0-9%]*$`)
	approximationPattern = regexp.MustCompile(`(?i)^(?:~|≈|c\.|ca\.|circa|about|approx\.?|approximately|est\.?)\s*`)
)

// ReadPercent reads a percentage or a number of percentage points: 8.51, 37.00%, 37,5 %, -2.1. It
// keeps the digits written.
func ReadPercent(text string) (*decimal.Decimal, string) {
	if IsAbsent(text) {
		return nil, ""
	}
	if d, ok := PlainPercent(text); ok {
		return &d, ""
	}
	s := soleFigure(withoutFootnotes(text), false)
	if containsAny(s, "of ") {
		s = ofVotesPattern.ReplaceAllString(s, "$1")
	}
	s = percentUnitPattern.ReplaceAllString(s, "")
	if IsAbsent(s) { // a lone % is a form not filled in
		return nil, ""
	}
	s = minusReplacer.Replace(approximationPattern.ReplaceAllString(s, ""))
	if strings.HasPrefix(s, ".") { // .5
		s = "0" + s
	}
	m := decimalPattern.FindStringSubmatch(s)
	if m == nil {
		return nil, unreadableProblem("a percentage", text)
	}
	if m[3] == "," && len(m[4]) == 3 {
		return nil, fmt.Sprintf(ambiguousPrefix+"%q can be read as %s%s and as %s.%s", text, m[2], m[4], m[2], m[4])
	}
	number := m[1] + m[2]
	if m[4] != "" {
		number += "." + m[4]
	}
	d, err := decimal.NewFromString(number)
	if err != nil || d.Abs().GreaterThanOrEqual(decimal.NewFromInt(schemas.ShareMax)) {
		return nil, fmt.Sprintf("expected a percentage below %d, found %s", schemas.ShareMax, Quote(text))
	}
	return &d, ""
}

var (
	signPattern = regexp.MustCompile(`^\s*(?:([+±-])|(▲|△|🔺|↑|(?i:increase[d]?|up))|(▼|▽|🔻|↓|(?i:decrease[d]?|down))|(◄►|◄|►|▬|(?i:steady|no change|unchanged)))?`)
)

// cutSign takes the sign off a change: 1 for a rise, -1 for a fall, 0 for none given. steady
// reports a sign that says there was no change. The rest is the figure without its sign.
func cutSign(text string) (sign int, steady bool, rest string) {
	s := minusReplacer.Replace(text)
	m := signPattern.FindStringSubmatchIndex(s)
	switch {
	case m[2] >= 0:
		switch s[m[2]] {
		case '-':
			sign = -1
		case '+':
			sign = 1
		default:
			steady = true
		}
		rest = s[m[3]:]
	case m[4] >= 0:
		sign, rest = 1, s[m[5]:]
	case m[6] >= 0:
		sign, rest = -1, s[m[7]:]
	case m[8] >= 0:
		steady, rest = true, s[m[9]:]
	default:
		rest = s
	}
	return sign, steady, strings.TrimSpace(rest)
}

// hasNoComparison reports whether a text in the place of a change says that there is nothing to compare
// with: the contender is new, or did not stand.
func hasNoComparison(text string) bool {
	return IsAbsent(text) || newPartyPattern.MatchString(text) || notStandingPattern.MatchString(text)
}

var (
	comparedToPattern = regexp.MustCompile(`(?i)([0-9%p.])\s+(?:from|since|on|of|compared|vs\.?|relative)\s.*$`)
	arrowLastPattern  = regexp.MustCompile(`^([0-9][^▲△🔺↑▼▽🔻↓◄►▬]*?)\s*(` + arrowExpr + `)$`)
	arrowFirstPattern = regexp.MustCompile(`^\s*` + arrowExpr)
	arrowPattern      = regexp.MustCompile(arrowExpr)
)

// normalizeChange is a change as readSign reads it: without brackets around it, without what it is compared
// with, its arrow first.
func normalizeChange(text string) string {
	s := strings.TrimSpace(detachedArrowPattern.ReplaceAllString(withoutFootnotes(text), "($1 "))
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && strings.Count(s, "(") == 1 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if m := remarkAfterPattern.FindStringSubmatch(s); m != nil && !bareFigurePattern.MatchString(strings.TrimSpace(m[2])) {
		if sign, steady, _ := cutSign(m[2]); sign == 0 && !steady {
			s = m[1]
		}
	}
	return arrowLastPattern.ReplaceAllString(comparedToPattern.ReplaceAllString(s, "$1"), "$2 $1")
}

// cutPlainSign takes an arrow, a plus or a minus off a change, and says which way it goes.
func cutPlainSign(text string) (sign int, rest string) {
	switch {
	case strings.HasPrefix(text, "▲"):
		sign, rest = 1, text[len("▲"):]
	case strings.HasPrefix(text, "▼"):
		sign, rest = -1, text[len("▼"):]
	case strings.HasPrefix(text, "+"):
		sign, rest = 1, text[1:]
	case strings.HasPrefix(text, "-"):
		sign, rest = -1, text[1:]
	case strings.HasPrefix(text, "−"):
		sign, rest = -1, text[len("−"):]
	default:
		return 0, text
	}
	return sign, strings.TrimSpace(rest)
}

// plainSwing reads ▲2.1, -0.13 pp and 14.61pp, as most swings are written; the patterns of readSwing take
// the rest. The change has its sign.
func plainSwing(text string) (d decimal.Decimal, sign int, ok bool) {
	sign, rest := cutPlainSign(text)
	if figure, found := strings.CutSuffix(rest, "pp"); found {
		rest = strings.TrimSpace(figure)
		if strings.HasSuffix(rest, "%") {
			return d, 0, false
		}
	}
	d, ok = PlainPercent(rest)
	if sign < 0 && !d.IsZero() {
		d = d.Neg()
	}
	return d, sign, ok
}

// plainChange reads ▲4, −2 and 0, as most changes in seats are written; the patterns of readChange take
// the rest. The change has its sign.
func plainChange(text string) (n int64, sign int, ok bool) {
	sign, rest := cutPlainSign(text)
	n, ok = PlainCount(rest)
	if ok = ok && n <= MaxSeats; sign < 0 {
		n = -n
	}
	return n, sign, ok
}

// cutRepeatedSign is readSign, where the sign after an arrow may say once more what the arrow says.
func cutRepeatedSign(text string) (sign int, steady bool, rest string) {
	sign, steady, rest = cutSign(text)
	if !arrowFirstPattern.MatchString(text) {
		return sign, steady, rest
	}
	if again, still, last := cutSign(rest); again == sign && still == steady && last != rest {
		return sign, steady, last
	}
	return sign, steady, rest
}

// IsNewcomer reports whether a text in the place of a change says that the contender is new: "New",
// "▲ New".
func IsNewcomer(text string) bool {
	if !strings.ContainsAny(text, "nNfFcCeEdD") { // each text of newParty has one of them
		return false
	}
	_, _, rest := cutSign(normalizeChange(text))
	return newPartyPattern.MatchString(rest)
}

// ReadChange reads a signed change in seats: +4, −2, ▲ 3, 0. Without a sign a change other than zero
// has none to tell: it is nil, and unsigned says so.
func ReadChange(text string) (n *int64, unsigned bool, problem string) {
	if n, sign, ok := plainChange(text); ok {
		if sign == 0 && n != 0 {
			return nil, true, ""
		}
		return &n, false, ""
	}
	return parseChangePhrase(text)
}

func parseChangePhrase(text string) (n *int64, unsigned bool, problem string) {
	change := normalizeChange(text)
	if hasNoComparison(change) || IsNewcomer(change) {
		return nil, false, ""
	}
	sign, steady, rest := cutRepeatedSign(change)
	if steady && rest == "" {
		return new(int64), false, ""
	}
	n, problem = ReadCount(rest, MaxSeats)
	switch {
	case problem != "", n == nil && sign != 0, arrowPattern.MatchString(rest): // a sign without a figure, or two signs
		return nil, false, unreadableProblem("a signed number", text)
	case n == nil || *n == 0:
		return n, false, ""
	case sign == 0:
		return nil, true, ""
	}
	*n *= int64(sign)
	return n, false, ""
}

// ReadSwing reads a signed change in percentage points: +1.2, ▼0.13 pp. As readChange, without a sign
// there is none to tell.
func ReadSwing(text string) (d *decimal.Decimal, unsigned bool, problem string) {
	if d, sign, ok := plainSwing(text); ok {
		if sign == 0 && !d.IsZero() {
			return nil, true, ""
		}
		return &d, false, ""
	}
	return parseSwingPhrase(text)
}

func parseSwingPhrase(text string) (d *decimal.Decimal, unsigned bool, problem string) {
	change := normalizeChange(text)
	if hasNoComparison(change) || IsNewcomer(change) {
		return nil, false, ""
	}
	sign, steady, rest := cutRepeatedSign(approximationPattern.ReplaceAllString(change, ""))
	if steady && rest == "" {
		return new(decimal.Decimal), false, ""
	}
	d, problem = ReadPercent(rest)
	switch {
	case problem != "", d == nil && sign != 0, strings.ContainsAny(rest, "+-"), arrowPattern.MatchString(rest): // a sign without a figure, or two signs
		return nil, false, unreadableProblem("a change in percentage points", text)
	case d == nil || d.IsZero():
		return d, false, ""
	case sign == 0:
		return nil, true, ""
	case sign < 0:
		*d = d.Neg()
	}
	return d, false, ""
}

// containsAny reports whether a text has one of some words in it, which are in lower case. It spares the patterns
// that need one of them, since few texts do.
func containsAny(text string, words ...string) bool {
	lower := strings.ToLower(text)
	for _, word := range words {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// Quote is a text as a message quotes it, not more of it than a line.
func Quote(text string) string {
	const most = 60
	runes := []rune(text[:min(len(text), 4*most+4)])
	if len(runes) > most {
		return strconv.Quote(string(runes[:most]) + "…")
	}
	return strconv.Quote(text)
}

// The most that the columns for seats and votes hold.
const (
	MaxSeats = math.MaxInt32
	MaxVotes = math.MaxInt64
)
