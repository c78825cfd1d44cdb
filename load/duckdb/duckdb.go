// Package duckdb builds the database of a version from its Parquet files. It is the only package that links the
// engine, so that everything else of load is built and tested without it.
//
// Start with Build.
package duckdb

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas/tables"

	duckdb "github.com/marcboeker/go-duckdb/v2"
)

// buildMemoryLimit is the most memory that the buffers of the engine may take while it builds the database. What does
// not fit is written to a temporary folder.
const buildMemoryLimit = "1GB"

// fewRows is the number of rows in all files up to which one thread builds the database. More threads then only wait
// for each other, and take memory.
const fewRows = 100_000

// programFault ends the message about rows that break what the tables promise, which no page may cause.
const programFault = "this is a fault of the program: report it with the input"

// EngineVersion returns the version of DuckDB that builds the database.
func EngineVersion() (number string, err error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return "", err
	}
	defer db.Close()
	err = db.QueryRow("SELECT version()").Scan(&number)
	return number, err
}

// Build makes the database in the folder of a version from the Parquet files there: the tables with their comments and
// keys, the rows in the order of the files, and the views. It proves that every row arrived and that the keys that are
// not primary keys are unique. The file is on disk and read-only when it returns.
func Build(ctx context.Context, d disk.Disk, folder string, files []version.File) (version.File, error) {
	path := filepath.Join(folder, version.DatabaseName)
	temporary := filepath.Join(folder, "tmp")
	if err := d.MakeFolders(temporary); err != nil { // the engine would not share it with a group
		return version.File{}, err
	}
	readable, remove, err := folderForEngine(folder)
	if err == nil {
		err = errors.Join(fillDatabase(ctx, filepath.Join(readable, version.DatabaseName),
			filepath.Join(readable, "tmp"), buildMemoryLimit, readable, files), remove())
	}
	if err := explain(ctx, folder, err); err != nil {
		return version.File{}, err
	}
	if err := d.Remove(temporary); err != nil {
		return version.File{}, err
	}
	if err := d.SyncFile(path, 0o444); err != nil {
		return version.File{}, err
	}
	return version.DescribeFile(folder, path)
}

// folderForEngine returns a path of a folder that the engine takes for what it is, and a function that ends its use.
// The engine takes what stands behind ? in a path for options, and a backslash beside a character of globs for a
// slash, so a folder with such a path gets a link from the folder of temporary files.
func folderForEngine(folder string) (path string, remove func() error, err error) {
	path, err = filepath.Abs(folder)
	if err != nil || !misleadsEngine(path) {
		return path, func() error { return nil }, err
	}
	beside, err := os.MkdirTemp("", "hemicycle-*")
	if err != nil {
		return "", nil, err
	}
	remove = func() error { return os.RemoveAll(beside) }
	link := filepath.Join(beside, "version")
	if misleadsEngine(link) {
		return "", nil, errors.Join(fmt.Errorf("%s and the folder of temporary files, %s, have characters that the "+
			"engine gives a meaning in a path: choose an output folder without ? and \\", path, beside), remove())
	}
	if err := os.Symlink(path, link); err != nil {
		return "", nil, errors.Join(err, remove())
	}
	return link, remove, nil
}

