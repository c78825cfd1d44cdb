package changes

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hemicycle/schemas/tables"
)

// A sorter yields all rows in the order of their keys, whatever fits into memory, and leaves nothing in its folder.
func TestSorter(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 3), 0, 60).Draw(t, "keys")
		s := newSorter(folder)
		s.limit = rapid.IntRange(1, 400).Draw(t, "bytes in memory")
		for i, key := range keys {
			if err := s.add(key, len(key), fmt.Append(nil, i)); err != nil {
				t.Fatal(err)
			}
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Fatalf("the folder has %v, %v", left, err)
		}
		sorted, err := s.sorted()
		if err != nil {
			t.Fatal(err)
		}
		want := make([]int, len(keys))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(a, b int) int { return bytes.Compare(keys[a], keys[b]) })
		for _, i := range want {
			if err := sorted.next(); err != nil || sorted.row == nil || string(sorted.row.row) != fmt.Sprint(i) {
				t.Fatalf("the next row is %+v, %v, expected %d", sorted.row, err, i)
			}
		}
		if err := sorted.next(); err != nil || sorted.row != nil {
			t.Fatalf("behind the last row is %+v, %v", sorted.row, err)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	})
}

// The bytes of values in a key are in the order of the values, and no value is the beginning of another.
func TestOrderedValues(t *testing.T) {
	text := func(s string) tables.Value { return tables.Value{Valid: true, Text: s} }
	number := func(n int64) tables.Value { return tables.Value{Valid: true, Int: n} }
	list := func(n ...int32) tables.Value { return tables.Value{Valid: true, Ints: n} }
	for _, c := range []struct {
		kind   tables.Type
		values []tables.Value
	}{
		{tables.String, []tables.Value{
			{}, text(""), text("\x00"), text("\x00\x00"), text("\x00\x01"), text("\x01"), text("a"), text("a\x00"),
			text("a\x00b"), text("aa"), text("b"), text("\xff"),
		}},
		{tables.Bigint, []tables.Value{{}, number(-1 << 63), number(-1), number(0), number(9), number(10)}},
		{tables.Integers, []tables.Value{{}, list(), list(-1), list(1), list(1, 2), list(2)}},
		{tables.Double, []tables.Value{
			{}, {Valid: true, Float: -2}, {Valid: true, Float: -1}, {Valid: true}, {Valid: true, Float: 0.5},
		}},
	} {
		for i := range c.values[1:] {
			a, b := appendOrdered(nil, c.kind, c.values[i]), appendOrdered(nil, c.kind, c.values[i+1])
			if bytes.Compare(a, b) >= 0 || bytes.HasPrefix(b, a) {
				t.Errorf("%+v is % x, and %+v is % x", c.values[i], a, c.values[i+1], b)
			}
		}
	}
}
