package transform

import (
	"fmt"
	"regexp"
	"strings"
)

// chamberSeats is what a phrase on seats says.
type chamberSeats struct {
	total, contested *int64
	chamber          string
}

var (
	needed   = regexp.MustCompile(`(?i)[,;(]?\s*[0-9][0-9, ]*(?:seats? |votes? )?(?:are |is )?(?:needed|required) (?:for|to) [^;)]*\)?`)
	partOf   = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*(?:seats |members )?(?:\(?(?:out )?of (?:the |its |a total of )?|/\s*)([0-9][0-9,]*)`)
	wholeOf  = regexp.MustCompile(`[0-9][0-9,]*`)
	chamber  = regexp.MustCompile(`(?i)\b(?:seats?|members?)\b(?: were| are)?(?: up for election| elected)? (?:in|of|to|on|for) (?:the )?([^,;(\[]+)`)
	chambers = regexp.MustCompile(`(?i)\band\b`)
)

// readSeats reads a phrase on the seats of an election: "325 seats in the House of Representatives",
// "All 460 seats in the Sejm", "127 of the 257 seats". Two chambers in one phrase are two readings.
func readSeats(text string) (s chamberSeats, problem string) {
	if absent(text) {
		return s, ""
	}
	phrase := footnotes.ReplaceAllString(text, "")
	phrase = needed.ReplaceAllString(phrase, "")
	numbers := wholeOf.FindAllString(phrase, -1)
	read := func(n string) (v *int64) {
		if problem == "" {
			v, problem = readCount(strings.TrimRight(n, ","), maxSeats)
		}
		return v
	}
	part := partOf.FindStringSubmatch(phrase)
	switch {
	case part != nil && len(numbers) == 2:
		s.contested, s.total = read(part[1]), read(part[2])
		if problem == "" && *s.contested > *s.total {
			return chamberSeats{}, fmt.Sprintf("%s of %s seats: the part is more than the whole", part[1], part[2])
		}
	case len(numbers) == 1:
		s.total = read(numbers[0])
		s.contested = s.total
	case len(numbers) == 0:
		return s, fmt.Sprintf("expected a number of seats, found %s", shown(text))
	default:
		return s, fmt.Sprintf("the phrase has %d figures, and which is the chamber's size cannot be told: %s", len(numbers), shown(text))
	}
	if problem != "" {
		return chamberSeats{}, problem
	}
	if m := chamber.FindStringSubmatch(phrase); m != nil {
		s.chamber = strings.TrimSpace(m[1])
	}
	return s, ""
}