// misleadsEngine reports whether the engine finds another file in a path than the system does.
func misleadsEngine(path string) bool {
	return strings.Contains(path, "?") || strings.Contains(path, `\`) && strings.ContainsAny(path, "*[")
}

// fillDatabase makes the database. The engine writes the file itself, and does not sync all of it.
func fillDatabase(ctx context.Context, path, temporary, memory, folder string, files []version.File) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	// The driver would read the path as an address, in which % and ? have a meaning, so the file is attached.
	connector, err := duckdb.NewConnector("?threads=1", nil) // more threads from the start take memory
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer func() {
		closed := shorten(errors.Join(db.Close(), connector.Close()))
		err = cmp.Or(err, closed) // after an error, the engine only repeats that there was one
	}()
	db.SetMaxOpenConns(1) // since the settings below are those of a connection
	exec := func(statement string) error {
		_, err := db.ExecContext(ctx, statement)
		return shorten(err)
	}
	for _, statement := range []string{
		"SET memory_limit = " + tables.QuoteSQL(memory),
		"SET temp_directory = " + tables.QuoteSQL(temporary),
		"SET enable_progress_bar = false",
		"ATTACH " + tables.QuoteSQL(path) + " AS built",
	} {
		if err := exec(statement); err != nil {
			return err
		}
	}
	if err := makeTables(exec); err != nil {
		return err
	}
	begin := []string{"COPY FROM DATABASE memory TO built", "USE built"}
	if countRows(files) > fewRows {
		begin = append(begin, "RESET threads")
	}
	for _, statement := range begin {
		if err := exec(statement); err != nil {
			return err
		}
	}
	for _, table := range tables.All() {
		if err := fillTable(ctx, db, table, folder, files); err != nil {
			return fmt.Errorf("filling the table %s: %w", table.Name, err)
		}
	}
	for _, statement := range []string{"CHECKPOINT", "USE memory", "DETACH built"} {
		if err := exec(statement); err != nil {
			return err
		}
	}
	return nil
}

// countRows returns the number of rows in Parquet files.
func countRows(files []version.File) (rows int64) {
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".parquet") {
			rows += f.Rows
		}
	}
	return rows
}

// makeTables makes the empty tables and the views in memory. In a file, each of the about three hundred statements
// would be written to disk separately. In one transaction, the engine would keep every state of a table, and a
// comment on a column makes a new one.
func makeTables(exec func(string) error) error {
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
	return nil
}

// globEscaper writes a path so that the engine, which takes the names of Parquet files for globs, finds just that file.
var globEscaper = strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]")

// fillTable inserts the rows of a table, and proves that all of them arrived and that the key is unique.
func fillTable(ctx context.Context, db *sql.DB, t *tables.Table, folder string, files []version.File) error {
	var paths, columns []string
	var rows int64
	for _, f := range files {
		if f.Table == t.Name && strings.HasSuffix(f.Path, ".parquet") {
			path, err := filepath.Abs(filepath.Join(folder, filepath.FromSlash(f.Path)))
			if err != nil {
				return err
			}
			paths = append(paths, tables.QuoteSQL(globEscaper.Replace(path)))
			rows += f.Rows
		}
	}
	for _, c := range t.Columns {
		columns = append(columns, c.Name)
	}
	// The engine would take the name of a folder such as wiki=enwiki for the value of a column. The files have all values.
	insert := fmt.Sprintf("INSERT INTO %s SELECT %s FROM read_parquet([%s], hive_partitioning = false)",
		t.Name, strings.Join(columns, ", "), strings.Join(paths, ", "))
	result, err := db.ExecContext(ctx, insert)
	err = shorten(err)
	if broken := (*duckdb.Error)(nil); errors.As(err, &broken) && broken.Type == duckdb.ErrorTypeConstraint {
		return fmt.Errorf("%w; %s", err, programFault)
	}
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != rows {
		return errors.Join(err, fmt.Errorf("%d rows arrived, expected %d: "+
			"a Parquet file is not as it was written; run again", n, rows))
	}
	if t.Primary || len(t.Key) == 0 {
		return nil
	}
	return proveKey(ctx, db, t)
}

// proveKey returns an error if two rows of a table have the same key. It groups by the first column of the key, which
// is the election in every table, since comparing the rows of one election at a time takes far less memory than
// comparing all rows of the table at once.
func proveKey(ctx context.Context, db *sql.DB, t *tables.Table) error {
	query := fmt.Sprintf("SELECT %s FROM %s GROUP BY %[1]s HAVING count(*) <> count(DISTINCT (%[3]s)) LIMIT 1",
		t.Key[0], t.Name, strings.Join(t.Key[1:], ", "))
	var election string
	err := db.QueryRowContext(ctx, query).Scan(&election)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return shorten(err)
	}
	return fmt.Errorf("the key (%s) is not unique: two rows of %s have the same; %s",
		strings.Join(t.Key, ", "), election, programFault)
}
