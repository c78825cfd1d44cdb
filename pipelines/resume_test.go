package pipelines

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// roll is a source of many pages of which some are only counted, as in a dump. It can be resumed behind any page that
// it yielded.
type roll struct {
	name  string
	texts []string // of its pages; "" is a page that it counts and does not yield
	at    rollMark
}

// rollMark is how many pages were passed, and how many of them have no box.
type rollMark struct{ Passed, Without int64 }

func (r *roll) URI() string { return r.name }

func (r *roll) Fingerprint() string { return fmt.Sprint(len(r.texts)) }

func (r *roll) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		for int(r.at.Passed) < len(r.texts) && ctx.Err() == nil {
			text := r.texts[r.at.Passed]
			r.at.Passed++
			if text == "" {
				r.at.Without++
				continue
			}
			d := &schemas.Document{URI: fmt.Sprintf("%s:%d", r.name, r.at.Passed), Text: text,
				SHA256: strings.Repeat("0", 64)}
			if !yield(schemas.Event{Document: d}, nil) {
				return
			}
		}
	}
}

func (r *roll) Account() schemas.Account {
	return schemas.Account{SourceURI: r.name, Scan: schemas.ScanWhole, Documents: r.at.Passed, WithoutBox: r.at.Without}
}

func (r *roll) Checkpoint() string {
	mark, _ := json.Marshal(r.at)
	return string(mark)
}

func (r *roll) Position() int64 { return r.at.Passed }

func (r *roll) Resume(mark string) error {
	var at rollMark
	if err := json.Unmarshal([]byte(mark), &at); err != nil || at.Passed > int64(len(r.texts)) {
		return errors.New("there is no such page")
	}
	r.at = at
	return nil
}

// rolls returns an input of two sources: two rolls, and a roll among single pages. Some pages are in it twice.
func rolls(t *testing.T) (*Pipeline, func() [][]extract.Source) {
	t.Helper()
	texts := func(from, n int) []string {
		var all []string
		for i := from; i < from+n; i++ {
			switch i % 4 {
			case 0:
				all = append(all, titleLine(i%20)+boxText(0))
			case 1:
				all = append(all, "") // only counted
			case 2:
				all = append(all, titleLine(i)+"Nothing is known of it.\n")
			case 3:
				all = append(all, "", "", "", titleLine(i)+"Infobox\n\n"+boxText(1))
			}
		}
		return all
	}
	m := mixture(14)
	p := m.of(load.Parquet, load.JSONLines)
	p.Sources = []Source{{Name: "rolls"}, p.Sources[0]}
	return p, func() [][]extract.Source {
		files, err := extract.Open(m.files, []string{"*.txt"}) // anew: a run that was stopped may still read its own
		if err != nil {
			t.Fatal(err)
		}
		second := append([]extract.Source{}, files[:5]...)
		second = append(second, &roll{name: "third", texts: texts(30, 9)})
		return [][]extract.Source{{&roll{name: "first", texts: texts(0, 23)},
			&roll{name: "second", texts: texts(10, 8)}}, append(second, files[5:]...)}
	}
}

// runOver runs a pipeline over sources as Run does over those that the pipeline names.
func runOver(ctx context.Context, p *Pipeline, o Options, sources [][]extract.Source) (*Outcome, error) {
	output := version.NewOutput(disk.Disk{}, o.Output)
	defer output.Close()
	return runSources(ctx, p, o, output, sources, nil)
}

// timelessOutput returns what a finished run wrote without its times: its files and its manifest.
func timelessOutput(t *testing.T, outcome *Outcome, output string) (map[string]string, *version.Manifest) {
	t.Helper()
	files := withoutRuns(readFolder(t, published(t, output), ""))
	m := *outcome.Manifest
	m.Files = nil
	for _, f := range outcome.Manifest.Files {
		if f.Table != "runs" && !describesRun(f.Path) {
			m.Files = append(m.Files, f)
		}
	}
	started := m.StartedAt
	m.Run, m.StartedAt, m.FinishedAt = "", started, started
	return files, &m
}

