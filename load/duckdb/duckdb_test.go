package duckdb

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
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

func openDatabase(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", path+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestDatabaseOfSamples builds a database from the sample records in parts, once for all that is asked of it.
func TestDatabaseOfSamples(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "it's a folder, ünïcode 文")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	records := schemastest.SampleRecords()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, 90)
	database, err := Build(t.Context(), disk.Disk{}, folder, files)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, version.DatabaseName)
	t.Run("is one file for reading", func(t *testing.T) { checkIsOneFile(t, folder, files, database) })
	t.Run("can be attached", func(t *testing.T) { checkCanBeAttached(t, path, len(loadtest.Elections(records))) })
	db := openDatabase(t, path)
	t.Run("equals Parquet", func(t *testing.T) { checkEqualsParquet(t, db, folder, files) })
	t.Run("keeps order and values", func(t *testing.T) {
		for _, table := range tables.All() {
			want, got := schemastest.WantRows(table, records), duckdbtest.QueryRows(t, db, "SELECT * FROM "+table.Name)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-written +in the database):\n%.3000s", table.Name, diff)
			}
		}
	})
	t.Run("says what it holds", func(t *testing.T) { checkSaysWhatItHolds(t, db) })
}

// TestDatabaseIsTheSameInEveryTimeZone builds and compares on a machine whose clock is not UTC. The engine reads the
// zone once, so that this takes a process of its own.
func TestDatabaseIsTheSameInEveryTimeZone(t *testing.T) {
	c := exec.Command(os.Args[0], "-test.run=^TestDatabaseOfSamples$/^(equals_Parquet|keeps_order_and_values)$")
	c.Env = append(os.Environ(), "TZ=America/New_York")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%.3000s", err, out)
	}
}

