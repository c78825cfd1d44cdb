package values

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// independentsPattern is what isIndependent takes, as a pattern.
var independentsPattern = regexp.MustCompile(`(?i)^(?:independents?|independent (?:politicians?|candidates?|members?)|non-?partisans?(?: politicians?)?|unaffiliated)(?: \([^()]*\))?$`)

func TestIsIndependentAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := ""
		for _, of := range [][]string{
			{"independent", "Independent", "non", "Non-", "NON", "unaffiliated", "x"}, {"", "partisan", "s"},
			{"", "s", " "}, {"", "politician", "candidate", "member", "party"}, {"", "s", " "},
			{"", "(x)", " (x)", " (politician)", " (a) (b)", " (", ")", " ()"},
		} {
			name += rapid.SampledFrom(of).Draw(t, "piece")
		}
		if got := IsIndependent(name); got != independentsPattern.MatchString(name) {
			t.Fatalf("%q: %v", name, got)
		}
	})
	for name := range independentNames {
		if !independentsPattern.MatchString(name) {
			t.Errorf("%q is none", name)
		}
	}
}
