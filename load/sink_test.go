package load_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/metadata"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
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

// readers are the independent readers of each kind of sink. They return the rows of a table from its files, in order.
var readers = map[string]map[string]func(t *testing.T, table *tables.Table, paths []string) [][]any{
	load.Parquet:   {"pqarrow": readParquet, "duckdb": duckdbtest.ReadFiles},
	load.JSONLines: {"encoding/json": readLines, "duckdb": duckdbtest.ReadFiles},
}

// forEachSink runs a test for each kind of sink that writes files of its own.
func forEachSink(t *testing.T, test func(t *testing.T, kind string)) {
	for _, kind := range loadtest.FileSinks() {
		t.Run(kind, func(t *testing.T) { test(t, kind) })
	}
}

// TestEverySinkIsTested fails if a kind of sink is added for which this suite is not run.
func TestEverySinkIsTested(t *testing.T) {
	for _, k := range load.Kinds() {
		if k.Name != load.Database && !slices.Contains(loadtest.FileSinks(), k.Name) {
			t.Errorf("the sink %s is not among those that the suite is run for", k.Name)
		}
	}
}

func TestSinkKeepsEveryValue(t *testing.T) {
	all := schemastest.SampleRecords()
	forEachSink(t, func(t *testing.T, kind string) {
		for _, partRecords := range []int{0, 90, 2} {
			t.Run(fmt.Sprintf("parts of %d records", partRecords), func(t *testing.T) {
				records := all
				if partRecords == 2 { // many parts, some of which have no row of some table
					records = append(all[:5:5], all[len(all)-5:]...)
				}
				folder := t.TempDir()
				files := loadtest.WriteAll(t, kind, folder, records, partRecords)
				checkOnDisk(t, folder, files)
				for _, table := range tables.All() {
					want := schemastest.WantRows(table, records)
					for name, read := range readers[kind] {
						got := read(t, table, loadtest.PathsOf(folder, files, table))
						if diff := cmp.Diff(want, got); diff != "" {
							t.Errorf("%s, read by %s (-written +read):\n%.3000s", table.Name, name, diff)
						}
					}
				}
			})
		}
	})
}

// TestSinkWithoutRecords expects one file of the right form for every table, with no row in it.
func TestSinkWithoutRecords(t *testing.T) {
	forEachSink(t, func(t *testing.T, kind string) {
		for _, parts := range []int{0, 2} {
			folder := t.TempDir()
			s := openSink(t, kind, folder)
			for range parts {
				if _, err := s.FinishPart(); err != nil {
					t.Fatal(err)
				}
			}
			files, err := s.Commit()
			if err != nil {
				t.Fatal(err)
			}
			checkOnDisk(t, folder, files)
			if len(files) != len(tables.All()) {
				t.Fatalf("%d files after %d parts, expected one per table", len(files), parts)
			}
			for i, f := range files {
				table := tables.All()[i]
				if f.Table != table.Name || f.Rows != 0 {
					t.Errorf("file %d is of %q with %d rows, expected none of %s", i, f.Table, f.Rows, table.Name)
				}
				for name, read := range readers[kind] {
					if rows := read(t, table, loadtest.PathsOf(folder, files, table)); len(rows) != 0 {
						t.Errorf("%s has %d rows, read by %s", table.Name, len(rows), name)
					}
				}
			}
		}
	})
}

// TestSinkClosedBeforeCommitLeavesItsFinishedParts expects the files that FinishPart returned, and nothing else.
func TestSinkClosedBeforeCommitLeavesItsFinishedParts(t *testing.T) {
	forEachSink(t, func(t *testing.T, kind string) {
		for _, parts := range []int{0, 1, 2} {
			folder := t.TempDir()
			s := openSink(t, kind, folder)
			var finished version.FinishedParts
			for i := range parts {
				write(t, s, schemas.Record{Election: schemastest.AbsentElection(fmt.Sprintf("local:x#%d", i))})
				files, err := s.FinishPart()
				if err != nil {
					t.Fatal(err)
				}
				finished.Add(files)
			}
			for i := range 200 { // more than is buffered
				write(t, s, schemas.Record{Election: schemastest.AbsentElection(fmt.Sprintf("local:y#%d", i))})
			}
			for range 2 {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
			loadtest.CheckParts(t, folder, finished.Files)
			left := schemastest.FilesBelow(t, folder)
			if len(left) != len(finished.Files) || parts > 0 && len(left) < 5 {
				t.Errorf("%d parts: a sink closed before Commit left %v", parts, left)
			}
		}
	})
}

// JSON lines are not continued if the file is not as it was when the last part ended: its digest would be wrong.
func TestJSONLinesContinueOnlyWhatTheyWrote(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"shorter": func(path string) error { return cutFile(path, 1) },
		"gone":    os.Remove,
		"changed": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte{'x'}, 1<<20), 0o644) },
	} {
		folder := t.TempDir()
		s := openSink(t, load.JSONLines, folder)
		write(t, s, schemas.Record{Election: schemastest.AbsentElection("local:x#1")})
		files, err := s.FinishPart()
		if err == nil {
			err = s.Close()
		}
		path := filepath.Join(folder, "jsonl", "elections.jsonl")
		if err := errors.Join(err, damage(path)); err != nil {
			t.Fatal(err)
		}
		finished := version.FinishedParts{Parts: 1, Files: files}
		_, err = load.Sinks(disk.Disk{}, folder, []string{load.JSONLines}, finished)
		if err == nil || !strings.Contains(err.Error(), path+" is not as it was") {
			t.Errorf("a file that is %s: error %v", name, err)
		}
	}
}

