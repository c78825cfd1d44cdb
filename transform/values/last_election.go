package values

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	newPartyPattern        = regexp.MustCompile(`(?i)^(?:new(?:ly)?(?:[ -](?:party|alliance|list|coalition|entry|founded|formed|created|established))?|none \(new\)|first (?:election|contest|time)|(?:founded|formed|created|established) (?:in )?(?:\pL+ )?[0-9]{4}|did not exist|didn['’]t exist|pre-?(?:creation|formation|foundation)|not (?:yet )?(?:founded|formed|in existence))$`)
	notStandingPattern     = regexp.MustCompile(`(?i)^(?:did not (?:contest|run|stand|participate|compete)|didn['’]t (?:contest|run|stand)|dnc|dnp|boycotted|not contested|none|no seats? contested|pre-?(?:merger|split|alliance|dissolution))$`)
	countedSeatsPattern    = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*(?:seats?|me?ps?|ms[ps]s?|mlas?|tds?|electorates?|constituencies|constituency|members?|councill?ors?|deput(?:y|ies)|senators?|governorships?|mandates?)\b`)
	noSeatsPattern         = regexp.MustCompile(`(?i)(^|[,;(] ?)no seats?\b`)
	partBeforeWholePattern = regexp.MustCompile(`(?i)^\s*[,;(]?\s*([0-9]+)(?: of(?: the)?|\s*/| out of(?: the)?)[\s,;]*$`)
	yearPattern            = regexp.MustCompile(`\b(?:1[89]|20)[0-9]{2}\b`)
	signBeforePattern      = regexp.MustCompile(`[-+±−–—‒.▲▼△▽]$`)
	sharesPattern          = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)?\s*%`)
)

// ReadLastElection reads what a contender had at the last election: "48", "new", "Did not exist",
// "16.2%, 31 seats". A new contender has no seats there, not none.
func ReadLastElection(text string) (seats *int64, isNew *bool, problem string) {
	if n, ok := PlainCount(text); ok && n <= MaxSeats {
		return &n, new(false), ""
	}
	if strings.EqualFold(text, "new") {
		return nil, new(true), ""
	}
	if n, ok := plainLastElection(text); ok {
		return &n, new(false), ""
	}
	return parseLastElectionPhrase(text)
}

// plainLastElection reads 16.2%, 31 seats, as it is often written; phraseOfLastElection takes the rest.
func plainLastElection(text string) (seats int64, ok bool) {
	share, rest, found := strings.Cut(text, "%, ")
	figure, counted := strings.CutSuffix(rest, " seats")
	if !found || !counted {
		return 0, false
	}
	_, ok = PlainPercent(share)
	seats, whole := PlainCount(figure)
	return seats, ok && whole && seats <= MaxSeats
}

func parseLastElectionPhrase(text string) (seats *int64, isNew *bool, problem string) {
	s := strings.TrimSpace(strings.Trim(withoutFootnotes(text), "."))
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && strings.Count(s, "(") == 1 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	switch {
	case IsAbsent(s), notStandingPattern.MatchString(s):
		return nil, nil, ""
	case newPartyPattern.MatchString(s):
		return nil, new(true), ""
	}
	s = replaceCountWords(noSeatsPattern.ReplaceAllString(s, "${1}0 seats"))
	remark := remarkAfterPattern.FindStringSubmatch(s)
	if remark != nil && newPartyPattern.MatchString(remark[1]) && !countedSeatsPattern.MatchString(remark[2]) { // New (2019), New (split from another)
		return nil, new(true), ""
	}
	if !figurePattern.MatchString(s) && !numberWordPattern.MatchString(s) { // part of another party, split from one: words on why there is no figure
		return nil, nil, ""
	}
	if remark != nil && figurePattern.MatchString(remark[1]) && !countedSeatsPattern.MatchString(remark[2]) {
		if !bareFigurePattern.MatchString(remark[2]) || yearPattern.MatchString(remark[2]) { // 6 (as another party), 59 (2019)
			s = remark[1]
		}
	}
	if m := countedSeatsPattern.FindAllStringSubmatchIndex(s, -1); len(m) == 1 {
		figure := s[m[0][2]:m[0][3]]
		rest := sharesPattern.ReplaceAllString(s[:m[0][0]], "") + " " + sharesPattern.ReplaceAllString(s[m[0][1]:], "")
		switch {
		case partBeforeWholePattern.MatchString(rest): // 31 of 120 seats
			figure = partBeforeWholePattern.FindStringSubmatch(rest)[1]
		case strings.ContainsAny(yearPattern.ReplaceAllString(rest, ""), "0123456789"), signBeforePattern.MatchString(s[:m[0][0]]), inexactPattern.MatchString(s[:m[0][0]]):
			return nil, nil, fmt.Sprintf("expected the seats of the last election or \"new\", found %s", Quote(text))
		}
		if seats, problem = ReadCount(strings.TrimRight(figure, ","), MaxSeats); problem != "" {
			return nil, nil, problem
		}
		return seats, new(false), ""
	}
	if rest := strings.Trim(sharesPattern.ReplaceAllString(s, ""), " ,;()/–-|"); rest != s {
		if !figurePattern.MatchString(rest) && !numberWordPattern.MatchString(rest) { // shares of several predecessors, each named in brackets
			rest = ""
		}
		if rest == "" { // a share alone: a predecessor, and no word of its seats
			return nil, new(false), ""
		}
		s = rest
	}
	if seats, problem = ReadCount(s, MaxSeats); problem != "" {
		return nil, nil, unreadableProblem("the seats of the last election or \"new\"", text)
	}
	if seats == nil {
		return nil, nil, ""
	}
	return seats, new(false), ""
}
