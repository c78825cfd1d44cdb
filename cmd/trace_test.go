package cmd

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hemicycle/pipelines"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// pageColumns are the columns whose values come from the page or from the order of its parts, and not from a field of
// a box.
var pageColumns = []string{
	"elections.election_id", "elections.wiki", "elections.lang", "elections.page_title", "elections.title_basis",
	"elections.page_id",
	"elections.page_url",
	"elections.revision_id", "elections.revision_timestamp", "elections.wikidata_qid", "elections.box",
	"elections.parent_box", "elections.event_id", "elections.is_wrapper", "elections.full_name",
	"elections.checks_passed", "elections.checks_skipped", "elections.check_remarks", // they are of every field
	// What an election is rests on the title of its page as well.
	"elections.country_code", "elections.country_code_basis", "elections.subdivision", "elections.subdivision_basis",
	"elections.level", "elections.level_basis", "elections.chamber_type", "elections.chamber_type_basis",
	"elections.election_kind", "elections.election_kind_basis",
	"elections.template", "elections.source_uri", "elections.source_sha256", "results.election_id", "results.position",
	"offices.election_id", "offices.ordinal", "contender_parties.election_id", "contender_parties.position",
	"contender_parties.ordinal", "contender_parties.page_key", "contender_parties.page_basis",
	"contender_leaders.election_id", "contender_leaders.position", "contender_leaders.ordinal",
	"contender_leaders.page_key", "contender_leaders.page_basis",
}

// TestEveryValueCanBeTraced asks trace for each value of a box, in pages of every form: whatever is in a table was
// read from some field.
func TestEveryValueCanBeTraced(t *testing.T) {
	files := []string{filepath.Join("testdata", "morocco.xml"), filepath.Join("..", "pipelines", "morocco_2007.txt"),
		filepath.Join("..", "extract", "testdata", "wikitext", "*"),
		filepath.Join("..", "extract", "html", "testdata", "*.html")}
	db := openRun(t, openPipeline(t, func() (*pipelines.Pipeline, error) { return pipelines.FromFiles(files) }))
	traced := 0
	for _, table := range []string{"elections", "results", "contender_parties", "contender_leaders", "offices"} {
		for _, c := range tables.Find(table).Columns {
			column := table + "." + c.Name
			if slices.Contains(pageColumns, column) {
				continue
			}
			position := "''"
			if table == "results" || strings.HasPrefix(table, "contender_") {
				position = "'/' || position"
			}
			rows, err := db.Query(fmt.Sprintf("SELECT election_id, %s FROM %s WHERE %s IS NOT NULL", position, table,
				c.Name))
			if err != nil {
				t.Fatal(err)
			}
			var asked [][2]string
			for rows.Next() {
				var q [2]string
				if err := rows.Scan(&q[0], &q[1]); err != nil {
					t.Fatal(err)
				}
				asked = append(asked, q)
			}
			if err := rows.Close(); err != nil {
				t.Fatal(err)
			}
			if column == "elections.contender_count" { // a box without contenders has a count, and no field for it
				asked = asked[:min(1, len(asked))]
			}
			asked = asked[:min(len(asked), schemastest.Rounds(12, len(asked)))]
			for _, q := range asked {
				var fields int
				statement := fmt.Sprintf("SELECT count(*) FROM trace(%s, %s)",
					tables.QuoteSQL(q[0]), tables.QuoteSQL(column+q[1]))
				if err := db.QueryRow(statement).Scan(&fields); err != nil {
					t.Fatal(err)
				}
				if fields == 0 {
					t.Errorf("%s of %s comes from no field", column+q[1], q[0])
					break
				}
				traced++
			}
		}
	}
	if traced < 500 {
		t.Errorf("%d values were traced, expected some 500 at least", traced)
	}
}
