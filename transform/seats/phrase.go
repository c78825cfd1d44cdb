package seats

import (
	"fmt"
	"regexp"
	"strings"

	"hemicycle/transform/countwords"
	"hemicycle/transform/values"
)

// electedExpr matches the words that may stand between a figure and its seats.
const electedExpr = `(?:(?:directly )?elect(?:ed|ive) |contested |regular )?`

var (
	// includedPattern matches a part that the figure has in it: including 111 overhang seats.
	includedPattern = regexp.MustCompile(`(?i)[,;(]?\s*\b(?:including|incl\.|of which|of whom)\s[^;)]*\)?`)
	// specialPattern matches special elections beside the seats of the day, which may be among them or not: (and 2
	// special elections).
	specialPattern = regexp.MustCompile(`(?i)[,;(]?\s*(?:\b(?:and|plus|with|as well as)|[+&])\s+` +
		`(?:[0-9]+|` + countwords.Expr + `|an?)\s+(?:\pL+ ){0,2}?(?:special|by|partial)[ -]?(?:elections?|seats?)\)?`)
	// formerSizePattern matches an earlier size of the chamber: up from 230.
	formerSizePattern = regexp.MustCompile(
		`(?i)[,;(]?\s*\b(?:previously|formerly|(?:up|down|increased|reduced) from)\s[0-9][0-9,]*\)?`)
	// nonVotingPattern matches members without a vote: and 6 non-voting delegates.
	nonVotingPattern = regexp.MustCompile(
		`(?i)[,;(]?\s*(?:\b(?:and|plus|as well as)\b|\+)\s+(?:[\pL0-9]+ ){0,4}non-?voting(?: \pL+)?`)

	wholeNumberPattern = regexp.MustCompile(`[0-9][0-9,]*`)
	// ordinalPattern matches numbers that count nothing: the 25th Knesset, the seats of class 1.
	ordinalPattern = regexp.MustCompile(`(?i)\b[0-9]+(?:st|nd|rd|th)\b|\bclass [0-9]\b`)
	// fractionPattern matches a fraction of the seats, which does not say how many they are.
	fractionPattern = regexp.MustCompile(`(?i)\b(?:half|thirds?|quarters?|fourths?|fifths?) of (?:the |its )?[0-9]`)
	// digitFractionPattern matches a fraction in digits: 1/3 of the seats, and 1/3 alone. 24/48 seats is a part.
	digitFractionPattern = regexp.MustCompile(`(?i)^\s*[1-9]\s*/\s*[2-9]\s*(?:$|of\b|the\b)`)
	partOfSeatsPattern   = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*` + electedExpr +
		`(?:seats |members )?(?:[(]?(?:out )?of (?:the |its |a total of |` + countwords.PossessiveExpr +
		`)?|\) of (?:the )?|/\s*)` +
		`([0-9][0-9,]*)`)
	// someOfSeatsPattern matches some of the seats of a place, without their number: 9 of Indiana's seats. If all of
	// them are meant, the phrase begins with that word.
	someOfSeatsPattern = regexp.MustCompile(
		`(?i)^(?:the )?[0-9][0-9,]* of (?:the |its |` + countwords.PossessiveExpr + `)` +
			`(?:\pL+ ){0,2}?(?:seats|members)\b`,
	)

	chamberPattern = regexp.MustCompile(`(?i)\b(?:seats?|members?)\b(?: were| are)?` +
		`(?: up for (?:re-?)?election| elected)? (?:in|of|to|on|for) (?:the )?([^,;(\[]+)`)
	// chamberAfterWholePattern matches the chamber behind a whole without the word seats: 38 of the 76 in the Senate.
	chamberAfterWholePattern = regexp.MustCompile(`(?i)^\)?\s*(?:in|of) the ([^,;(\[]+)`)
	electorsPattern          = regexp.MustCompile(
		`(?i)\b(?:electoral (?:college|votes?)|(?:presidential )?electors|delegates)\b`)
)

// parseSeatsPhrase reads a phrase on seats in any form.
func parseSeatsPhrase(text string) (s Seats, problem string) {
	phrase := text
	if values.ContainsAny(phrase, "voting") {
		phrase = nonVotingPattern.ReplaceAllString(phrase, "")
	}
	if values.IsAbsent(text) || !strings.Contains(phrase, "seat") && electorsPattern.MatchString(phrase) {
		return s, ""
	}
	phrase, majority := withoutMajority(values.WithoutFootnotes(phrase))
	p := newSeatsPhrase(text, withoutRemarks(phrase))
	if s, problem = p.readCounts(); problem != "" {
		return Seats{Majority: majority}, problem
	}
	s.Chamber, s.Majority = p.chamber(), majority
	if problem = p.openProblem(&s); problem != "" {
		s.Contested = nil
	}
	return s, problem
}

// openProblem returns why the seats filled on the day cannot be told, though the size of the chamber can, and why
// neither can if words count them that are not understood. It returns "" if all of the phrase is understood.
func (p *seatsPhrase) openProblem(s *Seats) string {
	switch {
	case p.isFraction:
		return values.AmbiguousProblem("the seats filled are a fraction, and how many they were cannot be told: %s",
			values.Quote(p.text))
	case p.hasSpecial && s.Total != nil && (s.Contested == nil || *s.Contested < *s.Total):
		return values.AmbiguousProblem("whether the special elections are among the seats filled cannot be told: %s",
			values.Quote(p.text))
	case s.Total == nil && countwords.CountingPattern.MatchString(p.phrase):
		return values.AmbiguousProblem("how many seats there are cannot be told from the words: %s", values.Quote(p.text))
	case s.Total != nil && countwords.CountedSeatsPattern.MatchString(p.phrase):
		return values.AmbiguousProblem(
			"seats are counted in figures and in words, and how many were filled cannot be told: %s",
			values.Quote(p.text),
		)
	}
	return ""
}

// withoutRemarks returns a phrase without its remarks on special elections, on parts of the figure and on the size that
// the chamber had before. Words that count seats become figures.
func withoutRemarks(phrase string) string {
	if values.ContainsAny(phrase, "special", "by", "partial") {
		phrase = specialPattern.ReplaceAllString(phrase, "")
	}
	phrase = countwords.Replace(phrase)
	if values.ContainsAny(phrase, "incl", "of wh") {
		phrase = includedPattern.ReplaceAllString(phrase, "")
	}
	if values.ContainsAny(phrase, "previously", "formerly", "up from", "down from", "ed from") {
		phrase = formerSizePattern.ReplaceAllString(phrase, "")
	}
	return phrase
}

// seatsPhrase is a phrase on seats with its figures.
type seatsPhrase struct {
	text       string   // as written
	phrase     string   // without remarks
	counts     string   // the phrase without its ordinals
	numbers    []string // the figures in counts
	part       []string // the match of partOfSeatsPattern; nil if there is none
	hasSpecial bool     // special elections stand beside the seats filled
	isFraction bool     // the seats filled are a fraction of the chamber, and the phrase does not count them
}

func newSeatsPhrase(text, phrase string) *seatsPhrase {
	p := &seatsPhrase{text: text, phrase: phrase, hasSpecial: specialPattern.MatchString(text)}
	p.counts = replaceOrdinals(phrase, func(string) string { return "" })
	p.numbers = wholeNumberPattern.FindAllString(p.counts, -1)
	if values.ContainsAny(phrase, "of", "/") {
		p.part = partOfSeatsPattern.FindStringSubmatch(phrase)
	}
	if p.part == nil && values.ContainsAny(phrase, "half", "third", "quarter", "fourth", "fifth") {
		p.isFraction = fractionPattern.MatchString(phrase)
	}
	return p
}

// readCounts reads the size of the chamber and the seats contested.
func (p *seatsPhrase) readCounts() (s Seats, problem string) {
	switch n := len(p.numbers); {
	case n == 2 && digitFractionPattern.MatchString(p.phrase):
		return s, values.AmbiguousProblem("the seats filled are a fraction, and how many they were cannot be told: %s",
			values.Quote(p.text))
	case (p.part != nil || n == 1) && !isExactCount(p.counts):
		return s, values.InexactProblem("expected the number of seats, found a bound or a guess: %s", values.Quote(p.text))
	case n == 1 && p.part == nil && someOfSeatsPattern.MatchString(p.phrase):
		return s, values.AmbiguousProblem(
			"the seats filled are some of the seats, and how many there are in all is not said: %s",
			values.Quote(p.text),
		)
	case p.isPartOfWhole():
		return readPartOfWhole(p.part[1], p.part[2])
	case n == 1 || p.part == nil && isSumOfParts(p.numbers):
		if s.Total, problem = readSeatCount(p.numbers[0]); !p.isFraction {
			s.Contested = s.Total
		}
		return s, problem
	case n > 1:
		chambers := ""
		if c := len(Chambers(p.text)); c > 1 {
			chambers = fmt.Sprintf(" of %d chambers", c)
		}
		return s, values.AmbiguousProblem("the phrase has %d figures%s, and which is the chamber's size cannot be told: %s",
			n, chambers, values.Quote(p.text))
	}
	return s, ""
}

// isPartOfWhole reports whether the figures are those of a part and of the whole, and no others but that of the other
// part: 60 of 90 seats (30 are appointed).
func (p *seatsPhrase) isPartOfWhole() bool {
	switch {
	case p.part == nil:
		return false
	case len(p.numbers) == 3:
		return isSumOfParts([]string{p.part[2], p.part[1], p.numbers[2]})
	}
	return len(p.numbers) == 2
}

func readPartOfWhole(part, whole string) (s Seats, problem string) {
	if s.Contested, problem = readSeatCount(part); problem != "" {
		return Seats{}, problem
	}
	if s.Total, problem = readSeatCount(whole); problem != "" {
		return Seats{}, problem
	}
	if *s.Contested > *s.Total {
		return Seats{}, fmt.Sprintf("%s of %s seats: the part is more than the whole", part, whole)
	}
	return s, ""
}

// readSeatCount reads a figure that wholeNumberPattern found.
func readSeatCount(figure string) (*int64, string) {
	return values.ReadCount(strings.TrimRight(figure, ","), values.MaxSeats)
}

// chamber returns the name of the chamber, "" if the phrase has none.
func (p *seatsPhrase) chamber() string {
	phrase := p.phrase
	if p.part != nil { // 543 elected seats of the 545 seats in the Lok Sabha: the chamber is named after the whole
		_, phrase, _ = strings.Cut(phrase, p.part[0])
	}
	m := chamberPattern.FindStringSubmatch(phrase)
	if m == nil && p.part != nil {
		m = chamberAfterWholePattern.FindStringSubmatch(phrase)
	}
	if m == nil {
		return ""
	}
	name := m[1]
	withoutNumbers := replaceOrdinals(name, func(s string) string { return strings.Repeat("x", len(s)) })
	if at := wholeNumberPattern.FindStringIndex(withoutNumbers); at != nil {
		name = name[:at[0]]
	}
	return strings.TrimSpace(name)
}

// isExactCount reports whether the first figure of a phrase is exact. At least 598 seats and 120+ seats are bounds.
func isExactCount(phrase string) bool {
	at := wholeNumberPattern.FindStringIndex(phrase)
	return at == nil || !values.InexactPattern.MatchString(phrase[:at[0]]) &&
		!values.InexactAfterPattern.MatchString(phrase[at[1]:])
}

// replaceOrdinals returns a phrase with its ordinals replaced. An ordinal has a letter behind a digit, or is a class.
func replaceOrdinals(phrase string, by func(string) string) string {
	for i := 1; i < len(phrase); i++ {
		if values.IsDigit(phrase[i-1]) && values.IsLetter(phrase[i]) {
			return ordinalPattern.ReplaceAllStringFunc(phrase, by)
		}
	}
	if values.ContainsAny(phrase, "class ") {
		return ordinalPattern.ReplaceAllStringFunc(phrase, by)
	}
	return phrase
}

// isSumOfParts reports whether the first of several figures is the sum of the others: 179 seats, 175 from Denmark, 2
// from Greenland and 2 from the Faroe Islands.
func isSumOfParts(numbers []string) bool {
	if len(numbers) < 3 {
		return false
	}
	whole, _ := readSeatCount(numbers[0])
	if whole == nil {
		return false
	}
	rest := *whole
	for _, n := range numbers[1:] {
		part, _ := readSeatCount(n)
		if part == nil {
			return false
		}
		rest -= *part
	}
	return rest == 0
}
