package pipelines

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// rowCounter is a sink that counts the rows of every table. What it has counted is part of the state of a run. So at
// the end it knows how many rows all files together must have, whatever became of the files of earlier parts.
type rowCounter map[string]int64

// Write implements load.Sink.
func (c rowCounter) Write(r schemas.Record) error {
	for _, t := range tables.All() {
		c[t.Name] += int64(t.Rows(r))
	}
	return nil
}

// WriteRow implements load.RowSink.
func (c rowCounter) WriteRow(table string, _ []tables.Value) error {
	c[table]++
	return nil
}

// FinishPart implements load.Sink. A counter has no files.
func (c rowCounter) FinishPart() ([]version.File, error) { return nil, nil }

// Commit implements load.Sink.
func (c rowCounter) Commit() ([]version.File, error) { return nil, nil }

// Close implements load.Sink.
func (c rowCounter) Close() error { return nil }

// checkRows compares the rows of the files with those that were counted, in each form in which the tables are written,
// and those with the account of the run. It returns an error if a row was lost or is there twice.
func (a *account) checkRows(files []version.File) error {
	counts := a.run.Total
	var contenders int64
	for i := range a.sources {
		contenders += a.sources[i].Contenders
	}
	for _, known := range []struct {
		table string
		rows  int64
	}{
		{"elections", counts.Elections}, {"results", contenders}, {"contests", counts.Contests},
		{"sources", int64(len(a.inputs))}, {"runs", 1},
	} {
		if got := a.rows[known.table] - a.kept[known.table]; got != known.rows {
			return lostRows("the run wrote", got, known.table, known.rows, "the account of the run has")
		}
	}
	written := map[string]rowCounter{} // by form: parquet, jsonl
	for _, f := range files {
		form, _, _ := strings.Cut(path.Clean(f.Path), "/")
		if f.Table == "" {
			continue
		}
		if written[form] == nil {
			written[form] = rowCounter{}
		}
		written[form][f.Table] += f.Rows
	}
	for form, rows := range written {
		for _, t := range tables.All() {
			if got, want := rows[t.Name], a.rows[t.Name]; got != want {
				return lostRows("the files in "+form+" have", got, t.Name, want, "the run wrote")
			}
		}
	}
	return nil
}

// errLostRows means that the output has other rows than were read. A run that resumes would find the same again.
var errLostRows = errors.New("nothing was published: run again without --resume")

// lostRows returns the error of a table that has other rows than it must have.
func lostRows(who string, got int64, table string, want int64, says string) error {
	return fmt.Errorf("%s %d rows of the table %s, and %s %d, so %w", who, got, table, says, want, errLostRows)
}
