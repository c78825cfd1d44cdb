package claims

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

// TestSentences cuts texts into sentences.
func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"One 1. Two 2! Three 3? Four 4":        {"One 1.", " Two 2!", " Three 3?", " Four 4"},
		"It was 37.5 percent. 12 came":         {"It was 37.5 percent.", " 12 came"},
		"The U.S. House of 435. Mr. 5 won":     {"The U.S. House of 435.", " Mr. 5 won"},
		"He said \"12.\" Then 13.[1][2] So 14": {"He said \"12.\"", " Then 13.[1][2]", " So 14"},
		"No figure here. One 1.\nTwo 2":        {" One 1.", "\nTwo 2"},
		"it ended at 5. then went on":          {"it ended at 5. then went on"},
	} {
		var got []string
		for _, s := range sentences(&schemas.Passage{Text: text, Line: 1}) {
			got = append(got, s.text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// FuzzSentences holds that the sentences of a text, in which every part has a figure, make up the text, that none is
// too long, and that each knows its place.
func FuzzSentences(f *testing.F) {
	for _, text := range []string{
		"Elections were held on 7 September 2007 for 325 seats. Turnout was 37%.",
		"Mr. 12 won. There were 91 to 95 constituencies.",
		"It has 10 members (of 12). \"It won 5.\" Others won 3.5 per cent", "33 parties… 13 independents! 1.", "",
		"1 " + strings.Repeat("!", 3*maxSentence),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // a document's text is valid when it comes here
		}
		text = strings.ReplaceAll(text, ".", "1.")
		end := 0
		for _, s := range sentences(&schemas.Passage{Text: text, Line: 1}) {
			if text[s.start:s.start+len(s.text)] != s.text || s.start < end || len(s.text) > 2*maxSentence+utf8.UTFMax {
				t.Fatalf("a sentence of %d bytes at %d, after %d", len(s.text), s.start, end)
			}
			if strings.ContainsAny(text[end:s.start], "0123456789") {
				t.Fatalf("figures are left out: %q", text[end:s.start])
			}
			if line, _ := s.passage.Place(s.start); line != 1+strings.Count(text[:s.start], "\n") {
				t.Fatalf("line %d of offset %d", line, s.start)
			}
			end = s.start + len(s.text)
		}
	})
}
