package duckdb

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/duckdb/duckdbtest"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// buildSample builds a database from records in parts, and opens it.
func buildSample(t *testing.T, folder string, records []schemas.Record, cutAfter int) (*sql.DB, []version.File) {
	t.Helper()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, cutAfter)
	database, err := Build(t.Context(), disk.Disk{}, folder, files)
	if err != nil {
		t.Fatal(err)
	}
	return openDatabase(t, filepath.Join(folder, version.DatabaseName)), append(files, database)
}

func openDatabase(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestDatabaseEqualsParquet holds each table against its Parquet files both ways.
func TestDatabaseEqualsParquet(t *testing.T) {
	folder := t.TempDir()
	db, files := buildSample(t, folder, schemastest.SampleRecords(), 90)
	if _, err := db.Exec("SET TimeZone = 'UTC'"); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables.All() {
		var names, paths []string
		for _, c := range table.Columns {
			names = append(names, c.Name)
		}
		for _, path := range loadtest.PathsOf(folder, files, table) {
			paths = append(paths, tables.QuoteSQL(path))
		}
		columns := strings.Join(names, ", ")
		inDatabase := fmt.Sprintf("(SELECT %s FROM %s)", columns, table.Name)
		inParquet := fmt.Sprintf("(SELECT %s FROM read_parquet([%s]))", columns, strings.Join(paths, ", "))
		if rows := duckdbtest.QueryRows(t, db, inDatabase+" EXCEPT ALL "+inParquet); len(rows) > 0 {
			t.Errorf("%s: %d rows are only in the database, such as %v", table.Name, len(rows), rows[0])
		}
		if rows := duckdbtest.QueryRows(t, db, inParquet+" EXCEPT ALL "+inDatabase); len(rows) > 0 {
			t.Errorf("%s: %d rows are only in Parquet, such as %v", table.Name, len(rows), rows[0])
		}
	}
}

// TestDatabaseIsTheSameInEveryTimeZone builds and compares on a machine whose clock is not UTC. The
// engine reads the zone once, so that it takes a process of its own.
func TestDatabaseIsTheSameInEveryTimeZone(t *testing.T) {
	c := exec.Command(os.Args[0], "-test.run=^(TestDatabaseEqualsParquet|TestDatabaseKeepsOrderAndValues)$")
	c.Env = append(os.Environ(), "TZ=America/New_York")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%.3000s", err, out)
	}
}

func TestDatabaseKeepsOrderAndValues(t *testing.T) {
	records := schemastest.SampleRecords()
	db, _ := buildSample(t, t.TempDir(), records, 90)
	for _, table := range tables.All() {
		if diff := cmp.Diff(schemastest.WantRows(table, records), duckdbtest.QueryRows(t, db, "SELECT * FROM "+table.Name)); diff != "" {
			t.Errorf("%s (-written +in the database):\n%.3000s", table.Name, diff)
		}
	}
}

func TestDatabaseSaysWhatItHolds(t *testing.T) {
	db, _ := buildSample(t, t.TempDir(), nil, 0)
	var named, columns, keys [][]any
	for _, table := range tables.All() {
		named = append(named, []any{table.Name})
		for _, want := range []string{strings.TrimSuffix(table.Comment(), "."), schemas.Source, schemas.Licence} {
			got := duckdbtest.QueryRows(t, db, "SELECT comment FROM duckdb_tables() WHERE table_name = "+tables.QuoteSQL(table.Name))[0][0]
			if got, _ := got.(string); !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in the comment %q", table.Name, want, got)
			}
		}
		for _, c := range table.Columns {
			columns = append(columns, []any{table.Name, c.Name, c.Type.SQL(), c.Null, c.Meaning})
		}
		if table.Primary {
			keys = append(keys, []any{table.Name, strings.Join(table.Key, ", ")})
		}
	}
	byName := func(a, b []any) int { return strings.Compare(a[0].(string), b[0].(string)) }
	slices.SortStableFunc(keys, byName)
	slices.SortStableFunc(named, byName)
	slices.SortStableFunc(columns, byName)
	for query, want := range map[string][][]any{
		"SELECT table_name FROM duckdb_tables() ORDER BY table_name": named,
		"SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index": columns,
		"SELECT table_name, array_to_string(constraint_column_names, ', ') FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' ORDER BY table_name":                                keys,
		"SELECT view_name FROM duckdb_views() WHERE NOT internal AND (comment IS NULL OR length(comment) < 20)":                                                                                {},
		"SELECT function_name FROM duckdb_functions() WHERE NOT internal AND database_name = current_database() AND schema_name = 'main' AND (comment IS NULL OR length(comment) < 20)":        {},
	} {
		if diff := cmp.Diff(want, duckdbtest.QueryRows(t, db, query)); diff != "" {
			t.Errorf("%s (-declared +in the database):\n%s", query, diff)
		}
	}
	views := duckdbtest.QueryRows(t, db, "SELECT view_name FROM duckdb_views() WHERE NOT internal")
	if len(views) == 0 {
		t.Error("no view")
	}
	for _, view := range views {
		duckdbtest.QueryRows(t, db, "SELECT * FROM "+view[0].(string))
	}
}

