package tables

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
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

// RowJSON returns one row of a table as a JSON object.
func RowJSON(t *Table, r schemas.Record, row int) ([]byte, error) {
	return rowJSON(t, r, row, jsonValue)
}

// PageJSON returns the rows of a record in a table as JSON objects, with decimals as the page prints them.
func PageJSON(t *Table, r schemas.Record) ([][]byte, error) {
	asPrinted := func(kind Type, v Value) any {
		if v.Valid && v.Exact != nil {
			return schemas.FormatDecimal(*v.Exact)
		}
		return jsonValue(kind, v)
	}
	var rows [][]byte
	for row := range t.Rows(r) {
		object, err := rowJSON(t, r, row, asPrinted)
		if err != nil {
			return nil, err
		}
		rows = append(rows, object)
	}
	return rows, nil
}

// rowJSON returns one row of a table as a JSON object, in which each value is what shown makes of it.
func rowJSON(t *Table, r schemas.Record, row int, shown func(Type, Value) any) ([]byte, error) {
	object := []byte{'{'}
	for i := range t.Columns {
		c := &t.Columns[i]
		v := c.Get(r, row)
		if !v.Valid && !c.Null {
			return nil, fmt.Errorf("column %s has no value, and may not be NULL", c.Name)
		}
		value, err := MarshalJSON(shown(c.Type, v))
		if err != nil {
			return nil, err
		}
		if i > 0 {
			object = append(object, ',')
		}
		object = append(append(append(append(object, '"'), c.Name...), `":`...), value...)
	}
	return append(object, '}'), nil
}

// MarshalJSON returns a value as JSON with <, > and & as they are, since nothing here goes into HTML.
func MarshalJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// jsonValue returns a value as JSON lines have it.
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
	case Integers:
		if v.Ints == nil {
			return []int32{} // not null
		}
		return v.Ints
	case Strings:
		texts := make([]string, len(v.Texts))
		for i, text := range v.Texts {
			texts[i] = ValidText(text)
		}
		return texts
	case Day:
		return time.Unix(v.Int*24*60*60, 0).UTC().Format(time.DateOnly)
	case Timestamp:
		return time.UnixMicro(v.Int).UTC().Format(time.RFC3339Nano)
	default:
		return ValidText(v.Text)
	}
}

// FormatValue returns a value that is not absent as a text, in the form that JSON lines have without the quotation
// marks of a text.
func FormatValue(kind Type, v Value) (string, error) {
	switch shown := jsonValue(kind, v).(type) {
	case string:
		return shown, nil
	case json.Number:
		return shown.String(), nil
	default:
		text, err := MarshalJSON(shown)
		return string(text), err
	}
}

// AppendJSONText appends a text as JSON. It escapes only what JSON requires, in the way of DuckDB's json_object, so
// that a key that SQL makes is the same text.
func AppendJSONText(to []byte, text string) []byte {
	const short = "\bb\tt\nn\ff\rr\"\"\\\\"
	to = append(to, '"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch at := strings.IndexByte(short, c); {
		case at >= 0 && at%2 == 0:
			to = append(to, '\\', short[at+1])
		case c < ' ':
			to = append(to, fmt.Sprintf(`\u%04X`, c)...)
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}
