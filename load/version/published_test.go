package version_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
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

// Every value of every table is read back, compared by the getters that wrote it.
func TestElectionsAreReadAsTheyWereWritten(t *testing.T) {
	for _, partRecords := range []int{0, 60} {
		dir := t.TempDir()
		records := schemastest.SampleRecords()
		loadtest.PublishRecords(t, dir, records, partRecords, loadtest.StartTime())
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
				t.Errorf("parts of %d records, %s (-written +read):\n%s", partRecords, name, diff)
			}
		}
	}
}

func TestOpenPublished(t *testing.T) {
	dir := t.TempDir()
	_, err := version.Open(dir)
	schemastest.CheckWords(t, err, dir, "nothing was published here")
	_, err = version.Open(filepath.Join(dir, "none"))
	schemastest.CheckWords(t, err, "nothing was published here")
	first := loadtest.PublishRecords(t, dir, schemastest.SampleRecords(), 0, loadtest.StartTime())
	old, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	second := loadtest.PublishRecords(t, dir, schemastest.SampleRecords()[:1], 0, loadtest.StartTime().Add(time.Hour))
	own := len(loadtest.Elections(schemastest.SampleRecords()))
	if got := loadtest.CountElections(t, old); got != own {
		t.Errorf("a version that was open has %d elections after the swap, expected its own %d", got, own)
	}
	p, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := loadtest.CountElections(t, p); p.Manifest.Run != second || n != 1 {
		t.Errorf("the current version is %s with %d elections, expected %s with 1", p.Manifest.Run, n, second)
	}
	byFolder, err := version.Open(filepath.Join(dir, "versions", first))
	if err != nil || byFolder.Manifest.Run != first {
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
	_, err = version.Open(dir)
	schemastest.CheckWords(t, err, second, "manifest.json", "publish them anew")
}

// Rows of an election that is not in the table of elections are an error, not left out.
func TestElectionsOutOfOrder(t *testing.T) {
	dir := t.TempDir()
	loadtest.PublishRecords(t, dir, []schemas.Record{
		{Election: schemastest.AbsentElection("local:x#1")}, {Election: schemastest.AbsentElection("local:lost#1")},
	}, 1, loadtest.StartTime())
	p, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	p.Manifest.Files = slices.DeleteFunc(p.Manifest.Files, func(f version.File) bool {
		return strings.HasSuffix(f.Path, "elections/part-00002.parquet")
	})
	var ids []string
	for e, electionsErr := range p.Elections(t.Context()) {
		if err = electionsErr; err == nil {
			ids = append(ids, e.ID)
		}
	}
	schemastest.CheckWords(t, err, p.Folder(), "local:lost#1", "not in the order of the elections", "run again")
	if len(ids) != 1 {
		t.Errorf("the elections are %v, expected the first", ids)
	}
}

// Whoever has seen enough is not shown more.
func TestEachElectionStops(t *testing.T) {
	dir := t.TempDir()
	loadtest.PublishRecords(t, dir, schemastest.SampleRecords(), 0, loadtest.StartTime())
	p, err := version.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	err = p.EachElection(t.Context(), nil, func(e *schemas.Election) bool {
		shown++
		if len(e.Contenders) > 0 {
			t.Errorf("%s has contenders, and nobody asked for them", e.ID)
		}
		return shown < 2
	})
	if err != nil || shown != 2 {
		t.Errorf("%d elections are shown, %v; expected 2", shown, err)
	}
}
