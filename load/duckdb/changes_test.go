package duckdb

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hemicycle/load"
	"hemicycle/load/changes"
	"hemicycle/load/duckdb/duckdbtest"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// The changes between random versions are those that a full join of their Parquet files finds in every table, and a
// copy of the older version to which they are applied has the rows of the newer one.
func TestChangesEqualAFullJoin(t *testing.T) {
	for seed := range uint64(schemastest.Rounds(1, 6)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 15))
			before := randomRecords(r)
			after := mutate(r, before)
			checkChanges(t, before, after)
		})
	}
	samples := slices.DeleteFunc(schemastest.SampleRecords(), func(r schemas.Record) bool {
		return r.Election != nil && strings.HasPrefix(r.Election.ID, "enwiki:1")
	})
	t.Run("the first rows", func(t *testing.T) { checkChanges(t, nil, samples) })
	if schemastest.LongTests() {
		t.Run("the last rows", func(t *testing.T) { checkChanges(t, samples, nil) })
	}
}

// randomRecords returns records of an invented version.
func randomRecords(r *rand.Rand) (records []schemas.Record) {
	for i := range 40 {
		records = append(records, schemas.Record{Election: randomElection(r, i)})
	}
	for _, e := range loadtest.Elections(records) {
		records = append(records, schemas.Record{Names: e.Names()})
	}
	for i := range 30 {
		text := schemastest.HostileTexts[r.IntN(len(schemastest.HostileTexts))]
		records = append(records, otherRecord(r, i, text))
	}
	return append(records, schemas.Record{Run: schemastest.SampleRun()})
}

// randomElection returns an election with a number, whose values are from few that repeat.
func randomElection(r *rand.Rand, number int) *schemas.Election {
	text := schemastest.HostileTexts[r.IntN(len(schemastest.HostileTexts))]
	text = text[:min(len(text), 100)]
	id := fmt.Sprintf("enwiki:%d#%d", number/2, number%2+1)
	if number%5 == 0 {
		id += schemastest.HostileTexts[number/5%len(schemastest.HostileTexts)]
	}
	date := schemas.Date{Year: 1900 + r.IntN(3), Month: 2, Day: 3}
	return schemastest.FullElection(id, text, int64(r.IntN(4)), []string{"12.5", "0.0001", "-3"}[r.IntN(3)], date)
}

// otherRecord returns a record that belongs to no election.
func otherRecord(r *rand.Rand, number int, text string) schemas.Record {
	id := int64(number)
	switch number % 5 {
	case 0:
		return schemas.Record{Page: &schemas.Page{SourceURI: text, Wiki: "enwiki", ID: &id, Title: text,
			RevisionID: schemastest.Ptr(r.Int64N(5)), State: schemas.PageStale, Elections: r.Int64N(2)}}
	case 1:
		return schemas.Record{Page: &schemas.Page{SourceURI: text, Title: text, State: schemas.PageWithoutBox}}
	case 2:
		return schemas.Record{Redirect: &schemas.Redirect{Wiki: "enwiki", From: text, To: fmt.Sprint(r.IntN(3))}}
	case 3:
		return schemas.Record{Reject: &schemas.Reject{SourceURI: text, PageTitle: []string{"", text}[r.IntN(2)],
			Unit: schemas.UnitBox, Stage: "load", Reason: schemas.ReasonDuplicate,
			Detail: fmt.Sprintf("on line %d: %s", r.IntN(9), text), Line: r.IntN(3), Offset: r.IntN(9)}}
	}
	return schemas.Record{Account: &schemas.Account{SourceURI: text, Bytes: r.Int64N(3), Scan: schemas.ScanWhole}}
}

