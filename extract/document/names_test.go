package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// A title that is longer than any of MediaWiki, or a name of a wiki, is refused and shortened.
func TestCheckNames(t *testing.T) {
	long := strings.Repeat("é", MaxNameBytes/2)
	for _, c := range []struct{ name, title, wiki, words string }{
		{"a title", "1998 Testland general election", "enwiki", ""},
		{"the longest title", long + "e", "enwiki", ""},
		{"the longest title with a namespace", "Draft:" + long, "enwiki", ""},
		{"a longer title", long + "ee", "enwiki", "the title has 256 bytes"},
		{"a longer title with a namespace", "Draft:" + long + "ee", "enwiki", "the title has 262 bytes"},
		{"a longer namespace", long + "ee:A", "enwiki", "the title has 258 bytes"},
		{"a huge title", strings.Repeat("L", 1<<20), "enwiki", "the title has 1048576 bytes"},
		{"a longer name of a wiki", "A", long + "ee", "the name of the wiki has 256 bytes"},
	} {
		d := &schemas.Document{Title: c.title, Wiki: c.wiki}
		err := CheckNames(d)
		if c.words == "" {
			if err != nil || d.Title != c.title {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		schemastest.CheckWords(t, err, schemas.ReasonTooLarge, c.words, "more than 255")
		if err != nil && len(err.Error()) > 200 {
			t.Errorf("%s: the message has %d bytes", c.name, len(err.Error()))
		}
		for _, name := range []string{d.Title, d.Wiki} {
			if len(name) > MaxNameBytes || !utf8.ValidString(name) {
				t.Errorf("%s: %d bytes are left: %q", c.name, len(name), name)
			}
		}
	}
}

// Only an address of the web is one of a page.
func TestWebAddress(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://en.wikipedia.org/wiki/A": true, "http://example.org/A?b#c": true, "HTTPS://example.org/": true,
		"javascript:alert(1)": false, "javascript://a/%0aalert(1)//wiki/x": false, "data:text/html,x": false,
		"file:///etc/passwd": false, "//example.org/A": false, "/wiki/A": false, "https:A": false, "http://a\n": false,
		"": false,
	} {
		want := ""
		if ok {
			want = address
		}
		if got := WebAddress(address); got != want {
			t.Errorf("%q becomes %q", address, got)
		}
	}
}
