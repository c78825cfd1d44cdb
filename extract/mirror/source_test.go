package mirror_test

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract"
	"hemicycle/extract/document"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

var (
	_ extract.Resumable        = (*mirror.Source)(nil)
	_ extract.ProgressReporter = (*mirror.Source)(nil)
)

// mustOpenSource opens a mirror as a source.
func mustOpenSource(t testing.TB, folder string) *mirror.Source {
	t.Helper()
	s, err := mirror.OpenSource(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rangeOver returns what a source yields as lines, at most so many events.
func rangeOver(t testing.TB, s *mirror.Source, most int) []string {
	t.Helper()
	var lines []string
	for event, err := range s.Events(t.Context()) {
		if len(event.Pages) > 0 {
			lines = append(lines, fmt.Sprint(*event.Pages[0].ID, " ", event.Pages[0].State))
			if len(lines) == most {
				break
			}
			continue
		}
		d := event.Document
		line := fmt.Sprint(*d.PageID, " ", d.Title, " ", *d.RevisionID, " ", d.WikidataQID, " ", d.Text)
		var u *document.Unreadable
		if errors.As(err, &u) {
			line += u.Reason
		} else if err != nil {
			t.Fatal(err)
		}
		if lines = append(lines, line); len(lines) == most {
			break
		}
	}
	return lines
}

// mixed returns a wiki with pages of every kind, in a mirror.
func mixed(t *testing.T, folder string) *mediawikitest.Wiki {
	t.Helper()
	wiki := elections(8)
	wiki.Change(pageTitle(2), func(p *mediawikitest.Page) { p.Withheld = true })
	wiki.Change(pageTitle(3), func(p *mediawikitest.Page) { p.Newest.Hidden = true })
	wiki.Change(pageTitle(4), func(p *mediawikitest.Page) { p.Newest.Model = "json" })
	wiki.Change(pageTitle(5), func(p *mediawikitest.Page) { p.Item = "Q42" })
	mustSync(t, options(t, folder, wiki))
	return wiki
}

// The pages of a mirror are documents with all that the wiki says of them.
func TestSource(t *testing.T) {
	folder := t.TempDir()
	mixed(t, folder)
	m := mustOpen(t, folder)
	if err := os.Remove(textFiles(t, folder)[0]); err != nil {
		t.Fatal(err)
	}
	s := mustOpenSource(t, folder)
	reasons := map[string]int{}
	var whole []*schemas.Document
	last, passed := int64(0), 0
	for event, err := range s.Events(t.Context()) {
		if len(event.Pages) > 0 {
			p := event.Pages[0]
			isModel := p.Title == pageTitle(4) && p.State == schemas.PageNotWikitext && p.Wiki == "testwiki"
			if len(event.Pages) != 1 || !isModel || event.Document != nil {
				t.Errorf("%+v is passed", p)
			}
			last = *p.ID
			passed++
			continue
		}
		if *event.Document.PageID <= last {
			t.Errorf("page %d comes behind page %d", *event.Document.PageID, last)
		}
		last = *event.Document.PageID
		var u *document.Unreadable
		if errors.As(err, &u) {
			reasons[u.Reason]++
			continue
		}
		whole = append(whole, event.Document)
	}
	want := map[string]int{mirror.RefusedNotFetched: 1, mirror.RefusedHidden: 1, schemas.ReasonDamaged: 1}
	if diff := cmp.Diff(want, reasons); diff != "" || len(whole) != 4 || passed != 1 {
		t.Errorf("%d documents, %d passed: %s", len(whole), passed, diff)
	}
	account := s.Account()
	wantAccount := schemas.Account{
		SourceURI: "https://wiki.example/w/api.php", Wikis: []string{"testwiki"}, Format: "wiki",
		Scan: schemas.ScanWhole, Documents: 8, WithoutBox: 1, Bytes: 5 * int64(len(mediawikitest.Box("of 1"))), SHA256: m.Snapshot(),
		Mirror: &schemas.MirrorScan{Snapshot: m.Snapshot(), SyncedAt: m.Synced, Listed: 8},
	}
	if diff := cmp.Diff(wantAccount, account); diff != "" {
		t.Error(diff)
	}
	reader := extract.NewReader(extract.Options{Templates: s.Mirror().Names})
	for _, d := range whole {
		if d.Title != pageTitle(5) {
			continue
		}
		if err := reader.Read(d); err != nil || len(d.Boxes) != 1 {
			t.Fatalf("%d boxes, %v", len(d.Boxes), err)
		}
		want := schemas.Document{
			URI: "https://wiki.example/w/api.php", Format: "wikitext", Wiki: "testwiki", Lang: "en",
			PageID: schemastest.Ptr[int64](8), PageURL: "https://wiki.example/wiki/1005_general_election",
			RevisionID: schemastest.Ptr[int64](8), RevisionTimestamp: d.RevisionTimestamp, WikidataQID: "Q42",
			Title: pageTitle(5), Text: mediawikitest.Box("of 5"), Bytes: d.Bytes, SHA256: d.SHA256,
		}
		d.Boxes, d.Prose = nil, nil
		if diff := cmp.Diff(want, *d); diff != "" || d.RevisionTimestamp.Year() != 2029 {
			t.Error(diff)
		}
	}
}

// A source that is stopped behind any page and resumed ends as if it had never been stopped.
func TestSourceResumes(t *testing.T) {
	folder := t.TempDir()
	mixed(t, folder)
	straight := mustOpenSource(t, folder)
	want := rangeOver(t, straight, -1)
	for n := range len(want) {
		first := mustOpenSource(t, folder)
		var got []string
		if n > 0 {
			got = rangeOver(t, first, n)
		}
		checkpoint, position := first.Checkpoint(), first.Position()
		if first.Account().SHA256 != "" {
			t.Error("a source that was not read whole has a digest")
		}
		second := mustOpenSource(t, folder)
		if err := second.Resume(checkpoint); n > 0 && err != nil || second.Position() != position {
			t.Fatalf("resumed at %d, was at %d: %v", second.Position(), position, err)
		}
		got = append(got, rangeOver(t, second, -1)...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("stopped behind page %d: %s", n, diff)
		}
		if diff := cmp.Diff(straight.Account(), second.Account()); diff != "" {
			t.Errorf("stopped behind page %d: %s", n, diff)
		}
		if diff := cmp.Diff(straight.Checkpoint(), second.Checkpoint()); diff != "" {
			t.Error(diff)
		}
		if done, total := second.Progress(); done != total || total == 0 {
			t.Errorf("%d of %d bytes were read", done, total)
		}
	}
}

// A checkpoint of another state of the mirror is refused and changes nothing.
func TestSourceRefusesCheckpoints(t *testing.T) {
	folder := t.TempDir()
	wiki := mixed(t, folder)
	older := mustOpenSource(t, folder)
	rangeOver(t, older, 2)
	wiki.Edit(pageTitle(0), mediawikitest.Box("changed"))
	mustSync(t, options(t, folder, wiki))
	s := mustOpenSource(t, folder)
	for _, checkpoint := range []string{older.Checkpoint(), "", "{}"} {
		if err := s.Resume(checkpoint); err == nil {
			t.Errorf("the checkpoint %q is taken", checkpoint)
		}
	}
	if got := rangeOver(t, s, -1); len(got) != 8 {
		t.Errorf("%d events", len(got))
	}
	if s.Fingerprint() == older.Fingerprint() {
		t.Error("the mirror changed, and its fingerprint did not")
	}
}
