package load_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/marcboeker/go-duckdb/v2"

	"hemicycle/load"
	"hemicycle/load/loadtest"
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
