package dump

import (
	"strings"
	"testing"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// FuzzCheckpoint resumes a dump from any text. Nothing panics, and a checkpoint that leads nowhere is an error or a
// dump that ends at once.
func FuzzCheckpoint(f *testing.F) {
	path := extracttest.WriteFile(f, "x.xml", []byte(mixedExport(5)))
	f.Add(`{"bit":0,"skip":-100,"account":{}}`)
	f.Add(`{"bit":-8,"skip":0}`)
	f.Add(`{"bit":9223372036854775807,"skip":9223372036854775807}`)
	f.Add(`{"skip":120,"rooted":true,"headed":true}`)
	f.Add(`{"skip":9,"closed":true,"finished":true,"misaligned":true,"account":{"Documents":-1}}`)
	f.Fuzz(func(t *testing.T, text string) {
		s := openDump(t, path, Selection{})
		if s.Resume(text) != nil {
			return
		}
		n := 0
		for range s.Events(t.Context()) {
			n++
		}
		if n > 100 {
			t.Errorf("a dump of 5 pages yields %d documents", n)
		}
	})
}

// For any bytes, the scan ends, counts every page that it met once, and gives the same in any pieces.
func FuzzDump(f *testing.F) {
	f.Add([]byte(mixedExport(12)), uint16(100))
	f.Add([]byte(strings.Replace(mixedExport(5), "enwiki<", "\xff<", 1)), uint16(52)) // whose head cannot be read
	f.Add([]byte(exportHead+exportPage("A", 0, 1, "<![CDATA["+electionBox+"]]>")+
		"<page><title>B</title><revision><text/></revision></page>"+exportFoot), uint16(7))
	f.Add([]byte(`<page><title a="></title></page><page><!-- --><?x?><></page></page><page>`), uint16(1))
	f.Add([]byte("<mediawiki/><siteinfo></siteinfo><page><title></title><a/><b></a></page>"), uint16(3))
	f.Fuzz(func(t *testing.T, content []byte, piece uint16) {
		scan := func(size int) (yielded []string, a schemas.Account) {
			s := &scanner{}
			d := &Source{scan: s, search: boxnames.NewSearch(boxnames.Known()), names: boxnames.Known()}
			for rest := content; len(rest) > 0 && !d.finished; { // as where the head is lost
				n := min(len(rest), size)
				s.feed(rest[:n])
				rest = rest[n:]
				d.drain(func(event schemas.Event, err error) bool {
					if doc := event.Document; doc != nil {
						yielded = append(yielded, doc.Title+doc.Text)
					}
					return true
				})
			}
			if at := s.position(); at < 0 || at > int64(len(content)) {
				t.Fatalf("the scan is at %d of %d bytes", at, len(content))
			}
			return yielded, d.account
		}
		pages, a := scan(len(content) + 1)
		if a.Documents != a.WithoutBox+a.OtherNamespaces+a.Redirects+int64(len(pages)) {
			t.Errorf("%d pages were yielded, and the account is %+v", len(pages), a)
		}
		others, b := scan(1 + int(piece))
		if len(others) != len(pages) || a.Documents != b.Documents {
			t.Errorf("in pieces of %d bytes there are %d of %d pages, else %d of %d",
				1+piece, len(others), b.Documents, len(pages), a.Documents)
		}
		for i := range min(len(pages), len(others)) {
			if pages[i] != others[i] {
				t.Errorf("page %d differs: %q, %q", i, pages[i], others[i])
			}
		}
	})
}
