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
	Unsigned string           // the change as written, where its sign cannot be told
	Votes    *int64           // votes cast, where the field counts them
}

var (
	bracketsPattern      = regexp.MustCompile(`\(([^()]*)\)`)
	pointsPattern        = regexp.MustCompile(`(?i)(?:pp|p\.p\.|percentage points?|points?|pts?)\.?\s*$`)
	percentagePattern    = regexp.MustCompile(`(?:^|[^0-9.,])((?:~|≈|c\. ?|ca\. ?)?-?[0-9]{1,30}(?:[.,][0-9]{1,30})?)\s*(?:%|٪|per ?cent)`)
	pointsAfterPattern   = regexp.MustCompile(`^(.*?(?:%|٪))\s*((?:\[[^\[\]]{0,20}\])*)\s*(.+)$`)
	detachedArrowPattern = regexp.MustCompile(`(` + arrowExpr + `)\s*\(`)
	arrowAfterPattern    = regexp.MustCompile(`^(.*[0-9%٪].*?)\s*[,;]?\s*(` + arrowExpr + `[^▲△🔺↑▼▽🔻↓◄►▬]*)$`)
	boundPattern         = regexp.MustCompile(`(?i)\b(?:over|under|above|below|more|less|least|most|nearly|almost|between)\b|[<>≤≥±]|[0-9] ?[-–] ?[0-9]`)
	ofVotersPattern      = regexp.MustCompile(`(?i)(%|٪|per ?cent)\s+(?:of|among) (?:the |all )?(?:registered|eligible|enrolled|voters|electorate|voting)[^0-9%]*$`)
)

// ReadTurnout reads turnout: 37.00%, "78.92% (▼0.13pp)", "1,234,567 (56.7%)", "37". A bracket that
// carries a sign, or is in points, or follows a percentage, is the change; so are points with a sign
// that follow without one. A count alone is the votes cast; a change that cannot be read leaves the
// turnout as it is.
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
// phraseOfTurnout takes the rest.
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

// parseTurnoutPhrase reads what is no plain percentage.
func parseTurnoutPhrase(text string) (t Turnout, problem string) {
	if IsAbsent(text) {
		return t, ""
	}
	s := withoutFootnotes(text)
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
	if !hasPercentages(outside, 1) { // 1,234,567 (56.7%, ▲1.2 pp)
		var parts []string
		for _, content := range inside {
			share, change := splitChange(content)
			if !hasPercentages(share, 1) {
				share, change = content, ""
			}
			parts = append(parts, share, change)
		}
		inside = parts
	}
	outside, change := splitChange(outside)
	if change != "" {
		inside = append([]string{change}, inside...)
	}
	outside = ofVotersPattern.ReplaceAllString(outside, "$1")

	// A count of votes stands before its share in brackets.
	share := ""
	for _, content := range inside {
		if sign, steady, _ := cutSign(content); sign == 0 && !steady && !pointsPattern.MatchString(content) && percentagePattern.MatchString(content) && share == "" {
			share = ofVotersPattern.ReplaceAllString(content, "$1")
		}
	}
	rate, unread := ReadPercent(outside)
	several := unread != "" && len(percentagePattern.FindAllString(outside, 2)) > 1
	if several && share == "" { // of two rounds, for one
		return t, fmt.Sprintf(ambiguousPrefix+"%s states several percentages; expected one", Quote(text))
	}
	count, _ := ReadCount(outside, MaxVotes)
	switch {
	case count != nil && share != "" && *count <= 100:
		return t, fmt.Sprintf(ambiguousPrefix+"%s can be read as %s votes and as %s percent", Quote(text), outside, outside)
	case (count != nil || outside == "") && share != "":
		if rate, problem = ReadPercent(share); problem != "" {
			return Turnout{}, problem
		}
		t.Votes = count
	case several:
		return t, fmt.Sprintf(ambiguousPrefix+"%s states several percentages; expected one", Quote(text))
	case unread != "" && count != nil && (len(inside) > 0 || isVoteCount(outside)):
		t.Votes = count
	case unread != "" && len(percentagePattern.FindAllString(outside, 1)) == 1 && !boundPattern.MatchString(outside):
		if rate, problem = ReadPercent(percentagePattern.FindStringSubmatch(outside)[1]); problem != "" {
			return Turnout{}, fmt.Sprintf("expected turnout in percent, found %s", Quote(text))
		}
	case unread != "":
		return t, fmt.Sprintf("expected turnout in percent, found %s", Quote(text))
	default:
		share = ""
	}
	t.Percent = rate
	for _, content := range inside {
		sign, steady, _ := cutSign(content)
		isChange := pointsPattern.MatchString(content) || sign != 0 || steady || hasArrow(content) || share == "" && percentUnitPattern.MatchString(content)
		if t.Percent == nil || t.Change != nil || t.Unsigned != "" || !isChange {
			continue
		}
		change, unsigned, problem := ReadSwing(content)
		if problem != "" {
			return t, problem
		}
		t.Change = change
		if unsigned {
			t.Unsigned = content
		}
	}
	return t, ""
}

// splitChange takes the change off the share before it: 62.5% ▲ 1.9 pp, 60.1% 1.5 pp. It is "" where there
// is none, and where it is a second share.
func splitChange(text string) (share, change string) {
	if hasArrow(text) {
		if m := arrowAfterPattern.FindStringSubmatch(text); m != nil && !hasPercentages(comparedToPattern.ReplaceAllString(m[2], "$1"), 2) { // of two rounds, for one
			if figurePattern.MatchString(m[2]) { // an arrow alone says no figure
				change = m[2]
			}
			return m[1], change
		}
	}
	m := pointsAfterPattern.FindStringSubmatch(text)
	if m == nil || hasPercentages(comparedToPattern.ReplaceAllString(m[3], "$1"), 2) {
		return text, ""
	}
	if sign, steady, _ := cutSign(m[3]); sign != 0 || steady || pointsPattern.MatchString(m[3]) && !hasPercentages(m[3], 1) {
		return m[1], strings.TrimLeft(m[3], ",; ")
	}
	return text, ""
}

// hasPercentages reports whether a text states so many percentages, or more.
func hasPercentages(text string, n int) bool {
	return len(percentagePattern.FindAllString(text, n)) == n
}

// isVoteCount reports whether a count in the place of turnout can only be one of votes: read as percent
// with digits after a comma it would be above 100.
func isVoteCount(count string) bool {
	whole, thousands, _ := strings.Cut(count, ",")
	n, problem := ReadCount(whole, MaxVotes)
	return problem == "" && n != nil && (*n > 100 || strings.Contains(thousands, ","))
}

// ReadRegistered reads a number of voters. A change in brackets is left out, and so is an arrow before the
// figure.
func ReadRegistered(text string) (*int64, string) {
	text = strings.TrimSpace(bracketsPattern.ReplaceAllString(text, ""))
	if hasArrow(text) {
		text = strings.TrimSpace(arrowFirstPattern.ReplaceAllString(text, ""))
	}
	return ReadCount(text, MaxVotes)
}
