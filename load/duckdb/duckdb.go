// Package duckdb builds the database of a version from its Parquet files. It is the only package that links the
// engine, so that everything else of load builds and tests without it.
//
// Start with Build.
package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hemicycle/load/version"
	"hemicycle/schemas/tables"

	duckdb "github.com/marcboeker/go-duckdb/v2"
)

// buildMemoryLimit is the most that the engine's buffers may take while it builds; beyond it, it writes to
// disk.
const buildMemoryLimit = "1GB"

// programFault ends a message on rows that break what the tables promise: no page may lead to them.
const programFault = "the fault is the program's: report it with the input"

// EngineVersion is the version of DuckDB that builds the database.
func EngineVersion() (number string, err error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return "", err
	}
	defer db.Close()
	return number, db.QueryRow("SELECT version()").Scan(&number)
}

// Build makes the database in a version's folder from the Parquet files there: tables with
// their comments and keys, rows in the order of the files, then the views. It proves that every row
// arrived and that the keys which are not primary are unique.
func Build(ctx context.Context, folder string, files []version.File) (version.File, error) {
	path := filepath.Join(folder, version.DatabaseName)
	temporary := filepath.Join(folder, "tmp")
	if err := fillDatabase(ctx, path, temporary, buildMemoryLimit, folder, files); err != nil {
		return version.File{}, fmt.Errorf("building the database: %w", err)
	}
	if err := os.RemoveAll(temporary); err != nil {
		return version.File{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return version.File{}, err
	}
	if err := errors.Join(f.Sync(), f.Chmod(0o444), f.Close()); err != nil {
		return version.File{}, err
	}
	return version.DescribeFile(folder, path)
}

func fillDatabase(ctx context.Context, path, temporary, memory, folder string, files []version.File) (err error) {
	if strings.ContainsAny(path, "?*[]") {
		return fmt.Errorf("%s: the engine takes ?, *, [ and ] in a path for its own: choose an output folder without them", path)
	}
	connector, err := duckdb.NewConnector(path, nil)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close(), connector.Close()) }()
	db.SetMaxOpenConns(1) // settings belong to the connection
	exec := func(statement string) error {
		_, err := db.ExecContext(ctx, statement)
		return err
	}
	for _, statement := range []string{
		"SET memory_limit = " + tables.QuoteSQL(memory),
		"SET temp_directory = " + tables.QuoteSQL(temporary),
		"SET enable_progress_bar = false",
		"SET TimeZone = 'UTC'", // an instant of a Parquet file becomes a TIMESTAMP in it, not in the machine's
	} {
		if err := exec(statement); err != nil {
			return err
		}
	}
	if err := makeTables(exec); err != nil {
		return err
	}
	for _, table := range tables.All() {
		if err := fillTable(ctx, db, table, folder, files); err != nil {
			return fmt.Errorf("filling the table %s: %w", table.Name, err)
		}
	}
	return exec("CHECKPOINT")
}

// makeTables makes the empty tables and the views. It does so in one transaction: each of the some two
// hundred statements in one of its own would be written to disk by itself.
func makeTables(exec func(string) error) error {
	if err := exec("BEGIN TRANSACTION"); err != nil {
		return err
	}
	for _, table := range tables.All() {
		if err := exec(table.DDL()); err != nil {
			return fmt.Errorf("making the table %s: %w", table.Name, err)
		}
	}
	for _, view := range tables.Views() {
		if err := exec(view.SQL); err != nil {
			return fmt.Errorf("making the view %s: %w", view.Name, err)
		}
	}
	return exec("COMMIT")
}

func fillTable(ctx context.Context, db *sql.DB, t *tables.Table, folder string, files []version.File) error {
	var paths, columns []string
	var rows int64
	for _, f := range files {
		if f.Table == t.Name && strings.HasSuffix(f.Path, ".parquet") {
			paths = append(paths, tables.QuoteSQL(filepath.Join(folder, filepath.FromSlash(f.Path))))
			rows += f.Rows
		}
	}
	for _, c := range t.Columns {
		columns = append(columns, c.Name)
	}
	result, err := db.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s SELECT %s FROM read_parquet([%s])",
		t.Name, strings.Join(columns, ", "), strings.Join(paths, ", ")))
	if broken := (*duckdb.Error)(nil); errors.As(err, &broken) && broken.Type == duckdb.ErrorTypeConstraint {
		return fmt.Errorf("%w; %s", err, programFault)
	}
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != rows {
		return errors.Join(err, fmt.Errorf("%d rows arrived, expected %d as they were written: a Parquet file changed or the disk lost it; run again", n, rows))
	}
	if t.Primary || len(t.Key) == 0 {
		return nil
	}
	// One election at a time, which takes far less memory than all rows of the table at once. The first
	// column of every such key is the election.
	var twice string
	err = db.QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM %s GROUP BY %[1]s HAVING count(*) <> count(DISTINCT (%[3]s)) LIMIT 1",
		t.Key[0], t.Name, strings.Join(t.Key[1:], ", "))).Scan(&twice)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("the key (%s) is not unique: two rows of the election %s share it; %s", strings.Join(t.Key, ", "), twice, programFault)
}
