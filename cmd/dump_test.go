package cmd

import (
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract"
	"hemicycle/load/terminal"
	"hemicycle/load/version"
	"hemicycle/pipelines"
	"hemicycle/schemas"
	"hemicycle/transform"

	blocks "hemicycle/extract/bzip2"
)

// dumpRun is what a run of a dump found.
type dumpRun struct {
	outcome   *pipelines.Outcome
	elections map[int64][]*schemas.Election // by page
	redirects map[string]string
	rejects   []schemas.Reject
}

// runDump runs a dump through all stages.
func runDump(t testing.TB, path, titles string) *dumpRun {
	t.Helper()
	p, err := pipelines.FromFiles([]string{path})
	if err == nil && titles != "" {
		p, err = p.WithTitles(titles)
	}
	if err != nil {
		t.Fatal(err)
	}
	output := t.TempDir()
	r := &dumpRun{elections: map[int64][]*schemas.Election{}, redirects: map[string]string{}}
	r.outcome, err = pipelines.Run(context.Background(), p, pipelines.Options{
		Output: output, Version: "test", Build: "test", Log: slog.New(slog.DiscardHandler),
		Each: func(record schemas.Record) {
			if e := record.Election; e != nil {
				r.elections[*e.Document.PageID] = append(r.elections[*e.Document.PageID], e)
			}
			if record.Reject != nil {
				r.rejects = append(r.rejects, *record.Reject)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.outcome.Published {
		r.redirects = redirectsIn(t, filepath.Join(output, version.DatabaseName))
	}
	return r
}

// redirectsIn returns the table redirects of a database.
func redirectsIn(t testing.TB, path string) map[string]string {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT from_title, to_title FROM redirects WHERE wiki = 'enwiki'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var from, to string
		if err := rows.Scan(&from, &to); err != nil {
			t.Fatal(err)
		}
		all[from] = to
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// holdTruth compares what a run found with what is in a made dump, except for pages that are lost.
func (r *dumpRun) holdTruth(t *testing.T, d *madeDump, lost func(e *madeElection) bool) {
	t.Helper()
	expected := 0
	for i := range d.elections {
		e := &d.elections[i]
		found := r.elections[e.page]
		if lost != nil && lost(e) {
			if found != nil {
				t.Errorf("page %d was found, though it stands in what is lost", e.page)
			}
			continue
		}
		if e.contenders == nil {
			alone := readAlone(t, e)
			if len(alone) > 0 {
				expected++
			}
			if diff := cmp.Diff(shownElections(t, alone), shownElections(t, found)); diff != "" {
				t.Errorf("page %d is read in another way than alone (-alone +in the dump):\n%s", e.page, diff)
			}
			continue
		}
		expected++
		if len(found) != 1 {
			t.Errorf("page %d has %d elections", e.page, len(found))
			continue
		}
		var got []madeContender
		for k := range found[0].Contenders {
			if c := &found[0].Contenders[k]; c.Seats != nil {
				got = append(got, madeContender{c.Name, int(*c.Seats)})
			}
		}
		if !slices.Equal(e.contenders, got) || found[0].Document.Title != e.title {
			t.Errorf("%s: got %v, expected %v", e.title, got, e.contenders)
		}
		if found[0].Document.Text != e.wikitext {
			t.Errorf("%s: its text is not what was written", e.title)
		}
	}
	if len(r.elections) != expected {
		t.Errorf("elections on %d pages, expected %d", len(r.elections), expected)
	}
}

// readAlone reads a page as if it were in its own file.
func readAlone(t *testing.T, e *madeElection) (all []*schemas.Election) {
	t.Helper()
	d := &schemas.Document{Text: strings.ReplaceAll(e.wikitext, "\r\n", "\n"), Title: e.title, Format: "wikitext"}
	if err := extract.Read(d); err != nil {
		t.Fatal(err)
	}
	for i := range d.Boxes {
		all = append(all, transform.Transform(d, &d.Boxes[i], transform.Options{}))
	}
	return all
}

// shownElections returns elections as JSON, without where they were found.
func shownElections(t *testing.T, all []*schemas.Election) string {
	t.Helper()
	var shown []*schemas.Election
	for _, e := range all {
		bare := *e
		bare.ID = fmt.Sprint(e.Box)
		d := *e.Document
		d.URI, d.Wiki, d.Lang, d.PageID, d.PageURL, d.RevisionID, d.SHA256, d.Bytes = "-", "", "", nil, "", nil, "-", 0
		d.RevisionTimestamp = time.Time{}
		bare.Document = &d
		shown = append(shown, &bare)
	}
	content, err := terminal.ElectionsJSON(shown)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Everything in a made dump is found again: every live box, every contender, nothing from comments, nowiki or talk
// pages, and the redirects through which boxes link.
func TestMadeDumpComesBackWhole(t *testing.T) {
	m := newDumpMaker(t)
	m.share = 0.02
	var content bytes.Buffer
	d, err := m.make(&content, 6_000_000)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dump.xml.bz2")
	if err := os.WriteFile(path, bzip2Of(t, content.Bytes()), 0o644); err != nil {
		t.Fatal(err)
	}
	r := runDump(t, path, "")
	r.holdTruth(t, d, nil)
	c := r.outcome.Manifest.Counts
	if len(d.elections) < 10 || c.Documents != d.pages || c.Redirects != d.redirects || c.OtherNamespaces != d.others ||
		c.WithBox+c.WithoutBox != d.articles || c.Rejected != 0 {
		t.Errorf("the account is %+v; in the dump are %d pages, %d articles, %d redirects, %d others", c, d.pages,
			d.articles, d.redirects, d.others)
	}
	if diff := cmp.Diff(d.leads, r.redirects); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
}

// With an index, only the streams that hold a matching title are read, and the run says so.
func TestMadeDumpByIndex(t *testing.T) {
	m := newDumpMaker(t)
	m.share = 0.002
	d, path := m.multistream(t, t.TempDir(), 6_000_000)
	r := runDump(t, path, `general election$`)
	input := r.outcome.Manifest.Inputs[0]
	if input.Index == nil || input.Scan != schemas.ScanIndex || input.SHA256 != "" {
		t.Fatalf("the manifest has %+v", input)
	}
	streams := map[int64]bool{}
	for i := range d.elections {
		if e := &d.elections[i]; e.contenders != nil {
			streams[(e.page-1)/100] = true
			if r.elections[e.page] == nil {
				t.Errorf("%s was not found", e.title)
			}
		}
	}
	i := input.Index
	if i.Titles != d.pages || i.StreamsRead != int64(len(streams)) || i.Streams != (d.pages+99)/100 ||
		i.StreamsRead >= i.Streams || i.BytesRead >= input.Bytes {
		t.Errorf("read %+v of %d bytes; expected %d of %d streams, %d titles", i, input.Bytes, len(streams),
			(d.pages+99)/100, d.pages)
	}
	if got, most := r.outcome.Manifest.Counts.Documents, 100*int64(len(streams)); got > most || got <= most-100 {
		t.Errorf("%d pages were met, expected %d", got, most)
	}
	whole := runDump(t, path, "")
	whole.holdTruth(t, d, nil)
}

// Flipped bytes lose only the pages in their blocks, and the account says how many ranges are lost.
func TestMadeDumpDamaged(t *testing.T) {
	m := newDumpMaker(t)
	m.share = 0.02
	var content bytes.Buffer
	d, err := m.make(&content, 3_000_000)
	if err != nil {
		t.Fatal(err)
	}
	var packed []byte
	for part := range slices.Chunk(content.Bytes(), 100_000) { // a stream each, so that there are many blocks
		packed = append(packed, bzip2Of(t, part)...)
	}
	type piece struct{ from, to, bit, end int64 }
	var pieces []piece
	at := int64(0)
	for b := range blocks.Blocks(context.Background(), bytes.NewReader(packed), []blocks.Span{{To: int64(len(packed))}},
		1) {
		if b.Err != nil {
			t.Fatal(b.Err)
		}
		if len(b.Data) > 0 {
			pieces = append(pieces, piece{at, at + int64(len(b.Data)), b.Bit, b.End})
			at += int64(len(b.Data))
		}
	}
	for _, hit := range [][]int{{len(pieces) / 2}, {3, 4, len(pieces) - 5}} {
		damaged := slices.Clone(packed)
		for _, i := range hit {
			damaged[(pieces[i].bit+pieces[i].end)/16] ^= 0x55
		}
		path := filepath.Join(t.TempDir(), "dump.xml.bz2")
		if err := os.WriteFile(path, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		r := runDump(t, path, "")
		r.holdTruth(t, d, func(e *madeElection) bool {
			return slices.ContainsFunc(hit, func(i int) bool { return e.from < pieces[i].to && pieces[i].from < e.to })
		})
		ranges := 1
		for k := 1; k < len(hit); k++ {
			if hit[k] > hit[k-1]+1 {
				ranges++
			}
		}
		if len(r.rejects) < ranges || len(r.rejects) > 2*ranges ||
			int64(len(r.rejects)) != r.outcome.Manifest.Counts.Rejected {
			t.Errorf("%d ranges were damaged, and there are the rejects %+v", ranges, r.rejects)
		}
		for _, reject := range r.rejects {
			if reject.Reason != schemas.ReasonDamaged || !strings.Contains(reject.Detail, "bytes ") {
				t.Errorf("%+v", reject)
			}
		}
	}
}

// A dump that is cut, or in which one bit is another, is never published, in whatever form it is and however many
// rejects are allowed. If the pipeline lets it through, every election that is published is one of the sound dump.
func TestMadeDumpIncomplete(t *testing.T) {
	m := newDumpMaker(t)
	m.share = 0.05
	var content bytes.Buffer
	d, err := m.make(&content, 1_500_000)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for i := range d.elections {
		texts[d.elections[i].wikitext] = true
	}
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	if _, err := w.Write(content.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	e := d.elections[len(d.elections)/2]
	inText := (int(e.from) + int(e.to)) / 2
	for name, file := range map[string][]byte{
		"bz2 cut": cutAt(bzip2Of(t, content.Bytes())), "gz cut": cutAt(gz.Bytes()), "plain cut": cutAt(content.Bytes()),
		"bz2 bit": flipped(bzip2Of(t, content.Bytes()), 9999), "gz bit": flipped(gz.Bytes(), gz.Len()/2),
		"plain bit": flipped(content.Bytes(), inText),
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "dump")
			if err := os.WriteFile(path, file, 0o644); err != nil {
				t.Fatal(err)
			}
			p, err := pipelines.FromFiles([]string{path})
			if err != nil {
				t.Fatal(err)
			}
			p.Sources[0].Wiki = "enwiki"
			for _, allowed := range []int64{0, 1} {
				p.Allow = pipelines.Allowance{Errors: 1000, Rejects: 1000, IncompleteSources: allowed}
				outcome, err := pipelines.Run(t.Context(), p, pipelines.Options{
					Output: t.TempDir(), Version: "test", Build: "test", Log: slog.New(slog.DiscardHandler),
					Each: func(r schemas.Record) {
						if r.Election != nil && !texts[r.Election.Document.Text] {
							t.Errorf("an election of a page that is not in the dump: %s", r.Election.Document.Title)
						}
					},
				})
				if err != nil {
					t.Fatal(err)
				}
				c := outcome.Manifest.Counts
				if outcome.Published != (allowed == 1) || outcome.Excess || c.Incomplete != 1 || c.Elections < 5 {
					t.Errorf("%d incomplete sources allowed: published %v, excess %v, %+v", allowed, outcome.Published,
						outcome.Excess, c)
				}
				status := failureOf(exitStatus(slog.New(slog.DiscardHandler), outcome))
				if want := int(4 - allowed); status == nil || status.status != want ||
					!strings.Contains(status.Error(), "1 source is incomplete: "+path+": ") {
					t.Errorf("%d allowed: %v, expected the status %d", allowed, status, want)
				}
			}
		})
	}
}

// cutAt returns the first 62 percent of a file.
func cutAt(file []byte) []byte { return file[:len(file)*62/100] }

// flipped returns a file in which one bit is another.
func flipped(file []byte, at int) []byte {
	damaged := slices.Clone(file)
	damaged[at] ^= 1
	return damaged
}

// Every real sample is read to its end, and has as many pages as a plain search for <page> finds.
func TestRealDumps(t *testing.T) {
	paths := globFiles(t, filepath.Join(corpusFolder, "dump", "*"))
	if len(paths) == 0 {
		t.Skip("the real samples are not there")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(path, ".bz2") {
				if content, err = io.ReadAll(bzip2.NewReader(bytes.NewReader(content))); err != nil {
					t.Fatal(err)
				}
			}
			page := []byte("<page>")
			if bytes.HasPrefix(content, []byte("\xff\xfe")) {
				page = []byte("<\x00p\x00a\x00g\x00e\x00>\x00")
			}
			want, rejected := int64(bytes.Count(content, page)), int64(0)
			if strings.HasSuffix(path, ".7z") {
				want, rejected = 1, 1
			}
			c := runDump(t, path, "").outcome.Manifest.Counts
			if c.Documents != want || c.Rejected != rejected || want == 0 {
				t.Errorf("%d pages, %d rejected; a search finds %d", c.Documents, c.Rejected, want)
			}
		})
	}
}
