package schemas

import (
	"time"

	"github.com/shopspring/decimal"
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

// ShareScale is the number of digits that a Share keeps after the point, ShareMax the first magnitude
// that it cannot hold.
const (
	ShareScale = 4
	ShareMax   = 1000
)

// Table declares one output table; every sink, the DDL, the comments and the dictionary read it.
type Table struct {
	Name    string
	Row     string   // what a row is
	Key     []string // the columns that name a row
	Primary bool     // the key is a primary key in the database; else its uniqueness is proved at the build
	Columns []Column
	Rows    func(Record) int // how many rows a record has in this table
}

// Column declares one column of a table.
type Column struct {
	Name    string
	Type    Type
	Null    bool // the value may be absent
	Meaning string
	Get     func(r Record, row int) Value // the value in a row of a record, counted from 0
	Check   string                        // SQL that holds for every value our readers produce
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

func text(s string) Value { return Value{Valid: s != "", Text: s} }

func number(n int64) Value { return Value{Valid: true, Int: n} }

func numberOrNull(n *int64) Value {
	if n == nil {
		return Value{}
	}
	return number(*n)
}

// Written is a decimal with the digits that the page prints, 37.00 not 37.
func Written(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

// positive is a number that is absent where it is not above zero: a line, a parent, an ordinal.
func positive(n int) Value { return Value{Valid: n > 0, Int: int64(n)} }

// offset is a byte offset, absent where it is negative.
func offset(n int) Value { return Value{Valid: n >= 0, Int: int64(n)} }

// share rounds half away from zero to the digits that a column keeps; a value too large for the
// column is absent (the readers refuse such values before).
func share(d *decimal.Decimal) Value {
	if d == nil || d.Abs().GreaterThanOrEqual(decimal.NewFromInt(ShareMax)) {
		return Value{}
	}
	rounded := d.Round(ShareScale).Shift(ShareScale)
	if rounded.Abs().GreaterThanOrEqual(decimal.New(ShareMax, ShareScale)) {
		return Value{}
	}
	return Value{Valid: true, Int: rounded.IntPart(), Exact: d}
}

func float(f *float64) Value {
	if f == nil {
		return Value{}
	}
	return Value{Valid: true, Float: *f}
}

func boolean(b *bool) Value {
	if b == nil {
		return Value{}
	}
	return Value{Valid: true, Bool: *b}
}

func day(d Date) Value {
	if !d.Full() {
		return Value{}
	}
	return number(d.Time().Unix() / int64((24 * time.Hour).Seconds()))
}

func instant(t time.Time) Value {
	if t.IsZero() {
		return Value{}
	}
	return number(t.UnixMicro())
}
