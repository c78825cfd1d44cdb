package dates

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tokenPattern matches what dateTokens finds.
var tokenPattern = regexp.MustCompile(`(?i)([0-9]+)(?:st|nd|rd|th)?\b|` +
	`\b(january|february|march|april|(?-i:May|MAY)|june|july|august|september|sept|october|november|december|` +
	`jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\b\.?`)

// TestDateTokens compares dateTokens with a pattern.
func TestDateTokens(t *testing.T) {
	pieces := []string{
		"7", "12", "2007", "September", "sept", "SEP", "may", "May", "MAY", "mAy", "march", "Marches", "st", "nd", "TH",
		"_", " ", " ", "-", "–", ".", "a", "é", "(", "December", "dec", "Junes",
	}
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
