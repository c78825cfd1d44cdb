package values

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Seats is what a phrase on seats says.
type Seats struct {
	Total, Contested *int64
	Chamber          string
}

// InexactExpr is a pattern of the words before a figure that make it a bound or a guess.
const InexactExpr = `(?:over|above|below|under|nearly|almost|than|at least|at most|up to|exceed\w*|approximately|roughly|around|about|some|close to|minimum(?: of)?|required|between) `

var (
	// needed is a remark on the majority, which the field majority_seats has.
	majorityRemarkPattern = regexp.MustCompile(`(?i)[,;(]?\s*\b[0-9][0-9,]*(?: seats?| (?:electoral )?votes?| members?| mps?)? (?:(?:are |is |were )?(?:needed|required)\b|for an? (?:\pL+ )?majority\b)[^;)]{0,200}\)?`)
	ordinalPattern        = regexp.MustCompile(`(?i)\b[0-9]+(?:st|nd|rd|th)\b|\bclass [0-9]\b`) // the 25th Knesset, the seats of class 1
	partOfSeatsPattern    = regexp.MustCompile(`(?i)([0-9][0-9,]*)\s*(?:(?:directly )?elect(?:ed|ive) |contested |regular )?(?:seats |members )?(?:[(]?(?:out )?of (?:the |its |a total of )?|\) of (?:the )?|/\s*)([0-9][0-9,]*)`)
	wholeNumberPattern    = regexp.MustCompile(`[0-9][0-9,]*`)
	chamberPattern        = regexp.MustCompile(`(?i)\b(?:seats?|members?)\b(?: were| are)?(?: up for (?:re-?)?election| elected)? (?:in|of|to|on|for) (?:the )?([^,;(\[]+)`)
	includedPattern       = regexp.MustCompile(`(?i)[,;(]?\s*\b(?:including|incl\.|of which|of whom)\s[^;)]*\)?`)                            // 111 overhang seats
	formerSizePattern     = regexp.MustCompile(`(?i)[,;(]?\s*\b(?:previously|formerly|(?:up|down|increased|reduced) from)\s[0-9][0-9,]*\)?`) // up from 230
	nonVotingPattern      = regexp.MustCompile(`(?i)[,;(]?\s*(?:\b(?:and|plus|as well as)\b|\+)\s+(?:[\pL0-9]+ ){0,4}non-?voting(?: \pL+)?`) // 6 non-voting delegates
	fractionPattern       = regexp.MustCompile(`(?i)\b(?:half|thirds?|quarters?|fourths?|fifths?) of (?:the |its )?[0-9]`)                   // of the seats: how many of them is not counted
	chamberClausePattern  = regexp.MustCompile(`(?i)([0-9][0-9,]*)(?:\s*\(?(?:out )?of (?:the )?([0-9][0-9,]*)\)?)?\s*(?:(?:directly )?elect(?:ed|ive) |contested |regular )?(?:seats|members)\s+(?:in|of|to)\s`)
	electorsPattern       = regexp.MustCompile(`(?i)\b(?:electoral (?:college|votes?)|(?:presidential )?electors|delegates)\b`)
	inexactPattern        = regexp.MustCompile(`(?i)(?:\b` + InexactExpr + `|\bc(?:a|irca)?\.? |[~≈<>≤≥] ?)$`)
	numberWordPattern     = regexp.MustCompile(`(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third)\b`)
	seatsWordPattern      = regexp.MustCompile(`(?i)\b(?:seats?|members?)\b`)
)

// ReadSeats reads a phrase on the seats of an election: "325 seats in the House of Representatives",
// "All 460 seats in the Sejm", "127 of the 257 seats". Two chambers in one phrase are two readings,
// unless the figures that follow are the parts of the first. A phrase without a figure states none, and
// members of an electoral college have no seats. A third of the 96 seats is a chamber of 96, and a problem;
// at least 96 seats is only a problem.
func ReadSeats(text string) (s Seats, problem string) {
	if s, ok := plainSeats(text); ok {
		return s, ""
	}
	return parseSeatsPhrase(text)
}

