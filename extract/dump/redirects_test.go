package dump

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/extracttest"
)

// Redirects are yielded with the next document. If they are many, or if no document follows, they are yielded alone.
func TestRedirectsAlone(t *testing.T) {
	const further = 5
	var b strings.Builder
	b.WriteString(exportHead)
	for i := range maxRedirects + further {
		b.WriteString(exportRedirect(fmt.Sprint("Redirect ", i), 0, i+1, "A"))
	}
	b.WriteString(exportPage("A", 0, 9999, electionBox))
	b.WriteString(exportRedirect("Last", 0, 99999, "A"))
	b.WriteString(exportFoot)
	var got []string
	path := extracttest.WriteFile(t, "x", []byte(b.String()))
	for event, err := range openDump(t, path, Selection{}).Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d redirects, with a document: %v", len(event.Redirects), event.Document != nil))
	}
	want := []string{
		"1000 redirects, with a document: false", "5 redirects, with a document: true",
		"1 redirects, with a document: false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
