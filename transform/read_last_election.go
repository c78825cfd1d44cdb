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
	shareIn     = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)?\s*%`)
)

// readLastElection reads what a contender had at the last election: "48", "new", "Did not exist",
// "16.2%, 31 seats". A new contender has no seats there, not none.
func readLastElection(text string) (seats *int64, isNew *bool, problem string) {
	s := strings.Trim(footnotes.ReplaceAllString(text, ""), "().")
	s = strings.TrimSpace(s)
	switch {
	case absent(s), notStanding.MatchString(s):
		return nil, nil, ""
	case newParty.MatchString(s):
		return nil, new(true), ""
	}
	if m := seatsIn.FindAllStringSubmatch(s, -1); len(m) == 1 {
		if seats, problem = readCount(strings.TrimRight(m[0][1], ","), maxSeats); problem != "" {
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
