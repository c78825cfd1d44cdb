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
	// needed is a remark on the majority, which the field majority_seats has.
	needed   = regexp.MustCompile(`(?i)[,;(]?\s*\b[0-9][0-9,]*(?: seats?| votes?)? (?:(?:are |is |were )?(?:needed|required)\b|for an? (?:\pL+ )?majority\b)[^;)]*\)?`)
	ordinal  = regexp.MustCompile(`\b[0-9]+(?:st|nd|rd|th)\b`) // the 25th Knesset
	partOf   = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*(?:seats |members )?(?:\(?(?:out )?of (?:the |its |a total of )?|/\s*)([0-9][0-9,]*)`)
	wholeOf  = regexp.MustCompile(`[0-9][0-9,]*`)
	chamber  = regexp.MustCompile(`(?i)\b(?:seats?|members?)\b(?: were| are)?(?: up for (?:re-?)?election| elected)? (?:in|of|to|on|for) (?:the )?([^,;(\[]+)`)
	anySeats = regexp.MustCompile(`(?i)\b(?:seats?|members?)\b`)
)

// readSeats reads a phrase on the seats of an election: "325 seats in the House of Representatives",
// "All 460 seats in the Sejm", "127 of the 257 seats". Two chambers in one phrase are two readings,
// unless the figures that follow are the parts of the first. A phrase without a figure states none.
func readSeats(text string) (s chamberSeats, problem string) {
	if absent(text) {
		return s, ""
	}
	phrase := footnotes.ReplaceAllString(text, "")
	phrase = needed.ReplaceAllString(phrase, "")
	numbers := wholeOf.FindAllString(ordinal.ReplaceAllString(phrase, ""), -1)
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
	case len(numbers) == 1 || part == nil && areParts(numbers):
		s.total = read(numbers[0])
		s.contested = s.total
	case len(numbers) == 0 && anySeats.MatchString(phrase):
	case len(numbers) == 0:
		return s, fmt.Sprintf("expected a number of seats, found %s", shown(text))
	default:
		return s, fmt.Sprintf(twoReadings+"the phrase has %d figures, and which is the chamber's size cannot be told: %s", len(numbers), shown(text))
	}
	if problem != "" {
		return chamberSeats{}, problem
	}
	if m := chamber.FindStringSubmatch(phrase); m != nil {
		name := m[1]
		if i := wholeOf.FindStringIndex(ordinal.ReplaceAllStringFunc(name, func(s string) string { return strings.Repeat("x", len(s)) })); i != nil {
			name = name[:i[0]]
		}
		s.chamber = strings.TrimSpace(name)
	}
	return s, ""
}

// areParts reports whether the first of several figures is the sum of the others: 179 seats, 175 from
// Denmark, 2 from Greenland and 2 from the Faroe Islands.
func areParts(numbers []string) bool {
	if len(numbers) < 3 {
		return false
	}
	whole, _ := readCount(strings.TrimRight(numbers[0], ","), maxSeats)
	if whole == nil {
		return false
	}
	rest := *whole
	for _, n := range numbers[1:] {
		part, _ := readCount(strings.TrimRight(n, ","), maxSeats)
		if part == nil {
			return false
		}
		rest -= *part
	}
	return rest == 0
}
