package schemas

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/marcboeker/go-duckdb/v2"
)

// openEmpty is a database with every table and view and no row.
func openEmpty(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	for _, statement := range []string{DDL(), Views} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func mustExec(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// rowsOf is a query's rows as text, NULL as NULL.
func rowsOf(t *testing.T, db *sql.DB, query string) [][]string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, v := range values {
			if v := *v.(*any); v == nil {
				row = append(row, "NULL")
			} else {
				row = append(row, fmt.Sprint(v))
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

const insertElection = `INSERT INTO elections (election_id, box, parent_box, page_title, election_name, country, election_date, election_date_end, election_year, seats_total, majority_seats, contender_count, source_uri, source_sha256) VALUES `

func TestElectionSummary(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`
		('x:1#1', 1, NULL, 'A page', NULL, 'Brazil', DATE '2022-10-02', DATE '2022-10-30', 2022, NULL, NULL, 0, 'u', 's'),
		('x:1#2', 2, 1, 'A page', 'Presidential election', NULL, NULL, NULL, NULL, NULL, NULL, 0, 'u', 's'),
		('x:1#3', 3, 2, 'A page', 'Chamber', NULL, NULL, NULL, NULL, 10, 6, 3, 'u', 's'),
		('x:1#4', 4, 3, 'A page', 'Senate', 'Elsewhere', NULL, NULL, NULL, NULL, NULL, 0, 'u', 's'),
		('x:11#1', 1, NULL, 'Another page', 'Named', NULL, NULL, NULL, 1999, NULL, NULL, 0, 'u', 's')`)
	mustExec(t, db, `INSERT INTO results (election_id, position, kind, name, seats, is_independent) VALUES
		('x:1#3', 1, 'party', 'One', 3, false), ('x:1#3', 2, 'party', 'Two', 6, false), ('x:1#3', 3, 'party', 'Three', NULL, false)`)
	mustExec(t, db, `INSERT INTO findings (election_id, ordinal, check_id, status) VALUES
		('x:1#3', 1, 'a', 'pass'), ('x:1#3', 2, 'b', 'warn'), ('x:1#3', 3, 'c', 'error'), ('x:1#3', 4, 'd', 'note'), ('x:1#3', 5, 'd', 'note')`)
	got := rowsOf(t, db, `SELECT election_id, election_name, country, CAST(election_date AS VARCHAR), election_year, inherited_from,
		largest_by_seats, largest_seats, has_majority, notes, warnings, errors, is_sound FROM election_summary ORDER BY election_id`)
	want := [][]string{
		{"x:1#1", "A page", "Brazil", "2022-10-02", "2022", "NULL", "NULL", "NULL", "NULL", "0", "0", "0", "true"},
		{"x:1#2", "Presidential election", "Brazil", "2022-10-02", "2022", "x:1#1", "NULL", "NULL", "NULL", "0", "0", "0", "true"},
		{"x:1#3", "Chamber", "Brazil", "2022-10-02", "2022", "x:1#1", "Two", "6", "true", "2", "1", "1", "false"},
		{"x:1#4", "Senate", "Elsewhere", "2022-10-02", "2022", "x:1#1", "NULL", "NULL", "NULL", "0", "0", "0", "true"},
		{"x:11#1", "Named", "NULL", "NULL", "1999", "NULL", "NULL", "NULL", "NULL", "0", "0", "0", "true"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("election_summary (-want +got):\n%s", diff)
	}
}

// Every table, column, view and macro of the database says what it is.
func TestEverythingHasAComment(t *testing.T) {
	db := openEmpty(t)
	silent := rowsOf(t, db, `
		SELECT 'table ' || table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT 'column ' || table_name || '.' || column_name FROM duckdb_columns()
			WHERE NOT internal AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())
		UNION ALL SELECT 'view ' || view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT 'macro ' || function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL`)
	if len(silent) > 0 {
		t.Errorf("without a comment: %v", silent)
	}
	if views := rowsOf(t, db, `SELECT view_name FROM duckdb_views() WHERE NOT internal`); len(views) == 0 {
		t.Error("no view is there")
	}
}
