package transform

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// turnout is what a turnout field says.
type turnout struct {
	pct      *decimal.Decimal // percent
	change   *decimal.Decimal // percentage points
	unsigned string           // the change as written, where its sign cannot be told
	votes    *int64           // votes cast, where the field counts them
}

var (
	brackets    = regexp.MustCompile(`\(([^()]*)\)`)
	points      = regexp.MustCompile(`(?i)(?:pp|p\.p\.|percentage points?|points?|pts?)\.?\s*$`)
	percentText = regexp.MustCompile(`(?:^|[^0-9.,])((?:~|≈|c\. ?|ca\. ?)?-?[0-9]{1,30}(?:[.,][0-9]{1,30})?)\s*(?:%|٪|per ?cent)`)
	pointsAfter = regexp.MustCompile(`^(.*?(?:%|٪))\s*((?:\[[^\[\]]{0,20}\])*)\s*(.+)$`)
	ofVoters    = regexp.MustCompile(`(?i)(%|٪|per ?cent)\s+(?:of|among) (?:the |all )?(?:registered|eligible|enrolled|voters|electorate|voting)[^0-9%]*$`)
)

// readTurnout reads turnout: 37.00%, "78.92% (▼0.13pp)", "1,234,567 (56.7%)", "37". A bracket that
// carries a sign, or is in points, or follows a percentage, is the change; so are points with a sign
// that follow without one.
func readTurnout(text string) (t turnout, problem string) {
	if d, ok := plainPercentOf(text); ok {
		return turnout{pct: &d}, ""
	}
	if absent(text) {
		return t, ""
	}
	s := footnotes.ReplaceAllString(text, "")
	outside := strings.TrimSpace(brackets.ReplaceAllString(s, " "))
	var inside []string
	for _, m := range brackets.FindAllStringSubmatch(s, -1) {
		inside = append(inside, strings.TrimSpace(m[1]))
	}
	if m := pointsAfter.FindStringSubmatch(outside); m != nil {
		if sign, steady, _ := readSign(m[3]); sign != 0 || steady || points.MatchString(m[3]) && len(percentText.FindAllString(m[3], 1)) == 0 {
			outside, inside = m[1], append([]string{m[3]}, inside...)
		}
	}
	outside = ofVoters.ReplaceAllString(outside, "$1")

	// A count of votes stands before its share in brackets.
	share := ""
	for _, content := range inside {
		if sign, steady, _ := readSign(content); sign == 0 && !steady && !points.MatchString(content) && percentText.MatchString(content) && share == "" {
			share = ofVoters.ReplaceAllString(content, "$1")
		}
	}
	count, _ := readCount(outside, maxVotes)
	rate, unread := readPercent(outside)
	switch {
	case count != nil && share != "" && *count <= 100:
		return t, fmt.Sprintf(twoReadings+"%s can be read as %s votes and as %s percent", shown(text), outside, outside)
	case (count != nil || outside == "") && share != "":
		if rate, problem = readPercent(share); problem != "" {
			return turnout{}, problem
		}
		t.votes = count
	case unread != "" && len(percentText.FindAllString(outside, 2)) > 1:
		return t, fmt.Sprintf(twoReadings+"%s states several percentages; expected one", shown(text))
	case unread != "" && count != nil && len(inside) > 0:
		t.votes = count
	case unread != "":
		return t, fmt.Sprintf("expected turnout in percent, found %s", shown(text))
	default:
		share = ""
	}
	t.pct = rate
	for _, content := range inside {
		sign, steady, _ := readSign(content)
		isChange := points.MatchString(content) || sign != 0 || steady || share == "" && percentSign.MatchString(content)
		if t.pct == nil || t.change != nil || t.unsigned != "" || !isChange {
			continue
		}
		change, unsigned, problem := readSwing(content)
		if problem != "" {
			return turnout{}, problem
		}
		t.change = change
		if unsigned {
			t.unsigned = content
		}
	}
	return t, ""
}
