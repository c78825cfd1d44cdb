package version

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// tableReader reads the rows of a table in the order in which they were written, a batch at a time.
type tableReader struct {
	ctx     context.Context
	table   *tables.Table
	columns []*tables.Column // those that are read
	mayLack bool             // the version is of an older schema, and may lack a column
	parts   []tablePart      // that are not open yet
	open    *partReader      // nil if no part is open
	row     int              // of the batch
	err     error            // of opening
}

// openTable opens a table for reading some of its columns, or all of them if none is named.
func (p *Published) openTable(ctx context.Context, table string, columns ...string) *tableReader {
	t := &tableReader{ctx: ctx, table: tables.Find(table), mayLack: p.isOfOlderSchema(), row: -1}
	for i := range t.table.Columns {
		c := &t.table.Columns[i]
		if len(columns) == 0 || slices.Contains(columns, c.Name) {
			t.columns = append(t.columns, c)
		}
	}
	t.parts, t.err = p.parts(table)
	return t
}

// next goes to the next row. It returns false at the end.
func (t *tableReader) next() (bool, error) {
	for t.err == nil && (t.open == nil || t.row+1 >= t.open.rows) {
		more, err := t.nextBatch()
		if !more && err == nil {
			return false, nil
		}
		t.row, t.err = -1, err
	}
	if t.err != nil {
		return false, fmt.Errorf("reading the table %s: %w", t.table.Name, t.err)
	}
	t.row++
	return true, nil
}

// nextBatch reads the next rows of the open part, or opens the next part. It returns false at the end.
func (t *tableReader) nextBatch() (bool, error) {
	for {
		if err := t.ctx.Err(); err != nil {
			return false, err
		}
		if t.open == nil {
			if len(t.parts) == 0 {
				return false, nil
			}
			var err error
			if t.open, err = openPart(t.ctx, t.parts[0], t.columns, t.mayLack); err != nil {
				return false, err
			}
			t.parts = t.parts[1:]
		}
		err := t.open.next()
		if err != io.EOF {
			return err == nil, err
		}
		if err := t.close(); err != nil {
			return false, err
		}
	}
}

// close closes the open part.
func (t *tableReader) close() error {
	if t.open == nil {
		return nil
	}
	err := t.open.close()
	t.open = nil
	return err
}

// value returns a value of the current row. It is absent if it is NULL or the file has no such column.
func (t *tableReader) value(column string) tables.Value {
	i, ok := t.open.index[column]
	if !ok {
		return tables.Value{}
	}
	v := t.borrow(i)
	if v.Valid && t.open.columns[i].Field().Type.ID() == arrow.DECIMAL128 {
		exact := decimal.New(v.Int, -schemas.ShareScale)
		v.Exact = &exact
	}
	v.Text, v.Ints = strings.Clone(v.Text), slices.Clone(v.Ints) // or one value would keep the whole batch in memory
	return v
}

// borrow returns a value of the current row by the number of its column in the open part. What is in it belongs to the
// batch.
func (t *tableReader) borrow(i int) tables.Value {
	if t.open.batch[i].IsNull(t.row) {
		return tables.Value{}
	}
	v := tables.Value{Valid: true}
	switch c := t.open.batch[i].(type) {
	case *array.Int32:
		v.Int = int64(c.Value(t.row))
	case *array.Int64:
		v.Int = c.Value(t.row)
	case *array.Decimal128:
		v.Int = int64(c.Value(t.row).LowBits())
	case *array.Float64:
		v.Float = c.Value(t.row)
	case *array.Boolean:
		v.Bool = c.Value(t.row)
	case *array.Date32:
		v.Int = int64(c.Value(t.row))
	case *array.Timestamp:
		v.Int = int64(c.Value(t.row))
	case *array.String:
		v.Text = c.Value(t.row)
	case *array.List:
		start, end := c.ValueOffsets(t.row)
		switch elements := c.ListValues().(type) {
		case *array.Int32:
			v.Ints = elements.Int32Values()[start:end]
		case *array.String:
			for i := start; i < end; i++ {
				v.Texts = append(v.Texts, strings.Clone(elements.Value(int(i))))
			}
		}
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

// Scan calls visit with the rows of a table in the order in which they were written, each as the values of the named
// columns. A column that a file lacks, whatever the version of its schema, has no value, and a table without a file has
// no row. The values are valid until visit returns.
func (p *Published) Scan(
	ctx context.Context, table string, columns []string, visit func(values []tables.Value) error,
) (err error) {
	if p.listsNone(table) {
		return nil
	}
	t := p.openTable(ctx, table, columns...)
	t.mayLack = true
	defer func() { err = errors.Join(err, t.close()) }()
	var part *partReader
	at := make([]int, len(columns))
	values := make([]tables.Value, len(columns))
	for {
		more, err := t.next()
		if err != nil || !more {
			return err
		}
		if part != t.open {
			part = t.open
			for i, name := range columns {
				at[i] = -1
				if found, ok := part.index[name]; ok {
					at[i] = found
				}
			}
		}
		for i := range values {
			values[i] = tables.Value{}
			if at[i] >= 0 {
				values[i] = t.borrow(at[i])
			}
		}
		if err := visit(values); err != nil {
			return err
		}
	}
}

// Columns returns the names of the columns of a table that the version has, in the order of this program's schema. It
// returns none if the version lacks the table.
func (p *Published) Columns(ctx context.Context, table string) (names []string, err error) {
	if p.listsNone(table) {
		return nil, nil
	}
	t := p.openTable(ctx, table)
	if t.err != nil {
		return nil, t.err
	}
	part, err := openPart(ctx, t.parts[0], t.columns, true)
	if err != nil {
		return nil, err
	}
	for _, c := range t.columns {
		if _, ok := part.index[c.Name]; ok {
			names = append(names, c.Name)
		}
	}
	return names, part.close()
}

// listsNone reports whether the manifest lists no Parquet file of a table.
func (p *Published) listsNone(table string) bool { return len(p.Digests(table)) == 0 }

// Digests returns the SHA-256 of each Parquet file of a table, in the order in which they were written.
func (p *Published) Digests(table string) (digests []string) {
	for _, f := range p.Manifest.Files {
		if f.Table == table && strings.HasSuffix(f.Path, ".parquet") {
			digests = append(digests, f.SHA256)
		}
	}
	return digests
}
