//go:build unix

package duckdb

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// timestampColumns returns the columns that hold an instant, by table.
func timestampColumns(table *tables.Table) (columns []tables.Column) {
	for _, c := range table.Columns {
		if c.Type == tables.Timestamp {
			columns = append(columns, c)
		}
	}
	return columns
}

// TestTimestampsAreTheSameInstantInEveryTimeZone compares each timestamp in the database with the one in the Parquet
// files, in sessions of several zones. An engine without the extension icu has no zone but UTC: it must still read
// every column, view and macro.
func TestTimestampsAreTheSameInstantInEveryTimeZone(t *testing.T) {
	folder := t.TempDir()
	records := schemastest.SampleRecords()
	files := loadtest.WriteAll(t, load.Parquet, folder, records, 0)
	if _, err := Build(t.Context(), disk.Disk{}, folder, files); err != nil {
		t.Fatal(err)
	}
	for _, e := range engines(t) {
		for _, zone := range []string{"UTC", "America/New_York", "Asia/Kathmandu"} {
			t.Run(e.name+" in "+zone, func(t *testing.T) {
				e.environment = append(e.environment[:len(e.environment):len(e.environment)], "TZ="+zone)
				s, err := openSession(t, e, filepath.Join(folder, version.DatabaseName), "read", nil)
				if err != nil {
					t.Fatal(err)
				}
				_, err = s.query("SET TimeZone = " + tables.QuoteSQL(zone))
				if err != nil && !strings.Contains(err.Error(), "icu") {
					t.Fatal(err)
				}
				if err == nil && zone == "America/New_York" {
					s.checkZoneIsInForce()
				}
				for _, table := range tables.All() {
					s.checkTimestamps(table, folder, files, records)
				}
				if rows := s.mustQuery("SELECT COLUMNS(*)::VARCHAR FROM trace('enwiki:0#1', 'seats')"); len(rows) == 0 {
					t.Error("trace has no row")
				}
			})
		}
	}
}

// checkZoneIsInForce expects that the session takes an instant without a zone for one in New York: if it did not, the
// comparisons in this session would prove nothing.
func (s *session) checkZoneIsInForce() {
	s.t.Helper()
	got := s.mustQuery("SELECT epoch_us('2026-01-01'::TIMESTAMPTZ) - epoch_us('2026-01-01'::TIMESTAMP)")
	if want := fmt.Sprint(5 * 60 * 60 * 1_000_000); got[0][0] != want {
		s.t.Errorf("midnight is %s µs later than in UTC, expected %s", got[0][0], want)
	}
}

// checkTimestamps compares the types, the rows and the instants of the timestamps of a table in the database, in
// Parquet and in the records.
func (s *session) checkTimestamps(table *tables.Table, folder string, files []version.File, records []schemas.Record) {
	s.t.Helper()
	var paths []string
	for _, path := range loadtest.PathsOf(folder, files, table) {
		paths = append(paths, tables.QuoteSQL(path))
	}
	inParquet := "read_parquet([" + strings.Join(paths, ", ") + "])"
	for _, c := range timestampColumns(table) {
		var want [][]string
		for _, r := range records {
			for row := range table.Rows(r) {
				if v := c.Get(r, row); v.Valid {
					want = append(want, []string{fmt.Sprint(v.Int)})
				} else {
					want = append(want, []string{"NULL"})
				}
			}
		}
		for _, from := range []string{table.Name, inParquet} {
			got := s.mustQuery("SELECT typeof(" + c.Name + "), epoch_us(" + c.Name + ") FROM " + from)
			for i := range got {
				if got[i][0] != c.Type.SQL() {
					s.t.Errorf("%s.%s in %s is a %s, expected %s", table.Name, c.Name, from, got[i][0], c.Type.SQL())
				}
				got[i] = got[i][1:]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				s.t.Errorf("%s.%s in %s (-written +read):\n%.2000s", table.Name, c.Name, from, diff)
			}
		}
		inDatabase := fmt.Sprintf("(SELECT %s FROM %s)", c.Name, table.Name)
		inFiles := fmt.Sprintf("(SELECT %s FROM %s)", c.Name, inParquet)
		for _, query := range []string{inDatabase + " EXCEPT ALL " + inFiles, inFiles + " EXCEPT ALL " + inDatabase} {
			if rows := s.mustQuery(query); len(rows) > 0 {
				s.t.Errorf("%d rows differ, such as %v: %s", len(rows), rows[0], query)
			}
		}
	}
}
