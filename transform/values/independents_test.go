package values

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// independentsPattern is some of what IsIndependent takes, as a pattern.
var independentsPattern = regexp.MustCompile(`(?i)^(?:independents?|independent (?:politicians?|candidates?|members?)|non-?partisans?(?: politicians?)?|unaffiliated)(?: \([^()]*\))?$`)

func TestIsIndependentAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := ""
		for _, of := range [][]string{{"independent", "Independent", "non", "Non-", "NON", "unaffiliated", "x"}, {"", "partisan", "s"}, {"", "s", " "}, {"", "politician", "candidate", "member", "party"}, {"", "s", " "}, {"", "(x)", " (x)", " (politician)", " (a) (b)", " (", ")", " ()"}} {
			name += rapid.SampledFrom(of).Draw(t, "piece")
		}
		if got := IsIndependent(name); got != independentsPattern.MatchString(name) {
			t.Fatalf("%q: %v", name, got)
		}
	})
	for name := range independentNames {
		if len(name) > longestIndependentName || !IsIndependent(name) {
			t.Errorf("%q is not found", name)
		}
	}
	for name, want := range map[string]bool{
		"Ind.": true, "IND": true, "Ind": true, "Non‑inscrits": true, "Bağımsızlar": true, "Independientes": true,
		"Parteilos": true, "Indépendants (divers)": true, "Non–partisan": true, "Speaker": true,
		"Independence Party": false, "Indigenous": false, "Independent Labour": false, "Ind. Party": false, "": false, ".": false,
	} {
		if got := IsIndependent(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
