package dump

import (
	"fmt"
	"slices"
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

// Of several revisions the newest counts, in whatever order they stand and however many there are.
func TestDumpRevisions(t *testing.T) {
	exportRevision := func(id int, timestamp, text string) string {
		return fmt.Sprintf("<revision><id>%d</id><timestamp>%s</timestamp>"+
			"<text xml:space=\"preserve\">%s</text></revision>\n", id, timestamp, text)
	}
	filler := strings.Repeat("some text of an older revision. ", 4000)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "revisions")
		newest := rapid.IntRange(0, n-1).Draw(t, "newest")
		var b strings.Builder
		for i := range n {
			switch {
			case i == newest:
				b.WriteString(exportRevision(500, "2020-01-01T00:00:00Z", electionBox+"newest"))
			case rapid.Bool().Draw(t, "same time"):
				b.WriteString(exportRevision(20+i, "2020-01-01T00:00:00Z", electionBox+filler))
			default:
				b.WriteString(exportRevision(900+i, "2019-01-01T00:00:00Z", filler))
			}
		}
		s := &scanner{}
		d := &Source{scan: s, search: boxnames.NewSearch(boxnames.Known())}
		content := exportHead + "<page><title>A</title><ns>0</ns><id>1</id>" + b.String() + "</page>" +
			exportPage("B", 0, 2, electionBox) + exportFoot
		var got []string
		size := rapid.IntRange(1000, 1<<20).Draw(t, "piece")
		for piece := range slices.Chunk([]byte(content), size) {
			s.feed(piece)
			d.drain(func(event schemas.Event, err error) bool {
				doc := event.Document
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, doc.Title+": "+doc.Text)
				return true
			})
			if len(s.buffer) > 4<<20 {
				t.Fatalf("the buffer has grown to %d bytes", len(s.buffer))
			}
		}
		if diff := cmp.Diff([]string{"A: " + electionBox + "newest", "B: " + electionBox}, got); diff != "" {
			t.Error(diff)
		}
		if want := int64(strings.Index(content, "</mediawiki>") + len("</mediawiki>")); s.position() != want+1 {
			t.Errorf("the scanner is at %d of %d", s.position(), want)
		}
	})
}

// A page that is larger than any page of MediaWiki is rejected, and the pages behind it are read.
func TestLargePages(t *testing.T) {
	fill := func(size int) string { return electionBox + strings.Repeat("x", size-len(electionBox)) }
	for _, c := range []struct {
		name, text, page, detail string
	}{
		{name: "the largest text", text: fill(document.MaxBytes), page: "B: " + fill(document.MaxBytes)},
		{
			name: "a larger text", text: fill(document.MaxBytes + 1), page: "B! too-large",
			detail: "the page has more than 16 MiB",
		},
		{
			name: "more than a page takes in XML", text: fill(maxPage + 2*pieceSize), page: "B! too-large",
			detail: "the page takes more than 32 MiB",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			export := exportHead + exportPage("B", 0, 1, c.text) + exportPage("A", 0, 2, electionBox) + exportFoot
			path := extracttest.WriteFile(t, "x", []byte(export))
			got := rangeOver(t, openDump(t, path, Selection{}))
			if len(got.pages) != 2 || got.pages[0] != c.page || got.pages[1] != "A: "+electionBox {
				t.Errorf("%d pages, the first begins with %.80q", len(got.pages), got.pages[0])
			}
			if got.account.Documents != 2 {
				t.Errorf("%d pages are counted", got.account.Documents)
			}
			for _, err := range openDump(t, path, Selection{}).Events(t.Context()) {
				if c.detail != "" {
					schemastest.CheckWords(t, err, c.detail)
				}
				break
			}
		})
	}
}
