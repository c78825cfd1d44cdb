// Package load takes records in and writes files out: Parquet and JSON lines. The database is built from the
// Parquet files by package duckdb, and package version publishes them all or none.
//
// Start with Sink, which every kind of output is, then Kinds. One third-party library a file.
package load

import (
	"errors"
	"fmt"

	"hemicycle/load/version"
	"hemicycle/schemas"
)

// Sink writes records into files of its own below a staging folder. Nothing that it writes is seen by
// anyone before the folder is published.
type Sink interface {
	// Write takes one record. An error is final: the sink can only be closed.
	Write(schemas.Record) error
	// Cut ends a part: what was written so far is on disk. It says which files the part has: new ones, and
	// those that it made longer, as they are now.
	FinishPart() ([]version.File, error)
	// Commit ends the last part and says which files there are, in the order of the tables.
	Commit() ([]version.File, error)
	// Close gives up what belongs to no finished part; after Commit it does nothing.
	Close() error
}

// SinkKind is a kind of sink that a pipeline can ask for.
type SinkKind struct {
	Name    string
	Meaning string
	open    func(folder string, finished version.FinishedParts) (Sink, error) // nil for what is built from another sink's files
}

// The names of the kinds.
const (
	Parquet   = "parquet"
	Database  = "duckdb"
	JSONLines = "jsonl"
)

// Kinds is every kind of sink, in the order in which they are written.
var Kinds = []SinkKind{
	{Parquet, "parquet/<table>/part-*.parquet; every pipeline has it", newParquetSink},
	{JSONLines, "jsonl/<table>.jsonl, one object a row; decimals are strings, so that they stay exact", newJSONLinesSink},
	{Database, "elections.duckdb, built from the Parquet files", nil},
}

// Sinks opens the sinks of those names below a folder, to go on behind the parts that are finished there.
func Sinks(folder string, names []string, finished version.FinishedParts) ([]Sink, error) {
	var sinks []Sink
	for _, k := range Kinds {
		for _, name := range names {
			if k.Name != name || k.open == nil {
				continue
			}
			s, err := k.open(folder, finished)
			if err != nil {
				return nil, errors.Join(fmt.Errorf("opening the %s sink: %w", name, err), CloseAll(sinks))
			}
			sinks = append(sinks, s)
		}
	}
	return sinks, nil
}

// CloseAll closes sinks, and joins their errors.
func CloseAll(sinks []Sink) error {
	var all []error
	for _, s := range sinks {
		all = append(all, s.Close())
	}
	return errors.Join(all...)
}
