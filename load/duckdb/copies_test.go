package duckdb

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// rowCounts counts the rows of every table and view of a database, by name.
func rowCounts(t *testing.T, db *sql.DB, prefix string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	names := []string{}
	for _, table := range tables.All() {
		names = append(names, table.Name)
	}
	for _, v := range tables.Views() {
		if v.Name != "trace" {
			names = append(names, v.Name)
		}
	}
	for _, name := range names {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + prefix + name).Scan(&n); err != nil {
			t.Fatalf("%s%s: %v", prefix, name, err)
		}
		counts[name] = n
	}
	return counts
}

// copySample builds a database of the sample, and returns its path.
func copySample(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, schemastest.SampleRecords(), 0)
	if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, version.DatabaseName)
}

// What EXPORT DATABASE writes, IMPORT DATABASE reads: all tables, views and macros, with the same rows.
func TestExportAndImport(t *testing.T) {
	path := copySample(t)
	published := openDatabase(t, path)
	for _, format := range []string{"PARQUET", "CSV"} {
		t.Run(format, func(t *testing.T) {
			into := tables.QuoteSQL(filepath.Join(t.TempDir(), format))
			if _, err := published.Exec("EXPORT DATABASE " + into + " (FORMAT " + format + ")"); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("duckdb", "")
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec("IMPORT DATABASE " + into); err != nil {
				t.Fatal(err)
			}
			want, got := rowCounts(t, published, ""), rowCounts(t, db, "")
			for name, n := range want {
				if got[name] != n {
					t.Errorf("%s has %d rows, expected %d", name, got[name], n)
				}
			}
			var rows int
			err = db.QueryRow("SELECT count(*) FROM trace('enwiki:0#1', 'seats')").Scan(&rows)
			if err != nil || rows == 0 {
				t.Errorf("trace has %d rows: %v", rows, err)
			}
		})
	}
}

// Every engine reads the tables and views of an attached database, and trace once the database is in use. The
// oldest finds the tables of a view only then, too.
func TestEveryEngineReadsAnAttachedDatabase(t *testing.T) {
	path := copySample(t)
	want := rowCounts(t, openDatabase(t, path), "")
	for _, e := range engines(t) {
		t.Run(e.name, func(t *testing.T) {
			s, err := openSession(t, e, filepath.Join(t.TempDir(), "mine.duckdb"), "write", nil)
			if err != nil {
				t.Fatal(err)
			}
			s.mustQuery("ATTACH " + tables.QuoteSQL(path) + " AS wikipedia (READ_ONLY)")
			if e.name == "1.0" {
				s.mustQuery("USE wikipedia")
			}
			for name, n := range want {
				if got := s.mustQuery("SELECT count(*) FROM wikipedia." + name)[0][0]; got != fmt.Sprint(n) {
					t.Errorf("%s has %s rows, expected %d", name, got, n)
				}
			}
			s.mustQuery("USE wikipedia")
			if got := s.mustQuery("SELECT count(*) FROM trace('enwiki:0#1', 'seats')")[0][0]; got == "0" {
				t.Error("trace has no row")
			}
		})
	}
}