// plainSeats reads 325 seats in the House of Representatives, All 460 seats in the Sejm and 127 of the 257
// seats in the Chamber of Deputies, as most phrases go; phraseOfSeats takes the rest.
func plainSeats(text string) (s Seats, ok bool) {
	rest := text
	for _, all := range []string{"All ", "all "} {
		rest = strings.TrimPrefix(rest, all)
	}
	total, rest, ok := cutCount(rest)
	if !ok {
		return s, false
	}
	contested := total
	if whole, found := strings.CutPrefix(rest, "of the "); found {
		if total, rest, ok = cutCount(whole); !ok || contested > total {
			return s, false
		}
	}
	rest, ok = strings.CutPrefix(rest, "seats")
	if !ok {
		return s, false
	}
	if rest != "" {
		if rest, ok = strings.CutPrefix(rest, " in "); !ok {
			return s, false
		}
		rest = strings.TrimPrefix(rest, "the ")
		if !isChamberName(rest) {
			return s, false
		}
	}
	return Seats{Total: &total, Contested: &contested, Chamber: rest}, true
}

// cutCount reads the count that a text begins with, and says what follows it after a space.
func cutCount(text string) (n int64, rest string, ok bool) {
	figure, rest, _ := strings.Cut(text, " ")
	n, ok = PlainCount(figure)
	return n, rest, ok && n <= MaxSeats
}

// isChamberName reports whether a text is letters and single spaces alone, and none of the words with which
// a remark on the seats begins.
func isChamberName(text string) bool {
	for i := range len(text) {
		if c := text[i]; !isLetter(c) && (c != ' ' || i == 0 || text[i-1] == ' ') {
			return false
		}
	}
	if text == "" || text[len(text)-1] == ' ' || len(text) > 4 && strings.EqualFold(text[:4], "the ") {
		return false
	}
	for word := range strings.FieldsSeq(text) {
		switch strings.ToLower(word) {
		case "including", "which", "whom", "nonvoting":
			return false
		}
	}
	return true
}

// parseSeatsPhrase reads any phrase.
func parseSeatsPhrase(text string) (s Seats, problem string) {
	phrase := text
	if containsAny(phrase, "voting") {
		phrase = nonVotingPattern.ReplaceAllString(phrase, "")
	}
	if IsAbsent(text) || !strings.Contains(phrase, "seat") && electorsPattern.MatchString(phrase) {
		return s, ""
	}
	phrase, _ = withoutMajority(withoutFootnotes(phrase))
	phrase = replaceCountWords(phrase)
	if containsAny(phrase, "incl", "of wh") {
		phrase = includedPattern.ReplaceAllString(phrase, "")
	}
	if containsAny(phrase, "previously", "formerly", "up from", "down from", "ed from") {
		phrase = formerSizePattern.ReplaceAllString(phrase, "")
	}
	counts := withoutOrdinals(phrase, func(string) string { return "" })
	numbers := wholeNumberPattern.FindAllString(counts, -1)
	read := func(n string) (v *int64) {
		if problem == "" {
			v, problem = ReadCount(strings.TrimRight(n, ","), MaxSeats)
		}
		return v
	}
	var part []string
	if containsAny(phrase, "of", "/") {
		part = partOfSeatsPattern.FindStringSubmatch(phrase)
	}
	counted := part != nil || !containsAny(phrase, "half", "third", "quarter", "fourth", "fifth") || !fractionPattern.MatchString(phrase)
	switch {
	case (part != nil || len(numbers) == 1) && !isExactCount(counts):
		return s, fmt.Sprintf("expected the number of seats, found %s", Quote(text))
	case part != nil && (len(numbers) == 2 || len(numbers) == 3 && isSumOfParts([]string{part[2], part[1], numbers[2]})): // 60 of 90 seats (30 are appointed)
		s.Contested, s.Total = read(part[1]), read(part[2])
		if problem == "" && *s.Contested > *s.Total {
			return Seats{}, fmt.Sprintf("%s of %s seats: the part is more than the whole", part[1], part[2])
		}
	case len(numbers) == 1 || part == nil && isSumOfParts(numbers):
		if s.Total = read(numbers[0]); counted {
			s.Contested = s.Total
		}
	case len(numbers) == 0 && (seatsWordPattern.MatchString(phrase) || !numberWordPattern.MatchString(phrase)):
	case len(numbers) == 0:
		return s, fmt.Sprintf("expected a number of seats, found %s", Quote(text))
	default:
		return s, fmt.Sprintf(ambiguousPrefix+"the phrase has %d figures, and which is the chamber's size cannot be told: %s", len(numbers), Quote(text))
	}
	if problem != "" {
		return Seats{}, problem
	}
	if part != nil { // 543 elected seats of the 545 seats in the Lok Sabha: the whole names the chamber
		_, phrase, _ = strings.Cut(phrase, part[0])
	}
	if m := chamberPattern.FindStringSubmatch(phrase); m != nil {
		name := m[1]
		if i := wholeNumberPattern.FindStringIndex(withoutOrdinals(name, func(s string) string { return strings.Repeat("x", len(s)) })); i != nil {
			name = name[:i[0]]
		}
		s.Chamber = strings.TrimSpace(name)
	}
	if !counted {
		problem = ambiguousPrefix + "the seats filled are a fraction, and how many they were cannot be told: " + Quote(text)
	}
	return s, problem
}

