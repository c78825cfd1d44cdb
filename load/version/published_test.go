package version_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// What was written is read back: every value of every table, by the getters that wrote it.
func TestElectionsAreReadAsTheyWereWritten(t *testing.T) {
	for _, cutAfter := range []int{0, 60} {
		dir := t.TempDir()
		records := schemastest.SampleRecords()
		loadtest.PublishRecords(t, dir, records, cutAfter, loadtest.StartTime())
		p, err := version.Open(dir)
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
		names := []string{"elections", "results", "offices", "claims", "findings", "fields", "measures"}
		for _, name := range names {
			table := tables.Find(name)
			if diff := cmp.Diff(schemastest.WantRows(table, written), schemastest.WantRows(table, read)); diff != "" {
				t.Errorf("cut after %d, %s (-written +read):\n%s", cutAfter, name, diff)
			}
		}
	}
}

func TestOpenPublished(t *testing.T) {
	dir := t.TempDir()
	if _, err := version.Open(dir); err == nil || !strings.Contains(err.Error(), "nothing was published here") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := version.Open(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "nothing was published here") {
		t.Errorf("a missing folder: %v", err)
	}
	first := loadtest.PublishRecords(t, dir, schemastest.SampleRecords(), 0, loadtest.StartTime())
	old, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if before, err := old.Previous(); before != nil || err != nil {
		t.Errorf("before the first version: %v, %v", before, err)
	}
	second := loadtest.PublishRecords(t, dir, schemastest.SampleRecords()[:1], 0, loadtest.StartTime().Add(time.Hour))
	if got := loadtest.CountElections(t, old); got != len(loadtest.Elections(schemastest.SampleRecords())) {
		t.Errorf("a version that was open has %d elections after the swap, expected its own", got)
	}
	p, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.Manifest.Run != second || loadtest.CountElections(t, p) != 1 {
		t.Errorf("the current version is %s with %d elections, expected %s with 1", p.Manifest.Run, loadtest.CountElections(t, p), second)
	}
	before, err := p.Previous()
	if err != nil || before == nil || before.Manifest.Run != first {
		t.Errorf("before the second version: %v, %v, expected %s", before, err, first)
	}
	if byFolder, err := version.Open(filepath.Join(dir, "versions", first)); err != nil || byFolder.Manifest.Run != first {
		t.Errorf("a version by its own folder: %v", err)
	}
	path := filepath.Join(dir, "manifest.json")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(content), `"schema_version": "`, `"schema_version": "9`, 1)
	if err := os.WriteFile(path, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := version.Open(dir); err == nil || !strings.Contains(err.Error(), "publish them anew") {
		t.Errorf("tables of another meaning: %v", err)
	}
}
