package load

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// publishRecords publishes records as a version of an output folder, and returns the version's name.
func publishRecords(t testing.TB, dir string, records []schemas.Record, cutAfter int, started time.Time) string {
	t.Helper()
	o, err := OpenOutput(dir, "test", false)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	run := sampleRun()
	run.ID, run.StartedAt, run.FinishedAt = o.NewRunID(started), started, started.Add(time.Second)
	run.Total = schemas.Account{}
	for _, r := range records {
		if r.Account != nil {
			run.Total.Add(r.Account)
		}
	}
	m := NewManifest(run, "none")
	m.Files = writeAll(t, Parquet, o.Staging(), records, cutAfter)
	for _, r := range records {
		if a := r.Account; a != nil {
			m.Inputs = append(m.Inputs, Input{URI: a.SourceURI, Format: a.Format, Bytes: a.Bytes, SHA256: a.SHA256, Scan: a.Scan})
		}
	}
	if _, err := o.Publish(run.ID, m); err != nil {
		t.Fatal(err)
	}
	return run.ID
}

var startOfTests = time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)

// What was written is read back: every value of every table, by the getters that wrote it.
func TestElectionsAreReadAsTheyWereWritten(t *testing.T) {
	for _, cutAfter := range []int{0, 60} {
		dir := t.TempDir()
		records := sampleRecords()
		publishRecords(t, dir, records, cutAfter, startOfTests)
		p, err := OpenPublished(dir)
		if err != nil {
			t.Fatal(err)
		}
		var read []schemas.Record
		for e, err := range p.Elections(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			read = append(read, schemas.Record{Election: e})
		}
		var written []schemas.Record
		for _, r := range records {
			if r.Election != nil {
				written = append(written, r)
			}
		}
		names := []string{"elections"}
		for _, o := range ownedTables {
			names = append(names, o.table)
		}
		for _, name := range names {
			table := tables.Find(name)
			if diff := cmp.Diff(wantRows(table, written), wantRows(table, read)); diff != "" {
				t.Errorf("cut after %d, %s (-written +read):\n%s", cutAfter, name, diff)
			}
		}
	}
}

func TestOpenPublished(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenPublished(dir); err == nil || !strings.Contains(err.Error(), "nothing was published here") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := OpenPublished(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "nothing was published here") {
		t.Errorf("a missing folder: %v", err)
	}
	first := publishRecords(t, dir, sampleRecords(), 0, startOfTests)
	old, err := OpenPublished(dir)
	if err != nil {
		t.Fatal(err)
	}
	if before, err := old.Before(); before != nil || err != nil {
		t.Errorf("before the first version: %v, %v", before, err)
	}
	second := publishRecords(t, dir, sampleRecords()[:1], 0, startOfTests.Add(time.Hour))
	if got := count(t, old); got != len(elections(sampleRecords())) {
		t.Errorf("a version that was open has %d elections after the swap, expected its own", got)
	}
	p, err := OpenPublished(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.Manifest.Run != second || count(t, p) != 1 {
		t.Errorf("the current version is %s with %d elections, expected %s with 1", p.Manifest.Run, count(t, p), second)
	}
	before, err := p.Before()
	if err != nil || before == nil || before.Manifest.Run != first {
		t.Errorf("before the second version: %v, %v, expected %s", before, err, first)
	}
	if byFolder, err := OpenPublished(filepath.Join(dir, versionsName, first)); err != nil || byFolder.Manifest.Run != first {
		t.Errorf("a version by its own folder: %v", err)
	}
	path := filepath.Join(dir, manifestName)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(content), `"schema_version": "`, `"schema_version": "9`, 1)
	if err := os.WriteFile(path, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenPublished(dir); err == nil || !strings.Contains(err.Error(), "publish them anew") {
		t.Errorf("tables of another meaning: %v", err)
	}
}

func count(t testing.TB, p *Published) (n int) {
	t.Helper()
	for _, err := range p.Elections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

func elections(records []schemas.Record) (all []*schemas.Election) {
	for _, r := range records {
		if r.Election != nil {
			all = append(all, r.Election)
		}
	}
	return all
}
