package pipelines

import (
	"database/sql"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// comparedColumns are the columns that testdata/elections tells the truth of. What the truth does not name is NULL.
var comparedColumns = map[string][]string{
	"elections": {
		"event_id", "is_wrapper", "full_name", "country_code", "country_code_basis", "subdivision", "subdivision_basis",
		"level", "level_basis", "chamber_type", "chamber_type_basis", "election_kind", "election_kind_basis", "status",
		"election_date", "election_date_end", "seats_total", "seats_contested", "seats_basis", "chamber", "chamber_page",
		"majority_seats", "registered_voters", "votes_cast", "turnout_pct", "turnout_change_pp", "contender_count",
	},
	"election_context": {
		"election_name", "country", "election_date", "election_year", "previous_election", "previous_page",
		"next_election", "next_page", "registered_voters", "country_from", "date_from", "previous_from", "next_from",
		"registered_from", "inherited",
	},
	"election_summary": {"winner_by", "winner", "winner_party", "runner_up", "has_majority"},
	"results": {
		"position", "kind", "name", "running_mate", "alliance", "alliance_page", "heading", "round", "votes", "vote_pct",
		"swing_pp", "previous_vote_pct", "electoral_votes", "seats", "seats_won", "seats_after", "previous_seats",
		"seats_before", "seat_change", "seat_change_stated", "is_new", "is_independent",
	},
	"standings":         {"position", "rank", "ranked_by", "vote_rank", "seat_minus_vote_pp"},
	"contender_parties": {"position", "ordinal", "name", "page_key", "page_basis"},
	"contender_leaders": {"position", "ordinal", "name", "page_key", "page_basis"},
	"rounds": {
		"round", "date", "date_end", "turnout_pct", "turnout_change_pp", "registered_voters", "votes_cast",
	},
	"round_results": {"round", "position", "votes", "vote_pct"},
	"offices": {
		"office", "before_name", "before_page", "before_party", "before_party_page", "after_name", "after_page",
		"after_party", "after_party_page",
	},
	"measures": {"measure", "value", "low", "high"},
	"contradictions": {
		"kind", "other_election_id", "position", "other_position", "column_name", "other_column_name", "here", "there",
		"line", "other_line",
	},
	"across_wikis": {"matched_by", "wikis", "wiki"},
}

// comparedMeasures are the measures whose values are in the truth, which the other columns decide whether there are.
const comparedMeasures = "('effective_parties_votes', 'gallagher', 'vote_volatility', 'seat_volatility')"

// truthRow is a row of a table by its columns.
type truthRow map[string]string

// TestElections reads elections of every kind, whose pages stand in testdata/elections with what a careful reader finds
// in each of them, and compares every column.
func TestElections(t *testing.T) {
	truth := map[string]map[string][]truthRow{}
	files := map[string]string{} // of the truth, by election
	exports, truths := schemastest.ReadElections(t, filepath.Join("testdata", "elections"))
	for name, content := range truths {
		var part map[string]map[string][]truthRow
		if err := yaml.Unmarshal(content, &part); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for id, of := range part {
			if !strings.Contains(id, ":") {
				id = "enwiki:" + id
			}
			truth[id], files[id] = of, name
		}
	}
	db := openElections(t, exports)
	var joined string
	err := db.QueryRow("SELECT string_agg(election_id, chr(10) ORDER BY election_id) FROM elections").Scan(&joined)
	if err != nil {
		t.Fatal(err)
	}
	ids := strings.Split(joined, "\n")
	if diff := cmp.Diff(slices.Sorted(maps.Keys(truth)), ids); diff != "" {
		t.Errorf("elections (-truth +found):\n%s", diff)
	}
	for _, id := range ids {
		t.Run(files[id]+"/"+id, func(t *testing.T) {
			for _, table := range slices.Sorted(maps.Keys(truth[id])) {
				if comparedColumns[table] == nil {
					t.Errorf("the truth has a table %s, which is not compared", table)
				}
			}
			for _, table := range slices.Sorted(maps.Keys(comparedColumns)) {
				if diff := cmp.Diff(truth[id][table], rowsOfElection(t, db, table, id)); diff != "" {
					t.Errorf("%s (-truth +found):\n%s", table, diff)
				}
			}
		})
	}
}

// openElections runs the exports of some wikis and opens the database.
func openElections(t *testing.T, exports map[string]string) *sql.DB {
	t.Helper()
	var paths []string
	for wiki, content := range exports {
		path := filepath.Join(t.TempDir(), wiki+".xml")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	p, err := FromFiles(paths)
	if err != nil {
		t.Fatal(err)
	}
	p.Sinks = []string{load.Parquet, load.Database}
	_, output := mustRun(t, p, Options{})
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// rowsOfElection returns the compared columns of the rows that an election has in a table, without what is NULL and
// false.
func rowsOfElection(t *testing.T, db *sql.DB, table, id string) (all []truthRow) {
	t.Helper()
	columns := comparedColumns[table]
	query := "SELECT CAST(" + strings.Join(columns, " AS VARCHAR), CAST(") + " AS VARCHAR) FROM " + table +
		" WHERE election_id = ?"
	if table == "measures" {
		query += " AND measure IN " + comparedMeasures
	}
	rows, err := db.Query(query+" ORDER BY ALL", id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		cells := make([]sql.NullString, len(columns))
		pointers := make([]any, len(columns))
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		row := truthRow{}
		for i, c := range cells {
			if c.Valid && !(columns[i] == "is_independent" && c.String == "false") {
				row[columns[i]] = plainNumber(table, c.String)
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// plainNumber returns a number without zeros at its end, a measure with two decimals, and any other text as it is.
func plainNumber(table, text string) string {
	n, ok := new(big.Rat).SetString(text)
	if !ok || !strings.Contains(text, ".") {
		return text
	}
	digits := 4
	if table == "measures" {
		digits = 2
	}
	return strings.TrimSuffix(strings.TrimRight(n.FloatString(digits), "0"), ".")
}
