package dump

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"
	"testing"

	"hemicycle/extract/extracttest"
)

// digestPage returns a page of an export with the digest of its text as exports of a version have it.
func digestPage(title string, id int, text, digest string) string {
	page := exportPage(title, 0, id, text)
	page = strings.Replace(page, ` sha1="x"`, "", 1)
	return strings.Replace(page, "<sha1>x</sha1>", "<sha1>"+digest+"</sha1>", 1)
}

// The text of a page that becomes a document is compared with the digest that the export gives.
func TestWrongDigest(t *testing.T) {
	text := electionBox + "\nsaved & gone"
	written := strings.ReplaceAll(text, "&", "&amp;")
	right := base36SHA1([]byte(text))
	sum := sha1.Sum([]byte(text))
	other := base36SHA1([]byte("another text"))
	inAttribute := func(digest string) string {
		page := digestPage("A", 1, written, other)
		return strings.Replace(page, "<text ", `<text sha1="`+digest+`" `, 1)
	}
	for name, c := range map[string]struct {
		page string
		lost bool
	}{
		"the digest of the text":                {digestPage("A", 1, written, right), false},
		"that of another text":                  {digestPage("A", 1, written, other), true},
		"one letter is another":                 {digestPage("A", 1, written, right[:30]+"*"), true},
		"in base 16":                            {digestPage("A", 1, written, hex.EncodeToString(sum[:])), false},
		"in base 16, of another text":           {digestPage("A", 1, written, strings.Repeat("0f", 20)), true},
		"none":                                  {digestPage("A", 1, written, ""), false},
		"a word that is no digest":              {digestPage("A", 1, written, "unknown"), false},
		"of the text, beside that of all slots": {inAttribute(right), false},
		"of another text, beside all slots":     {inAttribute(other), true},
		"a text whose lines end as on Windows": {
			digestPage("A", 1, strings.ReplaceAll(written, "\n", "\r\n"), right), false},
		"a text that was saved with such lines": {
			digestPage("A", 1, strings.ReplaceAll(written, "\n", "\r\n"),
				base36SHA1([]byte(strings.ReplaceAll(text, "\n", "\r\n")))), false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			content := exportHead + exportPage("None", 0, 2, "x") + c.page + exportFoot
			got := rangeOver(t, openDump(t, extracttest.WriteFile(t, "x", []byte(content)), Selection{}))
			want := []string{"A: " + text}
			if c.lost {
				want = []string{"A! wrong-digest"}
			}
			if len(got.pages) != 1 || !c.lost && strings.ReplaceAll(got.pages[0], "\r\n", "\n") != want[0] ||
				c.lost && got.pages[0] != want[0] {
				t.Errorf("got %q, expected %q", got.pages, want)
			}
		})
	}
}

// The SHA-1 of the empty text is the one that MediaWiki writes.
func TestBase36(t *testing.T) {
	if got, want := base36SHA1(nil), "phoiac9h4m842xq45sp7s6u21eteeq1"; got != want {
		t.Errorf("got %s, expected %s", got, want)
	}
}