// checkEqualsParquet compares each table with its Parquet files in both directions.
func checkEqualsParquet(t *testing.T, db *sql.DB, folder string, files []version.File) {
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

// checkSaysWhatItHolds compares tables, columns, keys and comments with their declaration, and reads every view.
func checkSaysWhatItHolds(t *testing.T, db *sql.DB) {
	var named, columns, keys [][]any
	for _, table := range tables.All() {
		named = append(named, []any{table.Name})
		query := "SELECT comment FROM duckdb_tables() WHERE table_name = " + tables.QuoteSQL(table.Name)
		comment, _ := duckdbtest.QueryRows(t, db, query)[0][0].(string)
		for _, want := range []string{strings.TrimSuffix(table.Comment(), "."), schemas.Source, schemas.Licence} {
			if !strings.Contains(comment, want) {
				t.Errorf("%s: %q is not in the comment %q", table.Name, want, comment)
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
		`SELECT table_name FROM duckdb_tables() ORDER BY table_name`: named,
		`SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
			WHERE table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index`: columns,
		`SELECT table_name, array_to_string(constraint_column_names, ', ') FROM duckdb_constraints()
			WHERE constraint_type = 'PRIMARY KEY' ORDER BY table_name`: keys,
		`SELECT view_name FROM duckdb_views() WHERE NOT internal AND (comment IS NULL OR length(comment) < 20)`: {},
		`SELECT function_name FROM duckdb_functions() WHERE NOT internal AND database_name = current_database()
			AND schema_name = 'main' AND (comment IS NULL OR length(comment) < 20)`: {},
	} {
		if diff := cmp.Diff(want, duckdbtest.QueryRows(t, db, query)); diff != "" {
			t.Errorf("%s (-declared +in the database):\n%s", query, diff)
		}
	}
	views := duckdbtest.QueryRows(t, db, "SELECT view_name FROM duckdb_views() WHERE NOT internal")
	if len(views) == 0 {
		t.Error("there is no view")
	}
	for _, view := range views {
		duckdbtest.QueryRows(t, db, "SELECT COLUMNS(*)::VARCHAR FROM "+view[0].(string))
	}
}

// checkIsOneFile expects the format that every engine from 1.0 on reads, and nothing beside it: no log, no temporary
// folder.
func checkIsOneFile(t *testing.T, folder string, files []version.File, database version.File) {
	if database.Path != version.DatabaseName || database.Table != "" {
		t.Errorf("listed as %+v", database)
	}
	listed := []string{database.Path}
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
	magic, storage := string(content[8:12]), binary.LittleEndian.Uint64(content[12:])
	if magic != "DUCK" || storage != 64 {
		t.Errorf("magic %q and storage version %d, expected DUCK and 64, which is that of DuckDB 1.0", magic, storage)
	}
}

// checkCanBeAttached works with the database as somebody does who wants to write tables of their own.
func checkCanBeAttached(t *testing.T, path string, elections int) {
	mine, err := sql.Open("duckdb", filepath.Join(t.TempDir(), "mine.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	mine.SetMaxOpenConns(1)
	for _, statement := range []string{
		"ATTACH " + tables.QuoteSQL(path) + " AS published (READ_ONLY)",
		"CREATE TABLE chosen AS SELECT * FROM published.elections",
		"INSERT INTO chosen SELECT * FROM published.elections",
	} {
		if _, err := mine.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if got := duckdbtest.QueryRows(t, mine, "SELECT count(*) FROM chosen"); got[0][0] != int64(2*elections) {
		t.Errorf("%v rows in a table of one's own, expected %d", got, 2*elections)
	}
	if _, err := mine.Exec("DELETE FROM published.elections"); err == nil {
		t.Error("the attached database was written to")
	}
}

// emptyDatabase returns a database in memory that has the tables and views.
func emptyDatabase(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if err := makeTables(func(statement string) error { _, err := db.Exec(statement); return err }); err != nil {
		t.Fatal(err)
	}
	return db
}

// fillFrom writes records, calls change with each file, and fills one table of a database from the files.
func fillFrom(t *testing.T, db *sql.DB, table string, records []schemas.Record, partRecords int,
	change func(folder string, f *version.File)) error {
	t.Helper()
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, partRecords)
	for i := range files {
		if change != nil {
			change(folder, &files[i])
		}
	}
	return fillTable(t.Context(), db, tables.Find(table), folder, files)
}

// doubledRows make a row of a table that has the key of another.
var doubledRows = map[string]func(e *schemas.Election){
	"results": func(e *schemas.Election) { e.Contenders[1].Position = e.Contenders[0].Position },
	"contender_parties": func(e *schemas.Election) {
		c := schemas.Contender{Position: 1, Parties: []schemas.LinkedName{{Name: "Blue"}}}
		e.Contenders = []schemas.Contender{c, c}
	},
	"contradictions": func(*schemas.Election) {},
	"contender_leaders": func(e *schemas.Election) {
		c := schemas.Contender{Position: 1, Leaders: []schemas.LinkedName{{Name: "Ann"}}}
		e.Contenders = []schemas.Contender{c, c}
	},
	"rounds": func(e *schemas.Election) { e.Rounds = append(e.Rounds, e.Rounds[0]) },
	"round_results": func(e *schemas.Election) {
		e.RoundResults = append(e.RoundResults, e.RoundResults[0])
	},
	"offices":  func(e *schemas.Election) { e.Offices = append(e.Offices, e.Offices[0]) },
	"claims":   func(e *schemas.Election) { e.Claims = append(e.Claims, e.Claims[0]) },
	"findings": func(e *schemas.Election) { e.Findings = append(e.Findings, e.Findings[0]) },
	"fields":   func(e *schemas.Election) { e.Fields = append(e.Fields, e.Fields[0]) },
	"measures": func(e *schemas.Election) { e.Measures = append(e.Measures, e.Measures[0]) },
	"contender_measures": func(e *schemas.Election) {
		e.ContenderMeasures = append(e.ContenderMeasures, e.ContenderMeasures[0])
	},
}

// doubledContestRows make a row of a table of contests that has the key of another.
var doubledContestRows = map[string]func(c *schemas.Contest){
	"contest_results":  func(c *schemas.Contest) { c.Rows = append(c.Rows, c.Rows[0]) },
	"contest_findings": func(c *schemas.Contest) { c.Findings = append(c.Findings, c.Findings[0]) },
}

// TestDatabaseRefusesAContestTwice expects that no two rows of the tables of contests have one key.
func TestDatabaseRefusesAContestTwice(t *testing.T) {
	db := emptyDatabase(t)
	for table, double := range doubledContestRows {
		odd := schemastest.AbsentContest("local:odd#c1")
		double(odd)
		records := []schemas.Record{{Contest: schemastest.AbsentContest("local:x#c1")}, {Contest: odd}}
		schemastest.CheckWords(t, fillFrom(t, db, table, records, 0, nil), "local:odd#c1", "report it")
	}
	twice := schemas.Record{Contest: schemastest.AbsentContest("local:odd#c1")}
	for _, table := range []string{"contests", "contest_fields"} {
		err := fillFrom(t, db, table, []schemas.Record{twice, twice}, 0, nil)
		schemastest.CheckWords(t, err, "local:odd#c1", "report it")
	}
}

func TestDatabaseRefusesAKeyTwice(t *testing.T) {
	db := emptyDatabase(t)
	for table, double := range doubledRows {
		odd := schemastest.AbsentElection("local:odd#1")
		double(odd)
		records := []schemas.Record{{Election: schemastest.AbsentElection("local:x#1")}, {Election: odd}}
		if strings.HasSuffix(table, "_parties") || strings.HasSuffix(table, "_leaders") {
			records = []schemas.Record{{Names: odd.Names()}}
		}
		if table == "contradictions" {
			one := schemas.Contradiction{
				Kind: schemas.ContradictionChain, ElectionID: odd.ID, Ordinal: 1, OtherID: "local:x#1",
				Column: "results.previous_seats", OtherColumn: "results.seats",
			}
			records = []schemas.Record{{Contradictions: []schemas.Contradiction{one, one}}}
		}
		schemastest.CheckWords(t, fillFrom(t, db, table, records, 0, nil), "local:odd#1", "report it")
	}
	document := &schemas.Document{URI: "x", SHA256: "y"}
	twice := schemas.Record{Election: &schemas.Election{ID: "local:odd#1", Box: 1, Document: document}}
	err := fillFrom(t, db, "elections", []schemas.Record{twice, twice}, 0, nil)
	schemastest.CheckWords(t, err, "local:odd#1", "report it")

	// The rows can be in two parts.
	one := schemas.Record{Election: schemastest.AbsentElection("local:parts#1")}
	two := schemas.Record{Election: &schemas.Election{
		ID: "local:parts#1", Box: 1, Document: document, Claims: one.Election.Claims,
	}}
	err = fillFrom(t, emptyDatabase(t), "claims", []schemas.Record{one, two}, 1, nil)
	schemastest.CheckWords(t, err, "local:parts#1", "report it")
}

// TestEveryKeyIsTried fails if a table with a key is added that TestDatabaseRefusesAKeyTwice does not know.
func TestEveryKeyIsTried(t *testing.T) {
	for _, table := range tables.All() {
		if len(table.Key) == 0 {
			continue
		}
		// There is one row of runs, and the rank of a coalition is the number of its row.
		known := slices.Contains([]string{"elections", "runs", "coalitions", "contests", "contest_fields"}, table.Name) ||
			doubledContestRows[table.Name] != nil
		if doubledRows[table.Name] == nil && !known {
			t.Errorf("the key of %s is not tried", table.Name)
		}
		if !table.Primary && (len(table.Key) < 2 || table.Key[0] != "election_id" && table.Key[0] != "contest_id") {
			t.Errorf("the query that proves the key of %s expects election_id or contest_id and more columns, found %v",
				table.Name, table.Key)
		}
	}
}

// A build that fails says which table it was filling.
func TestDatabaseBuildSaysWhichTableFails(t *testing.T) {
	folder := t.TempDir()
	odd := schemastest.AbsentElection("local:odd#1")
	doubledRows["measures"](odd)
	files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{{Election: odd}}, 0)
	_, err := Build(t.Context(), disk.Disk{}, folder, files)
	schemastest.CheckWords(t, err, "building the database: filling the table measures", "local:odd#1", "report it")
}

func TestDatabaseRefusesWhatBreaksItsPromise(t *testing.T) {
	db := emptyDatabase(t)
	odd := schemastest.AbsentElection("local:odd#1")
	odd.Contenders[0].PreviousSeats = new(int64(-1))
	err := fillFrom(t, db, "results", []schemas.Record{{Election: odd}}, 0, nil)
	schemastest.CheckWords(t, err, "previous_seats >= 0", "report it")
	account := &schemas.Account{SourceURI: "x", Scan: schemas.ScanWhole, Documents: 1}
	err = fillFrom(t, db, "sources", []schemas.Record{{Account: account}}, 0, nil)
	schemastest.CheckWords(t, err, "documents = ", "report it")
}

func TestDatabaseNoticesWhatIsMissing(t *testing.T) {
	db := emptyDatabase(t)
	records := []schemas.Record{{Election: schemastest.AbsentElection("local:x#1")}}
	err := fillFrom(t, db, "fields", records, 0, func(_ string, f *version.File) { f.Rows++ })
	schemastest.CheckWords(t, err, "1 rows arrived, expected 2", "run again")
	err = fillFrom(t, db, "findings", records, 0, func(_ string, f *version.File) { f.Rows-- })
	schemastest.CheckWords(t, err, "1 rows arrived, expected 0", "run again")
	err = fillFrom(t, db, "claims", records, 0, func(folder string, f *version.File) {
		if err := os.Remove(filepath.Join(folder, f.Path)); err != nil {
			t.Error(err)
		}
	})
	schemastest.CheckWords(t, err, "parquet/claims/part-00001.parquet")
	err = fillFrom(t, db, "offices", records, 0, func(folder string, f *version.File) {
		if err := os.Truncate(filepath.Join(folder, f.Path), f.Bytes/2); err != nil {
			t.Error(err)
		}
	})
	schemastest.CheckWords(t, err, "parquet/offices/part-00001.parquet")
}

func TestDatabaseBuildStops(t *testing.T) {
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, nil, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, disk.Disk{}, folder, files); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestDatabaseBuildKeepsToItsMemory builds within little memory what does not fit into it at once. It cannot be built
// within next to none, which shows that the limit is set.
func TestDatabaseBuildKeepsToItsMemory(t *testing.T) {
	schemastest.SkipUnlessLong(t, "it builds a database of 120 MB")
	e := schemastest.AbsentElection("local:x#1")
	for i := range 150_000 {
		raw := fmt.Sprintf("%0400d", i*7919)
		field := &schemas.Field{Key: "k", Raw: raw, Text: raw, Offset: i}
		e.Fields = append(e.Fields, schemas.BoxField{Ordinal: i + 2, Field: field})
	}
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{{Election: e}}, 0)
	build := func(memory string) error {
		work := t.TempDir()
		path, temporary := filepath.Join(work, version.DatabaseName), filepath.Join(work, "tmp")
		return fillDatabase(t.Context(), path, temporary, memory, folder, files)
	}
	if err := build("96MB"); err != nil { // the texts alone are 120 MB
		t.Errorf("within 96 MB: %v", err)
	}
	if err := build("2MB"); err == nil || !strings.Contains(err.Error(), "Out of Memory") {
		t.Errorf("within 2 MB: error %v", err)
	}
}

// The limit that the build sets is the one of the engine while it works.
func TestDatabaseBuildSetsItsLimit(t *testing.T) {
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, nil, 0)
	path := filepath.Join(t.TempDir(), version.DatabaseName)
	err := fillDatabase(t.Context(), path, filepath.Join(folder, "tmp"), "64kB", folder, files)
	if err == nil || !strings.Contains(err.Error(), "Out of Memory") {
		t.Errorf("within 64 kB: error %v", err)
	}
}