// However often and wherever a run is stopped and resumed, and with any number of workers, it ends with the files and
// the manifest of a run that was not stopped.
func TestResumedRunEndsLikeOneThatWasNotStopped(t *testing.T) {
	p, open := rolls(t)
	for seed := range uint64(schemastest.Rounds(1, 6)) {
		random := rand.New(rand.NewPCG(seed, 0))
		size := []int{1, 2, 3, 5, 8, 13}[random.IntN(6)]
		options := func(output string, resume bool) Options {
			return Options{
				Output: output, Log: quiet(), Version: "test", Build: "test", PartDocuments: size, Resume: resume,
				Workers: []int{1, 2, 5}[random.IntN(3)],
			}
		}
		whole := t.TempDir()
		outcome, err := runOver(t.Context(), p, options(whole, false), open())
		if err != nil {
			t.Fatal(err)
		}
		want, wantManifest := timelessOutput(t, outcome, whole)
		if c := outcome.Manifest.Counts; c.Elections < 15 || c.WithoutBox < 40 || c.RejectedBoxes < 8 {
			t.Fatalf("the input has too little in it: %+v", c)
		}

		output, stopped, resumed := t.TempDir(), 0, 0
		for {
			o := options(output, stopped > 0)
			log := &strings.Builder{}
			o.Log = slog.New(slog.NewTextHandler(log, nil))
			ctx, cancel := context.WithCancel(t.Context())
			left := 1 + random.IntN(40)
			o.Each = func(schemas.Record) {
				if left--; left == 0 {
					cancel()
				}
			}
			outcome, err = runOver(ctx, p, o, open())
			cancel()
			if strings.Contains(log.String(), "msg=resumed") {
				resumed++
			}
			if err == nil {
				break
			}
			if stopped++; !errors.Is(err, context.Canceled) || stopped > 200 {
				t.Fatalf("seed %d: stopped %d times, %v", seed, stopped, err)
			}
			if published(t, output) != "" {
				t.Fatal("a run that was stopped published something")
			}
		}
		got, manifest := timelessOutput(t, outcome, output)
		t.Logf("seed %d: parts of %d, stopped %d times, resumed %d times", seed, size, stopped, resumed)
		if stopped > 1 && resumed == 0 {
			t.Errorf("seed %d: no run was resumed", seed)
		}
		if diff := cmp.Diff(wantManifest, manifest, cmp.FilterPath(func(p cmp.Path) bool {
			return strings.HasSuffix(p.String(), "edAt") || p.String() == "Digest" // which covers the times
		}, cmp.Ignore())); diff != "" {
			t.Errorf("seed %d: the manifest (-in one go +resumed):\n%s", seed, diff)
		}
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("seed %d: %s is not what a run in one go writes", seed, name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("seed %d: %d files, in one go %d", seed, len(got), len(want))
		}
	}
}

// A part of the output ends after a number of documents, at a position from which a run can resume.
func TestPartsEndWhereARunCanGoOn(t *testing.T) {
	pages := func(n int) []string { // one in three is yielded
		texts := make([]string, n)
		for i := 2; i < n; i += 3 {
			texts[i] = "x"
		}
		return texts
	}
	file := func(name string) extract.Source {
		m := mixture(1)
		sources, err := extract.Open(m.files, []string{"*.txt"})
		if err != nil {
			t.Fatal(err)
		}
		return sources[0]
	}
	for _, c := range []struct {
		name  string
		all   [][]extract.Source
		from  string // "" or as in want
		every int
		want  string
	}{
		{"files", [][]extract.Source{{file("a"), file("b"), file("c")}, {file("d"), file("e")}}, "", 2, "0/2 1/1"},
		{"each file", [][]extract.Source{{file("a"), file("b")}}, "", 1, "0/1 0/2"},
		{"too few", [][]extract.Source{{file("a"), file("b")}}, "", 3, ""},
		{"in a roll", [][]extract.Source{{&roll{texts: pages(20)}}}, "", 5, "0/0@6 0/0@12 0/0@18"},
		{"each page yielded", [][]extract.Source{{&roll{texts: pages(7)}}}, "", 1, "0/0@3 0/0@6 0/1"},
		{"none yielded", [][]extract.Source{{&roll{texts: make([]string, 50)}, file("a")}}, "", 10, "0/1"},
		{"over the end of a roll", [][]extract.Source{{&roll{texts: pages(5)}, &roll{texts: pages(9)}}}, "", 6,
			"0/1@3 0/1@9"},
		{"a file and a roll", [][]extract.Source{{file("a"), &roll{texts: pages(9)}, file("b")}}, "", 4, "0/1@3 0/1@9"},
		{"from a file on", [][]extract.Source{{file("a"), file("b"), file("c")}, {file("d"), file("e")}}, "0/2", 2,
			"1/1"},
		{"from the end of a source on", [][]extract.Source{{file("a")}, {file("d"), file("e")}}, "0/1", 2, "1/2"},
		{"from a page on", [][]extract.Source{{&roll{texts: pages(20)}}}, "0/0@6", 5, "0/0@12 0/0@18"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var from inputPosition
			if c.from != "" {
				var passed int64
				if n, _ := fmt.Sscanf(c.from, "%d/%d@%d", &from.Source, &from.File, &passed); n == 3 {
					mark := fmt.Sprintf(`{"Passed":%d}`, passed)
					from.Checkpoint = &mark
				}
				if err := from.seek(c.all); err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			for step := range documents(t.Context(), c.all, from, c.every) {
				if step.next == nil {
					continue
				}
				at := fmt.Sprintf("%d/%d", step.next.Source, step.next.File)
				if step.next.Checkpoint != nil {
					var mark rollMark
					if err := json.Unmarshal([]byte(*step.next.Checkpoint), &mark); err != nil {
						t.Fatal(err)
					}
					at += fmt.Sprintf("@%d", mark.Passed)
				}
				got = append(got, at)
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("the parts end at (-want +got):\n%s", diff)
			}
		})
	}
}