func TestSinkClosedAfterCommitKeepsItsFiles(t *testing.T) {
	forEachSink(t, func(t *testing.T, kind string) {
		folder := t.TempDir()
		s := openSink(t, kind, folder)
		write(t, s, schemas.Record{Election: schemastest.AbsentElection("local:x#1")})
		files, err := s.Commit()
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
		checkOnDisk(t, folder, files)
	})
}

func TestSinkGivesTheSameBytes(t *testing.T) {
	records := schemastest.SampleRecords()
	forEachSink(t, func(t *testing.T, kind string) {
		first := loadtest.WriteAll(t, kind, t.TempDir(), records, 90)
		second := loadtest.WriteAll(t, kind, t.TempDir(), records, 90)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("the same records gave other files:\n%s", diff)
		}
	})
}

// TestSinkRefusesWhatATableCannotHold expects an error that names the table and the column, and that nothing is left.
func TestSinkRefusesWhatATableCannotHold(t *testing.T) {
	missing := schemastest.AbsentElection("local:x#1")
	missing.Contenders[0].Kind = ""
	large := schemastest.AbsentElection("local:x#1")
	large.Contenders[0].Seats = new(int64(math.MaxInt32 + 1))
	tests := []struct {
		name     string
		kinds    []string
		election *schemas.Election
		want     string
	}{
		{
			name: "NULL in a column without NULL", kinds: loadtest.FileSinks(), election: missing,
			want: "results: column kind has no value",
		},
		{
			name: "33 bits", kinds: []string{load.Parquet}, election: large,
			want: "results: column seats holds 32 bits, which are too few for 2147483648",
		},
	}
	for _, test := range tests {
		for _, kind := range test.kinds {
			folder := t.TempDir()
			s := openSink(t, kind, folder)
			err := s.Write(schemas.Record{Election: test.election})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s, %s: error %v, expected one with %q", test.name, kind, err, test.want)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if left := schemastest.FilesBelow(t, folder); len(left) > 0 {
				t.Errorf("%s, %s: left %v", test.name, kind, left)
			}
		}
	}
}

// TestSinkMakesTextValid has a name of a file that is not UTF-8, which DuckDB would refuse.
func TestSinkMakesTextValid(t *testing.T) {
	e := schemastest.AbsentElection("local:x#1")
	e.Document.URI = "caf\xe9\xff.txt"
	forEachSink(t, func(t *testing.T, kind string) {
		folder := t.TempDir()
		files := loadtest.WriteAll(t, kind, folder, []schemas.Record{{Election: e}}, 0)
		table := tables.Find("elections")
		column := slices.IndexFunc(table.Columns, func(c tables.Column) bool { return c.Name == "source_uri" })
		for name, read := range readers[kind] {
			if got := read(t, table, loadtest.PathsOf(folder, files, table))[0][column]; got != "caf\uFFFD\uFFFD.txt" {
				t.Errorf("read by %s: %q", name, got)
			}
		}
	})
}

