package load_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/marcboeker/go-duckdb/v2"

	"hemicycle/load"
	"hemicycle/load/loadtest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// TestFootersSayWhatIsKnown reads the footers by an engine that is not ours: no column says how many distinct
// values it has, since nobody counts them, and the size of a row group is that of its columns before compression.
func TestFootersSayWhatIsKnown(t *testing.T) {
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, schemastest.SampleRecords(), 90)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, f := range files {
		path := tables.QuoteSQL(filepath.Join(folder, filepath.FromSlash(f.Path)))
		for question, want := range map[string]int64{
			"SELECT count(*) FROM parquet_metadata(" + path + ") WHERE stats_distinct_count IS NOT NULL": 0,
			"SELECT count(*) FROM (SELECT DISTINCT row_group_id, row_group_bytes FROM parquet_metadata(" + path +
				")) AS g JOIN " +
				"(SELECT row_group_id, sum(total_uncompressed_size) AS bytes FROM parquet_metadata(" + path +
				") GROUP BY ALL) AS c USING (row_group_id) " +
				"WHERE g.row_group_bytes != c.bytes": 0,
			"SELECT num_rows FROM parquet_file_metadata(" + path + ")": f.Rows,
		} {
			var got int64
			if err := db.QueryRow(question).Scan(&got); err != nil {
				t.Fatalf("%s: %v", question, err)
			}
			if got != want {
				t.Errorf("%s: %s gives %d, expected %d", f.Path, strings.ReplaceAll(question, path, "…"), got, want)
			}
		}
		if !strings.Contains(f.Path, "results") {
			continue
		}
		var distinct, counted int64
		query := "SELECT count(DISTINCT election_id), count(*) FROM read_parquet(" + path + ")"
		if err := db.QueryRow(query).Scan(&distinct, &counted); err != nil {
			t.Fatal(err)
		}
		if distinct == 0 || counted != f.Rows {
			t.Errorf("%s: %d distinct elections in %d rows", f.Path, distinct, counted)
		}
	}
}

// TestFootersNameTheCalendar expects that days before 1582-10-15 are those of the proleptic Gregorian calendar, and
// that each file says so to Spark and to Hive, which otherwise refuse such days or shift them. Spark compares the
// version as a text, and takes the presence of the other key for a file in the Julian calendar.
func TestFootersNameTheCalendar(t *testing.T) {
	day := schemas.Date{Year: 1573, Month: 5, Day: 11}
	e := schemastest.FullElection("local:old#1", "x", 1, "1", day)
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, []schemas.Record{{Election: e}}, 0)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, f := range files {
		path := tables.QuoteSQL(filepath.Join(folder, filepath.FromSlash(f.Path)))
		keys := map[string]string{}
		rows, err := db.Query("SELECT decode(key), decode(value) FROM parquet_kv_metadata(" + path + ")")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var key, value string
			if err := rows.Scan(&key, &value); err != nil {
				t.Fatal(err)
			}
			keys[key] = value
		}
		_, legacy := keys["org.apache.spark.legacyDateTime"]
		if spark := keys["org.apache.spark.version"]; spark < "3.0.0" || legacy {
			t.Errorf("%s: Spark would not read its days as they are: version %q, legacy %v", f.Path, spark, legacy)
		}
		if keys["writer.date.proleptic"] != "true" {
			t.Errorf("%s: Hive would shift its days", f.Path)
		}
		if f.Table != "elections" {
			continue
		}
		var got string
		query := "SELECT election_date::VARCHAR FROM read_parquet(" + path + ")"
		if err := db.QueryRow(query).Scan(&got); err != nil || got != "1573-05-11" {
			t.Errorf("the day is %s (%v)", got, err)
		}
	}
}

// TestFootersHaveFieldIDs expects the id of every column in the footers, also of lists and of their elements, by which
// an engine that is not ours knows a column whatever its name and place.
func TestFootersHaveFieldIDs(t *testing.T) {
	folder := t.TempDir()
	files := loadtest.WriteAll(t, load.Parquet, folder, schemastest.SampleRecords(), 0)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, f := range files {
		want := []string{}
		for _, c := range tables.Find(f.Table).Columns {
			want = append(want, fmt.Sprintf("%s %d", c.Name, c.ID))
			if c.Type.IsList() {
				want = append(want, fmt.Sprintf("element %d", c.ElementID))
			}
		}
		rows, err := db.Query("SELECT name || ' ' || field_id FROM parquet_schema(" +
			tables.QuoteSQL(filepath.Join(folder, filepath.FromSlash(f.Path))) + ") WHERE field_id IS NOT NULL")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		got := []string{}
		for rows.Next() {
			var field string
			if err := rows.Scan(&field); err != nil {
				t.Fatal(err)
			}
			got = append(got, field)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: the fields and their ids (-declared +found):\n%s", f.Path, diff)
		}
	}
}