// stopAfter runs a pipeline until that many elections are written, and returns its error.
func stopAfter(t *testing.T, p *Pipeline, o Options, elections int) error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o.Log = quiet()
	o.Each = func(r schemas.Record) {
		if r.Election != nil {
			if elections--; elections == 0 {
				cancel()
			}
		}
	}
	_, err := Run(ctx, p, o)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the run gave %v", err)
	}
	return err
}

// A run resumes from what can be reused of an earlier one, and the log says what is reused.
func TestResume(t *testing.T) {
	staging := func(t *testing.T, output string) string {
		found, err := filepath.Glob(filepath.Join(output, ".staging-*"))
		if err != nil || len(found) != 1 {
			t.Fatalf("%v, %v", found, err)
		}
		return found[0]
	}
	inOneGo, whole := mustRun(t, mixture(24).of(load.Parquet, load.JSONLines), Options{PartDocuments: 6})
	want, _ := timelessOutput(t, inOneGo, whole)
	for _, c := range []struct {
		name      string
		elections int // when the first run stops; 0: there is none
		between   func(t *testing.T, output string, m *madePages, o *Options)
		resumed   bool
		said      string
		not       string
	}{
		{"a part and more", 9, nil, true, "msg=resumed parts=", "level=WARN"},
		{"no run before", 0, nil, false, `there is nothing to resume`, "msg=resumed"},
		{"stopped before the first part", 1, nil, false, "there is nothing to resume", "msg=resumed"},
		{"not asked to", 9, func(_ *testing.T, _ string, _ *madePages, o *Options) { o.Resume = false }, false, "",
			"resume"},
		{"an input changed", 9, func(_ *testing.T, _ string, m *madePages, _ *Options) {
			f := m.files["page-00000.txt"]
			f.Data = append(f.Data, '\n')
		}, false, "there is nothing to resume", "msg=resumed"},
		{"an input touched", 9, func(_ *testing.T, _ string, m *madePages, _ *Options) {
			f := m.files["page-00000.txt"]
			f.ModTime = f.ModTime.AddDate(0, 0, 1)
		}, false, "there is nothing to resume", "msg=resumed"},
		{"an input more", 9,
			func(_ *testing.T, _ string, m *madePages, _ *Options) { m.files["z.txt"] = m.files["page-00000.txt"] },
			false, "there is nothing to resume", "msg=resumed"},
		{"other parts", 9, func(_ *testing.T, _ string, _ *madePages, o *Options) { o.PartDocuments = 8 }, false,
			"there is nothing to resume", "msg=resumed"},
		{"another version", 9, func(_ *testing.T, _ string, _ *madePages, o *Options) { o.Version = "another" }, false,
			"there is nothing to resume", "msg=resumed"},
		{"a run in between", 9, func(t *testing.T, output string, m *madePages, _ *Options) {
			mustRun(t, m.of(load.Parquet), Options{Output: output})
		}, false, "there is nothing to resume", "msg=resumed"},
		{"a damaged part", 9, func(t *testing.T, output string, _ *madePages, _ *Options) {
			part := filepath.Join(staging(t, output), "parquet", "elections", "part-00002.parquet")
			if err := os.Truncate(part, 100); err != nil {
				t.Fatal(err)
			}
		}, true, "msg=resumed parts=1 ", "nothing to resume"},
		{"another build", 9, func(_ *testing.T, _ string, _ *madePages, o *Options) { o.Build = "another" }, false,
			"another build of the program made it", "msg=resumed"},
		{"a place that is not there", 9, func(t *testing.T, output string, _ *madePages, _ *Options) {
			renew(t, staging(t, output), func(s *runState) { s.Next.File = 10_000 })
		}, false, "a position that this input does not have", "msg=resumed"},
		{"a mark in a file that has none", 9, func(t *testing.T, output string, _ *madePages, _ *Options) {
			renew(t, staging(t, output), func(s *runState) { mark := ""; s.Next.Checkpoint = &mark })
		}, false, "cannot be resumed in its middle", "msg=resumed"},
		{"a state of another pipeline", 9, func(t *testing.T, output string, _ *madePages, _ *Options) {
			renew(t, staging(t, output), func(s *runState) { s.Sources = nil })
		}, false, "is not one of this pipeline", "msg=resumed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mixture(24)
			output := t.TempDir()
			o := Options{Output: output, PartDocuments: 6, Workers: 2, Version: "test", Build: "test"}
			if c.elections > 0 {
				err := stopAfter(t, m.of(load.Parquet, load.JSONLines), o, c.elections)
				offered := strings.Contains(err.Error(), "run the same command with --resume to continue")
				if offered != (c.elections > 1) {
					t.Errorf("the run said %v", err)
				}
			}
			o.Resume = true
			m = mixture(24) // the same again: a run that was stopped may still be about to read the first
			if c.between != nil {
				c.between(t, output, &m, &o)
			}
			log := &strings.Builder{}
			o.Log = slog.New(slog.NewTextHandler(log, nil))
			var first string
			o.Each = func(r schemas.Record) {
				if r.Election != nil && first == "" {
					first = r.Election.Document.URI
				}
			}
			outcome, err := Run(t.Context(), m.of(load.Parquet, load.JSONLines), o)
			if err != nil || !outcome.Published {
				t.Fatalf("%v, %v", outcome, err)
			}
			if resumed := first != "embedded:page-00000.txt"; resumed != c.resumed {
				t.Errorf("the first election read is of %s", first)
			}
			if said := log.String(); !strings.Contains(said, c.said) || strings.Contains(said, c.not) {
				t.Errorf("the log has\n%s", said)
			}
			if got, _ := timelessOutput(t, outcome, output); c.resumed && !maps.Equal(want, got) {
				t.Error("the files are not those of a run in one go")
			}
			if left, _ := filepath.Glob(filepath.Join(output, ".staging-*")); len(left) > 0 {
				t.Errorf("after a run to the end there is still %v", left)
			}
			if _, err := os.Stat(filepath.Join(published(t, output), "journal")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the journal was published: %v", err)
			}
		})
	}
}