// mutate returns the records of a later version: some are gone, some are new, and some are others.
func mutate(r *rand.Rand, before []schemas.Record) (after []schemas.Record) {
	elections := 0
	for i, record := range before {
		switch {
		case record.Election != nil:
			elections++
			switch r.IntN(5) {
			case 0:
				continue
			case 1:
				fresh := randomElection(r, i)
				fresh.ID = record.Election.ID
				record = schemas.Record{Election: fresh}
			}
			after = append(after, record)
		case record.Names != nil || record.Run != nil:
		case r.IntN(5) == 0:
		case r.IntN(3) == 0:
			after = append(after, otherRecord(r, i, schemastest.HostileTexts[r.IntN(3)]))
		default:
			after = append(after, record)
		}
	}
	for range 5 {
		elections++
		after = append(after, schemas.Record{Election: randomElection(r, elections)})
	}
	seen := map[string]bool{}
	after = slices.DeleteFunc(after, func(record schemas.Record) bool {
		if record.Election == nil {
			return false
		}
		isTwice := seen[record.Election.ID]
		seen[record.Election.ID] = true
		return isTwice
	})
	r.Shuffle(len(after), func(i, j int) { after[i], after[j] = after[j], after[i] })
	for _, e := range loadtest.Elections(after) {
		after = append(after, schemas.Record{Names: e.Names()})
	}
	run := schemastest.SampleRun()
	run.ID, run.Total.Elections = "20260204T040506Z", int64(elections)
	return append(after, schemas.Record{Run: run})
}

// publishPair publishes two versions, each into an output folder of its own, and opens them.
func publishPair(t *testing.T, before, after []schemas.Record) (versions [2]*version.Published) {
	t.Helper()
	for i, records := range [][]schemas.Record{before, after} {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(i))
		loadtest.PublishRecords(t, dir, records, 0, loadtest.StartTime().Add(time.Duration(i)*time.Hour))
		p, err := version.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		versions[i] = p
	}
	return versions
}

