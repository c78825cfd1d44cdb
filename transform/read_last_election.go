package transform

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	newParty    = regexp.MustCompile(`(?i)^(?:new(?:ly)?(?: (?:party|alliance|list|coalition|entry|founded|formed))?|first election|did not exist|didn['’]t exist|not (?:yet )?(?:founded|formed|in existence))$`)
	notStanding = regexp.MustCompile(`(?i)^(?:did not (?:contest|run|stand|participate|compete)|didn['’]t (?:contest|run|stand)|dnc|dnp|boycotted|not contested|none|no seats? contested)$`)
	seatsIn     = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*(?:seats?|mps?|members?)\b`)
	ofWhole     = regexp.MustCompile(`(?i)^\s*[,;(]?\s*([0-9]+)(?: of(?: the)?|\s*/| out of(?: the)?)[\s,;]*$`)
	yearIn      = regexp.MustCompile(`\b(?:1[89]|20)[0-9]{2}\b`)
	signBefore  = regexp.MustCompile(`[-+±−–—‒.▲▼△▽]$`)
	shareIn     = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)?\s*%`)
)

// readLastElection reads what a contender had at the last election: "48", "new", "Did not exist",
// "16.2%, 31 seats". A new contender has no seats there, not none.
func readLastElection(text string) (seats *int64, isNew *bool, problem string) {
	if n, ok := plainCountOf(text); ok && n <= maxSeats {
		return &n, new(false), ""
	}
	if strings.EqualFold(text, "new") {
		return nil, new(true), ""
	}
	s := strings.Trim(footnotes.ReplaceAllString(text, ""), "().")
	s = strings.TrimSpace(s)
	switch {
	case absent(s), notStanding.MatchString(s):
		return nil, nil, ""
	case newParty.MatchString(s):
		return nil, new(true), ""
	}
	if m := seatsIn.FindAllStringSubmatchIndex(s, -1); len(m) == 1 {
		figure := s[m[0][2]:m[0][3]]
		rest := shareIn.ReplaceAllString(s[:m[0][0]], "") + " " + shareIn.ReplaceAllString(s[m[0][1]:], "")
		switch {
		case ofWhole.MatchString(rest): // 31 of 120 seats
			figure = ofWhole.FindStringSubmatch(rest)[1]
		case strings.ContainsAny(yearIn.ReplaceAllString(rest, ""), "0123456789"), signBefore.MatchString(s[:m[0][0]]):
			return nil, nil, fmt.Sprintf("expected the seats of the last election or \"new\", found %s", shown(text))
		}
		if seats, problem = readCount(strings.TrimRight(figure, ","), maxSeats); problem != "" {
			return nil, nil, problem
		}
		return seats, new(false), ""
	}
	if rest := strings.Trim(shareIn.ReplaceAllString(s, ""), " ,;()/"); rest != s {
		if rest == "" { // a share alone: a predecessor, and no word of its seats
			return nil, new(false), ""
		}
		s = rest
	}
	if seats, problem = readCount(s, maxSeats); problem != "" {
		return nil, nil, fmt.Sprintf("expected the seats of the last election or \"new\", found %s", shown(text))
	}
	if seats == nil {
		return nil, nil, ""
	}
	return seats, new(false), ""
}
