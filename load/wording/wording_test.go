package wording

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "",
		"  two\t\n words ":                   "two words",
		"\u202eturned\u202c round\u2066":     "turned round",
		"a\u061cb\u200fc":                    "abc",
		"a\x00b\x1b[1mc\u0085d":              "a b [1mc d",
		"no\u00a0break\u2028line\u2029ends.": "no break line ends.",
	} {
		if got := Plain(text); got != want {
			t.Errorf("%q: %q, expected %q", text, got, want)
		}
	}
	for _, text := range schemastest.HostileTexts {
		if got := Plain(text); strings.ContainsFunc(got, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text    string
		letters int
		want    string
	}{
		{"short", 5, "short"},
		{"longer", 5, "long…"},
		{"two words", 5, "two…"},
		{"自由民主党", 10, "自由民主党"},
		{"自由民主党", 9, "自由民主…"},
		{"自由民主党", 8, "自由民…"},
		{"e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"🗳🗳", 4, "🗳🗳"},
		{"🗳🗳", 3, "🗳…"},
		{"", 0, ""},
	} {
		if got := Shorten(c.text, c.letters); got != c.want {
			t.Errorf("%q in %d letters: %q, expected %q", c.text, c.letters, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text     string
		letters  int
		maxLines int
		want     []string
	}{
		{text: "", letters: 10, maxLines: 2, want: []string{""}},
		{text: "one two", letters: 7, maxLines: 2, want: []string{"one two"}},
		{text: "one two", letters: 6, maxLines: 2, want: []string{"one", "two"}},
		{text: "one two three four", letters: 7, maxLines: 2, want: []string{"one two", "three…"}},
		{text: "one two three", letters: 7, maxLines: 1, want: []string{"one tw…"}},
		{text: "unbreakable", letters: 5, maxLines: 3, want: []string{"unbr…"}},
		{text: "unbreakable word", letters: 5, maxLines: 3, want: []string{"unbr…", "word"}},
	} {
		if got := Wrap(c.text, c.letters, c.maxLines); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, expected %q", c.text, got, c.want)
		}
	}
}

// Whatever the text, no line is wider than asked, and there are no more lines than asked.
func TestWrapKeepsToItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		letters, maxLines := rapid.IntRange(2, 30).Draw(t, "letters"), rapid.IntRange(1, 4).Draw(t, "lines")
		lines := Wrap(text, letters, maxLines)
		if len(lines) > maxLines {
			t.Fatalf("%d lines, expected at most %d", len(lines), maxLines)
		}
		for _, line := range lines {
			if w := textWidth(line); w > letters {
				t.Fatalf("%q is %d letters wide, expected at most %d", line, w, letters)
			}
		}
		if whole := Plain(text); textWidth(whole) <= letters && strings.Join(lines, "\n") != whole {
			t.Fatalf("%q became %q", whole, lines)
		}
	})
}

func TestJoin(t *testing.T) {
	if got := Join("", "a", "", "b", ""); got != "a · b" {
		t.Errorf("%q", got)
	}
	if got := Join("", ""); got != "" {
		t.Errorf("%q", got)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 999_999: "999,999", 1_000_000: "1,000,000",
		-1: "−1", -999: "−999", -1000: "−1,000", -1_234_567: "−1,234,567",
		-1 << 63: "−9,223,372,036,854,775,808",
	} {
		if got := Number(n); got != want {
			t.Errorf("%d: %s, expected %s", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n    int64
		noun string
		want string
	}{
		{0, "seat", "0 seats"}, {1, "seat", "1 seat"}, {2, "seat", "2 seats"}, {1200, "seat", "1,200 seats"},
		{-1, "seat", "−1 seats"}, {1, "box", "1 box"}, {2, "box", "2 boxes"}, {0, "box", "0 boxes"},
	} {
		if got := Count(c.n, c.noun); got != c.want {
			t.Errorf("%d %s: %s, expected %s", c.n, c.noun, got, c.want)
		}
	}
}

func TestNamesOfAnElection(t *testing.T) {
	day := schemas.Date{Year: 2007, Month: 9, Day: 7}
	next := schemas.Date{Year: 2007, Month: 9, Day: 8}
	page := &schemas.Document{Title: "2007 Ruritanian\nelection", URI: "pages/ruritania.txt"}
	wiki := &schemas.Document{Title: page.Title, URI: page.URI, Wiki: "enwiki", RevisionID: new(int64(1234567))}
	file := &schemas.Document{URI: page.URI}
	for _, c := range []struct {
		name      string
		got, want string
	}{
		{"the name of the box", Title(&schemas.Election{Name: "General\telection", Document: page}),
			"General election"},
		{"the title of the page", Title(&schemas.Election{Document: page}), "2007 Ruritanian election"},
		{"the name of the file", Title(&schemas.Election{Document: file}), "ruritania.txt"},
		{"a day", LongDate(&schemas.Election{Date: day, DateEnd: day}), "7 September 2007"},
		{"two days", LongDate(&schemas.Election{Date: day, DateEnd: next}), "7 September 2007 to 8 September 2007"},
		{"a month", LongDate(&schemas.Election{Date: schemas.Date{Year: 2007, Month: 9}, DateRaw: "in\nautumn"}),
			"in autumn"},
		{"a page of Wikipedia", SourceName(&schemas.Election{Document: wiki}), "Wikipedia, “2007 Ruritanian election”"},
		{"another page", SourceName(&schemas.Election{Document: page}), "“2007 Ruritanian election”"},
		{"a file", SourceName(&schemas.Election{Document: file}), "ruritania.txt"},
		{"a file of another system", SourceName(&schemas.Election{Document: &schemas.Document{
			URI: `C:\Users\me\ruritania.txt`}}), "ruritania.txt"},
		{"a file of the program", SourceName(&schemas.Election{Document: &schemas.Document{
			URI: "embedded:ruritania.txt"}}), "embedded:ruritania.txt"},
		{"a page without a title", SourceName(&schemas.Election{Document: &schemas.Document{
			URI: "/home/me/ruritania.html", PageURL: "https://example.org/wiki/Ruritania"}}),
			"https://example.org/wiki/Ruritania"},
		{"a revision", RevisionName(&schemas.Election{Document: wiki}), "revision 1234567"},
		{"no revision", RevisionName(&schemas.Election{Document: page}), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, expected %q", c.name, c.got, c.want)
		}
	}
}
