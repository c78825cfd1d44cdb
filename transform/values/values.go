// Package values turns the text of a field into a value: counts, shares, changes, turnout and the seats of the last
// election.
//
// A reader, such as ReadCount, returns a value and a problem: why the text cannot be read, in words. If there is
// neither, the text says that there is no value. A function whose name begins with Plain reads the commonest form only,
// and fast.
package values

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The largest numbers that the columns for seats and for votes hold.
const (
	MaxSeats = math.MaxInt32
	MaxVotes = math.MaxInt64
)

// ambiguousPrefix begins the problem of a text that can be read in more than one way.
const ambiguousPrefix = "two readings: "

// AmbiguousProblem returns the problem of a text with two readings, in words.
func AmbiguousProblem(format string, arguments ...any) string {
	return ambiguousPrefix + fmt.Sprintf(format, arguments...)
}

// IsAmbiguous reports whether a problem is that of a text with two readings.
func IsAmbiguous(problem string) bool { return strings.HasPrefix(problem, ambiguousPrefix) }

// unreadableProblem returns the problem of a text that is not what was expected. A text with several figures has
// several readings.
func unreadableProblem(expected, text string) string {
	if len(figurePattern.FindAllString(text, 2)) > 1 {
		return fmt.Sprintf(ambiguousPrefix+"expected %s, found several figures: %s", expected, Quote(text))
	}
	return fmt.Sprintf("expected %s, found %s", expected, Quote(text))
}

// Quote returns a text as a message quotes it, shortened to the length of a line.
func Quote(text string) string {
	const most = 60
	runes := []rune(text[:min(len(text), 4*most+4)])
	if len(runes) > most {
		return strconv.Quote(string(runes[:most]) + "…")
	}
	return strconv.Quote(text)
}

// ContainsAny reports whether a text contains one of some words, which are in lower case. It spares most texts the slow
// patterns that need one of these words.
func ContainsAny(text string, words ...string) bool {
	lower := strings.ToLower(text)
	for _, word := range words {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// DigitsValue returns the number that a few digits write.
func DigitsValue(s string) int {
	n, _ := strconv.Atoi(s) // the callers' patterns match digits only, and few of them
	return n
}

// IsLetter reports whether a byte is a letter of ASCII.
func IsLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// IsDigit reports whether a byte is a digit of ASCII.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }
