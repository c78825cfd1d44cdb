// Package countwords turns the words that count something into figures.
package countwords

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Expr matches a word that counts. PossessiveExpr matches the place whose seats are counted: Kansas's, New Mexico's.
const (
	Expr = `(?:both|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|` +
		`nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|` +
		`eight|nine))?|hundreds?|thousand|dozen|score)`
	PossessiveExpr = `(?:\pL[\pL.-]*(?: \pL[\pL.-]*){0,3}(?:['’]s|s['’]) )`
)

var (
	// CountingPattern matches a word that counts something, or a fraction.
	CountingPattern = regexp.MustCompile(`(?i)\b(?:` + Expr + `|half|thirds?|quarters?|fourths?|fifths?)\b`)
	// CountedSeatsPattern matches seats that a word counts.
	CountedSeatsPattern = regexp.MustCompile(`(?i)\b` + Expr + `(?: [\pL-]+){0,2}? (?:seats?|members?|` +
		`vacanc(?:y|ies)|senators?|deput(?:y|ies)|delegates?)\b`)
)

// figures are the words by which phrases count seats; others are made of two (twenty-one).
var figures = map[string]int{
	"both": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// Figure returns the figure that a word stands for, "" for any other word.
func Figure(word string) string {
	tens, units, compound := strings.Cut(strings.ToLower(word), "-")
	n := figures[tens]
	if compound {
		if n < 20 || figures[units] == 0 || figures[units] > 9 || units == "both" {
			return ""
		}
		n += figures[units]
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// continuesCount reports whether a word continues the count that the word before it begins.
func continuesCount(word string) bool {
	switch fold(word) {
	case "hundred", "thousand", "dozen", "score":
		return true
	}
	return Figure(word) != ""
}

// fold returns a word in lower case, without the punctuation around it.
func fold(word string) string { return strings.ToLower(strings.Trim(word, ",;()")) }

// Replace returns a phrase with figures in the place of the words that count its seats: All ten seats, Both
// Idaho seats, nine of the 21 seats. One third, and one of the seats, count no seats.
func Replace(phrase string) string {
	if phrase == "" || unicode.IsDigit(rune(phrase[0])) {
		return phrase
	}
	words := strings.Fields(phrase)
	first := 0
	for first < len(words) {
		switch strings.ToLower(words[first]) {
		case "all", "the", "of":
			first++
			continue
		}
		if place := possessiveWords(words[first:]); place > 0 {
			first += place
			continue
		}
		break
	}
	if first == len(words) || Figure(words[first]) == "" {
		return phrase
	}
	const most = 4 // words up to the one that is counted: All four West Virginia seats
	for i := first + 1; i < len(words) && i <= first+most; i++ {
		if continuesCount(words[i]) { // one hundred, twenty one
			return phrase
		}
		switch fold(words[i]) {
		case "of":
			if !replaceWhole(words[i+1:]) && !seatsOfPlace(words[i+1:]) {
				return phrase
			}
			fallthrough
		case "seat", "seats", "member", "members":
			words[first] = Figure(words[first])
			return strings.Join(words, " ")
		case "in", "to", "on", "and", "or", "third", "thirds", "half", "halves", "quarter", "quarters":
			return phrase
		}
	}
	return phrase
}

// possessiveWords returns how many words name a place whose seats follow: 1 for Kansas's, 2 for New Mexico's, 0 if none
// do.
func possessiveWords(words []string) int {
	const most = 4
	for i := 0; i < len(words) && i < most; i++ {
		word := strings.ReplaceAll(words[i], "’", "'")
		switch {
		case strings.HasSuffix(word, "'s") || strings.HasSuffix(word, "s'"):
			return i + 1
		case Figure(word) != "" || !unicode.IsUpper([]rune(word)[0]):
			return 0
		}
	}
	return 0
}

// seatsOfPlace reports whether words name the seats of a place without their number: Indiana's seats.
func seatsOfPlace(words []string) bool {
	place := possessiveWords(words)
	if place == 0 || place == len(words) {
		return false
	}
	next := fold(words[place])
	return next == "seats" || next == "members"
}

// replaceWhole replaces the word that counts the whole, behind "of", by its figure. It reports whether a figure stands
// there now.
func replaceWhole(words []string) bool {
	if len(words) > 0 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	words = words[possessiveWords(words):]
	switch {
	case len(words) == 0:
		return false
	case unicode.IsDigit(rune(words[0][0])):
		return true
	case Figure(words[0]) == "" || len(words) > 1 && continuesCount(words[1]):
		return false
	}
	words[0] = Figure(words[0])
	return true
}
