package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/pipelines"
	"hemicycle/schemas"
)

// runToLines runs a file into JSON lines and returns the rows of each table, without where they are from.
func runToLines(t *testing.T, path string) map[string][]string {
	t.Helper()
	p, err := pipelines.FromFiles([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	p.Sinks = []string{load.JSONLines}
	output := t.TempDir()
	outcome, err := pipelines.Run(t.Context(), p, pipelines.Options{
		Output: output, Version: "test", Build: "test", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	if !outcome.Published {
		t.Fatalf("%s was not published: %+v, %+v", path, outcome.Rejected, outcome.Manifest.Inputs[0].Missing)
	}
	rows := map[string][]string{}
	for _, file := range outcome.Manifest.Files {
		table := strings.TrimSuffix(filepath.Base(file.Path), ".jsonl")
		if filepath.Ext(file.Path) != ".jsonl" || table == "sources" || table == "runs" {
			continue
		}
		content, err := os.ReadFile(filepath.Join(output, filepath.FromSlash(file.Path)))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(content) {
			var row map[string]json.RawMessage
			if err := json.Unmarshal(line, &row); err != nil {
				t.Fatal(err)
			}
			for _, column := range []string{"source_uri", "source_sha256", "wikidata_qid"} {
				delete(row, column)
			}
			text, err := json.Marshal(row)
			if err != nil {
				t.Fatal(err)
			}
			rows[table] = append(rows[table], string(text))
		}
	}
	slices.Sort(rows["redirects"]) // in a dump they stand where their page does
	return rows
}

// A snapshot gives the tables that a dump of the same pages gives, whatever its form and wherever its duplicates are.
func TestSnapshotIsAsADump(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "dump.xml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	m := newDumpMaker(t)
	m.share = 0.05
	made, err := m.make(f, 6_000_000)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	writeSnapshot(t, path, &lines)
	whole := lines.String()
	halves := func(text string) (first, second string) {
		i := len(text)/2 + strings.Index(text[len(text)/2:], "\n") + 1
		return text[:i], text[i:]
	}
	// Older versions of all pages stand before and behind them: they are other texts under the same numbers.
	older := strings.NewReplacer(`"date_modified":"20`, `"date_modified":"19`, `"version":{"identifier":`,
		`"version":{"identifier":0,"x":`, `Infobox`, `Infobox election | title = Old }} {{Infobox`).Replace(whole)
	first, second := halves(whole)
	before, behind := halves(older)
	files := map[string][]byte{
		"lines.ndjson": []byte(whole),
		"snapshot.tar.gz": packSnapshot(t, "enwiki_0.ndjson", before, "enwiki_1.ndjson", first,
			"enwiki_2.ndjson", second, "enwiki_3.ndjson", behind),
	}
	want := runToLines(t, path)
	if n := len(want["elections"]); n < len(made.elections)/2 || len(want["redirects"]) == 0 || n < 20 {
		t.Fatalf("the dump gives %d elections and %d redirects: the test proves nothing", n, len(want["redirects"]))
	}
	for name, content := range files {
		snapshot := filepath.Join(folder, name)
		if err := os.WriteFile(snapshot, content, 0o644); err != nil {
			t.Fatal(err)
		}
		got := runToLines(t, snapshot)
		for table := range want {
			if diff := cmp.Diff(want[table], got[table]); diff != "" {
				t.Errorf("%s: %s differs from that of the dump (-want +got):\n%.3000s", name, table, diff)
			}
		}
	}
}

// A run of a snapshot that was stopped and resumed, again and again, ends with the tables of one that was not.
func TestSnapshotResumed(t *testing.T) {
	folder := t.TempDir()
	var lines strings.Builder
	for i := range 60 {
		text := fmt.Sprintf("{{Infobox election\n| party1 = P%d\n| seats1 = %d\n| party2 = Q\n| seats2 = 3\n}}", i, 10+i)
		for version := range 1 + i%3 { // the newest is in the middle
			line, err := json.Marshal(snapshotPage{
				Name: fmt.Sprintf("%d Testland election", 1900+i), Identifier: int64(1 + i),
				Version: snapshotNumber{int64([]int{5, 7, 6}[version])}, Wiki: snapshotText{"enwiki", ""},
				Body:      snapshotBody{Wikitext: strings.Replace(text, "| seats2 = 3", fmt.Sprint("| seats2 = ", version), 1)},
				Redirects: []snapshotLink{{fmt.Sprint("R", i), ""}},
			})
			if err != nil {
				t.Fatal(err)
			}
			lines.Write(append(line, '\n'))
		}
	}
	path := filepath.Join(folder, "snapshot.tar.gz")
	if err := os.WriteFile(path, packSnapshot(t, "a.ndjson", lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := pipelines.FromFiles([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	p.Sinks = []string{load.Parquet}
	run := func(output string, stopAfter int) (*pipelines.Outcome, error) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		seen := 0
		return pipelines.Run(ctx, p, pipelines.Options{
			Output: output, Version: "test", Build: "test", PartDocuments: 7, Resume: true,
			Log: slog.New(slog.DiscardHandler),
			Each: func(r schemas.Record) {
				if r.Election != nil {
					if seen++; seen == stopAfter {
						cancel()
					}
				}
			},
		})
	}
	digests := func(o *pipelines.Outcome) map[string]string {
		all := map[string]string{}
		for _, f := range o.Manifest.Files {
			if strings.HasPrefix(f.Path, "parquet/") && f.Table != "runs" {
				all[f.Path] = f.SHA256
			}
		}
		return all
	}
	whole, err := run(filepath.Join(folder, "whole"), -1)
	if err != nil {
		t.Fatal(err)
	}
	if n := whole.Manifest.Counts.Elections; n != 60 {
		t.Fatalf("%d elections", n)
	}
	output, stops := filepath.Join(folder, "stopped"), 0
	stopped, err := run(output, 11)
	for ; err != nil && stops < 30; stops++ {
		stopped, err = run(output, 11)
	}
	if err != nil || stops < 3 {
		t.Fatalf("after %d stops: %v", stops, err)
	}
	if diff := cmp.Diff(digests(whole), digests(stopped)); diff != "" {
		t.Errorf("after %d stops (-whole +stopped):\n%s", stops, diff)
	}
	if diff := cmp.Diff(whole.Manifest.Inputs, stopped.Manifest.Inputs); diff != "" {
		t.Errorf("after %d stops (-whole +stopped):\n%s", stops, diff)
	}
}
