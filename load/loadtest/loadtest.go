// Package loadtest writes and publishes records for the tests of the packages that read them. It does not link the
// database engine.
package loadtest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// IDs of runs, the oldest first.
const (
	First  = "20260101T000000Z"
	Second = "20260102T000000Z"
	Third  = "20260103T000000Z"
)

// StartTime returns the time at which the runs of tests start.
func StartTime() time.Time { return time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC) }

// FileSinks returns the kinds of sinks that write files of their own.
func FileSinks() []string { return []string{load.Parquet, load.JSONLines} }

// OpenOutput opens an output folder, and closes it when the test ends.
func OpenOutput(t testing.TB, dir, plan string) *version.Output {
	t.Helper()
	o, err := version.OpenOutput(disk.Disk{}, dir, plan, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// PublishRecords publishes records as a version of an output folder, in parts of so many records (0: in one part). It
// returns the ID of the run.
func PublishRecords(t testing.TB, dir string, records []schemas.Record, partRecords int, started time.Time) string {
	t.Helper()
	o := OpenOutput(t, dir, "test")
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
	m.Files = writeAll(t, load.Parquet, o.Staging(), records, partRecords, func(sinks []load.Sink) {
		m.Changes = writeChanges(t, o, sinks)
	})
	for _, r := range records {
		if a := r.Account; a != nil {
			m.Inputs = append(m.Inputs, version.Input{
				URI: a.SourceURI, Format: a.Format, Bytes: a.Bytes, SHA256: a.SHA256, Scan: a.Scan,
			})
		}
	}
	if _, err := o.Publish(run.ID, m); err != nil {
		t.Fatal(err)
	}
	return run.ID
}

// writeChanges writes the table of changes since the current version, as a run does.
func writeChanges(t testing.TB, o *version.Output, sinks []load.Sink) *version.Comparison {
	t.Helper()
	before, err := o.Current()
	if err != nil {
		t.Fatal(err)
	}
	if before == nil {
		return nil
	}
	defer before.Close()
	files, err := load.FinishTables(sinks)
	if err != nil {
		t.Fatal(err)
	}
	c := &version.Comparison{
		Since: before.Manifest.Run, Pipeline: before.Manifest.Pipeline, SchemaVersion: before.Manifest.SchemaVersion,
	}
	c.Rows, c.NotCompared, err = load.WriteChanges(context.Background(), sinks, before, o.Unpublished(files),
		o.Staging())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// WriteAll writes records into a folder with a sink, in parts of so many records (0: in one part).
func WriteAll(t testing.TB, kind, folder string, records []schemas.Record, partRecords int) []version.File {
	t.Helper()
	return writeAll(t, kind, folder, records, partRecords, func([]load.Sink) {})
}

// writeAll writes records as WriteAll does, and calls end before it commits the sink.
func writeAll(
	t testing.TB, kind, folder string, records []schemas.Record, partRecords int, end func(sinks []load.Sink),
) []version.File {
	t.Helper()
	sinks, err := load.Sinks(disk.Disk{}, folder, []string{kind}, version.FinishedParts{})
	if err != nil || len(sinks) != 1 {
		t.Fatalf("opening the sink %s: %d sinks, %v", kind, len(sinks), err)
	}
	for i, r := range records {
		if err := sinks[0].Write(r); err != nil {
			t.Fatal(err)
		}
		if partRecords > 0 && (i+1)%partRecords == 0 {
			if _, err := sinks[0].FinishPart(); err != nil {
				t.Fatal(err)
			}
		}
	}
	end(sinks)
	files, err := sinks[0].Commit()
	if err != nil {
		t.Fatal(err)
	}
	if err := sinks[0].Close(); err != nil {
		t.Fatal(err)
	}
	return files
}

// Elections returns the elections among records.
func Elections(records []schemas.Record) (elections []*schemas.Election) {
	for _, r := range records {
		if r.Election != nil {
			elections = append(elections, r.Election)
		}
	}
	return elections
}

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

// PathsOf returns the paths of the files of a table below a folder.
func PathsOf(folder string, files []version.File, table *tables.Table) []string {
	var paths []string
	for _, f := range files {
		if f.Table == table.Name {
			paths = append(paths, filepath.Join(folder, filepath.FromSlash(f.Path)))
		}
	}
	return paths
}

// CheckParts compares the files of finished parts with their descriptions.
func CheckParts(t *testing.T, folder string, files []version.File) {
	t.Helper()
	for _, want := range files {
		got, err := version.DescribeFile(folder, filepath.Join(folder, want.Path))
		if err != nil {
			t.Fatal(err)
		}
		got.Table, got.Rows = want.Table, want.Rows
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("a file is not as it was when its part ended (-then +now):\n%s", diff)
		}
	}
}