// renew writes the journal of a folder anew, with every state changed and the files that it lists.
func renew(t *testing.T, folder string, change func(*runState)) {
	t.Helper()
	renewLines(t, folder, func(_ int, s *runState) bool { change(s); return true })
}

// renewLines writes the journal of a folder anew, with the lines that keep says, which may change their states.
func renewLines(t *testing.T, folder string, keep func(line int, s *runState) bool) {
	t.Helper()
	var lines []struct {
		Files []version.File
		State runState
	}
	content, err := os.ReadFile(filepath.Join(folder, "journal"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(content)) {
		var l struct {
			Part struct {
				Files []version.File
				State runState
			}
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if keep(n, &l.Part.State) {
			lines = append(lines, l.Part)
		}
		n++
	}
	if err := os.Remove(filepath.Join(folder, "journal")); err != nil {
		t.Fatal(err)
	}
	// A journal that is opened clears the folder, so this one is written beside it.
	beside := t.TempDir()
	for _, l := range lines {
		for _, f := range l.Files {
			if err := os.MkdirAll(filepath.Join(beside, filepath.Dir(f.Path)), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	j, _, err := version.OpenJournal(disk.Disk{}, beside, func([]byte) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		s, err := json.Marshal(l.State)
		if err == nil {
			err = j.Append(l.Files, s)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	content, err = os.ReadFile(filepath.Join(beside, "journal"))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "journal"), content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
