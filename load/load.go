// Package load writes records into files: Parquet and JSON lines. Package duckdb builds the database from the Parquet
// files, and package version publishes all of them or none.
//
// Start with Sink, which every kind of output is, then Kinds. Each file uses at most one third-party library.
package load

import (
	"errors"
	"fmt"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Sink writes records into files of its own below a staging folder. Nobody sees what it writes before the folder is
// published.
type Sink interface {
	// Write writes a record. After an error the sink can only be closed.
	Write(schemas.Record) error
	// FinishPart ends a part: when it returns, the content of everything written so far is on disk. It returns the
	// files of the part: new ones, and those that it made longer, as they are now.
	FinishPart() ([]version.File, error)
	// Commit ends the last part and returns all files, in the order of the tables.
	Commit() ([]version.File, error)
	// Close discards what belongs to no finished part. After Commit it does nothing.
	Close() error
}

// SinkKind is a kind of sink that a pipeline can ask for.
type SinkKind struct {
	Name    string
	Meaning string
	// open opens a sink. It is nil for a kind that is built from the files of another.
	open func(d disk.Disk, folder string, finished version.FinishedParts) (Sink, error)
}

// RowSink is a Sink that can also take rows as they were read from an earlier version.
type RowSink interface {
	Sink
	// WriteRow writes a row of a table that is not laid out by wiki, with a value for each of its columns.
	WriteRow(table string, values []tables.Value) error
}

// PartitionSink is a Sink whose output is laid out by wiki.
type PartitionSink interface {
	Sink
	// MakePartition gives a wiki files of its own, even if it has no row.
	MakePartition(wiki string)
	// MakeOtherPartition gives a wiki files of its own of those tables whose rows depend on several wikis, and no others.
	MakeOtherPartition(wiki string)
}

// The names of the kinds of sinks.
const (
	Parquet   = "parquet"
	Database  = "duckdb"
	JSONLines = "jsonl"
)

// Kinds returns every kind of sink, in the order in which they are written.
func Kinds() []SinkKind {
	return []SinkKind{
		{Parquet, "parquet/<table>/part-*.parquet; every pipeline has it", newWholeParquetSink},
		{JSONLines, "jsonl/<table>.jsonl, one object a row; decimals are strings, so that they stay exact",
			newJSONLinesSink},
		{Database, "elections.duckdb, built from the Parquet files", nil},
	}
}

// Sinks opens the sinks with some names in a staging folder, to write what follows the finished parts there.
func Sinks(d disk.Disk, folder string, names []string, finished version.FinishedParts) ([]Sink, error) {
	var sinks []Sink
	for _, kind := range Kinds() {
		for _, name := range names {
			if kind.Name != name || kind.open == nil {
				continue
			}
			s, err := kind.open(d, folder, finished)
			if err != nil {
				return nil, errors.Join(fmt.Errorf("opening the %s sink: %w", name, err), CloseAll(sinks))
			}
			sinks = append(sinks, s)
		}
	}
	return sinks, nil
}

// SinksByWiki opens the sinks as Sinks does, for an output that is laid out by wiki. Only Parquet files are.
func SinksByWiki(d disk.Disk, folder string, finished version.FinishedParts) ([]Sink, error) {
	s, err := newParquetSink(d, folder, finished, true)
	if err != nil {
		return nil, fmt.Errorf("opening the parquet sink: %w", err)
	}
	return []Sink{s}, nil
}

// newWholeParquetSink opens a Parquet sink whose output is not laid out by wiki.
func newWholeParquetSink(d disk.Disk, folder string, finished version.FinishedParts) (Sink, error) {
	return newParquetSink(d, folder, finished, false)
}

// CloseAll closes sinks, and joins their errors.
func CloseAll(sinks []Sink) error {
	var all []error
	for _, s := range sinks {
		all = append(all, s.Close())
	}
	return errors.Join(all...)
}
