package transform

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

// FuzzTransform holds the laws of findings for any box and any prose.
func FuzzTransform(f *testing.F) {
	for _, cases := range checkCases {
		for _, c := range cases {
			f.Add(c.box, c.prose)
		}
	}
	f.Fuzz(func(t *testing.T, box, prose string) {
		if !utf8.ValidString(box) || !utf8.ValidString(prose) {
			return // a document's text is valid when it comes here
		}
		c := checkCase{box: box, prose: prose}
		checkFindings(t, c.page())
	})
}

// checkFindings judges a page. Its findings must be numbered, have a place in the text, and be the same the second
// time.
func checkFindings(t *testing.T, d *schemas.Document) {
	t.Helper()
	e := judged(d)
	for i, f := range e.AllFindings() {
		isSilent := f.Status.Doubtful() && (f.Message == "" || f.Subject == "")
		if f.Ordinal != i+1 || f.Offset > len(d.Text) || isSilent {
			t.Errorf("finding %d: %+v", i+1, f)
		}
		if f.Offset >= 0 && f.Line != 1+strings.Count(d.Text[:f.Offset], "\n") {
			t.Errorf("line %d and offset %d: %+v", f.Line, f.Offset, f)
		}
	}
	if diff := cmp.Diff(e.AllFindings(), judged(d).AllFindings()); diff != "" {
		t.Errorf("the same page is judged otherwise the second time (-first +second):\n%s", diff)
	}
}
