package load

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// linesSink writes each table into jsonl/<table>.jsonl, one JSON object a row with the columns in
// their order. NULL is null; a decimal and a date are strings.
type linesSink struct {
	folder string
	tables []*linesTable
	done   bool
}

type linesTable struct {
	table  *schemas.Table
	file   *os.File
	writer *bufio.Writer
	rows   int64
}

func newLines(folder string) (Sink, error) {
	s := &linesSink{folder: folder}
	if err := os.MkdirAll(filepath.Join(folder, "jsonl"), 0o755); err != nil {
		return nil, err
	}
	for i := range schemas.Tables {
		t := &linesTable{table: &schemas.Tables[i]}
		f, err := os.Create(filepath.Join(folder, "jsonl", t.table.Name+".jsonl"))
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		t.file, t.writer = f, bufio.NewWriterSize(f, 1<<16)
		s.tables = append(s.tables, t)
	}
	return s, nil
}

func (s *linesSink) Write(r schemas.Record) error {
	for _, t := range s.tables {
		for row := range t.table.Rows(r) {
			line, err := jsonRow(t.table, r, row)
			if err == nil {
				_, err = t.writer.Write(append(line, '\n'))
			}
			if err != nil {
				return fmt.Errorf("writing a row of %s: %w", t.table.Name, err)
			}
			t.rows++
		}
	}
	return nil
}

// jsonRow is one row of a table as a JSON object.
func jsonRow(t *schemas.Table, r schemas.Record, row int) ([]byte, error) {
	line := []byte{'{'}
	for i := range t.Columns {
		c := &t.Columns[i]
		if i > 0 {
			line = append(line, ',')
		}
		line = append(append(append(line, '"'), c.Name...), '"', ':')
		v := c.Get(r, row)
		if !v.Valid && !c.Null {
			return nil, fmt.Errorf("column %s has no value, and may not be NULL", c.Name)
		}
		value, err := marshal(jsonValue(c.Type, v))
		if err != nil {
			return nil, err
		}
		line = append(line, value...)
	}
	return append(line, '}'), nil
}

func jsonValue(kind schemas.Type, v schemas.Value) any {
	if !v.Valid {
		return nil
	}
	switch kind {
	case schemas.Integer, schemas.Bigint:
		return json.Number(strconv.FormatInt(v.Int, 10))
	case schemas.Share:
		return decimal.New(v.Int, -schemas.ShareScale).StringFixed(schemas.ShareScale)
	case schemas.Double:
		return v.Float
	case schemas.Boolean:
		return v.Bool
	case schemas.Day:
		return time.Unix(v.Int*24*60*60, 0).UTC().Format(time.DateOnly)
	case schemas.Timestamp:
		return time.UnixMicro(v.Int).UTC().Format(time.RFC3339Nano)
	default:
		return valid(v.Text)
	}
}

func (s *linesSink) Cut() error {
	for _, t := range s.tables {
		if err := errors.Join(t.writer.Flush(), t.file.Sync()); err != nil {
			return fmt.Errorf("finishing a part of %s: %w", t.table.Name, err)
		}
	}
	return nil
}

func (s *linesSink) Commit() ([]File, error) {
	var all []File
	for _, t := range s.tables {
		if err := t.writer.Flush(); err != nil {
			return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
		}
		file := t.file
		t.file = nil // it is closed now, whatever comes of it
		f, err := closeSynced(file, s.folder)
		if err != nil {
			return nil, fmt.Errorf("finishing %s: %w", t.table.Name, err)
		}
		f.Table, f.Rows = t.table.Name, t.rows
		all = append(all, f)
	}
	s.done = true
	return all, nil
}

func (s *linesSink) Close() error {
	if s.done {
		return nil
	}
	s.done = true
	var all []error
	for _, t := range s.tables {
		if t.file != nil {
			all = append(all, t.file.Close())
		}
	}
	all = append(all, os.RemoveAll(filepath.Join(s.folder, "jsonl")))
	return errors.Join(all...)
}
