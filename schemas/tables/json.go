package tables

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// ValidText returns a text with U+FFFD for each byte that is not UTF-8. Documents are made valid when they are read,
// but the name of a file need not be valid, and DuckDB refuses a whole Parquet file because of one such byte.
func ValidText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// PageJSON returns the rows of a record in a table as JSON objects, with decimals as the page prints them.
func PageJSON(t *Table, r schemas.Record) ([][]byte, error) {
	var rows [][]byte
	for row := range t.Rows(r) {
		object := []byte{'{'}
		for i := range t.Columns {
			c := &t.Columns[i]
			v := c.Get(r, row)
			shown := jsonValue(c.Type, v)
			if v.Valid && v.Exact != nil {
				shown = schemas.FormatDecimal(*v.Exact)
			}
			value, err := MarshalJSON(shown)
			if err != nil {
				return nil, err
			}
			if i > 0 {
				object = append(object, ',')
			}
			object = append(append(append(append(object, '"'), c.Name...), `":`...), value...)
		}
		rows = append(rows, append(object, '}'))
	}
	return rows, nil
}

// MarshalJSON returns a value as JSON with <, > and & as they are, since nothing here goes into HTML.
func MarshalJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// RowJSON returns one row of a table as a JSON object.
func RowJSON(t *Table, r schemas.Record, row int) ([]byte, error) {
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
		value, err := MarshalJSON(jsonValue(c.Type, v))
		if err != nil {
			return nil, err
		}
		line = append(line, value...)
	}
	return append(line, '}'), nil
}

func jsonValue(kind Type, v Value) any {
	if !v.Valid {
		return nil
	}
	switch kind {
	case Integer, Bigint:
		return json.Number(strconv.FormatInt(v.Int, 10))
	case Share:
		return decimal.New(v.Int, -schemas.ShareScale).StringFixed(schemas.ShareScale)
	case Double:
		return v.Float
	case Boolean:
		return v.Bool
	case Day:
		return time.Unix(v.Int*24*60*60, 0).UTC().Format(time.DateOnly)
	case Timestamp:
		return time.UnixMicro(v.Int).UTC().Format(time.RFC3339Nano)
	default:
		return ValidText(v.Text)
	}
}
