package pipelines

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// panicOn returns an election function that panics on documents with such a part in their title.
func panicOn(part string) transformFunc {
	return func(d *schemas.Document, box *schemas.Infobox, o transform.Options) *schemas.Election {
		if strings.Contains(d.Title, part) && box.Box == len(d.Boxes) { // the elections before it must go too
			panic(fmt.Errorf("no seat is left\nfor %q", part))
		}
		return transform.Transform(d, box, o)
	}
}

// faultyPages is an input of five pages, of which the fourth, with two boxes, makes panicOn("Testland 3 ") panic.
func faultyPages(t *testing.T) madePages {
	kind := func(name string) int { return kindNamed(t, name) }
	return makePages([]int{kind("sound"), kind("no box"), kind("sound"), kind("two boxes"), kind("sound")})
}

const internalErrorDetail = "this document made the program fail, which is a fault of the program and not of the " +
	`document; please report it with the document and this message: no seat is left\nfor "Testland 3 "`

// A panic on one document is a reject of that document. The run goes on, and any number of workers, parts and stops
// give the same output.
func TestPanicIsAReject(t *testing.T) {
	m := faultyPages(t)
	var want map[string]string
	for _, workers := range []int{1, 2, 8} {
		log := &strings.Builder{}
		o := Options{
			Output: t.TempDir(), Version: "test", Build: "test", Log: slog.New(slog.NewTextHandler(log, nil)),
			Workers: workers, PartDocuments: 2, election: panicOn("Testland 3 "),
		}
		outcome, err := Run(t.Context(), m.of(load.Parquet, load.JSONLines), o)
		if err != nil {
			t.Fatal(err)
		}
		if outcome.InternalErrors != 1 || !outcome.Published || outcome.Excess {
			t.Errorf("%d internal errors, published %v, excess %v", outcome.InternalErrors, outcome.Published,
				outcome.Excess)
		}
		c := outcome.Manifest.Counts
		got := version.Counts{Documents: c.Documents, WithBox: c.WithBox, WithoutBox: c.WithoutBox,
			Rejected: c.Rejected, Boxes: c.Boxes, Elections: c.Elections}
		counts := version.Counts{Documents: 5, WithBox: 3, WithoutBox: 1, Rejected: 1, Boxes: 3, Elections: 3}
		if diff := cmp.Diff(counts, got); diff != "" {
			t.Errorf("the account (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]map[string]any{{
			"source_uri": "embedded:page-00003.txt", "page_title": "1998 Testland 3 general election",
			"unit": "document", "stage": "transform", "reason": "internal-error", "detail": internalErrorDetail,
			"line": nil, "byte_offset": nil, "wiki": nil,
		}}, jsonlRows(t, o.Output, "rejects")); diff != "" {
			t.Errorf("the rejects (-want +got):\n%s", diff)
		}
		for _, words := range []string{
			`level=ERROR msg="internal error" source=embedded:page-00003.txt `,
			`title="1998 Testland 3 general election" panic=`,
			"guard_test.go", // in the stack
		} {
			if !strings.Contains(log.String(), words) {
				t.Errorf("%q is not in the log:\n%s", words, log)
			}
		}
		files := withoutRuns(readFolder(t, published(t, o.Output), ""))
		if want == nil {
			want = files
		} else if diff := cmp.Diff(want, files); diff != "" {
			t.Errorf("%d workers write other files than one:\n%s", workers, diff)
		}
	}
}

// A reader that panics rejects the document in the stage extract, before it has a title.
func TestPanicWhileReading(t *testing.T) {
	s := inputStep{document: &schemas.Document{URI: "page.txt"}, elections: []*schemas.Election{{}}}
	s.guard(func(s *inputStep) {
		s.stage = "extract"
		var readers []int
		_ = readers[s.source]
	})
	r := s.reject()
	want := &schemas.Reject{
		SourceURI: "page.txt", Unit: schemas.UnitDocument, Stage: "extract", Reason: schemas.ReasonInternalError,
		Detail: r.Detail, Offset: -1,
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("the reject (-want +got):\n%s", diff)
	}
	if !strings.HasSuffix(r.Detail, "index out of range [0] with length 0") {
		t.Errorf("the detail is %q", r.Detail)
	}
	if s.elections != nil {
		t.Error("a document that is rejected still has elections")
	}
}

// An allowance of the pipeline counts an internal error as a reject and still does not cover it, also where it was
// met before a run was resumed.
func TestInternalErrorIsNotAllowed(t *testing.T) {
	m := faultyPages(t)
	o := Options{Output: t.TempDir(), Version: "test", Build: "test", PartDocuments: 1, Workers: 1,
		election: panicOn("Testland 0 ")}
	stopAfter(t, m.of(load.Parquet), o, 2)
	o.Resume, o.Log, o.election = true, quiet(), panicOn("nothing")
	first := ""
	o.Each = func(r schemas.Record) {
		if r.Election != nil && first == "" {
			first = r.Election.Document.URI
		}
	}
	p := m.of(load.Parquet)
	p.Allow = Allowance{Rejects: 1}
	outcome, err := Run(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if first == "embedded:page-00000.txt" || first == "" {
		t.Fatalf("the run was not resumed: its first election is of %q", first)
	}
	if outcome.InternalErrors != 1 || outcome.Excess {
		t.Errorf("%d internal errors, excess %v: expected 1 and no excess", outcome.InternalErrors, outcome.Excess)
	}
	p.Allow = Allowance{}
	if outcome, _ = mustRun(t, p, Options{election: panicOn("Testland 0 ")}); !outcome.Excess {
		t.Error("an internal error is no reject to the allowance")
	}
}

// check and show see a panic as the reject of the document, with the stack in the log.
func TestPanicWhileChecking(t *testing.T) {
	folder := t.TempDir()
	var files []string
	for name, f := range faultyPages(t).files {
		if err := os.WriteFile(filepath.Join(folder, name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		files = []string{filepath.Join(folder, "*.txt")}
	}
	log := &strings.Builder{}
	var got []string
	o := CheckOptions{Workers: 3, Log: slog.New(slog.NewTextHandler(log, nil)), election: panicOn("Testland 3 ")}
	err := Check(t.Context(), files, o, func(c Checked) error {
		says := fmt.Sprint(filepath.Base(c.Document.URI), " ", len(c.Elections))
		if c.Reject != nil {
			says += " " + c.Reject.Reason + ": " + c.Reject.Detail
		}
		got = append(got, says)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"page-00000.txt 1", "page-00001.txt 0", "page-00002.txt 1",
		"page-00003.txt 0 internal-error: " + internalErrorDetail, "page-00004.txt 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what check sees (-want +got):\n%s", diff)
	}
	if !strings.Contains(log.String(), `msg="internal error"`) || !strings.Contains(log.String(), "guard_test.go") {
		t.Errorf("the log has no stack:\n%s", log)
	}
}