// isExactCount reports whether the first figure of a phrase is one as it stands, and no bound: At least 598 seats,
// 120+ seats.
func isExactCount(phrase string) bool {
	at := wholeNumberPattern.FindStringIndex(phrase)
	return at == nil || !inexactPattern.MatchString(phrase[:at[0]]) && !strings.HasPrefix(phrase[at[1]:], "+")
}

// countWords are the words that phrases on seats count with; others are made of two (twenty-one).
var countWords = map[string]int{
	"both": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// countWord is the figure that a word stands for, "" for any other word.
func countWord(word string) string {
	tens, units, compound := strings.Cut(strings.ToLower(word), "-")
	n := countWords[tens]
	if compound {
		if n < 20 || countWords[units] == 0 || countWords[units] > 9 || units == "both" {
			return ""
		}
		n += countWords[units]
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// isFurtherCount reports whether a word goes on with the count that the word before it begins.
func isFurtherCount(word string) bool {
	switch strings.ToLower(strings.Trim(word, ",;()")) {
	case "hundred", "thousand", "dozen", "score":
		return true
	}
	return countWord(word) != ""
}

// replaceCountWords is a phrase with figures for the words that it counts seats with: All ten seats, Both Idaho
// seats, nine of the 21 seats. One third, and one of the seats, count no seats.
func replaceCountWords(phrase string) string {
	if phrase == "" || isDigit(phrase[0]) {
		return phrase
	}
	words := strings.Fields(phrase)
	first := 0
	for first < len(words) && (strings.EqualFold(words[first], "all") || strings.EqualFold(words[first], "the")) {
		first++
	}
	if first == len(words) || countWord(words[first]) == "" {
		return phrase
	}
	for i := first + 1; i < len(words) && i < first+5; i++ { // All four West Virginia seats
		if isFurtherCount(words[i]) { // one hundred, twenty one
			return phrase
		}
		switch strings.ToLower(strings.Trim(words[i], ",;()")) {
		case "seat", "seats", "member", "members":
			words[first] = countWord(words[first])
			return strings.Join(words, " ")
		case "of":
			whole := i + 1
			if whole < len(words) && strings.EqualFold(words[whole], "the") {
				whole++
			}
			if whole == len(words) || !isDigit(words[whole][0]) && (countWord(words[whole]) == "" || whole+1 < len(words) && isFurtherCount(words[whole+1])) {
				return phrase
			}
			words[first] = countWord(words[first])
			if !isDigit(words[whole][0]) {
				words[whole] = countWord(words[whole])
			}
			return strings.Join(words, " ")
		case "in", "to", "on", "and", "or", "third", "thirds", "half", "halves", "quarter", "quarters":
			return phrase
		}
	}
	return phrase
}

// withoutOrdinals is a phrase with something else in the place of its ordinals. They have a letter behind a
// digit, or are a class.
func withoutOrdinals(phrase string, by func(string) string) string {
	for i := 1; i < len(phrase); i++ {
		if isDigit(phrase[i-1]) && isLetter(phrase[i]) {
			return ordinalPattern.ReplaceAllStringFunc(phrase, by)
		}
	}
	if containsAny(phrase, "class ") {
		return ordinalPattern.ReplaceAllStringFunc(phrase, by)
	}
	return phrase
}

// withoutMajority is a phrase without its remark on the majority, and the majority that it states, nil
// where it states none. The remark ends where seats of another chamber follow.
func withoutMajority(phrase string) (rest string, majority *int64) {
	if !containsAny(phrase, "need", "requi", "majority") {
		return phrase, nil
	}
	const longest = 100 // of what a clause on seats begins with
	var b strings.Builder
	for at := majorityRemarkPattern.FindStringIndex(phrase); at != nil; at = majorityRemarkPattern.FindStringIndex(phrase) {
		first := wholeNumberPattern.FindStringIndex(phrase[at[0]:at[1]])
		if b.Len() == 0 {
			majority, _ = ReadCount(strings.TrimRight(phrase[at[0]+first[0]:at[0]+first[1]], ","), MaxSeats)
		}
		after := at[0] + first[1]
		if next := chamberClausePattern.FindStringIndex(phrase[after:min(len(phrase), at[1]+longest)]); next != nil {
			at[1] = min(at[1], after+next[0])
		}
		b.WriteString(phrase[:at[0]] + " ")
		phrase = phrase[at[1]:]
	}
	return b.String() + phrase, majority
}

// ChamberOfMajority reads a phrase on two chambers: of them the box tells of the one whose majority it
// states, more than half of the seats. ok reports that this is one of them.
func ChamberOfMajority(text string, majority *int64) (s Seats, ok bool) {
	phrase, stated := withoutMajority(withoutFootnotes(text))
	if majority == nil {
		majority = stated
	}
	if majority == nil {
		return s, false
	}
	places := chamberClausePattern.FindAllStringIndex(phrase, -1)
	for i, at := range places {
		end := len(phrase)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		one, problem := ReadSeats(strings.TrimRight(phrase[at[0]:end], " ,;·•(-–"))
		switch {
		case problem != "" || one.Total == nil || *one.Total/2+1 != *majority:
		case ok:
			return Seats{}, false
		default:
			s, ok = one, true
		}
	}
	for _, conjunction := range []string{" all", " All", " and", " as well as"} { // the next chamber's
		s.Chamber = strings.TrimSuffix(s.Chamber, conjunction)
	}
	return s, ok
}

// isSumOfParts reports whether the first of several figures is the sum of the others: 179 seats, 175 from
// Denmark, 2 from Greenland and 2 from the Faroe Islands.
func isSumOfParts(numbers []string) bool {
	if len(numbers) < 3 {
		return false
	}
	whole, _ := ReadCount(strings.TrimRight(numbers[0], ","), MaxSeats)
	if whole == nil {
		return false
	}
	rest := *whole
	for _, n := range numbers[1:] {
		part, _ := ReadCount(strings.TrimRight(n, ","), MaxSeats)
		if part == nil {
			return false
		}
		rest -= *part
	}
	return rest == 0
}
