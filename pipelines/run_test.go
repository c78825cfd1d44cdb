package pipelines

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"

	_ "github.com/marcboeker/go-duckdb/v2"
	"github.com/shopspring/decimal"
)

// withoutRuns removes the only table that depends on the clock, and what describes the run.
func withoutRuns(files map[string]string) map[string]string {
	for name := range files {
		if strings.Contains(name, "/runs") || describesRun(name) {
			delete(files, name)
		}
	}
	return files
}

// describesRun reports whether a file of a version names its run, or has the digest of a file that does.
func describesRun(name string) bool {
	return slices.Contains([]string{
		"manifest.json", version.SumsName, "contract.yaml", "datapackage.json", "dataset.jsonld", "sources.yml",
	}, name)
}

func TestAnyNumberOfWorkersGivesTheSameBytes(t *testing.T) {
	m := mixture(150)
	var want map[string]string
	for _, workers := range []int{1, 2, 8} {
		outcome, output := mustRun(t, m.of(load.Parquet, load.JSONLines), Options{Workers: workers, PartDocuments: 40})
		if !outcome.Published || outcome.Manifest.Counts.Elections < 50 || outcome.Manifest.Counts.RejectedBoxes < 30 {
			t.Fatalf("the input has too little in it: %+v", outcome.Manifest.Counts)
		}
		got := withoutRuns(readFolder(t, published(t, output), ""))
		if want == nil {
			want = got
			if want["parquet/elections/part-00004.parquet"] == "" || want["jsonl/rejects.jsonl"] == "" {
				t.Fatal("there are not as many parts as expected")
			}
			continue
		}
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%d workers: %s is not what one worker writes", workers, name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d workers write %d files, one writes %d", workers, len(got), len(want))
		}
	}
}

