// Package load takes records in and writes files out: Parquet, JSON lines, the DuckDB database built
// from the Parquet files, what a person sees on a terminal; and publishes a whole version or none.
//
// Start with Sink, which every kind of output is, then publish.go, which says when a version is seen.
// One third-party library a file.
package load

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unicode/utf8"

	"hemicycle/schemas"
)

// Sink writes records into files of its own below a staging folder. Nothing that it writes is seen by
// anyone before the folder is published.
type Sink interface {
	// Write takes one record. An error is final: the sink can only be closed.
	Write(schemas.Record) error
	// Cut ends a part: what was written so far is on disk. It says which files the part has: new ones, and
	// those that it made longer, as they are now.
	Cut() ([]File, error)
	// Commit ends the last part and says which files there are, in the order of the tables.
	Commit() ([]File, error)
	// Close gives up what belongs to no finished part; after Commit it does nothing.
	Close() error
}

// File is one file of a version.
type File struct {
	Table  string `json:"table,omitempty"` // "" for a file that holds all of them
	Path   string `json:"path"`            // from the folder of the version, with slashes
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Kind is a kind of sink that a pipeline can ask for.
type Kind struct {
	Name    string
	Meaning string
	open    func(folder string, finished Finished) (Sink, error) // nil for what is built from another sink's files
}

// The names of the kinds.
const (
	Parquet  = "parquet"
	Database = "duckdb"
	Lines    = "jsonl"
)

// Kinds is every kind of sink, in the order in which they are written.
var Kinds = []Kind{
	{Parquet, "parquet/<table>/part-*.parquet; every pipeline has it", newParquet},
	{Lines, "jsonl/<table>.jsonl, one object a row; decimals are strings, so that they stay exact", newLines},
	{Database, "elections.duckdb, built from the Parquet files", nil},
}

// Sinks opens the sinks of those names below a folder, to go on behind the parts that are finished there.
func Sinks(folder string, names []string, finished Finished) ([]Sink, error) {
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

// valid is a text with U+FFFD for each byte that is not UTF-8. Documents are valid when they are read,
// but the name of a file need not be, and DuckDB refuses a whole Parquet file for one such byte.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// closeSynced closes a file when its bytes are on disk, and describes it.
func closeSynced(f *os.File, folder string) (File, error) {
	err := f.Sync()
	err = errors.Join(err, f.Close())
	if err != nil {
		return File{}, err
	}
	return describe(folder, f.Name())
}

// describe measures a finished file below a folder.
func describe(folder, path string) (File, error) {
	relative, err := filepath.Rel(folder, path)
	if err != nil {
		return File{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return File{Path: filepath.ToSlash(relative), Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
