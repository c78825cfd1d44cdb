// Package duckdbtest reads rows with the database engine, for the tests of the packages that write them.
package duckdbtest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	duckdb "github.com/marcboeker/go-duckdb/v2"

	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// ReadFiles reads Parquet files or JSON lines with the engine. It is told nothing of them but, for JSON lines, the
// types of the columns.
func ReadFiles(t *testing.T, table *tables.Table, paths []string) [][]any {
	var quoted, names, types []string
	for _, path := range paths {
		quoted = append(quoted, tables.QuoteSQL(path))
	}
	for _, c := range table.Columns {
		names = append(names, c.Name)
		types = append(types, c.Name+": "+tables.QuoteSQL(c.Type.SQL()))
	}
	from := fmt.Sprintf("read_parquet([%s])", strings.Join(quoted, ", "))
	if strings.HasSuffix(paths[0], ".jsonl") {
		from = fmt.Sprintf("read_json([%s], format = 'newline_delimited', columns = {%s})",
			strings.Join(quoted, ", "), strings.Join(types, ", "))
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return QueryRows(t, db, "SELECT "+strings.Join(names, ", ")+" FROM "+from)
}

// QueryRows returns the rows of a query, with values in the form of schemastest.WantRows.
func QueryRows(t *testing.T, db *sql.DB, query string) [][]any {
	t.Helper()
	result, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer result.Close()
	columns, err := result.ColumnTypes()
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{}
	for result.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := result.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			switch v := v.(type) {
			case int32:
				values[i] = int64(v)
			case []any:
				for k := range v {
					if n, ok := v[k].(int32); ok {
						v[k] = int64(n)
					}
				}
			case duckdb.Decimal:
				if v.Width != 7 || v.Scale != 4 {
					t.Fatalf("a decimal of width %d and scale %d", v.Width, v.Scale)
				}
				values[i] = schemastest.WantValue(tables.Share, tables.Value{Int: v.Value.Int64()})
			case time.Time:
				values[i] = v.UTC().Format(time.RFC3339Nano)
				if columns[i].DatabaseTypeName() == "DATE" {
					values[i] = v.Format(time.DateOnly)
				}
			}
		}
		rows = append(rows, values)
	}
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}