// databaseRows returns every row of every table of a database except runs, in order.
func databaseRows(t *testing.T, database string) map[string][]string {
	t.Helper()
	db, err := sql.Open("duckdb", database+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string][]string{}
	for _, table := range tables.All() {
		if table.Name == "runs" {
			continue
		}
		result, err := db.Query("SELECT " + table.Name + "::VARCHAR FROM " + table.Name + " ORDER BY rowid")
		if err != nil {
			t.Fatal(err)
		}
		for result.Next() {
			var row string
			if err := result.Scan(&row); err != nil {
				t.Fatal(err)
			}
			all[table.Name] = append(all[table.Name], row)
		}
		if err := result.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestPartsOfAnySizeGiveTheSameTables(t *testing.T) {
	m := mixture(45)
	var want map[string][]string
	for size, parts := range map[int]int{0: 1, 1: 45, 10: 5, 45: 1, 44: 2} {
		outcome, output := mustRun(t, m.of(load.Parquet, load.Database), Options{PartDocuments: size})
		most := 0
		for _, f := range outcome.Manifest.Files {
			var part int
			_, err := fmt.Sscanf(filepath.Base(f.Path), "part-%05d.parquet", &part)
			if err == nil && f.Table == "sources" {
				most = max(most, part)
			}
		}
		if most < parts || most > parts+1 {
			t.Errorf("%d documents a part: sources have parts up to %d, expected %d", size, most, parts)
		}
		got := databaseRows(t, filepath.Join(output, version.DatabaseName))
		if len(got["elections"]) == 0 || len(got["rejects"]) == 0 || len(got["sources"]) != 45 {
			t.Fatalf("the database has too little in it: %d elections", len(got["elections"]))
		}
		if want == nil {
			want = got
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d documents a part give other tables:\n%s", size, diff)
		}
	}
}

func TestDuplicatesNameBothPlaces(t *testing.T) {
	page := titleLine(1) + boxText(0)
	p := madePages{files: fstest.MapFS{
		"a.txt": {Data: []byte("\n" + page)},
		"b.txt": {Data: []byte(page)},
		"c.txt": {Data: []byte(page + "\n" + boxText(1))}, // its second box is new
	}}.of(load.Parquet, load.JSONLines)
	outcome, output := mustRun(t, p, Options{Workers: 4})
	var loaded []string
	for _, r := range jsonlRows(t, output, "elections") {
		loaded = append(loaded, fmt.Sprint(r["election_id"], " of ", r["source_uri"]))
	}
	if diff := cmp.Diff([]string{
		"local:1998 Testland 1 general election#1 of embedded:a.txt",
		"local:1998 Testland 1 general election#2 of embedded:c.txt",
	}, loaded); diff != "" {
		t.Errorf("the elections loaded differ (-want +got):\n%s", diff)
	}
	var rejected []string
	for _, r := range jsonlRows(t, output, "rejects") {
		rejected = append(rejected, fmt.Sprint(r["reason"], " ", r["unit"], " ", r["source_uri"], ":", r["line"], ": ",
			r["detail"]))
	}
	if diff := cmp.Diff([]string{
		"duplicate box embedded:b.txt:3: local:1998 Testland 1 general election#1 was loaded from embedded:a.txt:4 " +
			"before; this one, of embedded:b.txt:3, is left out",
		"duplicate box embedded:c.txt:3: local:1998 Testland 1 general election#1 was loaded from embedded:a.txt:4 " +
			"before; this one, of embedded:c.txt:3, is left out",
	}, rejected); diff != "" {
		t.Errorf("the rejects differ (-want +got):\n%s", diff)
	}
	c := outcome.Manifest.Counts
	got := version.Counts{
		Elections: c.Elections, RejectedBoxes: c.RejectedBoxes, Boxes: c.Boxes, Sound: c.Sound, Errors: c.Errors,
	}
	if want := (version.Counts{Elections: 2, RejectedBoxes: 2, Boxes: 4, Sound: 1, Errors: 1}); got != want {
		t.Errorf("the findings of elections left out must not count: %+v", c)
	}
}

// jsonlRows returns the rows of a table of a run with the sink jsonl.
func jsonlRows(t *testing.T, output, table string) []map[string]any {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(published(t, output), "jsonl", table+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	for line := range strings.Lines(string(content)) {
		row := map[string]any{}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// describeExpectations returns one line per expectation.
func describeExpectations(all []version.Expectation) (lines []string) {
	for _, e := range all {
		met := "unmet"
		if e.Met {
			met = "met"
		}
		lines = append(lines, fmt.Sprintf("%s: %s %s, found %s: %s", e.Source, e.Expected, e.Subject, e.Observed, met))
	}
	return lines
}

func TestExpectations(t *testing.T) {
	two := mixture(2) // a sound page, and one that is binary
	exactly := func(subject string, n int64) Expectation { return Expectation{Subject: subject, Min: &n, Max: &n} }
	for _, c := range []struct {
		name   string
		expect []Expectation
		want   []string
	}{
		{"nothing said", nil, []string{"pages: at least 1 elections, found 1: met"}},
		{"exact", []Expectation{exactly("elections", 1), exactly("seats", 100), exactly("contenders", 3),
			exactly("documents", 2), exactly("errors", 0), exactly("rejects", 1)}, []string{
			"pages: 1 elections, found 1: met", "pages: 100 seats, found 100: met", "pages: 3 contenders, found 3: met",
			"pages: 2 documents, found 2: met", "pages: 0 errors, found 0: met", "pages: 1 rejects, found 1: met",
		}},
		{"one above", []Expectation{exactly("seats", 99)}, []string{"pages: at least 1 elections, found 1: met",
			"pages: 99 seats, found 100: unmet"}},
		{"one below", []Expectation{exactly("seats", 101)}, []string{"pages: at least 1 elections, found 1: met",
			"pages: 101 seats, found 100: unmet"}},
		{"min met", []Expectation{{"elections", new(int64(1)), nil, nil}},
			[]string{"pages: at least 1 elections, found 1: met"}},
		{"min unmet", []Expectation{{"elections", new(int64(2)), nil, nil}},
			[]string{"pages: at least 2 elections, found 1: unmet"}},
		{"max met", []Expectation{{"elections", nil, new(int64(1)), nil}},
			[]string{"pages: at most 1 elections, found 1: met"}},
		{"max unmet", []Expectation{{"elections", nil, new(int64(0)), nil}},
			[]string{"pages: at most 0 elections, found 1: unmet"}},
		{"between", []Expectation{{"documents", new(int64(2)), new(int64(3)), nil}},
			[]string{"pages: at least 1 elections, found 1: met", "pages: 2 to 3 documents, found 2: met"}},
		{"outside", []Expectation{{"documents", new(int64(3)), new(int64(4)), nil}},
			[]string{"pages: at least 1 elections, found 1: met", "pages: 3 to 4 documents, found 2: unmet"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := two.of(load.Parquet)
			p.Sources[0].Expect = c.expect
			outcome, output := mustRun(t, p, Options{})
			if diff := cmp.Diff(c.want, describeExpectations(outcome.Manifest.Expectations)); diff != "" {
				t.Errorf("expectations differ (-want +got):\n%s", diff)
			}
			met := true
			for _, e := range c.want {
				met = met && strings.HasSuffix(e, ": met")
			}
			if outcome.Published != met || (published(t, output) != "") != met || (len(outcome.Unmet) == 0) != met {
				t.Errorf("published is %v, the folder %q, %d unmet: expected that only what meets all is published",
					outcome.Published, published(t, output), len(outcome.Unmet))
			}
		})
	}
}

// The expectations of each source are checked separately: what another source has does not help.
func TestExpectationsAreOfEachSource(t *testing.T) {
	p := mixture(1).of(load.Parquet)
	p.fsys = fstest.MapFS{
		"full.txt":  {Data: []byte(titleLine(1) + boxText(0))},
		"empty.txt": {Data: []byte(titleLine(2) + "Nothing.\n")},
	}
	p.Sources = []Source{{Name: "full", Files: []string{"full.txt"}}, {Name: "empty", Files: []string{"empty.txt"}}}
	outcome, output := mustRun(t, p, Options{})
	want := []string{"empty: at least 1 elections, found 0: unmet"}
	if diff := cmp.Diff(want, describeExpectations(outcome.Unmet)); diff != "" {
		t.Errorf("what is unmet differs (-want +got):\n%s", diff)
	}
	if outcome.Published || published(t, output) != "" {
		t.Error("a run with an empty source was published")
	}
}

// A share is compared with the current version of the same pipeline and source.
func TestShareOfTheLastVersion(t *testing.T) {
	output := t.TempDir()
	sound := func(n int) madePages { return makePages(make([]int, n)) } // an election and three contenders each
	for i, c := range []struct {
		pipeline, source string
		pages            int
		subject, share   string
		want             string
	}{
		{"a", "pages", 10, "elections", "0.9",
			"at least 0.9 of the last version's (there is none) elections, found 10: met"},
		{"a", "pages", 9, "elections", "0.9", "at least 9 (0.9 of the last version's 10) elections, found 9: met"},
		{"a", "pages", 8, "elections", "0.9", "at least 9 (0.9 of the last version's 9) elections, found 8: unmet"},
		{"a", "pages", 8, "elections", "0.888", "at least 8 (0.888 of the last version's 9) elections, found 8: met"},
		{"a", "pages", 8, "elections", "1", "at least 8 (1 of the last version's 8) elections, found 8: met"},
		{"a", "others", 1, "elections", "1",
			"at least 1 of the last version's (there is none) elections, found 1: met"},
		{"b", "others", 2, "elections", "1",
			"at least 1 of the last version's (there is none) elections, found 2: met"},
		{"b", "others", 1, "contenders", "0.5",
			"at least 0.5 of the last version's (there is none) contenders, found 3: met"},
		{"b", "others", 3, "contenders", "0.5", "at least 2 (0.5 of the last version's 3) contenders, found 9: met"},
		{"b", "others", 1, "contenders", "0.5", "at least 5 (0.5 of the last version's 9) contenders, found 3: unmet"},
		{"b", "others", 1, "elections", "0.1", "at least 1 (0.1 of the last version's 3) elections, found 1: met"},
	} {
		p := sound(c.pages).of(load.Parquet)
		p.Name, p.Sources[0].Name = c.pipeline, c.source
		share := decimal.RequireFromString(c.share)
		p.Sources[0].Expect = []Expectation{{Subject: c.subject, ShareOfLast: &share}}
		before := published(t, output)
		outcome, _ := mustRun(t, p, Options{Output: output})
		all := describeExpectations(outcome.Manifest.Expectations)
		want := []string{fmt.Sprintf("%s: at least 1 elections, found %d: met", c.source, c.pages),
			c.source + ": " + c.want}
		if diff := cmp.Diff(want, all); diff != "" {
			t.Errorf("run %d (-want +got):\n%s", i, diff)
		}
		met := strings.HasSuffix(c.want, ": met")
		if outcome.Published != met || (published(t, output) != before) != met {
			t.Errorf("run %d: published is %t", i, outcome.Published)
		}
	}
	p := sound(3).of(load.Parquet)
	p.Sources[0].Expect = []Expectation{{"elections", new(int64(2)), new(int64(4)), new(decimal.NewFromInt(1))}}
	outcome, _ := mustRun(t, p, Options{})
	want := []string{
		"pages: 2 to 4, and at least 1 of the last version's (there is none) elections, found 3: met",
	}
	if diff := cmp.Diff(want, describeExpectations(outcome.Manifest.Expectations)); diff != "" {
		t.Errorf("with bounds (-want +got):\n%s", diff)
	}
}

// A run that needs the manifest of the last version fails before it reads anything if the manifest cannot be read.
func TestShareOfALastVersionThatCannotBeRead(t *testing.T) {
	p := mixture(3).of(load.Parquet)
	_, output := mustRun(t, p, Options{})
	if err := os.WriteFile(filepath.Join(published(t, output), "manifest.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, p, Options{Output: t.TempDir()})
	p.Sources[0].Expect = []Expectation{{Subject: "elections", ShareOfLast: new(decimal.NewFromInt(1))}}
	_, err := Run(t.Context(), p, Options{Output: output, Log: quiet()})
	if err == nil || !strings.Contains(err.Error(), "it is not the manifest of a version") {
		t.Errorf("the run gave %v", err)
	}
}

// A run that does not meet its expectations leaves the old version in place.
func TestUnmetRunKeepsTheVersionBefore(t *testing.T) {
	p := mixture(4).of(load.Parquet)
	_, output := mustRun(t, p, Options{})
	before := published(t, output)
	p.Sources[0].Expect = []Expectation{{"elections", new(int64(99)), nil, nil}}
	outcome, _ := mustRun(t, p, Options{Output: output})
	if outcome.Published || before == "" || published(t, output) != before {
		t.Errorf("current was %q and is %q", before, published(t, output))
	}
	if left, _ := filepath.Glob(filepath.Join(output, ".staging-*")); len(left) > 0 {
		t.Errorf("the run left %v", left)
	}
}

func TestAllowance(t *testing.T) {
	kinds := []int{kindNamed(t, "with an error"), kindNamed(t, "with an error"), kindNamed(t, "empty"),
		kindNamed(t, "an empty box"), kindNamed(t, "sound")}
	m := makePages(kinds) // two error findings; a document and a box rejected
	for _, c := range []struct {
		errors, rejects int64
		excess          bool
	}{{2, 2, false}, {3, 3, false}, {1, 2, true}, {2, 1, true}, {0, 0, true}} {
		p := m.of(load.Parquet)
		p.Allow = Allowance{Errors: c.errors, Rejects: c.rejects}
		outcome, _ := mustRun(t, p, Options{})
		if outcome.Excess != c.excess || !outcome.Published {
			t.Errorf("%d errors and %d rejects allowed: excess is %v, published %v", c.errors, c.rejects,
				outcome.Excess, outcome.Published)
		}
	}
}

func TestSeverities(t *testing.T) {
	m := makePages([]int{kindNamed(t, "with an error")})
	for severity, want := range map[schemas.Status]version.Counts{
		"":                     {Errors: 1, Notes: 1}, // the note is on the measures that seats are wanting for
		schemas.Error:          {Errors: 1, Notes: 1},
		schemas.Warn:           {Warnings: 1, Sound: 1, Notes: 1},
		schemas.Note:           {Notes: 2, Sound: 1},
		schemas.Status("skip"): {Sound: 1, Notes: 1},
	} {
		p := m.of(load.Parquet, load.JSONLines)
		if severity != "" {
			p.Checks = map[string]schemas.Status{"seat-total": severity}
		}
		outcome, output := mustRun(t, p, Options{})
		c := outcome.Manifest.Counts
		got := version.Counts{Errors: c.Errors, Warnings: c.Warnings, Notes: c.Notes, Sound: c.Sound}
		if got != want {
			t.Errorf("seat-total as %q gives %+v: expected %+v", severity, got, want)
		}
		found := 0
		for _, r := range jsonlRows(t, output, "findings") {
			if r["check_id"] == "seat-total" {
				found++
				if severity != "" && r["status"] != string(severity) {
					t.Errorf("seat-total as %q is found with status %v", severity, r["status"])
				}
			}
		}
		if off := severity == schemas.Skip; off != (found == 0) {
			t.Errorf("seat-total as %q leaves %d findings", severity, found)
		}
	}
}

func TestWithFiles(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	if err := os.WriteFile("other.txt", []byte(titleLine(1)+boxText(0)), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := Open(Default)
	if err != nil {
		t.Fatal(err)
	}
	q, err := p.WithFiles([]string{"other.txt"})
	if err != nil {
		t.Fatal(err)
	}
	outcome, _ := mustRun(t, q, Options{})
	if len(outcome.Unmet) != 1 || outcome.Unmet[0].Subject != "seats" || outcome.Unmet[0].Observed != "100" {
		t.Errorf("the expectations of the pipeline must hold for other files too: %+v", outcome.Manifest.Expectations)
	}
	if again, _ := mustRun(t, p, Options{}); !again.Published {
		t.Error("the pipeline itself was changed")
	}
	p.Sources = append(p.Sources, p.Sources[0])
	if _, err := p.WithFiles([]string{"other.txt"}); err == nil || !strings.Contains(err.Error(), "has 2 sources") {
		t.Errorf("files for a pipeline with two sources gave %v", err)
	}
}

// Relative files start from the folder of the pipeline file, wherever the program is run.
func TestSourcesAreRelativeToThePipelineFile(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"sub/mine.yaml":     "name: mine\nsources:\n  - files: [pages/*.txt, ../above.txt]\n",
		"sub/pages/one.txt": titleLine(1) + boxText(0),
		"above.txt":         titleLine(2) + boxText(0),
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	for _, name := range []string{"sub/mine.yaml", filepath.Join(folder, "sub", "mine.yaml")} {
		p, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		p.Sinks = []string{load.Parquet}
		if outcome, _ := mustRun(t, p, Options{}); outcome.Manifest.Counts.Elections != 2 {
			t.Errorf("%s found %d elections: expected 2", name, outcome.Manifest.Counts.Elections)
		}
	}
	absolute := filepath.Join(folder, "elsewhere.yaml")
	text := fmt.Sprintf("name: elsewhere\nsources:\n  - files: [%q]\n", filepath.Join(folder, "above.txt"))
	if err := os.WriteFile(absolute, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	p, err := Open(absolute)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.open(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
		t.Error(err)
	}
}

func TestNamesThatCanBeNoFile(t *testing.T) {
	for name, want := range map[string]string{
		"https://example.org/x": "https://example.org/x: https addresses are not supported: expected a file or a " +
			"glob on this machine; save the page to a file and name that",
		"":       `"": expected a file or a glob on this machine`,
		"a\x00b": `"a\x00b": expected a file or a glob on this machine`,
	} {
		if _, err := FromFiles([]string{"fine.txt", name}); err == nil || err.Error() != want {
			t.Errorf("%q gave %v\nwant %s", name, err, want)
		}
	}
}
