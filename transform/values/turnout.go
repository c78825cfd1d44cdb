package values

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// Turnout is what a turnout field says.
type Turnout struct {
	Percent  *decimal.Decimal // percent
	Change   *decimal.Decimal // percentage points
	Unsigned string           // the change as written, if it has no sign
	Votes    *int64           // votes cast, if the field counts them
}

var (
	bracketsPattern   = regexp.MustCompile(`\(([^()]*)\)`)
	pointsPattern     = regexp.MustCompile(`(?i)(?:pp|p\.p\.|percentage points?|points?|pts?)\.?\s*$`)
	percentagePattern = regexp.MustCompile(
		`(?:^|[^0-9.,'’·/])(-?[0-9]{1,30}(?:[.,][0-9]{1,30})?)\s*(?:%|٪|per ?cent)`)
	pointsAfterPattern = regexp.MustCompile(`^(.*?(?:%|٪))\s*((?:\[[^\[\]]{0,20}\])*)\s*(.+)$`)
	arrowAfterPattern  = regexp.MustCompile(`^(.*[0-9%٪].*?)\s*[,;]?\s*(` + arrowExpr + otherThanArrowExpr + `*)$`)
	// guessInTurnoutPattern matches the words that make a figure of turnout a guess, with the figure's first digit.
	guessInTurnoutPattern = regexp.MustCompile(
		`(?i)(^|[(\s])(?:[` + guessSigns + `]|` + guessWordsExpr + `\s|c\.|ca\.)\s*([0-9])`)
	// boundPattern matches what makes a percentage a bound or a range.
	boundPattern = regexp.MustCompile(`(?i)\b(?:` + boundWordsExpr + `|` + boundAfterExpr + `)(?:[\s)]|$)|` +
		`[` + boundSigns + `±]|[0-9] ?[-–] ?[0-9]`)
	// countOfVotesPattern matches votes by their unit, or as a part of the voters: 1,234,567 of 2,000,000.
	countOfVotesPattern = regexp.MustCompile(`(?i)^[0-9][0-9,.'’ ]*(?:votes?|ballots?|voters?|(?:out )?of [0-9])`)
	yearOnlyPattern     = regexp.MustCompile(`^(?:1[89]|20)[0-9]{2}$`)
	ofVotersPattern     = regexp.MustCompile(
		`(?i)(%|٪|per ?cent)\s+(?:of|among) (?:the |all )?` +
			`(?:registered|eligible|enrolled|voters|electorate|voting)[^0-9%]*$`)
)

// ReadTurnout reads turnout: 37.00%, "78.92% (▼0.13pp)", "1,234,567 (56.7%)", "37". A bracket is the change if it has
// a sign, is in points, or follows a percentage; so are points with a sign that follow without a bracket. A count
// alone is the votes cast. If the change cannot be read, the turnout is given beside the problem.
func ReadTurnout(text string) (t Turnout, problem string) {
	if d, ok := PlainPercent(text); ok {
		return Turnout{Percent: &d}, ""
	}
	if t, ok := plainTurnout(text); ok {
		return t, ""
	}
	return parseTurnoutPhrase(text)
}

// plainTurnout reads 78.92% (▼0.13pp) and 62.5% ▲ 1.9 pp, as most turnouts with a change are written;
// parseTurnoutPhrase reads the other forms.
func plainTurnout(text string) (t Turnout, ok bool) {
	share, rest, ok := strings.Cut(text, "%")
	if !ok {
		return t, false
	}
	pct, ok := PlainPercent(share)
	content := strings.TrimSpace(rest)
	if inner, opened := strings.CutPrefix(content, "("); opened {
		inner, closed := strings.CutSuffix(inner, ")")
		content, ok = strings.TrimSpace(inner), ok && closed
	} else if !strings.HasPrefix(content, "▲") && !strings.HasPrefix(content, "▼") {
		return t, false
	}
	if !ok {
		return t, false
	}
	change, sign, ok := plainSwing(content)
	switch {
	case !ok || sign == 0 && !strings.HasSuffix(content, "pp"):
		return t, false
	case sign == 0 && !change.IsZero():
		return Turnout{Percent: &pct, Unsigned: content}, true
	}
	return Turnout{Percent: &pct, Change: &change}, true
}

// parseTurnoutPhrase reads turnout in any form.
func parseTurnoutPhrase(text string) (t Turnout, problem string) {
	if IsAbsent(text) {
		return t, ""
	}
	exact, problem, ok := CutInexact(text)
	if !ok {
		return t, problem
	}
	exact = withPoint(exact)
	exact = guessInTurnoutPattern.ReplaceAllString(exact, "$1$2")
	p := newTurnoutPhrase(exact)
	t, besideCount, problem := p.readLevel()
	if problem == "" {
		problem = p.readBareFigures(&t)
	}
	if problem == "" {
		problem = p.readChange(&t, besideCount)
	}
	if problem == "" && exact != withPoint(text) {
		problem = guessProblem(text)
	}
	return t, problem
}