// checkChanges compares the changes between two versions with a full join, and applies them.
func checkChanges(t *testing.T, before, after []schemas.Record) {
	t.Helper()
	versions := publishPair(t, before, after)
	var found []schemas.Change
	_, err := changes.Compare(t.Context(), versions[0], versions[1], t.TempDir(), func(c *schemas.Change) error {
		found = append(found, *c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{{Changes: found}}, 0)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	exec := func(statement string) {
		t.Helper()
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v\n%.2000s", err, statement)
		}
	}
	exec("SET TimeZone = 'UTC'")
	exec("CREATE TEMP TABLE incoming AS FROM " + parquetOf(loadtest.PathsOf(folder, files, tables.Find("changes"))))
	for _, table := range tables.Compared() {
		for i, name := range []string{"", "after_"} {
			exec("CREATE TABLE " + name + table.Name + " AS FROM " +
				parquetOf(loadtest.PathsOf(versions[i].Folder(), localFiles(versions[i]), table)))
		}
		checkFullJoin(t, db, table)
	}
	exec(tables.ApplySQL())
	for _, table := range tables.Compared() {
		checkApplied(t, db, table)
	}
}

// localFiles returns the files of a version with their paths from its folder.
func localFiles(p *version.Published) []version.File {
	files := slices.Clone(p.Manifest.Files)
	for i := range files {
		files[i].Path = strings.TrimPrefix(files[i].Path, "versions/"+p.Manifest.Run+"/")
	}
	return files
}

// parquetOf returns the SQL that reads Parquet files.
func parquetOf(paths []string) string {
	quoted := make([]string, len(paths))
	for i, path := range paths {
		quoted[i] = tables.QuoteSQL(globEscaper.Replace(path))
	}
	return "read_parquet([" + strings.Join(quoted, ", ") + "])"
}

// checkFullJoin compares the changes of a table with those that a full join of both versions finds.
func checkFullJoin(t *testing.T, db *sql.DB, table *tables.Table) {
	t.Helper()
	id := table.Identity()
	var naive []string
	for _, c := range table.Columns {
		differs := "a." + c.Name + " IS DISTINCT FROM b." + c.Name
		if slices.Contains(id.NamesLines, c.Name) {
			without := "regexp_replace(%s." + c.Name + ", 'line [0-9]+', 'line ', 'g')"
			differs = fmt.Sprintf(without+" IS DISTINCT FROM "+without, "a", "b")
		}
		if !id.IsCompared(c.Name) {
			differs = "false"
		}
		naive = append(naive, fmt.Sprintf("SELECT coalesce(a.row_key, b.row_key) AS row_key, '%[1]s' AS column_name, "+
			"CASE WHEN a.row_key IS NULL THEN 'added' WHEN b.row_key IS NULL THEN 'removed' ELSE 'changed' END AS kind, "+
			"CAST(a.%[1]s AS VARCHAR) AS old_value, CAST(b.%[1]s AS VARCHAR) AS new_value "+
			"FROM before AS a FULL JOIN after AS b ON a.row_key = b.row_key "+
			"WHERE CASE WHEN a.row_key IS NULL OR b.row_key IS NULL THEN coalesce(CAST(a.%[1]s AS VARCHAR), "+
			"CAST(b.%[1]s AS VARCHAR)) IS NOT NULL ELSE %[2]s END", c.Name, differs))
	}
	var normal []string // the texts of the table changes as the engine writes values of the type
	for _, value := range []string{"old_value", "new_value"} {
		term := "CASE column_name"
		for _, c := range table.Columns {
			switch {
			case c.Type == tables.String:
			case c.Type.IsList():
				term += fmt.Sprintf(" WHEN '%s' THEN CAST(CAST(CAST(%s AS JSON) AS %s) AS VARCHAR)", c.Name, value,
					c.Type.SQL())
			default:
				term += fmt.Sprintf(" WHEN '%s' THEN CAST(CAST(%s AS %s) AS VARCHAR)", c.Name, value, c.Type.SQL())
			}
		}
		if term == "CASE column_name" {
			term += " WHEN '' THEN ''"
		}
		normal = append(normal, term+" ELSE "+value+" END AS "+value)
	}
	query := "WITH before AS (" + table.KeyedSQL(table.Name) + "), after AS (" + table.KeyedSQL("after_"+table.Name) +
		"), naive AS (" + strings.Join(naive, " UNION ALL ") + "), found AS (SELECT row_key, column_name, kind, " +
		strings.Join(normal, ", ") + " FROM incoming WHERE table_name = '" + table.Name + "') "
	for _, c := range []struct{ what, a, b string }{
		{"only a full join finds", "naive", "found"}, {"a full join does not find", "found", "naive"},
	} {
		rows := duckdbtest.QueryRows(t, db, query+"FROM "+c.a+" EXCEPT ALL FROM "+c.b)
		if len(rows) > 0 {
			t.Errorf("%s: %s %d changes, such as %.600q", table.Name, c.what, len(rows), rows[0])
		}
	}
}

// checkApplied compares a table to which changes were applied with that of the newer version, in the columns that are
// compared.
func checkApplied(t *testing.T, db *sql.DB, table *tables.Table) {
	t.Helper()
	id := table.Identity()
	var columns []string
	for _, c := range table.Columns {
		switch {
		case slices.Contains(id.NamesLines, c.Name):
			columns = append(columns, "regexp_replace("+c.Name+", 'line [0-9]+', 'line ', 'g')")
		case !slices.Contains(id.Provenance, c.Name):
			columns = append(columns, c.Name)
		}
	}
	list := strings.Join(columns, ", ")
	for _, names := range [][2]string{{table.Name, "after_" + table.Name}, {"after_" + table.Name, table.Name}} {
		rows := duckdbtest.QueryRows(t, db, fmt.Sprintf("SELECT %s FROM %s EXCEPT ALL SELECT %[1]s FROM %[3]s", list,
			names[0], names[1]))
		if len(rows) > 0 {
			t.Errorf("%d rows are only in %s, such as %.600q", len(rows), names[0], rows[0])
		}
	}
}