// TestSinkFailsWhereItCannotWrite has a file in the place of the folder. Closing the sink must still work.
func TestSinkFailsWhereItCannotWrite(t *testing.T) {
	forEachSink(t, func(t *testing.T, kind string) {
		folder := filepath.Join(t.TempDir(), "a file")
		if err := os.WriteFile(folder, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		sinks, err := load.Sinks(disk.Disk{}, folder, []string{kind}, version.FinishedParts{})
		if err == nil {
			_, err = sinks[0].Commit()
			if err := sinks[0].Close(); err != nil {
				t.Errorf("closing: %v", err)
			}
		}
		if err == nil || !strings.Contains(err.Error(), "not a directory") {
			t.Errorf("error %v", err)
		}
	})
}

func TestParquetFiles(t *testing.T) {
	e := schemastest.AbsentElection("local:x#1")
	for i := range 700_000 { // some row groups of many small rows
		field := &schemas.Field{Key: "k", Raw: "v", Offset: i}
		e.Fields = append(e.Fields, schemas.BoxField{Ordinal: i + 2, Field: field})
	}
	for i := range 150 { // and some of few large ones
		excerpt := strings.Repeat(string(rune('a'+i%26)), 1<<20)
		e.Claims = append(e.Claims, schemas.Claim{Ordinal: i + 2, Subject: "x", Value: "y", Excerpt: excerpt})
	}
	folder := t.TempDir()
	s := openSink(t, load.Parquet, folder)
	for _, r := range append(schemastest.SampleRecords(), schemas.Record{Election: e}) {
		write(t, s, r)
	}
	for range 1_100_000 { // and rows so small that their number is the limit
		write(t, s, schemas.Record{Redirect: &schemas.Redirect{Wiki: "w", From: "a", To: "b"}})
	}
	files, err := s.Commit()
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]int{}
	for _, f := range files {
		r, err := file.OpenParquetFile(filepath.Join(folder, f.Path), false)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		groups[f.Table] = r.NumRowGroups()
		checkKeys(t, tables.Find(f.Table), r.MetaData().KeyValueMetadata())
		for g := range r.NumRowGroups() {
			group := r.RowGroup(g)
			if group.NumRows() > 1<<20 || group.NumRows() == 0 || group.ByteSize() > 66<<20 {
				t.Errorf("%s: row group %d has %d rows and %d bytes", f.Table, g, group.NumRows(), group.ByteSize())
			}
			checkChunks(t, tables.Find(f.Table), group.MetaData())
		}
	}
	want := map[string]int{"fields": 2, "claims": 3, "elections": 1, "redirects": 2}
	for table, n := range want {
		if groups[table] != n {
			t.Errorf("%s has %d row groups, expected %d", table, groups[table], n)
		}
	}
}

// checkKeys expects that a file says what its table and its columns mean.
func checkKeys(t *testing.T, table *tables.Table, keys metadata.KeyValueMetadata) {
	t.Helper()
	want := map[string]string{
		"hemicycle.schema_version": schemas.Version, "hemicycle.source": schemas.Source,
		"hemicycle.licence": schemas.Licence, "hemicycle.table": table.Comment(),
	}
	for _, c := range table.Columns {
		want["hemicycle.column."+c.Name] = c.Meaning
	}
	for key, value := range want {
		if got := keys.FindValue(key); got == nil || *got != value {
			t.Errorf("%s: the key %s is not %q", table.Name, key, value)
		}
	}
}

// checkChunks expects that the columns of a row group are compressed, have statistics, and have a dictionary unless
// nearly all their values differ.
func checkChunks(t *testing.T, table *tables.Table, group *metadata.RowGroupMetaData) {
	t.Helper()
	for i, c := range table.Columns {
		chunk, err := group.ColumnChunk(i)
		if err != nil {
			t.Fatal(err)
		}
		if statistics, err := chunk.StatsSet(); err != nil || !statistics {
			t.Errorf("%s.%s: no statistics (%v)", table.Name, c.Name, err)
		}
		if chunk.Compression().String() != "ZSTD" {
			t.Errorf("%s.%s: compressed as %s", table.Name, c.Name, chunk.Compression())
		}
		repeats := []string{"fields", "findings", "coalitions", "changes"}
		isKey := c.Name == "election_id" && !slices.Contains(repeats, table.Name)
		if c.Name == "check_id" && !chunk.HasDictionaryPage() || isKey && chunk.HasDictionaryPage() {
			t.Errorf("%s.%s: dictionary %v", table.Name, c.Name, chunk.HasDictionaryPage())
		}
	}
}

// TestParquetSchema expects at each column its type, whether it may be NULL, and its meaning.
func TestParquetSchema(t *testing.T) {
	types := map[tables.Type]string{
		tables.String: "utf8", tables.Integer: "int32", tables.Bigint: "int64", tables.Share: "decimal(7, 4)",
		tables.Double: "float64", tables.Boolean: "bool", tables.Day: "date32",
		tables.Timestamp: "timestamp[us, tz=UTC]",
		tables.Integers:  "list<list: int32, nullable>", // the library calls the elements so
		tables.Strings:   "list<list: utf8, nullable>",
	}
	folder := t.TempDir()
	for _, f := range loadtest.WriteAll(t, load.Parquet, folder, nil, 0) {
		r, err := file.OpenParquetFile(filepath.Join(folder, f.Path), false)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if root := r.MetaData().Schema.Root().RepetitionType(); root != parquet.Repetitions.Required {
			t.Errorf("%s: the root of the schema is %v, expected required", f.Table, root)
		}
		reader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
		if err != nil {
			t.Fatal(err)
		}
		schema, err := reader.Schema()
		if err != nil {
			t.Fatal(err)
		}
		type column struct {
			Name, Type string
			Null       bool
			Comment    string
		}
		var want, got []column
		for _, c := range tables.Find(f.Table).Columns {
			want = append(want, column{Name: c.Name, Type: types[c.Type], Null: c.Null, Comment: c.Meaning})
		}
		for _, field := range schema.Fields() {
			comment, _ := field.Metadata.GetValue("comment")
			got = append(got, column{
				Name: field.Name, Type: field.Type.String(), Null: field.Nullable, Comment: comment,
			})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-declared +in the file):\n%s", f.Table, diff)
		}
	}
}

