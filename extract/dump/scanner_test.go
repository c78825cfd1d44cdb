package dump

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// scanAll feeds a scanner with a text in pieces and drops what it yields.
func scanAll(text string, piece int) {
	d := &Source{scan: &scanner{}, search: boxnames.NewSearch(boxnames.Known()), names: boxnames.Known()}
	for rest := []byte(text); len(rest) > 0; {
		n := min(len(rest), piece)
		d.scan.feed(rest[:n])
		rest = rest[n:]
		d.drain(func(schemas.Event, error) bool { return true })
	}
}

// What stands outside pages takes linear time, as pages do.
func TestScannerHostile(t *testing.T) {
	for _, h := range []struct{ before, unit string }{
		{"", "<siteinfo"}, {"", "<siteinfo>"}, {"", "<siteinfo></siteinfo>"}, {"", "</siteinfo>"},
		{"", "<mediawiki "}, {"", "<mediawiki " + `a="`}, {"", "<mediawiki>"}, {"", "<mediawiki><siteinfo>"},
		{"", `<mediawiki a=">`}, {"", "<"}, {"", "<page "}, {"", "<page/>"}, {"", "<!--"}, {"", "<!-- -->"}, {"", "<?"},
		{"", "<![CDATA["}, {"", ">"}, {"", "<a:"}, {"", "<title>"}, {"<mediawiki ", "a"}, {"<mediawiki ", `"`},
		{"<mediawiki ", `">`}, {"<siteinfo>", "a"}, {"<siteinfo>", "<!--"}, {"<!--", "-"}, {"<?", "?"},
		{"<page><title>A</title>", "<a>"}, {"<page><title>A</title>", "<!--"}, {"<page>", "<a></a>"}, {"<page><a ", "a"},
		{"<page><a ", `"`}, {"<page><a ", `">`}, {"<page>", "<!-- -->"}, {"<page>", "<?"}, {"<page>", "<redirect title="},
		{"<page>", "<revision><text></text></revision>"},
	} {
		t.Run(h.before+h.unit, func(t *testing.T) {
			for _, piece := range []int{pieceSize, 512} {
				schemastest.HoldsGrowth(t, func(n int) func() {
					text := h.before + strings.Repeat(h.unit, n/len(h.unit))
					return func() { scanAll(text, piece) }
				})
			}
		})
	}
}

// The pieces in which an export comes make no difference.
func TestDumpPieces(t *testing.T) {
	content := mixedExport(60)
	want := rangeOver(t, openDump(t, extracttest.WriteFile(t, "x", []byte(content)), Selection{}))
	rapid.Check(t, func(t *rapid.T) {
		s := &scanner{}
		d := &Source{scan: s, search: boxnames.NewSearch(boxnames.Known())}
		rest := []byte(content)
		var got []string
		for len(rest) > 0 {
			n := min(len(rest), rapid.IntRange(1, 3000).Draw(t, "piece"))
			s.feed(rest[:n])
			rest = rest[n:]
			d.drain(func(event schemas.Event, err error) bool {
				doc := event.Document
				if err != nil {
					got = append(got, doc.Title+"! "+err.(*document.Unreadable).Reason)
				} else {
					got = append(got, doc.Title+": "+doc.Text)
				}
				return true
			})
		}
		if diff := cmp.Diff(want.pages, got); diff != "" {
			t.Error(diff)
		}
		if d.account.Documents != 60 || !s.Closed {
			t.Errorf("%+v", d.account)
		}
	})
}
