package pipelines

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	dsnet "github.com/dsnet/compress/bzip2"
	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/duckdb/duckdbtest"
	"hemicycle/load/loadtest"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// madeExport returns an export of Ruritania with elections, redirects to and from them, broken pages and others, whose
// pages have the numbers from first on.
func madeExport(random *rand.Rand, first, pages int) string {
	var b strings.Builder
	b.WriteString(`<mediawiki xml:lang="en"><siteinfo><dbname>enwiki</dbname>` +
		`<base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>` + "\n")
	for id := first; id < first+pages; id++ {
		title, text, redirect := fmt.Sprintf("%d Ruritanian general election", id), "", ""
		switch random.IntN(6) {
		case 0:
			title, redirect = fmt.Sprintf("Party %d", id), fmt.Sprintf("Party %d", id-random.IntN(9)+4)
			text = "#REDIRECT [[" + redirect + "]]"
		case 1:
			text = "{{Infobox election<i>"
		case 2:
			title, text = fmt.Sprint("Town ", id), strings.Repeat("A town. ", random.IntN(50))
		default:
			text = fmt.Sprintf("{{Infobox election\n| election_name = %s\n| country = Ruritania\n"+
				"| type = parliamentary\n| election_date = 1 May %d\n"+
				"| previous_election = [[%d Ruritanian general election]]\n"+
				"| party1 = [[Rose Party]]\n| last_election1 = %d seats\n| seats1 = %d\n"+
				"| party2 = [[Party %d]]\n| seats2 = %d\n}}\nThe election.",
				title, 1800+id%200, id-1, random.IntN(9), random.IntN(9), id, random.IntN(9))
		}
		text += filler(random, random.IntN(4000))
		if redirect != "" {
			redirect = `<redirect title="` + redirect + `" />`
		}
		fmt.Fprintf(&b, "<page><title>%s</title><ns>0</ns><id>%d</id>%s<revision><id>%d</id>"+
			"<timestamp>2024-05-01T10:00:00Z</timestamp><model>wikitext</model><text>%s</text></revision></page>\n",
			title, id, redirect, id, text)
	}
	return b.String() + "</mediawiki>\n"
}

// filler returns a text that no compression makes small.
func filler(random *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		fmt.Fprintf(&b, " %x", random.Uint64())
	}
	return b.String()
}

