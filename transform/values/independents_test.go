package values

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// independentsPattern matches the names that IsIndependent takes.
var independentsPattern = regexp.MustCompile(`(?i)^(?:independents?|` +
	`independent (?:politicians?|candidates?|members?)|non-?partisans?(?: politicians?)?|unaffiliated)` +
	`(?: \([^()]*\))?$`)

// TestIsIndependentAgrees compares IsIndependent with a pattern.
func TestIsIndependentAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := ""
		for _, pieces := range [][]string{
			{"independent", "Independent", "non", "Non-", "NON", "unaffiliated", "x"}, {"", "partisan", "s"},
			{"", "s", " "}, {"", "politician", "candidate", "member", "party"}, {"", "s", " "},
			{"", "(x)", " (x)", " (politician)", " (a) (b)", " (", ")", " ()"},
		} {
			name += rapid.SampledFrom(pieces).Draw(t, "piece")
		}
		if got := IsIndependent(name); got != independentsPattern.MatchString(name) {
			t.Fatalf("%q: %v", name, got)
		}
	})
	for name := range independentNames {
		if !independentsPattern.MatchString(name) {
			t.Errorf("%q is not matched by the pattern", name)
		}
	}
}
