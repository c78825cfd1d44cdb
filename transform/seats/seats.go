// Package seats reads the phrase of a box on the seats of an election.
//
// Start with Read.
package seats

import (
	"cmp"
	"fmt"
	"strings"

	"hemicycle/transform/countwords"
	"hemicycle/transform/values"
)

// Seats is what a phrase on seats says.
type Seats struct {
	Total, Contested *int64
	Chamber          string
	Majority         *int64 // seats needed for a majority, if the phrase states them
}

// String returns the seats of a chamber in words.
func (s *Seats) String() string {
	chamber := cmp.Or(s.Chamber, "a chamber without a name")
	switch {
	case s.Total == nil:
		return chamber
	case s.Contested != nil && *s.Contested < *s.Total:
		return fmt.Sprintf("%s with %d of %d seats", chamber, *s.Contested, *s.Total)
	}
	return fmt.Sprintf("%s with %d seats", chamber, *s.Total)
}

// Read reads a phrase on the seats of an election: "325 seats in the House of Representatives", "All 460 seats in the
// Sejm", "127 of the 257 seats". Two chambers in one phrase are two readings, unless the figures that follow are the
// parts of the first. A phrase without a figure or a word that counts states none, and members of an electoral college
// have no seats. A third of the 96 seats is a chamber of 96, and a problem; at least 96 seats is only a problem.
func Read(text string) (s Seats, problem string) {
	if s, ok := plainSeats(text); ok {
		return s, ""
	}
	return parseSeatsPhrase(text)
}

// plainSeats reads 325 seats in the House of Representatives, All 460 seats in the Sejm and 127 of the 257 seats in the
// Chamber of Deputies, as most phrases are written; parseSeatsPhrase reads the other forms.
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

// cutCount reads the count that a text begins with, and returns what follows it after a space.
func cutCount(text string) (n int64, rest string, ok bool) {
	figure, rest, _ := strings.Cut(text, " ")
	n, ok = values.PlainCount(figure)
	return n, rest, ok && n <= values.MaxSeats
}

// isChamberName reports whether a text has only letters and single spaces, and none of the words with which a remark
// on the seats begins.
func isChamberName(text string) bool {
	for i := range len(text) {
		if c := text[i]; !values.IsLetter(c) && (c != ' ' || i == 0 || text[i-1] == ' ') {
			return false
		}
	}
	hasArticle := len(text) > 4 && strings.EqualFold(text[:4], "the ")
	if text == "" || text[len(text)-1] == ' ' || hasArticle {
		return false
	}
	for word := range strings.FieldsSeq(text) {
		switch lower := strings.ToLower(word); {
		case lower == "including" || lower == "which" || lower == "whom" || lower == "nonvoting":
			return false
		case countwords.Figure(lower) != "" || lower == "special":
			return false
		}
	}
	return true
}