// packed returns a text in a form.
func packed(t testing.TB, form, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	switch form {
	case "gzip":
		w := gzip.NewWriter(&out)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	case "bzip2":
		w, err := dsnet.NewWriter(&out, &dsnet.WriterConfig{Level: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	default:
		return []byte(text)
	}
	return out.Bytes()
}

// madeInputs writes dumps of every form and pages in files of their own, with elections that are in several of them,
// and returns a pipeline of two sources.
func madeInputs(t testing.TB, seed uint64, isDamaged bool) *Pipeline {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	damaged := func(content []byte) []byte {
		for range 3 {
			if isDamaged {
				copy(content[1000+random.IntN(len(content)-1200):], filler(random, 50))
			}
		}
		return content
	}
	shared := madeExport(random, 1000, 30)
	one := write("1.xml.bz2", damaged(packed(t, "bzip2", madeExport(random, 1, 120))))
	two := write("2.xml", damaged([]byte(madeExport(random, 900, 50))))
	three := write("3.xml.bz2", packed(t, "bzip2", shared+madeExport(random, 100, 40)))
	four := write("4.xml.gz", packed(t, "gzip", shared))
	for i := range 12 {
		write(fmt.Sprintf("page%02d.txt", i), []byte(titleLine(i%9)+"Infobox\n\n"+boxText(i%3)))
	}
	write("page99.txt", []byte("Nothing is known of it.\n"))
	return &Pipeline{
		Name: "made",
		Sources: []Source{
			{Name: "dumps", Files: []string{one, two}, Expect: []Expectation{atLeastOne}},
			{
				Name: "others", Files: []string{three, filepath.Join(dir, "page*.txt"), four},
				Expect: []Expectation{atLeastOne},
			},
		},
		Allow: Allowance{IncompleteSources: 9},
		Sinks: []string{load.Parquet},
	}
}

// jobOptions are the options of jobs in tests.
func jobOptions(output string) Options {
	return Options{Output: output, Version: "test", Build: "test", Workers: 2, Log: quiet()}
}

// readPieces reads pieces of a job in an order, each by a reader that opens the job anew.
func readPieces(t testing.TB, dir string, order []int) {
	t.Helper()
	for _, n := range order {
		j, err := OpenJob(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := j.ReadPiece(context.Background(), n+1, jobOptions("")); err != nil {
			t.Fatalf("the piece %d: %v", n+1, err)
		}
	}
}

// publishedRows returns the rows of the tables of a published version, in their order, without those that say when it
// was made.
func publishedRows(t *testing.T, o *Outcome) map[string][][]any {
	t.Helper()
	rows := map[string][][]any{}
	for _, table := range tables.All() {
		if table.Name != "runs" {
			rows[table.Name] = duckdbtest.ReadFiles(t, table, loadtest.PathsOf(o.Folder, o.Manifest.Files, table))
		}
	}
	return rows
}

// compareOutcomes compares the version of a job with that of a run.
func compareOutcomes(t *testing.T, want, got *Outcome) {
	t.Helper()
	wanted, rows := publishedRows(t, want), publishedRows(t, got)
	for _, table := range slices.Sorted(maps.Keys(wanted)) {
		sameTime := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
		if diff := cmp.Diff(wanted[table], rows[table], sameTime); diff != "" {
			t.Errorf("the table %s (-run +job):\n%.2000s", table, diff)
		}
	}
	m, n := *want.Manifest, *got.Manifest
	m.Run, m.StartedAt, m.FinishedAt, m.Plan, m.Digest = n.Run, n.StartedAt, n.FinishedAt, n.Plan, n.Digest
	m.Files, m.Changes = n.Files, n.Changes // against the version before, which each output has or has not
	if diff := cmp.Diff(m, n); diff != "" {
		t.Errorf("the manifest (-run +job):\n%s", diff)
	}
	if diff := cmp.Diff(want.Rejected, got.Rejected); diff != "" {
		t.Errorf("the pages that are named (-run +job):\n%s", diff)
	}
	if want.Rejects != got.Rejects || want.Excess != got.Excess || want.Published != got.Published {
		t.Errorf("the job: %+v\nthe run: %+v", got, want)
	}
}

// A job publishes what a run publishes: the same rows in the same order, with the same account and rejects, whatever
// the pieces and in whatever order they are read.
func TestJobEqualsRun(t *testing.T) {
	for round := range schemastest.Rounds(1, 6) {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			p := madeInputs(t, uint64(round), round%2 == 1)
			output, dir := t.TempDir(), t.TempDir()
			ctx := context.Background()
			run, err := Run(ctx, p, jobOptions(filepath.Join(output, "run")))
			if err != nil || !run.Published {
				t.Fatalf("the run: %+v, %v", run, err)
			}
			random := rand.New(rand.NewPCG(uint64(round), 9))
			j, err := PlanJob(ctx, p, jobOptions(""), dir, JobOptions{PieceBytes: int64(6_000 + random.IntN(30_000))})
			if err != nil {
				t.Fatal(err)
			}
			if len(j.Pieces) < 10 {
				t.Errorf("the job has %d pieces", len(j.Pieces))
			}
			readPieces(t, dir, random.Perm(len(j.Pieces)))
			job, err := PublishJob(ctx, j, jobOptions(filepath.Join(output, "job")), false)
			if err != nil {
				t.Fatal(err)
			}
			compareOutcomes(t, run, job)
			rows := publishedRows(t, job)
			for _, table := range []string{"elections", "contradictions", "contender_parties", "rejects"} {
				if len(rows[table]) == 0 {
					t.Errorf("the table %s has no row", table)
				}
			}
			if len(rows["redirects"]) == 0 && round == 0 { // damage may cost the only one
				t.Error("no box links to a redirect")
			}
			if !strings.Contains(fmt.Sprint(rows["rejects"]), "duplicate") {
				t.Error("no election is there twice")
			}
		})
	}
}

// smallJob plans a job of the pages of a pipeline in files.
func smallJob(t *testing.T) (j *Job, p *Pipeline, dir string) {
	t.Helper()
	p, dir = madeInputs(t, 3, false), t.TempDir()
	p.Sources = p.Sources[1:]
	p.Sources[0].Files = p.Sources[0].Files[1:2]
	j, err := PlanJob(context.Background(), p, jobOptions(""), dir, JobOptions{PieceBytes: 1500})
	if err != nil {
		t.Fatal(err)
	}
	return j, p, dir
}

// Several readers of one piece, and readers that are stopped, leave one folder, and it is whole.
func TestReadersOfOnePiece(t *testing.T) {
	j, p, dir := smallJob(t)
	var group sync.WaitGroup
	for n := range 5 * len(j.Pieces) {
		group.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			if n%3 == 0 {
				cancel()
			}
			defer cancel()
			if _, err := j.ReadPiece(ctx, 1+n%len(j.Pieces), jobOptions("")); err != nil && n%3 > 0 {
				t.Errorf("the piece %d: %v", 1+n%len(j.Pieces), err)
			}
		})
	}
	group.Wait()
	entries, err := os.ReadDir(j.piecesFolder())
	if err != nil || len(entries) != len(j.Pieces) {
		t.Errorf("%d folders for %d pieces: %v", len(entries), len(j.Pieces), err)
	}
	run, err := Run(context.Background(), p, jobOptions(filepath.Join(dir, "run")))
	if err != nil {
		t.Fatal(err)
	}
	job, err := PublishJob(context.Background(), j, jobOptions(filepath.Join(dir, "out")), false)
	if err != nil {
		t.Fatal(err)
	}
	compareOutcomes(t, run, job)
	again, err := PublishJob(context.Background(), j, jobOptions(filepath.Join(dir, "out")), false)
	if err != nil || !again.Unchanged {
		t.Errorf("published again: %+v, %v", again, err)
	}
}

