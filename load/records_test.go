package load_test

import (
	"slices"
	"testing"

	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// Tests rely on it that the sample records have each column in some row and, if it may be NULL, lack it in another.
func TestSampleHasEveryColumn(t *testing.T) {
	records := schemastest.SampleRecords()
	for _, table := range tables.All() {
		rows := schemastest.WantRows(table, records)
		for j, c := range table.Columns {
			isGiven := func(row []any) bool { return row[j] != nil }
			isAbsent := func(row []any) bool { return row[j] == nil }
			if !slices.ContainsFunc(rows, isGiven) {
				t.Errorf("%s.%s is in no sample record", table.Name, c.Name)
			}
			if absent := slices.ContainsFunc(rows, isAbsent); absent != c.Null {
				t.Errorf("%s.%s: absent in a sample record: %v, expected %v", table.Name, c.Name, absent, c.Null)
			}
		}
	}
}
