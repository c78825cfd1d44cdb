package pipelines

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// stoppedRun returns the output folder of a run that was stopped after some parts, and its staging folder.
func stoppedRun(t *testing.T) (output, staging string, resume func() (*Outcome, error)) {
	t.Helper()
	output = t.TempDir()
	o := Options{Output: output, PartDocuments: 3, Workers: 2, Version: "test", Build: "test"}
	stopAfter(t, mixture(24).of(load.Parquet, load.JSONLines), o, 9)
	found, err := filepath.Glob(filepath.Join(output, ".staging-*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	return output, found[0], func() (*Outcome, error) {
		o.Resume, o.Log = true, quiet()
		return Run(t.Context(), mixture(24).of(load.Parquet, load.JSONLines), o)
	}
}

// A run that resumes with lines of the journal that were lost, doubled or swapped ends with the files of a clean run.
func TestResumedRunWithChangedJournal(t *testing.T) {
	inOneGo, whole := mustRun(t, mixture(24).of(load.Parquet, load.JSONLines), Options{PartDocuments: 3})
	want, _ := timelessOutput(t, inOneGo, whole)
	for _, c := range []struct {
		name string
		with func(lines []string, n int) []string
	}{
		{"lost", func(lines []string, n int) []string { return slices.Delete(lines, n, n+1) }},
		{"doubled", func(lines []string, n int) []string { return slices.Insert(lines, n, lines[n]) }},
		{"swapped", func(lines []string, n int) []string {
			other := (n + 1) % len(lines)
			lines[n], lines[other] = lines[other], lines[n]
			return lines
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for n := 0; ; n += schemastest.Rounds(3, 1) {
				output, staging, resume := stoppedRun(t)
				journal := filepath.Join(staging, "journal")
				content, err := os.ReadFile(journal)
				if err != nil {
					t.Fatal(err)
				}
				all := slices.Collect(strings.Lines(string(content)))
				if len(all) < 3 {
					t.Fatalf("the journal has %d lines", len(all))
				}
				if n >= len(all) { // which is not the same number in every run that is stopped
					return
				}
				if err := os.WriteFile(journal, []byte(strings.Join(c.with(all, n), "")), 0o644); err != nil {
					t.Fatal(err)
				}
				outcome, err := resume()
				if err != nil {
					t.Fatal(err)
				}
				if got, _ := timelessOutput(t, outcome, output); !maps.Equal(want, got) {
					t.Errorf("line %d %s: the files are not those of a run in one go", n, c.name)
				}
			}
		})
	}
}

// A journal that lacks the line of a part, and is sound nevertheless, would publish fewer rows than were read.
func TestLostRowsAreNotPublished(t *testing.T) {
	output, staging, resume := stoppedRun(t)
	var lost runState
	renewLines(t, staging, func(line int, s *runState) bool {
		switch line {
		case 1:
			lost = *s
		case 2:
			s.URIs, s.Inputs = append(lost.URIs, s.URIs...), append(lost.Inputs, s.Inputs...)
		}
		return line != 1
	})
	_, err := resume()
	if err == nil {
		t.Fatal("fewer rows were published than were read")
	}
	schemastest.CheckWords(t, err, "the files in", "rows of the table", "the run wrote", "nothing was published",
		"run again without --resume")
	if strings.Contains(err.Error(), "with --resume to continue") {
		t.Errorf("a run that cannot be resumed is offered: %v", err)
	}
	if _, err := os.Lstat(filepath.Join(output, "current")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was published: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(output, ".staging-*")); len(left) > 0 {
		t.Errorf("parts that cannot be resumed are left: %v", left)
	}
}

// The rows of every table are compared with what was written, in each form, and with the account.
func TestCheckRows(t *testing.T) {
	records := schemastest.SampleRecords()
	count := func() (*account, []version.File) {
		a := &account{rows: rowCounter{}, kept: rowCounter{"runs": 1}, sources: make([]sourceAccount, 2)}
		for _, r := range records {
			if err := a.rows.Write(r); err != nil {
				t.Fatal(err)
			}
			if e := r.Election; e != nil {
				a.run.Total.Elections++
				a.sources[a.run.Total.Elections%2].Contenders += int64(len(e.Contenders))
			}
			if r.Contest != nil {
				a.run.Total.Contests++
			}
			if r.Account != nil {
				a.inputs = append(a.inputs, version.Input{})
			}
		}
		var files []version.File
		for _, table := range tables.All() {
			files = append(files,
				version.File{Table: table.Name, Path: "parquet/" + table.Name + "/part-00001.parquet", Rows: 1},
				version.File{Table: table.Name, Path: "parquet/" + table.Name + "/part-00002.parquet",
					Rows: a.rows[table.Name] - 1},
				version.File{Table: table.Name, Path: "jsonl/" + table.Name + ".jsonl", Rows: a.rows[table.Name]})
		}
		return a, append(files, version.File{Path: version.DatabaseName, Rows: 3})
	}
	a, files := count()
	if err := a.checkRows(files); err != nil {
		t.Fatal(err)
	}
	for i := range files[:len(files)-1] {
		for _, by := range []int64{-1, 1} {
			files[i].Rows += by
			if err := a.checkRows(files); !errors.Is(err, errLostRows) {
				t.Errorf("%s with %d rows more: %v", files[i].Path, by, err)
			}
			files[i].Rows -= by
		}
		rest := slices.Delete(slices.Clone(files), i, i+1)
		if err := a.checkRows(rest); !errors.Is(err, errLostRows) && files[i].Rows > 0 {
			t.Errorf("without %s: %v", files[i].Path, err)
		}
	}
	for name, change := range map[string]func(a *account){
		"elections": func(a *account) { a.run.Total.Elections++ },
		"results":   func(a *account) { a.sources[1].Contenders-- },
		"sources":   func(a *account) { a.inputs = a.inputs[1:] },
		"runs":      func(a *account) { a.rows.Write(schemas.Record{Run: &schemas.Run{}}) },
	} {
		a, files := count()
		change(a)
		schemastest.CheckWords(t, a.checkRows(files), "the run wrote", name, "the account of the run has")
	}
}