// What cannot be the job that was planned is refused, and nothing is published of it.
func TestJobRefuses(t *testing.T) {
	ctx := context.Background()
	j, p, dir := smallJob(t)
	readPieces(t, dir, rand.New(rand.NewPCG(1, 1)).Perm(len(j.Pieces)))
	output := filepath.Join(t.TempDir(), "out")
	publish := func() error {
		_, err := PublishJob(ctx, j, jobOptions(output), false)
		return err
	}
	other := jobOptions("")
	other.Build = "another"
	_, err := j.ReadPiece(ctx, 1, other)
	checkFinal(t, err, "this is another build of the program than the one that planned the job")
	_, err = j.ReadPiece(ctx, 0, jobOptions(""))
	checkFinal(t, err, "there is no piece 0: the job has the pieces 1 to")
	_, err = PlanJob(ctx, p, jobOptions(""), dir, JobOptions{PieceBytes: 1 << 20})
	if !errors.Is(err, ErrOtherJob) {
		t.Errorf("another plan in the folder: %v", err)
	}

	// A file of a piece with another byte, and one that is gone.
	var file string
	for n := 1; file == ""; n++ {
		r, err := j.pieceResult(n)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Files) > 0 {
			file = filepath.Join(j.pieceFolder(n), filepath.FromSlash(r.Files[0].Path))
		}
	}
	damageFile(t, file)
	schemastest.CheckWords(t, publish(), "is not as it was written", "read the piece again")
	if err := os.RemoveAll(j.pieceFolder(2)); err != nil {
		t.Fatal(err)
	}
	schemastest.CheckWords(t, publish(), "pieces were not read yet, and nothing was published: 2")
	if _, err := os.Stat(filepath.Join(output, "current")); err == nil {
		t.Error("something was published")
	}

	// An input with other bytes, of the same size and with the same time of change.
	input := filepath.Join(filepath.Dir(p.Sources[0].Files[0]), "page00.txt")
	info, err := os.Stat(input)
	if err != nil {
		t.Fatal(err)
	}
	page := readFile(t, input)
	page[len(page)-2] ^= 1
	if err := os.WriteFile(input, page, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(input, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(j.pieceFolder(1)); err != nil {
		t.Fatal(err)
	}
	_, err = j.ReadPiece(ctx, 1, jobOptions(""))
	checkFinal(t, err, "is not the input that the job was planned with")

	// job.json with another number of pieces.
	path := filepath.Join(dir, jobName)
	changed := bytes.Replace(readFile(t, path), []byte(`"test"`), []byte(`"best"`), 1)
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = OpenJob(dir)
	checkFinal(t, err, "is not as it was planned: plan the job again")
}

// checkFinal expects an error that a further try ends with too.
func checkFinal(t *testing.T, err error, words string) {
	t.Helper()
	var final *FinalError
	if !errors.As(err, &final) {
		t.Errorf("a further try may end otherwise after: %v", err)
	}
	schemastest.CheckWords(t, err, words)
}

// A pipeline file is kept in the job as it is, whatever it says.
func TestJobKeepsPipelines(t *testing.T) {
	p, err := Parse("full.yaml", []byte(`name: full
sources:
  - name: dumps
    files: [a.xml, b.txt]
    wiki: enwiki
    namespaces: [0, 10]
    verify: true
    expect: {elections: {min: 1, max: 9}}
templates: {Infobox vote: Infobox election}
checks: {seat-total: warn}
allow: {errors: 4, rejects: 2, incomplete_sources: 1}
sinks: [parquet, duckdb]
`))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	j := &Job{Format: 1, Pipeline: p, Version: "test", dir: dir}
	if j.ID, err = j.digest(); err != nil {
		t.Fatal(err)
	}
	if err := j.write(false); err != nil {
		t.Fatal(err)
	}
	got, err := OpenJob(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(pipelineJSON(t, p), pipelineJSON(t, got.Pipeline)); diff != "" {
		t.Errorf("the pipeline of the job (-want +got):\n%s", diff)
	}
}

// The mirror of a live wiki is read by a job as it is.
func TestJobOfAMirror(t *testing.T) {
	_, p := livePipeline(t, 6)
	p.Sinks = []string{load.Parquet}
	ctx := context.Background()
	o := liveOptions()
	o.Output, o.Version, o.Build, o.Log = filepath.Join(t.TempDir(), "run"), "test", "test", quiet()
	if _, err := Run(ctx, p, o); err != nil {
		t.Fatal(err)
	}
	o.Live.Offline, o.Republish = true, true
	run, err := Run(ctx, p, o)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	j, err := PlanJob(ctx, p, o, dir, JobOptions{})
	if err != nil {
		t.Fatal(err)
	}
	readPieces(t, dir, []int{0})
	job, err := PublishJob(ctx, j, jobOptions(filepath.Join(t.TempDir(), "job")), false)
	if err != nil {
		t.Fatal(err)
	}
	compareOutcomes(t, run, job)
	if job.Manifest.Counts.Elections != 6 {
		t.Errorf("%d elections", job.Manifest.Counts.Elections)
	}
}