// TestDatabaseIsOneFileForReading has the format that every engine from 1.0 on reads, and nothing
// beside it: no log, no temporary folder.
func TestDatabaseIsOneFileForReading(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "it's a folder, ünïcode 文")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	_, files := buildSample(t, folder, schemastest.SampleRecords(), 0)
	database := files[len(files)-1]
	if database.Path != version.DatabaseName || database.Table != "" {
		t.Errorf("listed as %+v", database)
	}
	var listed []string
	for _, f := range files {
		listed = append(listed, f.Path)
	}
	slices.Sort(listed)
	if diff := cmp.Diff(schemastest.FilesBelow(t, folder), listed); diff != "" {
		t.Errorf("files (-on disk +listed):\n%s", diff)
	}
	path := filepath.Join(folder, version.DatabaseName)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o444 || info.Size() != database.Bytes {
		t.Errorf("mode %v and %d bytes, expected 0444 and %d", info.Mode(), info.Size(), database.Bytes)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if magic, storage := string(content[8:12]), binary.LittleEndian.Uint64(content[12:]); magic != "DUCK" || storage != 64 {
		t.Errorf("magic %q and storage version %d, expected DUCK and 64, which is that of DuckDB 1.0", magic, storage)
	}
}

// TestDatabaseCanBeAttached is how one who wants to write works with it.
func TestDatabaseCanBeAttached(t *testing.T) {
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{{Election: schemastest.AbsentElection("local:x#1")}}, 0)
	if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
		t.Fatal(err)
	}
	mine, err := sql.Open("duckdb", filepath.Join(t.TempDir(), "mine.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	mine.SetMaxOpenConns(1)
	for _, statement := range []string{
		"ATTACH " + tables.QuoteSQL(filepath.Join(folder, version.DatabaseName)) + " AS published (READ_ONLY)",
		"CREATE TABLE chosen AS SELECT * FROM published.elections",
		"INSERT INTO chosen SELECT * FROM published.elections",
	} {
		if _, err := mine.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if got := duckdbtest.QueryRows(t, mine, "SELECT count(*) FROM chosen"); got[0][0] != int64(2) {
		t.Errorf("%v rows in a table of one's own", got)
	}
	if _, err := mine.Exec("DELETE FROM published.elections"); err == nil {
		t.Error("the attached database was written to")
	}
}

func TestDatabaseRefusesAKeyTwice(t *testing.T) {
	tests := []struct {
		table  string
		double func(e *schemas.Election)
	}{
		{"results", func(e *schemas.Election) { e.Contenders[1].Position = e.Contenders[0].Position }},
		{"offices", func(e *schemas.Election) { e.Offices = append(e.Offices, e.Offices[0]) }},
		{"claims", func(e *schemas.Election) { e.Claims = append(e.Claims, e.Claims[0]) }},
		{"findings", func(e *schemas.Election) { e.Findings = append(e.Findings, e.Findings[0]) }},
		{"fields", func(e *schemas.Election) { e.Fields = append(e.Fields, e.Fields[0]) }},
		{"measures", func(e *schemas.Election) { e.Measures = append(e.Measures, e.Measures[0]) }},
		{"contender_measures", func(e *schemas.Election) {
			e.ContenderMeasures = append(e.ContenderMeasures, e.ContenderMeasures[0])
		}},
	}
	for _, test := range tests {
		t.Run(test.table, func(t *testing.T) {
			odd := schemastest.AbsentElection("local:odd#1")
			test.double(odd)
			checkBuildFails(t, []schemas.Record{{Election: schemastest.AbsentElection("local:x#1")}, {Election: odd}}, nil, "filling the table "+test.table, "local:odd#1", "report it")
		})
	}
	t.Run("elections", func(t *testing.T) {
		twice := schemas.Record{Election: &schemas.Election{ID: "local:odd#1", Box: 1, Document: &schemas.Document{URI: "x", SHA256: "y"}}}
		checkBuildFails(t, []schemas.Record{twice, twice}, nil, "filling the table elections", "local:odd#1", "report it")
	})
	t.Run("of two parts", func(t *testing.T) {
		one := schemas.Record{Election: schemastest.AbsentElection("local:odd#1")}
		two := schemas.Record{Election: &schemas.Election{ID: "local:odd#1", Box: 1, Document: one.Election.Document}}
		two.Election.Claims = one.Election.Claims
		folder := t.TempDir()
		files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{one, two}, 1)
		for i := range files { // leave the elections' own key out of it
			if files[i].Table == "elections" {
				files = slices.Delete(files, i, i+1)
				break
			}
		}
		_, err := Build(t.Context(), disk.Disk{}, folder, files)
		schemastest.CheckWords(t, err, "filling the table claims", "local:odd#1", "report it")
	})
	t.Run("every key", func(t *testing.T) { // this test knows of every table that has one
		for _, table := range tables.All() {
			known := table.Name == "elections" || table.Name == "runs" || len(table.Key) == 0
			known = known || table.Name == "coalitions" // its rank is a row's number: no record has one twice
			for _, test := range tests {
				known = known || test.table == table.Name
			}
			if !known {
				t.Errorf("the key of %s is not tried", table.Name)
			}
			if len(table.Key) > 0 && !table.Primary && (len(table.Key) < 2 || table.Key[0] != "election_id") {
				t.Errorf("the query that proves the key of %s expects election_id and more columns, found %v", table.Name, table.Key)
			}
		}
	})
}

func TestDatabaseRefusesWhatBreaksItsPromise(t *testing.T) {
	odd := schemastest.AbsentElection("local:odd#1")
	odd.Contenders[0].PreviousSeats = new(int64(-1))
	checkBuildFails(t, []schemas.Record{{Election: odd}}, nil, "filling the table results", "previous_seats >= 0", "report it")
	checkBuildFails(t, []schemas.Record{{Account: &schemas.Account{SourceURI: "x", Scan: schemas.ScanWhole, Documents: 1}}}, nil, "filling the table sources", "documents = ")
}

func TestDatabaseNoticesWhatIsMissing(t *testing.T) {
	records := []schemas.Record{{Election: schemastest.AbsentElection("local:x#1")}}
	checkBuildFails(t, records, func(_ string, f *version.File) {
		if f.Table == "fields" {
			f.Rows++
		}
	}, "filling the table fields", "1 rows arrived, expected 2", "run again")
	checkBuildFails(t, records, func(folder string, f *version.File) {
		if f.Table == "claims" {
			if err := os.Remove(filepath.Join(folder, f.Path)); err != nil {
				t.Error(err)
			}
		}
	}, "filling the table claims", "parquet/claims/part-00001.parquet")
	checkBuildFails(t, records, func(folder string, f *version.File) {
		if f.Table == "offices" {
			if err := os.Truncate(filepath.Join(folder, f.Path), f.Bytes/2); err != nil {
				t.Error(err)
			}
		}
	}, "filling the table offices", "parquet/offices/part-00001.parquet")
}

func TestDatabaseBuildStops(t *testing.T) {
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, nil, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, disk.Disk{}, folder, files); err == nil || !strings.Contains(err.Error(), "context canceled") {
		t.Errorf("error %v", err)
	}
	odd := filepath.Join(t.TempDir(), "what?")
	if err := os.Mkdir(odd, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Build(t.Context(), disk.Disk{}, odd, nil)
	schemastest.CheckWords(t, err, "what?", "choose an output folder without")
}

// TestDatabaseBuildKeepsToItsMemory builds within little memory what does not fit into it at once, and
// cannot build it within next to none, which shows that the limit is set.
func TestDatabaseBuildKeepsToItsMemory(t *testing.T) {
	e := schemastest.AbsentElection("local:x#1")
	for i := range 150_000 {
		raw := fmt.Sprintf("%0400d", i*7919)
		e.Fields = append(e.Fields, schemas.BoxField{Ordinal: i + 2, Field: &schemas.Field{Key: "k", Raw: raw, Text: raw, Offset: i}})
	}
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{{Election: e}}, 0)
	build := func(memory string) error {
		work := t.TempDir()
		return fillDatabase(t.Context(), filepath.Join(work, version.DatabaseName), filepath.Join(work, "tmp"), memory, folder, files)
	}
	if err := build("96MB"); err != nil { // the texts alone are 120 MB
		t.Errorf("within 96 MB: %v", err)
	}
	if err := build("2MB"); err == nil || !strings.Contains(err.Error(), "Out of Memory") {
		t.Errorf("within 2 MB: error %v", err)
	}
}

// checkBuildFails builds from records, whose files are changed before, and looks for words in the error.
func checkBuildFails(t *testing.T, records []schemas.Record, change func(folder string, f *version.File), words ...string) {
	t.Helper()
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, 0)
	for i := range files {
		if change != nil {
			change(folder, &files[i])
		}
	}
	_, err := Build(t.Context(), disk.Disk{}, folder, files)
	schemastest.CheckWords(t, err, words...)
}
