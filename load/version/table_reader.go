package version

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// readRows is how many rows of a table are read from its file at a time.
const readRows = 4096

// tableReader reads the rows of a table in the order in which they were written, a batch at a time.
type tableReader struct {
	ctx     context.Context
	table   *tables.Table
	columns []string // the names of those that are read
	parts   []string
	open    *file.Reader
	batches pqarrow.RecordReader
	batch   arrow.Record
	index   map[string]int // of the batch's columns, by name
	row     int
	done    bool
}

// openTable opens a table for reading some of its columns, or all of them if none is named.
func (p *Published) openTable(ctx context.Context, table string, columns ...string) *tableReader {
	t := &tableReader{ctx: ctx, table: tables.Find(table), columns: columns, parts: p.parts(table)}
	if len(columns) == 0 {
		for _, c := range t.table.Columns {
			t.columns = append(t.columns, c.Name)
		}
	}
	return t
}

// next goes to the next row. It returns false at the end.
func (t *tableReader) next() (bool, error) {
	if t.done {
		return false, nil
	}
	for t.batch == nil || t.row+1 >= int(t.batch.NumRows()) {
		more, err := t.nextBatch()
		if err != nil {
			return false, fmt.Errorf("reading the table %s: %w", t.table.Name, err)
		}
		if !more {
			t.done = true
			return false, nil
		}
		t.row = -1
	}
	t.row++
	return true, nil
}

// nextBatch reads the next rows of the open file, or opens the next file. It returns false at the end.
func (t *tableReader) nextBatch() (bool, error) {
	t.batch = nil
	for {
		if t.batches == nil {
			if len(t.parts) == 0 {
				return false, nil
			}
			if err := t.openPart(t.parts[0]); err != nil {
				return false, err
			}
			t.parts = t.parts[1:]
		}
		if err := t.ctx.Err(); err != nil {
			return false, err
		}
		batch, err := t.batches.Read()
		switch {
		case errors.Is(err, io.EOF):
			if err := t.close(); err != nil {
				return false, err
			}
			continue
		case err != nil:
			return false, err
		case batch.NumRows() == 0:
			continue
		}
		t.batch = batch
		return true, nil
	}
}

// openPart opens a file of the table.
func (t *tableReader) openPart(path string) (err error) {
	if t.open, err = file.OpenParquetFile(path, false); err != nil {
		return err
	}
	r, err := pqarrow.NewFileReader(t.open, pqarrow.ArrowReadProperties{BatchSize: readRows}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	// An older version may lack a column that was added later. Its values are absent then.
	var indices []int
	t.index = map[string]int{}
	for _, name := range t.columns {
		i := t.open.MetaData().Schema.ColumnIndexByName(name)
		if i < 0 {
			continue
		}
		t.index[name] = len(indices)
		indices = append(indices, i)
	}
	t.batches, err = r.GetRecordReader(t.ctx, indices, nil)
	return err
}

// close closes the open file.
func (t *tableReader) close() error {
	if t.batches != nil {
		t.batches.Release()
		t.batches, t.batch = nil, nil
	}
	if t.open == nil {
		return nil
	}
	err := t.open.Close()
	t.open = nil
	return err
}

// value returns a value of the current row. It is absent if it is NULL or the file has no such column.
func (t *tableReader) value(column string) tables.Value {
	i, ok := t.index[column]
	if !ok || t.batch.Column(i).IsNull(t.row) {
		return tables.Value{}
	}
	v := tables.Value{Valid: true}
	switch c := t.batch.Column(i).(type) {
	case *array.Int32:
		v.Int = int64(c.Value(t.row))
	case *array.Int64:
		v.Int = c.Value(t.row)
	case *array.Decimal128:
		v.Int = int64(c.Value(t.row).LowBits())
		exact := decimal.New(v.Int, -schemas.ShareScale)
		v.Exact = &exact
	case *array.Float64:
		v.Float = c.Value(t.row)
	case *array.Boolean:
		v.Bool = c.Value(t.row)
	case *array.Date32:
		v.Int = int64(c.Value(t.row))
	case *array.Timestamp:
		v.Int = int64(c.Value(t.row))
	case *array.String:
		v.Text = strings.Clone(c.Value(t.row)) // the memory of the batch is reused
	}
	return v
}

// text returns the text of a column, "" if it is absent.
func (t *tableReader) text(column string) string { return t.value(column).Text }

// int returns the whole number of a column, 0 if it is absent.
func (t *tableReader) int(column string) int { return int(t.value(column).Int) }

// number returns the whole number of a column, nil if it is absent.
func (t *tableReader) number(column string) *int64 {
	if v := t.value(column); v.Valid {
		return &v.Int
	}
	return nil
}

// offset returns the byte offset of a column, -1 if it is absent.
func (t *tableReader) offset(column string) int {
	if v := t.value(column); v.Valid {
		return int(v.Int)
	}
	return -1
}

// share returns the decimal of a column, nil if it is absent.
func (t *tableReader) share(column string) *decimal.Decimal { return t.value(column).Exact }

// float returns the number of a column, nil if it is absent.
func (t *tableReader) float(column string) *float64 {
	if v := t.value(column); v.Valid {
		return &v.Float
	}
	return nil
}

// boolean returns the truth value of a column, nil if it is absent.
func (t *tableReader) boolean(column string) *bool {
	if v := t.value(column); v.Valid {
		return &v.Bool
	}
	return nil
}

// day returns the date of a column, the zero Date if it is absent.
func (t *tableReader) day(column string) schemas.Date {
	v := t.value(column)
	if !v.Valid {
		return schemas.Date{}
	}
	d := time.Unix(v.Int*int64((24*time.Hour).Seconds()), 0).UTC()
	return schemas.Date{Year: d.Year(), Month: int(d.Month()), Day: d.Day()}
}

// instant returns the time of a column, the zero Time if it is absent.
func (t *tableReader) instant(column string) time.Time {
	if v := t.value(column); v.Valid {
		return time.UnixMicro(v.Int).UTC()
	}
	return time.Time{}
}

// EachRow calls visit with the rows of a table in the order in which they were written.
func (p *Published) EachRow(ctx context.Context, table string, visit func(row Row)) (err error) {
	t := p.openTable(ctx, table)
	defer func() { err = errors.Join(err, t.close()) }()
	for {
		more, err := t.next()
		if err != nil || !more {
			return err
		}
		visit(Row{t})
	}
}

// Row is a row of a table. It is valid until visit returns.
type Row struct{ t *tableReader }

// Text returns the text of a column, "" if it is NULL or the version has no such column.
func (r Row) Text(column string) string { return r.t.text(column) }

// Int returns the whole number of a column, 0 if it is NULL or the version has no such column.
func (r Row) Int(column string) int64 { return r.t.value(column).Int }
