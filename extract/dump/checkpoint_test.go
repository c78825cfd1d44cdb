package dump

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

// checkResume resumes a dump behind a page, and compares what it yields from there on with what it yields as a whole.
func checkResume(t *testing.T, path string, selection Selection, whole rangeResult, page int) {
	t.Helper()
	s := openDump(t, path, selection)
	if err := s.Resume(whole.checkpoints[page]); err != nil {
		t.Fatal(err)
	}
	rest := rangeOver(t, s)
	if diff := cmp.Diff(whole.pages[page+1:], append([]string{}, rest.pages...)); diff != "" {
		t.Errorf("pages behind page %d (-want +got):\n%s", page, diff)
	}
	if diff := cmp.Diff(whole.account, rest.account); diff != "" {
		t.Errorf("account behind page %d (-want +got):\n%s", page, diff)
	}
	if diff := cmp.Diff(whole.checkpoints[page+1:], append([]string{}, rest.checkpoints...)); diff != "" {
		t.Errorf("checkpoints behind page %d (-want +got):\n%s", page, diff)
	}
	if n := len(whole.redirects) - len(rest.redirects); n < 0 || !slices.Equal(whole.redirects[n:], rest.redirects) {
		t.Errorf("redirects behind page %d: %v of %v", page, rest.redirects, whole.redirects)
	}
}

// What is before a checkpoint counts as read. With an index, that is only known once the range begins.
func TestProgressOfAResumedDump(t *testing.T) {
	const export = exportHead + exportFoot
	path := extracttest.WriteFile(t, "x.xml", []byte(export))
	text, err := json.Marshal(checkpoint{Bit: 8 * 100, Account: schemas.Account{SourceURI: path, Documents: 7}})
	if err != nil {
		t.Fatal(err)
	}
	for _, titles := range []*regexp.Regexp{nil, regexp.MustCompile("A")} {
		s := openDump(t, path, Selection{})
		s.selection.Titles = titles
		if err := s.Resume("{"); err == nil || !strings.Contains(err.Error(), `the checkpoint "{" cannot be read`) {
			t.Errorf("a checkpoint that cannot be read: %v", err)
		}
		if s.Position() != 0 {
			t.Errorf("a checkpoint that cannot be read leads to page %d", s.Position())
		}
		if err := s.Resume(string(text)); err != nil {
			t.Fatal(err)
		}
		want := int64(100)
		if titles != nil {
			want = 0
		}
		if done, total := s.Progress(); done != want || total != int64(len(export)) || s.Position() != 7 {
			t.Errorf("%d of %d bytes are done, at page %d", done, total, s.Position())
		}
	}
}

// A checkpoint is a place in the file.
func TestResumeRefusesWhatIsNoPlace(t *testing.T) {
	path := extracttest.WriteFile(t, "x.xml", []byte(mixedExport(5)))
	for _, text := range []string{
		`{"bit":0,"skip":-100}`, `{"bit":-8,"skip":0}`, `{"bit":80000000,"skip":0}`, `{"bit":8,"skip":-1}`,
	} {
		s := openDump(t, path, Selection{})
		if err := s.Resume(text); err == nil || !strings.Contains(err.Error(), "is no place in this file") {
			t.Errorf("%s: %v", text, err)
		}
		if s.Position() != 0 {
			t.Errorf("%s leads to page %d", text, s.Position())
		}
	}
}

// The places of a range that is resumed are those of the file, not of what is left of it.
func TestPlacesOfAResumedExport(t *testing.T) {
	padding := exportPage("Long", 0, 1, strings.Repeat("x", 3*pieceSize))
	path := extracttest.WriteFile(t, "x.xml", []byte(exportHead+padding+padding+mixedExport(5)[len(exportHead):]))
	whole := openDump(t, path, Selection{})
	want := rangeOverEvents(t, whole).pages
	first := openDump(t, path, Selection{})
	for range first.Events(t.Context()) {
		break
	}
	rest := openDump(t, path, Selection{})
	if err := rest.Resume(first.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want[1:], rangeOverEvents(t, rest).pages); diff != "" {
		t.Errorf("behind the first page (-want +got):\n%s", diff)
	}
}
