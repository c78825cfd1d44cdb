package values

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// minusReplacer replaces every sign that is used for minus by the hyphen.
var minusReplacer = strings.NewReplacer(
	"−", "-", "–", "-", "—", "-", "‒", "-", "‐", "-", "‑", "-", "－", "-", "﹣", "-")

// signPattern matches the sign of a change in one of its groups: a plus or a minus, and what says that a figure rose,
// fell or stayed.
var signPattern = regexp.MustCompile(
	`^\s*(?:([+±-])|(▲|△|🔺|↑|(?i:increase[d]?|up))|(▼|▽|🔻|↓|(?i:decrease[d]?|down))|` +
		`(◄►|◄|►|▬|(?i:steady|no change|unchanged)))?`,
)

// cutSign cuts the sign off a change: 1 for a rise, -1 for a fall, 0 if it has none. steady reports a sign that says
// that there was no change. rest is the figure without its sign.
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

// hasNoComparison reports whether a text in the place of a change says that there is nothing to compare with: the
// contender is new, or did not stand.
func hasNoComparison(text string) bool {
	return IsAbsent(text) || newPartyPattern.MatchString(text) || notStandingPattern.MatchString(text)
}

var (
	comparedToPattern = regexp.MustCompile(`(?i)([0-9%p.])\s+(?:from|since|on|of|compared|vs\.?|relative)\s.*$`)
	arrowLastPattern  = regexp.MustCompile(`^([0-9]` + otherThanArrowExpr + `*?)\s*(` + arrowExpr + `)$`)
	arrowFirstPattern = regexp.MustCompile(`^\s*` + arrowExpr)
	arrowPattern      = regexp.MustCompile(arrowExpr)
	// detachedArrowPattern matches an arrow before the bracket that holds its figure.
	detachedArrowPattern = regexp.MustCompile(`(` + arrowExpr + `)\s*\(`)
)

// normalizeChange returns a change as cutSign reads it: without brackets around it, without what it is compared with,
// and with its arrow first.
func normalizeChange(text string) string {
	s := strings.TrimSpace(detachedArrowPattern.ReplaceAllString(WithoutFootnotes(text), "($1 "))
	s = withoutBrackets(s)
	m := remarkAfterPattern.FindStringSubmatch(s)
	if m != nil && !bareFigurePattern.MatchString(strings.TrimSpace(m[2])) {
		if sign, steady, _ := cutSign(m[2]); sign == 0 && !steady {
			s = m[1]
		}
	}
	return arrowLastPattern.ReplaceAllString(comparedToPattern.ReplaceAllString(s, "$1"), "$2 $1")
}

// changeBesidePattern matches a change with its sign behind the figure that changed: 72 ▲3, 72 (+3), 37.1% (▼ 2.0 pp).
// Without an arrow or brackets, the sign is part of the change: 72 +3.
var changeBesidePattern = regexp.MustCompile(`^[0-9][0-9.,'’ ]*%?\s*(?:` +
	`\(\s*((?:` + arrowExpr + `|[+−–-])\s*` + changeFigureExpr + `)\s*\)|` +
	`[,;]?\s*(` + arrowExpr + `\s*` + changeFigureExpr + `)|\s([+−]` + changeFigureExpr + `))$`)

const changeFigureExpr = `[0-9][0-9.,]*\s*(?:%|pp|p\.p\.|points?|percentage points?|seats?)?`

// ChangeBeside returns the change that stands behind the figure of a text, "" if there is none.
func ChangeBeside(text string) string {
	if text == "" || !IsDigit(text[0]) || !strings.ContainsAny(text, "+−–-(▲△🔺↑▼▽🔻↓") {
		return ""
	}
	m := changeBesidePattern.FindStringSubmatch(WithoutFootnotes(text))
	if m == nil {
		return ""
	}
	return m[1] + m[2] + m[3]
}

// withoutBrackets returns a text without the brackets around the whole of it.
func withoutBrackets(text string) string {
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") && strings.Count(text, "(") == 1 {
		return strings.TrimSpace(text[1 : len(text)-1])
	}
	return text
}

// cutPlainSign cuts an arrow, a plus or a minus off a change, and says which way it goes.
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

// plainSwing reads ▲2.1, -0.13 pp and 14.61pp, as most swings are written; parseSwingPhrase reads the other forms. The
// change has its sign.
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

// plainChange reads ▲4, −2 and 0, as most changes in seats are written; parseChangePhrase reads the other forms. The
// change has its sign.
func plainChange(text string) (n int64, sign int, ok bool) {
	sign, rest := cutPlainSign(text)
	n, ok = PlainCount(rest)
	if ok = ok && n <= MaxSeats; sign < 0 {
		n = -n
	}
	return n, sign, ok
}

// cutRepeatedSign does as cutSign does, and also cuts a sign that follows an arrow and says the same as the arrow.
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

// hasSign reports whether a change whose sign was cut off has another one.
func hasSign(rest string) bool {
	return strings.ContainsAny(rest, "+-") || arrowPattern.MatchString(rest)
}

// IsNewcomer reports whether a text in the place of a change says that the contender is new: "New", "▲ New".
func IsNewcomer(text string) bool {
	if !strings.ContainsAny(text, "nNfFcCeEdD") { // each text that newPartyPattern matches has one of them
		return false
	}
	_, _, rest := cutSign(normalizeChange(text))
	return newPartyPattern.MatchString(rest)
}

// ReadChange reads a signed change in seats: +4, −2, ▲ 3, 0. If a change other than zero has no sign, it is nil, and
// unsigned is true.
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
	case problem != "",
		n == nil && sign != 0,
		hasSign(rest): // a sign without a figure, or two signs
		return nil, false, unreadableProblem("a signed number", text)
	case n == nil || *n == 0:
		return n, false, ""
	case sign == 0:
		return nil, true, ""
	}
	*n *= int64(sign)
	return n, false, ""
}

// ReadSwing reads a signed change in percentage points: +1.2, ▼0.13 pp. If a swing other than zero has no sign, it is
// nil, and unsigned is true.
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
	sign, steady, rest := cutRepeatedSign(change)
	if steady && rest == "" {
		return new(decimal.Decimal), false, ""
	}
	d, problem = ReadPercent(rest)
	switch {
	case problem != "", d == nil && sign != 0, hasSign(rest):
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
