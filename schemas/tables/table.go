// Package tables declares the published tables: their columns, DDL, comments, dictionary and views.
//
// Start with tables.go: it lists the tables. Each column is declared once, in the file of its table, and every sink
// reads the declaration.
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
	Timestamp             // TIMESTAMP WITH TIME ZONE: an instant, in microseconds, whatever the zone of a session
	Integers              // INTEGER[], a list without NULL in it, which may be empty
	Strings               // VARCHAR[], the same of texts
)

// SQL returns the name of the type in DDL.
func (t Type) SQL() string {
	return [...]string{
		"VARCHAR", "INTEGER", "BIGINT", "DECIMAL(7,4)", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP WITH TIME ZONE",
		"INTEGER[]", "VARCHAR[]",
	}[t]
}

// IsList reports whether a value of the type is a list.
func (t Type) IsList() bool { return t == Integers || t == Strings }

// Table declares one output table. Every sink, the DDL, the comments and the dictionary read it.
type Table struct {
	Name    string
	Row     string   // what a row is
	Key     []string // the columns that name a row
	Primary bool     // the key is a primary key in the database; if not, a query proves it unique when that is built
	Columns []Column
	Rows    func(schemas.Record) int // returns how many rows a record has in this table
	// ByWiki is true for a table whose rows each belong to a page of one wiki: if a pipeline lays its output out by wiki,
	// each wiki has files of its own. WikiColumn names the column of any other table that says of which wikis a row is;
	// "" if each run makes all of its rows.
	ByWiki     bool
	WikiColumn string
	// AcrossWikis is true for a table that is laid out by wiki, and whose rows also depend on the pages of other wikis: it
	// is made anew for all wikis whichever of them a run reads.
	AcrossWikis bool
}

// Column declares one column of a table.
type Column struct {
	Name    string
	Type    Type
	Null    bool // the value may be absent
	Meaning string
	Get     func(r schemas.Record, row int) Value // returns the value in a row of a record; rows count from 0
	Check   string                                // SQL that is true of every value that our readers produce

	// ID is the id of the column in its table, and ElementID that of the elements of its lists. They are stable for
	// ever, and come from field_ids.txt.
	ID, ElementID int
}

// Value is one value of a table: absent, or in the field of its column's type.
type Value struct {
	Valid bool
	Text  string           // String
	Int   int64            // Integer, Bigint; a Share in units of its last digit; days or microseconds since 1970
	Float float64          // Double
	Exact *decimal.Decimal // a Share with the digits that the page prints
	Bool  bool             // Boolean
	Ints  []int32          // Integers
	Texts []string         // Strings
}

func stringValue(s string) Value { return Value{Valid: s != "", Text: s} }

// textValue returns a text that is never absent.
func textValue(s string) Value { return Value{Valid: true, Text: s} }

func intValue(n int64) Value { return Value{Valid: true, Int: n} }

func intOrNull(n *int64) Value {
	if n == nil {
		return Value{}
	}
	return intValue(*n)
}

// positiveOrNull returns a number that is absent unless it is above zero: a line, a parent, an ordinal.
func positiveOrNull(n int) Value { return Value{Valid: n > 0, Int: int64(n)} }

// offsetOrNull returns a byte offset, which is absent if it is negative.
func offsetOrNull(n int) Value { return Value{Valid: n >= 0, Int: int64(n)} }

// shareValue rounds half away from zero to the digits that a column keeps. A value too large for the column is absent;
// the readers refuse such values before.
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
