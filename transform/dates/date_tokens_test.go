package dates

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tokenPattern is what dateTokens finds, as a pattern.
var tokenPattern = regexp.MustCompile(`(?i)([0-9]+)(?:st|nd|rd|th)?\b|\b(january|february|march|april|(?-i:May|MAY)|june|july|august|september|sept|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\b\.?`)

func TestDateTokens(t *testing.T) {
	pieces := []string{"7", "12", "2007", "September", "sept", "SEP", "may", "May", "MAY", "mAy", "march", "Marches", "st", "nd", "TH", "_", " ", " ", "-", "–", ".", "a", "é", "(", "December", "dec", "Junes"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "pieces"), "")
		var want, got []dateToken
		for _, m := range tokenPattern.FindAllStringSubmatch(text, -1) {
			token := dateToken{figure: m[1]}
			if m[2] != "" {
				token.month = monthNumbers[strings.ToLower(m[2][:3])]
			}
			want = append(want, token)
		}
		for token := range dateTokens(text) {
			got = append(got, token)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(dateToken{})); diff != "" {
			t.Fatalf("%q (-pattern +got):\n%s", text, diff)
		}
	})
}

// TestMayHaveNoDate holds the quick look against the pattern: it passes no text in which the pattern finds
// something, and spares it plain dates with their rounds.
func TestMayHaveNoDate(t *testing.T) {
	pieces := []string{"7", "12", "2007", "September", "(", ")", "[", "]", " ", " ", " ", "-", ":", "O.S.", "o. s", "os", "old style", "Old", "postponed from", "original", "Moved", "first", "1st", "2nd", "round", "Rounds", "stage", "phases", "Phase", "s", "turn", "ballots", "18", "years ago", "seats", "Territories", "constituency", "states", "province", "region", "department", "district", "day", "weeks", "Hours", "08:00", "\t", "\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "pieces"), "")
		if found := dateRemarkPattern.FindString(text); found != "" && !mayHaveDateRemark(text) {
			t.Fatalf("the pattern finds %q in %q", found, text)
		}
	})
	for _, text := range []string{"2 October 2022 (first round) 30 October 2022 (second round)", "8–9 October 2021", "October 31, November 21, December 26, 2004", "1 November 2022 31 October (Faroe Islands only)"} {
		if mayHaveDateRemark(text) {
			t.Errorf("%q: nothing in it is for the pattern", text)
		}
	}
}
