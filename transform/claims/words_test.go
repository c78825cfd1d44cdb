package claims

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestQuickTestsAreNoStricter draws texts that a pattern matches, and expects that the words of its quick test let them
// through.
func TestQuickTestsAreNoStricter(t *testing.T) {
	type quickTest struct {
		pattern string
		words   []string
	}
	tests := []quickTest{
		{otherElectionPattern.String(), otherElectionWords},
		{partialTurnoutPattern.String(), partialTurnoutWords},
	}
	for _, p := range claimPatterns {
		if p.words != nil {
			tests = append(tests, quickTest{p.pattern.String(), p.words})
		}
	}
	for _, test := range tests {
		texts := rapid.StringMatching(test.pattern)
		rapid.Check(t, func(t *rapid.T) {
			text := strings.ReplaceAll(texts.Draw(t, "text"), "ſ", "s") // which nobody writes
			if !containsAny(strings.ToLower(text), test.words) {
				t.Errorf("%q matches, and has none of %q", text, test.words)
			}
		})
	}
}