func openSink(t *testing.T, kind, folder string) load.Sink {
	t.Helper()
	sinks, err := load.Sinks(disk.Disk{}, folder, []string{kind}, version.FinishedParts{})
	if err != nil || len(sinks) != 1 {
		t.Fatalf("%d sinks, %v", len(sinks), err)
	}
	return sinks[0]
}

func write(t *testing.T, s load.Sink, r schemas.Record) {
	t.Helper()
	if err := s.Write(r); err != nil {
		t.Fatal(err)
	}
}

// checkOnDisk compares the list of files with the disk, in both directions.
func checkOnDisk(t *testing.T, folder string, files []version.File) {
	t.Helper()
	var listed []string
	order := -1
	for _, f := range files {
		listed = append(listed, f.Path)
		content, err := os.ReadFile(filepath.Join(folder, f.Path))
		if err != nil {
			t.Error(err)
			continue
		}
		digest := sha256.Sum256(content)
		if f.Bytes != int64(len(content)) || f.SHA256 != hex.EncodeToString(digest[:]) {
			t.Errorf("%s: listed with %d bytes and %s, found %d and %x",
				f.Path, f.Bytes, f.SHA256, len(content), digest)
		}
		i := slices.IndexFunc(tables.All(), func(t *tables.Table) bool { return t.Name == f.Table })
		if i < order {
			t.Errorf("%s is not in the order of the tables", f.Path)
		}
		order = i
	}
	slices.Sort(listed)
	if diff := cmp.Diff(schemastest.FilesBelow(t, folder), listed); diff != "" {
		t.Errorf("files (-on disk +listed):\n%s", diff)
	}
}

func readParquet(t *testing.T, table *tables.Table, paths []string) [][]any {
	rows := [][]any{}
	for _, path := range paths {
		r, err := file.OpenParquetFile(path, false)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		reader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
		if err != nil {
			t.Fatal(err)
		}
		read, err := reader.ReadTable(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer read.Release()
		for batch := array.NewTableReader(read, -1); batch.Next(); {
			record := batch.Record()
			for row := range int(record.NumRows()) {
				values := make([]any, len(table.Columns))
				for i, c := range table.Columns {
					values[i] = fromArrow(t, c.Type, record.Column(i), row)
				}
				rows = append(rows, values)
			}
		}
	}
	return rows
}

func fromArrow(t *testing.T, kind tables.Type, column arrow.Array, row int) any {
	if column.IsNull(row) {
		return nil
	}
	switch a := column.(type) {
	case *array.String:
		return strings.Clone(a.Value(row))
	case *array.Int32:
		return int64(a.Value(row))
	case *array.Int64:
		return a.Value(row)
	case *array.Decimal128:
		return a.Value(row).ToString(4)
	case *array.Float64:
		return a.Value(row)
	case *array.Boolean:
		return a.Value(row)
	case *array.Date32:
		return a.Value(row).ToTime().Format(time.DateOnly)
	case *array.Timestamp:
		return a.Value(row).ToTime(arrow.Microsecond).Format(time.RFC3339Nano)
	case *array.List:
		list := []any{}
		start, end := a.ValueOffsets(row)
		for i := start; i < end; i++ {
			list = append(list, fromArrow(t, kind, a.ListValues(), int(i)))
		}
		return list
	}
	t.Fatalf("a column of type %v holds %s", kind, column.DataType())
	return nil
}

func fromJSON(t *testing.T, kind tables.Type, value any) any {
	var err error
	switch v := value.(type) {
	case json.Number:
		if kind == tables.Double {
			value, err = v.Float64()
		} else {
			value, err = v.Int64()
		}
	case []any:
		for i := range v {
			v[i] = fromJSON(t, kind, v[i])
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func readLines(t *testing.T, table *tables.Table, paths []string) [][]any {
	rows := [][]any{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(content))
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
			decoder.UseNumber()
			var object map[string]any
			if err := decoder.Decode(&object); err != nil {
				t.Fatalf("%s: %v in %.200s", path, err, lines.Bytes())
			}
			if len(object) != len(table.Columns) {
				t.Fatalf("%s: %d keys in %.200s", path, len(object), lines.Bytes())
			}
			values := make([]any, len(table.Columns))
			for i, c := range table.Columns {
				values[i] = fromJSON(t, c.Type, object[c.Name])
			}
			rows = append(rows, values)
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}
