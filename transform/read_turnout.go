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
)

// readTurnout reads turnout: 37.00%, "78.92% (▼0.13pp)", "1,234,567 (56.7%)", "37". A bracket that
// carries a sign, or is in points, or follows a percentage, is the change.
func readTurnout(text string) (t turnout, problem string) {
	if absent(text) {
		return t, ""
	}
	s := footnotes.ReplaceAllString(text, "")
	outside := strings.TrimSpace(brackets.ReplaceAllString(s, " "))
	inside := brackets.FindAllStringSubmatch(s, -1)

	t.pct, problem = readPercent(outside)
	if problem != "" {
		if count, _ := readCount(outside, maxVotes); count != nil && len(inside) > 0 {
			t.votes, problem = count, ""
		} else if rates := percentText.FindAllStringSubmatch(outside, -1); len(rates) > 1 {
			return t, fmt.Sprintf("%s states %d percentages; expected one", shown(text), len(rates))
		} else {
			return t, fmt.Sprintf("expected turnout in percent, found %s", shown(text))
		}
	}
	for _, m := range inside {
		content := strings.TrimSpace(m[1])
		isPoints := points.MatchString(content)
		sign, steady, _ := readSign(content)
		switch {
		case t.pct == nil && !isPoints && sign == 0 && percentText.MatchString(content):
			if t.pct, problem = readPercent(content); problem != "" {
				return turnout{}, problem
			}
		case t.pct != nil && t.change == nil && t.unsigned == "" && (isPoints || sign != 0 || steady || percentSign.MatchString(content)):
			change, unsigned, p := readSwing(content)
			if p != "" {
				return t, p
			}
			t.change = change
			if unsigned {
				t.unsigned = content
			}
		}
	}
	return t, ""
}
