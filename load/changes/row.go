package changes

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
	"strings"

	"hemicycle/schemas/tables"
)

// The first bytes of a value in a key. NULL stands before all values.
const (
	orderedNull  = 0x01
	orderedValue = 0x02
)

// orderedEnd stands behind a text in a key. A zero byte in the text is followed by 0xff, so that no text contains the
// end of another.
var orderedEnd = []byte{0, 1}

// appendOrdered appends a value so that the order of the bytes is that of the values.
func appendOrdered(to []byte, kind tables.Type, v tables.Value) []byte {
	if !v.Valid {
		return append(to, orderedNull)
	}
	to = append(to, orderedValue)
	switch kind {
	case tables.String:
		return appendText(to, v.Text)
	case tables.Boolean:
		if v.Bool {
			return append(to, 1)
		}
		return append(to, 0)
	case tables.Double:
		bits := math.Float64bits(v.Float)
		if bits>>63 == 1 {
			bits = ^bits
		} else {
			bits |= 1 << 63
		}
		return binary.BigEndian.AppendUint64(to, bits)
	case tables.Integers:
		for _, n := range v.Ints {
			to = binary.BigEndian.AppendUint32(append(to, orderedValue), uint32(n)^1<<31)
		}
		return append(to, orderedNull)
	case tables.Strings:
		for _, text := range v.Texts {
			to = appendText(append(to, orderedValue), text)
		}
		return append(to, orderedNull)
	default:
		return binary.BigEndian.AppendUint64(to, uint64(v.Int)^1<<63)
	}
}

// appendText appends a text with its end.
func appendText(to []byte, text string) []byte {
	for {
		i := strings.IndexByte(text, 0)
		if i < 0 {
			return append(append(to, text...), orderedEnd...)
		}
		to = append(append(to, text[:i+1]...), 0xff)
		text = text[i+1:]
	}
}

// textRow is a row whose values are texts; nil for NULL.
type textRow []*string

// appendRow appends the values of a row as texts, each behind its length and one; zero stands for NULL.
func (t *comparedTable) appendRow(to []byte, values []tables.Value) ([]byte, error) {
	for i, v := range values {
		if !v.Valid {
			to = append(to, 0)
			continue
		}
		text, err := tables.FormatValue(t.Columns[i].Type, v)
		if err != nil {
			return nil, err
		}
		to = append(binary.AppendUvarint(to, uint64(len(text))+1), text...)
	}
	return to, nil
}

// parseRow parses what appendRow appended.
func (t *comparedTable) parseRow(row []byte) (textRow, error) {
	values := make(textRow, len(t.names))
	for i := range values {
		size, n := binary.Uvarint(row)
		if n <= 0 || size > uint64(len(row)-n)+1 {
			return nil, errors.New("a file with rows to compare is not as it was written: the disk may be damaged")
		}
		row = row[n:]
		if size == 0 {
			continue
		}
		text := string(row[:size-1])
		values[i], row = &text, row[size-1:]
	}
	return values, nil
}

// keyJSON returns the key of a row as a JSON object.
func (t *comparedTable) keyJSON(row textRow, occurrence int) string {
	object := []byte{'{'}
	for i := range t.key {
		p := &t.key[i]
		c := &t.Columns[p.column]
		if i > 0 {
			object = append(object, ',')
		}
		object = append(tables.AppendJSONText(object, c.Name), ':')
		value := row[p.column]
		for _, column := range p.unless {
			if row[column] != nil {
				value = nil
			}
		}
		switch {
		case value == nil:
			object = append(object, "null"...)
		case c.Type == tables.Integer || c.Type == tables.Bigint || c.Type == tables.Integers:
			object = append(object, *value...)
		default:
			object = tables.AppendJSONText(object, *value)
		}
	}
	if t.identity.IsRepeated {
		object = append(object, `,"occurrence":`...)
		object = strconv.AppendInt(object, int64(occurrence), 10)
	}
	return string(append(object, '}'))
}
