// Package loadtest writes and publishes records for the tests of what reads them. It links no engine.
package loadtest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// PublishRecords publishes records as a version of an output folder, and returns the version's name.
func PublishRecords(t testing.TB, dir string, records []schemas.Record, cutAfter int, started time.Time) string {
	t.Helper()
	o, err := version.OpenOutput(dir, "test", false)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	run := schemastest.SampleRun()
	run.ID, run.StartedAt, run.FinishedAt = o.NewRunID(started), started, started.Add(time.Second)
	run.Total = schemas.Account{}
	for _, r := range records {
		if r.Account != nil {
			run.Total.Add(r.Account)
		}
	}
	m := version.NewManifest(run, "none")
	m.Files = WriteAll(t, load.Parquet, o.Staging(), records, cutAfter)
	for _, r := range records {
		if a := r.Account; a != nil {
			m.Inputs = append(m.Inputs, version.Input{URI: a.SourceURI, Format: a.Format, Bytes: a.Bytes, SHA256: a.SHA256, Scan: a.Scan})
		}
	}
	if _, err := o.Publish(run.ID, m); err != nil {
		t.Fatal(err)
	}
	return run.ID
}

// StartOfTests is when the runs of tests began.
var StartOfTests = time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)

// CountElections counts the elections of a version.
func CountElections(t testing.TB, p *version.Published) (n int) {
	t.Helper()
	for _, err := range p.Elections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// Elections returns the elections among records.
func Elections(records []schemas.Record) (all []*schemas.Election) {
	for _, r := range records {
		if r.Election != nil {
			all = append(all, r.Election)
		}
	}
	return all
}

// WriteAll writes records through a sink into a folder, with a cut after every so many (0: none).
func WriteAll(t testing.TB, kind, folder string, records []schemas.Record, cutAfter int) []version.File {
	t.Helper()
	sinks, err := load.Sinks(folder, []string{kind}, version.FinishedParts{})
	if err != nil || len(sinks) != 1 {
		t.Fatalf("opening the sink %s: %d sinks, %v", kind, len(sinks), err)
	}
	for i, r := range records {
		if err := sinks[0].Write(r); err != nil {
			t.Fatal(err)
		}
		if cutAfter > 0 && (i+1)%cutAfter == 0 {
			if _, err := sinks[0].FinishPart(); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, err := sinks[0].Commit()
	if err != nil {
		t.Fatal(err)
	}
	if err := sinks[0].Close(); err != nil {
		t.Fatal(err)
	}
	return files
}

// FileSinks are the kinds of sinks that write files of their own.
var FileSinks = []string{load.Parquet, load.JSONLines}

func PathsOf(folder string, files []version.File, table *tables.Table) []string {
	var paths []string
	for _, f := range files {
		if f.Table == table.Name {
			paths = append(paths, filepath.Join(folder, filepath.FromSlash(f.Path)))
		}
	}
	return paths
}

// CheckParts holds the files of finished parts against what was said of them.
func CheckParts(t *testing.T, folder string, files []version.File) {
	t.Helper()
	for _, want := range files {
		got, err := version.DescribeFile(folder, filepath.Join(folder, want.Path))
		if err != nil {
			t.Fatal(err)
		}
		got.Table, got.Rows = want.Table, want.Rows
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("a file is not what it was when its part ended (-then +now):\n%s", diff)
		}
	}
}
