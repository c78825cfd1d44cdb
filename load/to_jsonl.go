package load

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// jsonLinesSink writes each table into jsonl/<table>.jsonl, one JSON object a row with the columns in
// their order. NULL is null; a decimal and a date are strings.
type jsonLinesSink struct {
	folder string
	tables []*jsonLinesTable
	done   bool
}

type jsonLinesTable struct {
	table  *tables.Table
	file   *os.File
	writer *bufio.Writer
	digest hash.Hash    // of what was written
	now    version.File // but for the digest, what the file is with all that was written
	part   version.File // what it was when the last part ended; zero before the first
}

func newJSONLinesSink(folder string, finished version.FinishedParts) (Sink, error) {
	s := &jsonLinesSink{folder: folder}
	if err := os.MkdirAll(filepath.Join(folder, "jsonl"), 0o755); err != nil {
		return nil, err
	}
	for _, table := range tables.All() {
		t := &jsonLinesTable{table: table, digest: sha256.New()}
		s.tables = append(s.tables, t)
		if err := t.open(folder, finished); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// open opens the file of the table behind the part that ended last.
func (t *jsonLinesTable) open(folder string, finished version.FinishedParts) (err error) {
	name := "jsonl/" + t.table.Name + ".jsonl"
	t.part = finished.Find(name)
	t.now = version.File{Table: t.table.Name, Path: name, Bytes: t.part.Bytes, Rows: t.part.Rows}
	t.file, err = os.OpenFile(filepath.Join(folder, filepath.FromSlash(name)), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	t.writer = bufio.NewWriterSize(io.MultiWriter(t.file, t.digest), 1<<16)
	if err := t.file.Truncate(t.part.Bytes); err != nil {
		return err
	}
	_, err = io.Copy(t.digest, t.file)
	return err
}

// end writes out what is buffered and says what the file is now.
func (t *jsonLinesTable) end() (version.File, error) {
	if err := errors.Join(t.writer.Flush(), t.file.Sync()); err != nil {
		return version.File{}, err
	}
	f := t.now
	f.SHA256 = hex.EncodeToString(t.digest.Sum(nil))
	return f, nil
}

func (s *jsonLinesSink) Write(r schemas.Record) error {
	for _, t := range s.tables {
		for row := range t.table.Rows(r) {
			line, err := tables.RowJSON(t.table, r, row)
			if err == nil {
				line = append(line, '\n')
				_, err = t.writer.Write(line)
			}
			if err != nil {
				return fmt.Errorf("writing a row of %s: %w", t.table.Name, err)
			}
			t.now.Rows++
			t.now.Bytes += int64(len(line))
		}
	}
	return nil
}

func (s *jsonLinesSink) FinishPart() ([]version.File, error) {
	var part []version.File
	for _, t := range s.tables {
		f, err := t.end()
		if err != nil {
			return nil, fmt.Errorf("finishing a part of %s: %w", t.table.Name, err)
		}
		t.part = f
		part = append(part, f)
	}
	return part, nil
}

func (s *jsonLinesSink) Commit() ([]version.File, error) {
	var all []version.File
	for _, t := range s.tables {
		f, err := t.end()
		if err != nil {
			return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
		}
		file := t.file
		t.file = nil // it is closed now, whatever comes of it
		if err := file.Close(); err != nil {
			return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
		}
		all = append(all, f)
	}
	s.done = true
	return all, nil
}

func (s *jsonLinesSink) Close() error {
	if s.done {
		return nil
	}
	s.done = true
	var all []error
	for _, t := range s.tables {
		if t.file != nil {
			all = append(all, t.discard())
		}
	}
	return errors.Join(all...)
}

// discard closes the file as it was when the last part ended.
func (t *jsonLinesTable) discard() error {
	var back error
	if t.part.Path == "" {
		back = os.Remove(t.file.Name())
	} else {
		back = t.file.Truncate(t.part.Bytes)
	}
	return errors.Join(back, t.file.Close())
}