// turnoutPhrase is a text on turnout in its parts.
type turnoutPhrase struct {
	text     string   // as written
	outside  string   // what stands outside of brackets, without a change
	brackets []string // what stands in each pair of brackets, after a change that stands outside of them
}

func newTurnoutPhrase(text string) turnoutPhrase {
	s := WithoutFootnotes(text)
	if hasArrow(s) {
		s = detachedArrowPattern.ReplaceAllString(s, "($1 ")
		if at := arrowFirstPattern.FindStringIndex(s); at != nil {
			s = strings.TrimSpace(s[at[1]:])
		}
	}
	outside := strings.TrimSpace(bracketsPattern.ReplaceAllString(s, " "))
	var inside []string
	for _, m := range bracketsPattern.FindAllStringSubmatch(s, -1) {
		inside = append(inside, strings.TrimSpace(m[1]))
	}
	if !hasPercentages(outside, 1) {
		inside = splitChanges(inside)
	}
	outside, change := splitChange(outside)
	if change != "" {
		inside = append([]string{change}, inside...)
	}
	if m := shareAndCountPattern.FindStringSubmatch(outside); m != nil { // 61.7%, 1,234,567 votes
		outside = m[2] + " " + m[1] + "%"
	}
	return turnoutPhrase{text: text, outside: ofVotersPattern.ReplaceAllString(outside, "$1"), brackets: inside}
}

// splitChanges splits shares from the changes that stand in the same brackets: 1,234,567 (56.7%, ▲1.2 pp).
func splitChanges(brackets []string) (parts []string) {
	for _, content := range brackets {
		share, change := splitChange(content)
		if !hasPercentages(share, 1) {
			share, change = content, ""
		}
		parts = append(parts, share, change)
	}
	return parts
}

// readLevel reads the turnout itself. besideCount reports that a share of the voters stands in brackets, behind a count
// of votes or other words, so that a share in brackets is no change.
func (p *turnoutPhrase) readLevel() (t Turnout, besideCount bool, problem string) {
	share := p.shareInBrackets()
	rate, unreadable := ReadPercent(p.outside)
	count, _ := ReadCount(p.outside, MaxVotes)
	if beside, ok := p.countBesideShare(); ok && share == "" {
		return beside, false, ""
	}
	hasSeveral := unreadable != "" && hasPercentages(p.outside, 2) // those of two rounds, for example
	switch {
	case hasSeveral && (share == "" || count == nil):
		return t, false, fmt.Sprintf(ambiguousPrefix+"%s states several percentages; expected one", Quote(p.text))
	case count != nil && share != "" && *count <= 100:
		return t, false, fmt.Sprintf(ambiguousPrefix+"%s can be read as %s votes and as %s percent",
			Quote(p.text), p.outside, p.outside)
	case share != "" && (count != nil || p.outside == ""):
		if _, bound, ok := CutInexact(share); !ok {
			return Turnout{Votes: count}, true, bound
		}
		if rate, problem = ReadPercent(share); problem != "" {
			return t, false, problem
		}
		return Turnout{Percent: rate, Votes: count}, true, ""
	case unreadable == "":
		return Turnout{Percent: rate}, false, ""
	case count != nil && (len(p.brackets) > 0 || isVoteCount(p.outside)):
		return Turnout{Votes: count}, share != "", ""
	}
	t, problem = p.readAmongWords()
	return t, share != "" && problem == "", problem
}

// countBesideShare reads a count and the share of the voters behind it, without brackets: 12,345,678 59.7%.
func (p *turnoutPhrase) countBesideShare() (t Turnout, ok bool) {
	m := countAndSharePattern.FindStringSubmatch(p.outside)
	if m == nil {
		return t, false
	}
	votes, share, problem := ReadVotes(m[1] + " " + m[2] + "%")
	return Turnout{Percent: share, Votes: votes}, problem == "" && share != nil
}

// readAmongWords reads the percentage that stands among other words, unless they make it a bound.
func (p *turnoutPhrase) readAmongWords() (t Turnout, problem string) {
	if boundPattern.MatchString(p.outside) && figurePattern.MatchString(p.outside) {
		return t, boundProblem(p.text)
	}
	if m := percentagePattern.FindStringSubmatch(p.outside); m != nil && !boundPattern.MatchString(p.outside) {
		if rate, unreadable := ReadPercent(m[1]); unreadable == "" {
			return Turnout{Percent: rate}, ""
		}
	}
	return t, fmt.Sprintf("expected turnout in percent, found %s", Quote(p.text))
}

// shareInBrackets returns the first percentage in brackets that is no change, "" if there is none. It is the share of
// the voters whose count stands before it.
func (p *turnoutPhrase) shareInBrackets() string {
	for _, content := range p.brackets {
		sign, steady, _ := cutSign(content)
		isChange := sign != 0 || steady || pointsPattern.MatchString(content)
		if !isChange && percentagePattern.MatchString(content) {
			return ofVotersPattern.ReplaceAllString(content, "$1")
		}
	}
	return ""
}

