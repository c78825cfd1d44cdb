package duckdb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// A folder may have any name: the characters that mean something in an address, in a glob or in SQL are letters like
// others, and so are those that the engine itself gives a meaning, since it is led to the folder by a link.
func TestBuildInAFolderOfAnyName(t *testing.T) {
	outside, err := os.MkdirTemp("", "hemicycle-paths-*") // a folder of the test has its name in it
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(outside)
	names := []string{
		"100%", "%zz", "a%20b", "a*b", "[2007]", "a[b", "it's", `back\slash`, "semi;colon", "a b", "ü", "#1", "a=b&c",
		"what?", "md:x", `a*b\c`, `a[b\c`, "line\nbreak", "?access_mode=read_only",
	}
	if !schemastest.LongTests() {
		names = []string{`back\slash`, strings.Join(names, " ")}
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), name)
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			files := loadtest.WriteAll(t, load.Parquet, folder, schemastest.SampleRecords()[:3], 0)
			if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
				t.Fatal(err)
			}
			copied := filepath.Join(outside, "copy.duckdb")
			content, err := os.ReadFile(filepath.Join(folder, version.DatabaseName))
			if err == nil {
				err = os.WriteFile(copied, content, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			var rows int
			db := openDatabase(t, copied)
			if err := db.QueryRow("SELECT count(*) FROM election_summary").Scan(&rows); err != nil || rows == 0 {
				t.Errorf("the database has %d elections: %v", rows, err)
			}
		})
	}
}

// The name of a folder above the output is no value of a column, whatever it looks like.
func TestBuildBelowAFolderThatLooksLikeAPartition(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "wiki=old")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	files := loadtest.WriteAll(t, load.Parquet, folder, schemastest.SampleRecords()[:3], 0)
	if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
		t.Fatal(err)
	}
	var rows int
	db := openDatabase(t, filepath.Join(folder, version.DatabaseName))
	query := "SELECT count(*) FROM elections WHERE wiki = 'old'"
	if err := db.QueryRow(query).Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d elections are of the wiki of the folder: %v", rows, err)
	}
}
