package load

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// jsonLinesSink writes each table into jsonl/<table>.jsonl, with one JSON object per row whose keys are the columns in
// their order. NULL is null; decimals and dates are strings.
type jsonLinesSink struct {
	tables []*jsonLinesTable
	closed bool
}

// jsonLinesTable is the file of a table.
type jsonLinesTable struct {
	table   *tables.Table
	disk    disk.Disk
	file    *disk.File
	writer  *bufio.Writer
	digest  hash.Hash    // of what was written
	written version.File // the file with all that was written, without its digest
	part    version.File // the file when the last part ended; the zero File before the first part
}

// newJSONLinesSink opens the files of all tables.
func newJSONLinesSink(d disk.Disk, folder string, finished version.FinishedParts) (Sink, error) {
	if err := d.MakeFolders(filepath.Join(folder, "jsonl")); err != nil {
		return nil, err
	}
	s := &jsonLinesSink{}
	for _, table := range tables.All() {
		t := &jsonLinesTable{table: table, disk: d, digest: sha256.New()}
		s.tables = append(s.tables, t)
		if err := t.open(folder, finished); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// open opens the file of the table at the end of the last finished part.
func (t *jsonLinesTable) open(folder string, finished version.FinishedParts) (err error) {
	name := "jsonl/" + t.table.Name + ".jsonl"
	t.part = finished.Find(name)
	t.written = version.File{Table: t.table.Name, Path: name, Bytes: t.part.Bytes, Rows: t.part.Rows}
	if t.file, err = t.disk.OpenAt(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
		return err
	}
	t.writer = bufio.NewWriterSize(io.MultiWriter(t.file, t.digest), 1<<16)
	if err := t.file.Truncate(t.part.Bytes); err != nil {
		return err
	}
	if _, err := io.Copy(t.digest, t.file); err != nil {
		return err
	}
	if t.part.Path != "" && hex.EncodeToString(t.digest.Sum(nil)) != t.part.SHA256 {
		return fmt.Errorf("%s is not as it was when its last part ended: the SHA-256 differs; "+
			"run again without --resume", t.file.Name())
	}
	return nil
}

// sync writes what is buffered to disk, and describes the file as it is now.
func (t *jsonLinesTable) sync() (version.File, error) {
	if err := t.writer.Flush(); err != nil {
		return version.File{}, err
	}
	if err := t.file.Sync(); err != nil {
		return version.File{}, err
	}
	f := t.written
	f.SHA256 = hex.EncodeToString(t.digest.Sum(nil))
	return f, nil
}

// Write implements Sink.
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
			t.written.Rows++
			t.written.Bytes += int64(len(line))
		}
	}
	return nil
}

// FinishPart implements Sink.
func (s *jsonLinesSink) FinishPart() ([]version.File, error) {
	var part []version.File
	for _, t := range s.tables {
		f, err := t.sync()
		if err != nil {
			return nil, fmt.Errorf("finishing a part of %s: %w", t.table.Name, err)
		}
		t.part = f
		part = append(part, f)
	}
	return part, nil
}

// Commit implements Sink.
func (s *jsonLinesSink) Commit() ([]version.File, error) {
	var all []version.File
	for _, t := range s.tables {
		f, err := t.sync()
		if err != nil {
			return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
		}
		file := t.file
		t.file = nil // Close must not close it again, even if closing fails here
		if err := file.Close(); err != nil {
			return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
		}
		all = append(all, f)
	}
	s.closed = true
	return all, nil
}

// Close implements Sink.
func (s *jsonLinesSink) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
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
	var err error
	if t.part.Path == "" {
		err = t.disk.Remove(t.file.Name())
	} else {
		err = t.file.Truncate(t.part.Bytes)
	}
	return errors.Join(err, t.file.Close())
}