// readBareFigures reads a figure in brackets without a percent sign behind the turnout: votes cast, if it can be
// nothing else. A smaller one without a unit can be a change or a second turnout. A year is a remark.
func (p *turnoutPhrase) readBareFigures(t *Turnout) (problem string) {
	if t.Percent == nil {
		return ""
	}
	for _, content := range p.brackets {
		isBare := bareFigurePattern.MatchString(content) && !HasPercentSign(content)
		if !isBare && !countOfVotesPattern.MatchString(content) || yearOnlyPattern.MatchString(content) {
			continue
		}
		count, _ := ReadCount(content, MaxVotes)
		if count == nil && !isBare {
			continue
		}
		if count == nil || *count <= 100 || t.Votes != nil {
			return AmbiguousProblem("whether %s in brackets is a change, or the turnout of another round, cannot be told "+
				"from %s; the turnout before it is kept", content, Quote(p.text))
		}
		t.Votes = count
	}
	return ""
}

// readChange reads the first change in brackets.
func (p *turnoutPhrase) readChange(t *Turnout, besideCount bool) (problem string) {
	if t.Percent == nil {
		return ""
	}
	for _, content := range p.brackets {
		sign, steady, _ := cutSign(content)
		isSigned := sign != 0 || steady || hasArrow(content)
		inPercent := !besideCount && percentUnitPattern.MatchString(content)
		if isChange := isSigned || inPercent || pointsPattern.MatchString(content); !isChange {
			continue
		}
		change, unsigned, problem := ReadSwing(content)
		if problem != "" {
			return problem
		}
		if t.Change = change; unsigned {
			t.Unsigned = content
		}
		if change != nil || unsigned {
			return ""
		}
	}
	return ""
}

// splitChange splits a share from the change behind it: 62.5% ▲ 1.9 pp, 60.1% 1.5 pp. The change is "" if there is
// none, or if it is a second share.
func splitChange(text string) (share, change string) {
	if hasArrow(text) {
		if m := arrowAfterPattern.FindStringSubmatch(text); m != nil && !hasSecondPercentage(m[2]) {
			if figurePattern.MatchString(m[2]) { // an arrow alone gives no figure
				change = m[2]
			}
			return m[1], change
		}
	}
	m := pointsAfterPattern.FindStringSubmatch(text)
	if m == nil || hasSecondPercentage(m[3]) {
		return text, ""
	}
	if strings.HasPrefix(text[len(m[1]):], "–") && hasPercentages(m[3], 1) { // a range: 61.7%–62.0%
		return text, ""
	}
	sign, steady, _ := cutSign(m[3])
	isPoints := pointsPattern.MatchString(m[3]) && !hasPercentages(m[3], 1)
	if sign != 0 || steady || isPoints {
		return m[1], strings.TrimLeft(m[3], ",; ")
	}
	return text, ""
}

// hasSecondPercentage reports whether a change states two percentages: one of them is then the turnout of another
// round. What a change is compared with does not count.
func hasSecondPercentage(change string) bool {
	change = comparedToPattern.ReplaceAllString(change, "$1")
	most := 2
	if figureInPointsPattern.MatchString(change) { // ▲ 2.1 pp, 55.1%
		most = 1
	}
	return hasPercentages(change, most)
}

// figureInPointsPattern matches a change in points.
var figureInPointsPattern = regexp.MustCompile(`(?i)[0-9]\s*(?:pp|p\.p\.|percentage points?|points?)(?:[^\pL]|$)`)

// hasPercentages reports whether a text states n percentages or more.
func hasPercentages(text string, n int) bool {
	return len(percentagePattern.FindAllString(text, n)) == n
}

// isVoteCount reports whether a count in the place of turnout can only be one of votes: read as a percentage with
// digits after a comma, it would be above 100.
func isVoteCount(count string) bool {
	whole, thousands, _ := strings.Cut(count, ",")
	n, problem := ReadCount(whole, MaxVotes)
	return problem == "" && n != nil && (*n > 100 || strings.Contains(thousands, ","))
}

// ReadRegistered reads a number of voters. It leaves out a change in brackets, and an arrow before the figure. A second
// figure in brackets is a second reading.
func ReadRegistered(text string) (*int64, string) {
	figure := text
	if hasArrow(figure) {
		figure = strings.TrimSpace(arrowFirstPattern.ReplaceAllString(figure, ""))
	}
	if m := bracketsPattern.FindStringSubmatch(figure); m == nil || !isSecondFigure(strings.TrimSpace(m[1]), true) {
		figure = strings.TrimSpace(bracketsPattern.ReplaceAllString(figure, ""))
	}
	return ReadCount(figure, MaxVotes)
}
