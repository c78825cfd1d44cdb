package values

import (
	"regexp"
	"strconv"
	"strings"
)

// numberWordPattern matches a word that may count something.
var numberWordPattern = regexp.MustCompile(
	`(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third)\b`)

// countWords are the words by which phrases count seats; others are made of two (twenty-one).
var countWords = map[string]int{
	"both": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// countWord returns the figure that a word stands for, "" for any other word.
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

// isFurtherCount reports whether a word continues the count that the word before it begins.
func isFurtherCount(word string) bool {
	switch foldWord(word) {
	case "hundred", "thousand", "dozen", "score":
		return true
	}
	return countWord(word) != ""
}

// foldWord returns a word in lower case, without the punctuation around it.
func foldWord(word string) string { return strings.ToLower(strings.Trim(word, ",;()")) }

// replaceCountWords returns a phrase with figures in the place of the words that count its seats: All ten seats, Both
// Idaho seats, nine of the 21 seats. One third, and one of the seats, count no seats.
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
	const most = 4 // words up to the one that is counted: All four West Virginia seats
	for i := first + 1; i < len(words) && i <= first+most; i++ {
		if isFurtherCount(words[i]) { // one hundred, twenty one
			return phrase
		}
		switch foldWord(words[i]) {
		case "of":
			if !replaceWhole(words[i+1:]) {
				return phrase
			}
			fallthrough
		case "seat", "seats", "member", "members":
			words[first] = countWord(words[first])
			return strings.Join(words, " ")
		case "in", "to", "on", "and", "or", "third", "thirds", "half", "halves", "quarter", "quarters":
			return phrase
		}
	}
	return phrase
}

// replaceWhole replaces the word that counts the whole, behind "of", by its figure. It reports whether a figure stands
// there now.
func replaceWhole(words []string) bool {
	if len(words) > 0 && strings.EqualFold(words[0], "the") {
		words = words[1:]
	}
	switch {
	case len(words) == 0:
		return false
	case isDigit(words[0][0]):
		return true
	case countWord(words[0]) == "" || len(words) > 1 && isFurtherCount(words[1]):
		return false
	}
	words[0] = countWord(words[0])
	return true
}
