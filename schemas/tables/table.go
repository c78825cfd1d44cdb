// Package tables declares the published tables: their columns, DDL, comments, dictionary and views.
//
// Start with All in tables.go: a column is one line there, and every sink reads it.
package tables

import (
	"time"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// Type is the type of a column, the same in Parquet, DuckDB and JSON lines.
type Type int

// The types. A Share is a percentage or percentage points, DECIMAL(7,4).
const (
	String    Type = iota // VARCHAR, UTF-8
	Integer               // INTEGER, 32 bits
	Bigint                // BIGINT, 64 bits
	Share                 // DECIMAL(7,4)
	Double                // DOUBLE
	Boolean               // BOOLEAN
	Day                   // DATE
	Timestamp             // TIMESTAMP, UTC, in microseconds
)

// SQL is the type's name in DDL.
func (t Type) SQL() string {
	return [...]string{"VARCHAR", "INTEGER", "BIGINT", "DECIMAL(7,4)", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}[t]
}

// Table declares one output table; every sink, the DDL, the comments and the dictionary read it.
type Table struct {
	Name    string
	Row     string   // what a row is
	Key     []string // the columns that name a row
	Primary bool     // the key is a primary key in the database; else its uniqueness is proved at the build
	Columns []Column
	Rows    func(schemas.Record) int // how many rows a record has in this table
}

// Column declares one column of a table.
type Column struct {
	Name    string
	Type    Type
	Null    bool // the value may be absent
	Meaning string
	Get     func(r schemas.Record, row int) Value // the value in a row of a record, counted from 0
	Check   string                                // SQL that holds for every value our readers produce
}

// Value is one value of a table: absent, or in the field of its column's type.
type Value struct {
	Valid bool
	Text  string           // String
	Int   int64            // Integer, Bigint; a Share in units of its last digit; days or microseconds since 1970
	Float float64          // Double
	Exact *decimal.Decimal // a Share with the digits that the page prints
	Bool  bool             // Boolean
}

func stringValue(s string) Value { return Value{Valid: s != "", Text: s} }

func intValue(n int64) Value { return Value{Valid: true, Int: n} }

func intOrNull(n *int64) Value {
	if n == nil {
		return Value{}
	}
	return intValue(*n)
}

// positiveOrNull is a number that is absent where it is not above zero: a line, a parent, an ordinal.
func positiveOrNull(n int) Value { return Value{Valid: n > 0, Int: int64(n)} }

// offsetOrNull is a byte offset, absent where it is negative.
func offsetOrNull(n int) Value { return Value{Valid: n >= 0, Int: int64(n)} }

// shareValue rounds half away from zero to the digits that a column keeps; a value too large for the
// column is absent (the readers refuse such values before).
func shareValue(d *decimal.Decimal) Value {
	if d == nil || d.Abs().GreaterThanOrEqual(decimal.NewFromInt(schemas.ShareMax)) {
		return Value{}
	}
	rounded := d.Round(schemas.ShareScale).Shift(schemas.ShareScale)
	if rounded.Abs().GreaterThanOrEqual(decimal.New(schemas.ShareMax, schemas.ShareScale)) {
		return Value{}
	}
	return Value{Valid: true, Int: rounded.IntPart(), Exact: d}
}

func floatValue(f *float64) Value {
	if f == nil {
		return Value{}
	}
	return Value{Valid: true, Float: *f}
}

func boolValue(b *bool) Value {
	if b == nil {
		return Value{}
	}
	return Value{Valid: true, Bool: *b}
}

func dateValue(d schemas.Date) Value {
	if !d.Full() {
		return Value{}
	}
	return intValue(d.Time().Unix() / int64((24 * time.Hour).Seconds()))
}

func timeValue(t time.Time) Value {
	if t.IsZero() {
		return Value{}
	}
	return intValue(t.UnixMicro())
}
