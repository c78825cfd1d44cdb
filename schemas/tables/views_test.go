package tables

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "github.com/marcboeker/go-duckdb/v2"
)

// openEmpty is a database with every table and view and no row. A list that an INSERT leaves out is empty.
func openEmpty(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	mustExec(t, db, DDL())
	// The rows of the tests leave out what only tells the boxes of a page apart.
	mustExec(t, db, `ALTER TABLE elections ALTER event_id SET DEFAULT 'event';
		ALTER TABLE elections ALTER is_wrapper SET DEFAULT false`)
	for _, table := range published {
		for _, c := range table.Columns {
			if c.Type.IsList() {
				mustExec(t, db, "ALTER TABLE "+table.Name+" ALTER "+c.Name+" SET DEFAULT []")
			}
		}
	}
	for _, v := range views {
		mustExec(t, db, v.SQL)
	}
	return db
}

func mustExec(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// rowsOf is a query's rows as text, NULL as NULL.
func rowsOf(t *testing.T, db *sql.DB, query string) [][]string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, v := range values {
			if v := *v.(*any); v == nil {
				row = append(row, "NULL")
			} else {
				row = append(row, fmt.Sprint(v))
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func checkRows(t *testing.T, db *sql.DB, query string, want [][]string) {
	t.Helper()
	if diff := cmp.Diff(want, rowsOf(t, db, query)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", query, diff)
	}
}

const insertResult = `INSERT INTO results (election_id, position, kind, name, party, party_page, is_independent, seats,
	electoral_votes, votes, vote_pct) VALUES `

const insertElection = `INSERT INTO elections (election_id, box, parent_box, page_title, election_name, country,
	election_date, election_date_end, election_year, seats_total, majority_seats, contender_count, source_uri,
	source_sha256) VALUES `

// nested is a page of four boxes, each in the one before it, and a page of one box.
const nested = insertElection + `
	('x:1#1', 1, NULL, 'A page', NULL, 'Brazil', DATE '2022-10-02', DATE '2022-10-30', 2022, NULL, NULL, 0, 'u', 's'),
	('x:1#2', 2, 1, 'A page', 'Presidential election', NULL, NULL, NULL, NULL, NULL, NULL, 0, 'u', 's'),
	('x:1#3', 3, 2, 'A page', 'Chamber', NULL, NULL, NULL, 2023, 10, 6, 3, 'u', 's'),
	('x:1#4', 4, 3, 'A page', NULL, 'Elsewhere', NULL, NULL, NULL, NULL, NULL, 0, 'u', 's'),
	('x:11#1', 1, NULL, 'Another page', 'Named', NULL, NULL, NULL, 1999, NULL, NULL, 0, 'u', 's')`

func TestElectionContext(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, nested)
	checkRows(t, db, `SELECT election_id, election_name, country, CAST(election_date AS VARCHAR),
		election_year, name_from, country_from, date_from
		FROM election_context ORDER BY election_id`, [][]string{
		{"x:1#1", "A page", "Brazil", "2022-10-02", "2022", "NULL", "NULL", "NULL"},
		{"x:1#2", "Presidential election", "Brazil", "2022-10-02", "2022", "NULL", "x:1#1", "x:1#1"},
		// the day of another year is not its own
		{"x:1#3", "Chamber", "Brazil", "NULL", "2023", "NULL", "x:1#1", "NULL"},
		{"x:1#4", "Chamber", "Elsewhere", "NULL", "2023", "x:1#3", "NULL", "x:1#3"}, // from the nearest box
		{"x:11#1", "Named", "NULL", "NULL", "1999", "NULL", "NULL", "NULL"},
	})
}

// A nested box takes its neighbours and voters from the nearest outer box that has them, and the view names them.
func TestElectionContextOfNeighbours(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, nested)
	mustExec(t, db, `UPDATE elections SET registered_voters = 900, previous_page = 'Before', previous_election = '2018',
			next_election = '2026', is_wrapper = true WHERE election_id = 'x:1#1';
		UPDATE elections SET previous_election = '2019', full_name = 'A page: Chamber' WHERE election_id = 'x:1#3'`)
	checkRows(t, db, `SELECT election_id, full_name, previous_election, previous_page, next_election, registered_voters,
		previous_from, next_from, registered_from, inherited FROM election_context ORDER BY election_id`, [][]string{
		{"x:1#1", "NULL", "2018", "Before", "2026", "900", "NULL", "NULL", "NULL", "NULL"},
		{"x:1#2", "NULL", "2018", "Before", "2026", "900", "x:1#1", "x:1#1", "x:1#1",
			"country, date, previous election, next election, registered voters"},
		{"x:1#3", "A page: Chamber", "2019", "NULL", "2026", "900", "NULL", "x:1#1", "x:1#1",
			"country, next election, registered voters"}, // label and page are of one box
		{"x:1#4", "NULL", "2019", "NULL", "2026", "900", "x:1#3", "x:1#1", "x:1#1",
			"name, date, previous election, next election, registered voters"},
		{"x:11#1", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL"},
	})
	// What counts elections leaves out a box that only holds others.
	checkRows(t, db, "SELECT count(*) FROM election_summary", [][]string{{"4"}})
}

func TestElectionSummary(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, nested)
	mustExec(t, db, insertElection+`
		('level', 1, NULL, 'Level', NULL, NULL, NULL, NULL, NULL, 8, NULL, 3, 'u', 's'),
		('second', 1, NULL, 'Second level', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, 'u', 's'),
		('votes', 1, NULL, 'By votes', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, 'u', 's'),
		('college', 1, NULL, 'By electors', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, 'u', 's'),
		('bloc', 1, NULL, 'Independents', NULL, NULL, NULL, NULL, NULL, 10, NULL, 2, 'u', 's')`)
	mustExec(t, db, `UPDATE elections SET seats_sum = 9 WHERE election_id = 'x:1#3'; UPDATE elections SET seats_sum = 8
		WHERE election_id = 'level';
		UPDATE elections SET seats_sum = 10 WHERE election_id = 'bloc'`)
	mustExec(t, db, insertResult+`
		('x:1#3', 1, 'party', 'One', 'One', NULL, false, 3, NULL, NULL, NULL),
		('x:1#3', 2, 'party', 'Two', 'Two', NULL, false, 6, NULL, NULL, NULL),
		('x:1#3', 3, 'party', 'Three', 'Three', NULL, false, NULL, NULL, NULL, 99),
		('level', 1, 'party', 'Zeta', 'Zeta', NULL, false, 4, NULL, NULL, 60),
		('level', 2, 'party', 'Alpha', 'Alpha', NULL, false, 4, NULL, NULL, 40),
		('level', 3, 'party', 'None', 'None', NULL, false, 0, NULL, NULL, NULL),
		('second', 1, 'party', 'One', 'One', NULL, false, 3, NULL, NULL, NULL),
		('second', 2, 'party', 'Two', 'Two', NULL, false, 2, NULL, NULL, NULL),
		('second', 3, 'party', 'Three', 'Three', NULL, false, 2, NULL, NULL, NULL),
		('votes', 1, 'candidate', 'Ann', 'Green', NULL, false, NULL, NULL, 100, 20.5),
		('votes', 2, 'candidate', 'Bob', NULL, NULL, true, NULL, NULL, 300, 61.5),
		('college', 1, 'candidate', 'Ann', 'Green', NULL, false, NULL, 10, 300, NULL),
		('college', 2, 'candidate', 'Bob', 'Blue', NULL, false, NULL, 20, 200, NULL),
		('bloc', 1, 'party', 'Independents', 'Independents', NULL, true, 7, NULL, NULL, NULL),
		('bloc', 2, 'party', 'One', 'One', NULL, false, 3, NULL, NULL, NULL)`)
	mustExec(t, db, `INSERT INTO findings (election_id, ordinal, check_id, status) VALUES
		('x:1#3', 2, 'b', 'warn'), ('x:1#3', 3, 'c', 'error'), ('x:1#3', 4, 'd', 'note'),
		('x:1#3', 5, 'd', 'note')`)
	checkRows(t, db, `SELECT election_id, winner_by, winner, winner_party, winner_seats, winner_votes, runner_up,
		runner_up_seats, largest_by_seats, largest_seats,
		majority_needed, has_majority FROM election_summary WHERE winner_by IS NOT NULL ORDER BY election_id`,
		[][]string{
			{"bloc", "seats", "One", "One", "3", "NULL", "NULL", "NULL", "One", "3", "6", "false"},
			{
				"college",
				"electoral votes",
				"Bob",
				"Blue",
				"NULL",
				"200",
				"Ann",
				"NULL",
				"NULL",
				"NULL",
				"NULL",
				"NULL",
			},
			{"level", "seats", "NULL", "NULL", "4", "NULL", "NULL", "NULL", "Zeta", "4", "5", "false"},
			{"second", "seats", "One", "One", "3", "NULL", "NULL", "NULL", "One", "3", "NULL", "NULL"},
			{"votes", "votes", "Bob", "NULL", "NULL", "300", "Ann", "NULL", "NULL", "NULL", "NULL", "NULL"},
			{"x:1#3", "seats", "Two", "Two", "6", "NULL", "One", "3", "Two", "6", "6", "true"},
		})
	checkRows(t, db, `SELECT election_id, election_name, country, inherited_from, notes, warnings, errors, is_sound
		FROM election_summary WHERE election_id LIKE 'x%' ORDER BY election_id`, [][]string{
		{"x:1#1", "A page", "Brazil", "NULL", "0", "0", "0", "true"},
		{"x:1#2", "Presidential election", "Brazil", "x:1#1", "0", "0", "0", "true"},
		{"x:1#3", "Chamber", "Brazil", "x:1#1", "2", "1", "1", "false"},
		{"x:1#4", "Chamber", "Elsewhere", "x:1#3", "0", "0", "0", "true"},
		{"x:11#1", "Named", "NULL", "NULL", "0", "0", "0", "true"},
	})
}

func TestStandings(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`
		('a', 1, NULL, 'Page', NULL, 'Land', DATE '2020-01-02', NULL, 2020, 9, NULL, 5, 'u', 's'),
		('b', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, 'u', 's'),
		('c', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 'u', 's'),
		('d', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, 8, NULL, 1, 'u', 's')`)
	mustExec(t, db, insertResult+`
		('d', 1, 'party', 'One', 'One', NULL, false, 2, NULL, NULL, NULL),
		('a', 1, 'party', 'One', 'One', NULL, false, 3, NULL, NULL, 40),
		('a', 2, 'party', 'Two', 'Two', NULL, false, 3, NULL, NULL, 30.5),
		('a', 5, 'party', 'Independents', 'Independents', NULL, true, 2, NULL, NULL, 50),
		('a', 7, 'party', 'Four', 'Four', NULL, false, 1, NULL, NULL, 41),
		('a', 8, 'party', 'Five', 'Five', NULL, false, NULL, NULL, NULL, NULL),
		('b', 1, 'candidate', 'Ann', 'Green', NULL, false, NULL, NULL, 10, 33),
		('b', 2, 'candidate', 'Bob', 'Blue', NULL, false, NULL, NULL, 20, NULL),
		('c', 1, 'party', 'One', 'One', NULL, false, 0, NULL, NULL, NULL),
		('c', 2, 'vacant', 'Vacant', 'Vacant', NULL, false, 4, NULL, NULL, NULL),
		('d', 2, 'others', 'Others', 'Others', NULL, false, 4, NULL, 900, 80),
		('d', 3, 'vacant', 'Vacant', 'Vacant', NULL, false, 2, NULL, NULL, NULL)`)
	mustExec(t, db, `UPDATE elections SET seats_basis = 'won' WHERE election_id IN ('a', 'd')`)
	checkRows(t, db, `SELECT election_id, position, rank, ranked_by, seats, seat_pct::VARCHAR, vote_pct::VARCHAR,
		vote_rank,
			seat_minus_vote_pp::VARCHAR, country, CAST(election_date AS VARCHAR)
		FROM standings ORDER BY election_id, position`,
		[][]string{
			{"a", "1", "1", "seats", "3", "33.3333", "40.0000", "2", "-6.6667", "Land", "2020-01-02"},
			{"a", "2", "1", "seats", "3", "33.3333", "30.5000", "3", "2.8333", "Land", "2020-01-02"},
			{"a", "5", "NULL", "seats", "2", "22.2222", "50.0000", "NULL", "-27.7778", "Land", "2020-01-02"},
			{"a", "7", "3", "seats", "1", "11.1111", "41.0000", "1", "-29.8889", "Land", "2020-01-02"},
			{"a", "8", "NULL", "seats", "NULL", "NULL", "NULL", "NULL", "NULL", "Land", "2020-01-02"},
			{"b", "1", "2", "votes", "NULL", "NULL", "33.0000", "2", "NULL", "NULL", "NULL"},
			{"b", "2", "1", "votes", "NULL", "NULL", "NULL", "1", "NULL", "NULL", "NULL"},
			{"c", "1", "NULL", "NULL", "0", "0.0000", "NULL", "NULL", "NULL", "NULL", "NULL"},
			{"c", "2", "NULL", "NULL", "4", "100.0000", "NULL", "NULL", "NULL", "NULL", "NULL"},
			{
				"d",
				"1",
				"1",
				"seats",
				"2",
				"25.0000",
				"NULL",
				"NULL",
				"NULL",
				"NULL",
				"NULL",
			}, // the others are no contender
			{"d", "2", "NULL", "seats", "4", "50.0000", "80.0000", "NULL", "-30.0000", "NULL", "NULL"},
			{"d", "3", "NULL", "seats", "2", "25.0000", "NULL", "NULL", "NULL", "NULL", "NULL"},
		},
	)
}

// Seats that this election did not fill are not set against its votes, nor are the votes of a later round.
func TestStandingsCompareLikeWithLike(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`
		('held', 1, NULL, 'A', NULL, NULL, NULL, NULL, NULL, 10, NULL, 1, 'u', 's'),
		('late', 1, NULL, 'B', NULL, NULL, NULL, NULL, NULL, 10, NULL, 1, 'u', 's'),
		('told', 1, NULL, 'D', NULL, NULL, NULL, NULL, NULL, 10, NULL, 1, 'u', 's'),
		('whole', 1, NULL, 'C', NULL, NULL, NULL, NULL, NULL, 10, NULL, 1, 'u', 's')`)
	mustExec(t, db, insertResult+`
		('held', 1, 'party', 'One', 'One', NULL, false, 5, NULL, NULL, 40),
		('late', 1, 'party', 'One', 'One', NULL, false, 5, NULL, NULL, 40),
		('told', 1, 'party', 'One', 'One', NULL, false, 5, NULL, NULL, 40),
		('whole', 1, 'party', 'One', 'One', NULL, false, 5, NULL, NULL, 40)`)
	for _, statement := range []string{
		`UPDATE elections SET seats_contested = 3, seats_basis = 'held_after' WHERE election_id = 'held'`,
		`UPDATE elections SET seats_contested = 10, seats_basis = 'won' WHERE election_id IN ('late', 'told')`,
		`UPDATE elections SET seats_contested = 10, seats_basis = 'held_after' WHERE election_id = 'whole'`,
		`UPDATE results SET round = 2 WHERE election_id = 'late'`, `UPDATE results SET round = 1 WHERE election_id = 'told'`,
	} {
		mustExec(t, db, statement)
	}
	checkRows(t, db, `SELECT election_id, seat_minus_vote_pp::VARCHAR FROM standings ORDER BY election_id`,
		[][]string{{"held", "NULL"}, {"late", "NULL"}, {"told", "10.0000"}, {"whole", "10.0000"}})
}

func TestPartyHistory(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`
		('a', 1, NULL, 'P1', NULL, 'Land', DATE '2000-01-01', NULL, 2000, NULL, NULL, 0, 'u', 's'),
		('b', 1, NULL, 'P2', NULL, 'Land', DATE '2004-01-01', NULL, 2004, NULL, NULL, 0, 'u', 's'),
		('c', 1, NULL, 'P3', NULL, 'Land', DATE '2008-01-01', NULL, 2008, NULL, NULL, 0, 'u', 's'),
		('d', 1, NULL, 'P4', NULL, 'Isle', DATE '2008-01-01', NULL, 2008, NULL, NULL, 0, 'u', 's'),
		('e', 1, NULL, 'P5', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'u', 's')`)
	mustExec(t, db, `INSERT INTO contender_parties VALUES
		('a', 1, 1, 'Labour', 'Labour (Land)', 'enwiki:Labour (Land)', 'link'),
		('a', 2, 1, 'Green', NULL, NULL, NULL),
		('a', 3, 1, 'Twofold', 'Twofold (old)', 'enwiki:Twofold (old)', 'link'),
		('b', 1, 1, 'The Workers', 'Old name', 'enwiki:Labour (Land)', 'link'),
		('b', 3, 1, 'Twofold', 'Twofold (new)', 'enwiki:Twofold (new)', 'link'),
		('c', 1, 1, 'labour', NULL, NULL, NULL), ('c', 4, 1, 'Labour', 'Labour (Land)', 'enwiki:Labour (Land)', 'link'),
		('c', 4, 2, 'Green', NULL, NULL, NULL), ('c', 4, 3, 'Twofold', 'Twofold (old)', 'enwiki:Twofold (old)', 'link')`)
	mustExec(t, db, insertResult+`
		('a', 1, 'party', 'Labour', 'Labour', 'Labour (Land)', false, 3, NULL, NULL, NULL),
		('a', 2, 'party', 'Green', 'Green', NULL, false, 1, NULL, NULL, NULL),
		('a', 3, 'party', 'Twofold', 'Twofold', 'Twofold (old)', false, 1, NULL, NULL, NULL),
		('b', 1, 'party', 'The Workers', 'The Workers', 'Old name', false, 4, NULL, NULL, NULL),
		('b', 2, 'party', 'Green', 'Green', NULL, false, 2, NULL, NULL, NULL),
		('b', 3, 'party', 'Twofold', 'Twofold', 'Twofold (new)', false, 1, NULL, NULL, NULL),
		('c', 1, 'candidate', 'Ann', 'labour', NULL, false, NULL, NULL, 10, NULL),
		('c', 2, 'candidate', 'Bob', NULL, NULL, true, NULL, NULL, 5, NULL),
		('c', 3, 'party', 'Twofold', 'Twofold', NULL, false, 1, NULL, NULL, NULL),
		('c', 4, 'party', 'Labour–Green–Twofold', 'Labour–Green–Twofold', 'Labour (Land)', false, 1, NULL, NULL, NULL),
		('d', 1, 'party', 'Labour', 'Labour', NULL, false, 5, NULL, NULL, NULL),
		('e', 1, 'party', 'Labour', 'Labour', NULL, false, 5, NULL, NULL, NULL)`)
	checkRows(t, db,
		`SELECT election_id, position, ordinal, party_key, matched_by, party, name, seat_pct::VARCHAR, shared
			FROM party_history ORDER BY election_id, position, ordinal`, [][]string{
			{"a", "1", "1", "enwiki:Labour (Land)", "party_page", "Labour", "Labour", "60.0000", "false"},
			{"a", "2", "1", "Land: Green", "country and name", "Green", "Green", "20.0000", "false"},
			{"a", "3", "1", "enwiki:Twofold (old)", "party_page", "Twofold", "Twofold", "20.0000", "false"},
			// through the redirect
			{"b", "1", "1", "enwiki:Labour (Land)", "party_page", "The Workers", "The Workers", "57.1429", "false"},
			{"b", "2", "1", "Land: Green", "country and name", "Green", "Green", "28.5714", "false"},
			{"b", "3", "1", "enwiki:Twofold (new)", "party_page", "Twofold", "Twofold", "14.2857", "false"},
			// its country gives the name one page
			{"c", "1", "1", "enwiki:Labour (Land)", "country and name", "labour", "Ann", "NULL", "false"},
			{"c", "2", "1", "Land: Bob", "country and name", "Bob", "Bob", "NULL", "false"},
			// its country gives the name two
			{"c", "3", "1", "Land: Twofold", "country and name", "Twofold", "Twofold", "50.0000", "false"},
			// a joint list is of each of its parties
			{"c", "4", "1", "enwiki:Labour (Land)", "party_page", "Labour", "Labour–Green–Twofold", "50.0000", "true"},
			{"c", "4", "2", "Land: Green", "country and name", "Green", "Labour–Green–Twofold", "50.0000", "true"},
			{"c", "4", "3", "enwiki:Twofold (old)", "party_page", "Twofold", "Labour–Green–Twofold", "50.0000", "true"},
			// another country's party
			{"d", "1", "1", "Isle: Labour", "country and name", "Labour", "Labour", "100.0000", "false"},
			{"e", "1", "1", "NULL", "NULL", "Labour", "Labour", "100.0000", "false"},
		})
}

// TestBareNamesOfSeveralCountries has a bare name that two countries use, each for a party of its own, beside links to
// the page of that name and a bare name of one country.
func TestBareNamesOfSeveralCountries(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`
		('a', 1, NULL, 'A', NULL, 'Land', NULL, NULL, NULL, NULL, NULL, 0, 'u', 's'),
		('b', 1, NULL, 'B', NULL, 'Isle', NULL, NULL, NULL, NULL, NULL, 0, 'u', 's'),
		('c', 1, NULL, 'C', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'u', 's');
		UPDATE elections SET country_code = 'LND' WHERE election_id = 'a';
		UPDATE elections SET country_code = 'ISL' WHERE election_id = 'b'`)
	mustExec(t, db, insertResult+`
		('a', 1, 'party', 'Greens', 'Greens', 'Greens', false, 1, NULL, NULL, NULL),
		('a', 2, 'party', 'Reds', 'Reds', 'Reds', false, 1, NULL, NULL, NULL),
		('b', 1, 'party', 'Greens', 'Greens', 'Greens', false, 1, NULL, NULL, NULL),
		('b', 2, 'party', 'The Greens', 'The Greens', 'Greens', false, 1, NULL, NULL, NULL),
		('c', 1, 'party', 'Greens', 'Greens', 'Greens', false, 1, NULL, NULL, NULL)`)
	mustExec(t, db, `INSERT INTO contender_parties VALUES
		('a', 1, 1, 'Greens', 'Greens', 'w:Greens', 'name'), ('a', 2, 1, 'Reds', 'Reds', 'w:Reds', 'name'),
		('b', 1, 1, 'Greens', 'Greens', 'w:Greens', 'name'), ('b', 2, 1, 'The Greens', 'Greens', 'w:Greens', 'link'),
		('c', 1, 1, 'Greens', 'Greens', 'w:Greens', 'name')`)
	checkRows(t, db, "SELECT election_id, position, party_key, matched_by FROM party_history ORDER BY ALL", [][]string{
		{"a", "1", "LND: w:Greens", "country and name"}, {"a", "2", "w:Reds", "party_page"},
		{"b", "1", "ISL: w:Greens", "country and name"}, {"b", "2", "w:Greens", "party_page"},
		{"c", "1", "w:Greens", "party_page"},
	})
}

// TestMajorityWhereItIsCertain has chambers of which the box lists a part. Whether anyone has a majority is said where
// the rest cannot change it.
func TestMajorityWhereItIsCertain(t *testing.T) {
	db := openEmpty(t)
	for _, c := range []struct {
		name, total, majority string
		seats                 [3]int // of parties
		others                int
		needed, has           string
	}{
		{"all listed", "100", "NULL", [3]int{51, 49}, 0, "51", "true"},
		{"all listed, none has", "100", "NULL", [3]int{50, 50}, 0, "51", "false"},
		{"some not listed, one has", "100", "NULL", [3]int{51, 10}, 0, "51", "true"},
		{"too few not listed", "100", "NULL", [3]int{40, 30, 20}, 0, "51", "false"},
		{"enough not listed", "100", "NULL", [3]int{40, 30, 10}, 0, "51", "NULL"},
		{"others could be one party", "100", "NULL", [3]int{40, 30, 19}, 11, "51", "NULL"},
		{"others are too few", "100", "NULL", [3]int{40, 30, 20}, 10, "51", "false"},
		{"the majority alone", "NULL", "51", [3]int{40, 40}, 0, "51", "NULL"},
		{"the majority alone, nearly all listed", "NULL", "51", [3]int{40, 40, 15}, 0, "51", "false"},
		{"the majority alone, one has", "NULL", "51", [3]int{50, 51}, 0, "51", "true"},
		{"more listed than there are", "100", "NULL", [3]int{50, 60}, 0, "51", "true"},
		{"a majority of two thirds", "90", "60", [3]int{50, 40}, 0, "60", "false"},
		{"nothing is known", "NULL", "NULL", [3]int{50, 40}, 0, "NULL", "NULL"},
	} {
		mustExec(t, db, "DELETE FROM elections; DELETE FROM results")
		mustExec(t, db, insertElection+`('a', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, `+c.total+`, `+c.majority+`,
			4, 'u', 's')`)
		for i, seats := range c.seats {
			mustExec(t, db, fmt.Sprintf(
				insertResult+"('a', %d, 'party', 'P', 'P', NULL, false, %d, NULL, NULL, NULL)", i+1, seats))
		}
		mustExec(t, db, fmt.Sprintf(insertResult+`('a', 9, 'others', 'Others', 'Others', NULL, false, %d, NULL, NULL, NULL);
			UPDATE elections SET seats_sum = (SELECT sum(seats) FROM results)`, c.others))
		got := rowsOf(t, db, "SELECT majority_needed, has_majority FROM election_summary")[0]
		if want := []string{c.needed, c.has}; !slices.Equal(want, got) {
			t.Errorf("%s: got %v, expected %v", c.name, got, want)
		}
	}
}

// TestMajorityHeldAfter has a third of a chamber: who has a majority is told by the seats held after the election.
func TestMajorityHeldAfter(t *testing.T) {
	for held, want := range map[[2]int]string{{51, 49}: "true", {50, 50}: "false", {50, 40}: "NULL", {30, 50}: "NULL"} {
		db := openEmpty(t)
		mustExec(t, db, insertElection+`('a', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, 100, NULL, 2, 'u', 's')`)
		mustExec(t, db, fmt.Sprintf(`UPDATE elections SET seats_contested = 33, seats_sum = 33;
			INSERT INTO results (election_id, position, kind, name, is_independent, seats, seats_won, seats_after) VALUES
			('a', 1, 'party', 'Blue', false, 20, 20, %d), ('a', 2, 'party', 'Red', false, 13, 13, %d)`, held[0], held[1]))
		checkRows(t, db, "SELECT has_majority FROM election_summary", [][]string{{want}})
	}
}

// TestVoteRankOfElectorates has headings that part electorates, each of which has a first, and headings that part the
// blocs of one electorate.
func TestVoteRankOfElectorates(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`
		('a', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 4, 'u', 's'),
		('b', 1, NULL, 'Page', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, 'u', 's')`)
	mustExec(t, db, `INSERT INTO results (election_id, position, kind, name, is_independent, heading, votes, vote_pct)
		VALUES
		('a', 1, 'party', 'Blue', false, NULL, 900, 60), ('a', 2, 'party', 'Red', false, NULL, 600, 40),
		('a', 3, 'party', 'Isle', false, 'Overseas', 70, 70), ('a', 4, 'party', 'Sea', false, 'Overseas', 30, 30),
		('b', 1, 'party', 'Blue', false, 'Government', NULL, 40), ('b', 2, 'party', 'Red', false, 'Opposition', NULL, 35.5),
		('b', 3, 'party', 'Green', false, 'Opposition', NULL, 25)`)
	checkRows(t, db, "SELECT election_id, name, vote_rank FROM standings ORDER BY election_id, position", [][]string{
		{"a", "Blue", "1"}, {"a", "Red", "2"}, {"a", "Isle", "1"}, {"a", "Sea", "2"},
		{"b", "Blue", "1"}, {"b", "Red", "2"}, {"b", "Green", "3"},
	})
}

func TestSeatChanges(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`('a', 1, NULL, 'Page', NULL, 'Land', NULL, NULL, 2020, 9, NULL, 5, 'u', 's')`)
	mustExec(t, db, `INSERT INTO results (election_id, position, kind, name, is_independent, seats, previous_seats,
		seat_change,
			seat_change_stated, is_new) VALUES
		('a', 1, 'party', 'Up', false, 5, 3, 2, 4, false), ('a', 2, 'party', 'Down', false, 1, 4, -3, -3, false),
		('a', 3, 'party', 'Same', false, 2, 2, 0, NULL, false),
		('a', 4, 'party', 'New', false, 1, NULL, NULL, NULL, true),
		('a', 5, 'party', 'Stated', false, 4, NULL, 1, 1, NULL),
		('a', 6, 'party', 'Unknown', false, 4, NULL, NULL, NULL, NULL),
		('a', 7, 'party', 'Held', false, 14, 40, -2, NULL, false),
		('a', 8, 'party', 'Third', false, 14, 40, -2, -2, false),
		('a', 9, 'vacant', 'Vacant', false, 3, 0, 3, NULL, false),
		('a', 10, 'party', 'New with all', false, 3, NULL, 3, 3, true),
		('a', 11, 'party', 'New with a past', false, 3, NULL, 1, 1, true),
		('a', 12, 'party', 'New with a loss', false, 3, NULL, -1, -1, true),
		('a', 13, 'party', 'New without seats', false, NULL, NULL, 2, 2, true)`)
	checkRows(t, db, `SELECT name, seat_change, outcome, change_from FROM seat_changes ORDER BY position`, [][]string{
		{"Up", "2", "gained", "difference"},
		{"Down", "-3", "lost", "difference"},
		{"Same", "0", "kept", "difference"},
		{"New", "NULL", "new", "NULL"},
		{"Stated", "1", "gained", "stated"},
		{"Held", "-2", "lost", "held"},
		{"Third", "-2", "lost", "stated"},
		{"New with all", "3", "new", "stated"},
		{"New with a past", "1", "gained", "stated"},
		{"New with a loss", "-1", "lost", "stated"},
		{"New without seats", "2", "gained", "stated"},
	})
}

func TestMajorities(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db,
		insertElection+
			`('a', 1, NULL, 'A', NULL, 'Land', NULL, NULL, 2020, 9, NULL, 0, 'u', 's'),
				('b', 1, NULL, 'B', NULL, NULL, NULL, NULL, NULL, 9, NULL, 0, 'u', 's')`)
	mustExec(t, db,
		insertResult+
			`('a', 1, 'party', 'One', 'One', NULL, false, 3, NULL, NULL, NULL),
				('a', 7, 'party', NULL, NULL, NULL, false, 3, NULL, NULL, NULL),
				('a', 12, 'party', 'Two + x', 'Two', NULL, false, 3, NULL, NULL, NULL)`)
	mustExec(t, db,
		`INSERT INTO coalitions VALUES ('a', 1, 2, 6, [1, 12]), ('a', 2, 2, 6, [7, 12]), ('b', 1, 1, 5, [1])`)
	checkRows(t, db,
		`SELECT election_id, country, rank, size, seats, members FROM majorities ORDER BY election_id, rank`,
		[][]string{
			{"a", "Land", "1", "2", "6", "One + Two + x"},
			{"a", "Land", "2", "2", "6", "contender 7 + Two + x"},
			{"b", "NULL", "1", "1", "5", "contender 1"},
		})
}

func TestCheckOutcomes(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db,
		insertElection+
			`('a', 1, NULL, 'A', NULL, 'Land', NULL, NULL, 2020, 9, NULL, 0, 'u', 's'),
				('b', 1, NULL, 'B', NULL, NULL, NULL, NULL, NULL, 9, NULL, 0, 'u', 's')`)
	mustExec(t, db,
		`UPDATE elections SET checks_passed = ['one', 'measures'], checks_skipped = ['two'],
			check_remarks = ['measures: no seats: none', 'two: no votes'] WHERE election_id = 'a'`)
	mustExec(t, db,
		`INSERT INTO findings (election_id, ordinal, check_id, status) VALUES
			('a', 2, 'three', 'note'), ('a', 4, 'three', 'error'), ('a', 5, 'three', 'warn'), ('b', 1, 'one', 'warn')`)
	checkRows(t, db,
		`SELECT election_id, check_id, status, doubts, remark FROM check_outcomes ORDER BY election_id, check_id`,
		[][]string{
			{"a", "measures", "pass", "0", "no seats: none"},
			{"a", "one", "pass", "0", "NULL"},
			{"a", "three", "error", "3", "NULL"},
			{"a", "two", "skip", "0", "no votes"},
			{"b", "one", "warn", "1", "NULL"},
		})
}

func TestDoubts(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db,
		insertElection+
			`('a', 1, NULL, 'A', NULL, 'Land', NULL, NULL, 2020, 9, NULL, 0, 'u', 's'),
				('b', 1, NULL, 'B', NULL, NULL, NULL, NULL, NULL, 9, NULL, 0, 'u', 's')`)
	mustExec(t, db, `INSERT INTO fields (election_id, ordinal, key, raw) VALUES ('a', 1, 'Seats1', '52'), ('a', 2,
		'Seats2', '46'),
			('b', 2, 'Votes2', '7')`)
	mustExec(t, db, `INSERT INTO findings (election_id, ordinal, check_id, status, field_ordinal) VALUES
		('b', 1, 'one', 'note', 2), ('b', 2, 'two', 'error', NULL), ('a', 1, 'three', 'warn', 2),
		('a', 4, 'six', 'error', 9)`)
	// The rows come worst first without being asked to.
	checkRows(t, db, `SELECT severity, status, check_id, election_id, key, raw, country FROM doubts`, [][]string{
		{"1", "error", "six", "a", "NULL", "NULL", "Land"},
		{"1", "error", "two", "b", "NULL", "NULL", "NULL"},
		{"2", "warn", "three", "a", "Seats2", "46", "Land"},
		{"3", "note", "one", "b", "Votes2", "7", "NULL"},
	})
}

func TestChain(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, `INSERT INTO elections (election_id, wiki, page_title, box, chamber, previous_page, contender_count,
		source_uri, source_sha256) VALUES
		('2000', 'enwiki', '2000 election', 1, 'House', NULL, 1, 'u', 's'),
		('2004', 'enwiki', '2004 election', 1, 'Assembly', '2000 election', 1, 'u', 's'),
		('2008#1', 'enwiki', '2008 election', 1, 'House', 'Old title', 1, 'u', 's'),
		('2008#2', 'enwiki', '2008 election', 2, 'Senate', 'Old title', 1, 'u', 's'),
		('2012#1', 'enwiki', '2012 election', 1, 'Senate', '2008 election', 1, 'u', 's'),
		('2012#2', 'enwiki', '2012 election', 2, 'house', '2008 election', 1, 'u', 's'),
		('2012 fr', 'frwiki', '2012 élection', 1, NULL, '2000 election', 1, 'u', 's'),
		('lost', 'enwiki', 'Lost', 1, NULL, 'A page that was not read', 1, 'u', 's'),
		('itself', 'enwiki', 'Itself', 1, NULL, 'Itself', 1, 'u', 's'),
		('2016#1', 'enwiki', '2016 election', 1, NULL, '2012 election', 0, 'u', 's'),
		('2016#2', 'enwiki', '2016 election', 2, 'Senate', NULL, 1, 'u', 's'),
		('2016#3', 'enwiki', '2016 election', 3, 'House', NULL, 1, 'u', 's'),
		('2020#1', 'enwiki', '2020 election', 1, NULL, NULL, 0, 'u', 's'),
		('2020#2', 'enwiki', '2020 election', 2, NULL, '2016 election', 1, 'u', 's');
		UPDATE elections SET parent_box = 1 WHERE election_id IN ('2016#2', '2016#3', '2020#2');
		UPDATE elections SET previous_election = 'no page' WHERE election_id = '2016#3'`)
	mustExec(t, db,
		`INSERT INTO redirects VALUES ('enwiki', 'Old title', '2004 election'), ('enwiki', 'Blues', 'Blue Party'),
			('frwiki', 'Old title', '2000 election')`)
	mustExec(t, db, `INSERT INTO results (election_id, position, kind, name, party, party_page, is_independent, seats,
		previous_seats, is_new) VALUES
		('2000', 1, 'party', 'Red', 'Red', 'Red Party', false, 10, NULL, NULL),
		('2000', 2, 'party', 'Blue', 'Blue', 'Blue Party', false, 20, NULL, NULL),
		('2000', 3, 'party', 'Twice', 'Twice', NULL, false, 1, NULL, NULL),
		('2000', 4, 'party', 'Twice', 'Twice', NULL, false, 2, NULL, NULL),
		('2000', 5, 'party', 'Independents', 'Independents', NULL, true, 5, NULL, NULL),
		('2000', 6, 'party', 'Unknown', 'Unknown', NULL, false, NULL, NULL, NULL),
		('2000', 7, 'party', NULL, NULL, NULL, false, 3, NULL, NULL),
		('2004', 1, 'party', 'RED', 'RED', NULL, false, 11, 10, NULL), -- known by neither page nor name
		('2004', 2, 'party', 'The Blues', 'The Blues', 'Blues', false, 19, 21, NULL), -- by its page, through a redirect
		('2004', 3, 'party', 'Twice', 'Twice', NULL, false, 1, 9, NULL),
		('2004', 4, 'party', 'Independents', 'Independents', NULL, true, 5, 9, NULL),
		('2004', 5, 'party', 'Unknown', 'Unknown', NULL, false, 5, 9, NULL),
		('2004', 6, 'party', 'Newcomer', 'Newcomer', NULL, false, 5, NULL, true),
		('2004', 7, 'party', NULL, NULL, NULL, false, 5, 9, NULL),
		('2008#1', 1, 'party', 'Newcomer', 'Newcomer', NULL, false, 5, NULL, true),
		('2008#2', 1, 'party', 'Newcomer', 'Newcomer', NULL, false, 7, 99, false),
		('2012#1', 1, 'party', 'newcomer', 'newcomer', NULL, false, 1, 7, false),
		('2012#2', 1, 'party', 'newcomer', 'newcomer', NULL, false, 1, 7, false),
		('2012#2', 2, 'party', 'Nobody', 'Nobody', NULL, false, 1, 0, false),
		('2012 fr', 1, 'party', 'Red', 'Red', 'Red Party', false, 1, 99, false),
		('lost', 1, 'party', 'Red', 'Red', 'Red Party', false, 1, 99, false),
		('itself', 1, 'party', 'Red', 'Red', 'Red Party', false, 1, 99, false),
		('2016#2', 1, 'party', 'newcomer', 'newcomer', NULL, false, 1, 3, false),
		('2016#3', 1, 'party', 'newcomer', 'newcomer', NULL, false, 1, 3, false),
		('2020#2', 1, 'party', 'newcomer', 'newcomer', NULL, false, 1, 3, false)`)
	checkRows(t, db,
		`SELECT election_id, party, previous_seats, seats_then, difference, verdict, party_then, previous_id,
			through_redirect FROM chain ORDER BY ALL`, [][]string{
			{"2004", "RED", "10", "NULL", "NULL", "not found there", "NULL", "2000", "false"},
			{"2004", "The Blues", "21", "20", "1", "other seats", "Blue", "2000", "false"},
			// the box of the same chamber
			{"2012#2", "newcomer", "7", "5", "2", "other seats", "Newcomer", "2008#1", "false"},
			// in a box that leaves the previous election to the one around it
			{"2016#2", "newcomer", "3", "1", "2", "other seats", "newcomer", "2012#1", "false"},
		})
	// A by-election does not compare with the general election before it, nor a part of a country with the whole.
	for change, isCompared := range map[string]bool{
		"election_kind = 'by-election'": false, "country_code = 'USA', subdivision = 'Ohio'": false,
		"country_code = 'CAN'": false, "election_kind = 'general'": true, "country_code = NULL": true,
	} {
		mustExec(t, db, `UPDATE elections SET election_kind = 'legislative', country_code = 'USA', subdivision = NULL;
			UPDATE elections SET `+change+` WHERE election_id = '2012#2'`)
		want := map[bool]string{true: "1", false: "0"}[isCompared]
		checkRows(t, db, "SELECT count(*) FROM chain WHERE election_id = '2012#2'", [][]string{{want}})
	}
	mustExec(t, db, "UPDATE elections SET election_kind = NULL, country_code = NULL, subdivision = NULL")
	// With one box on either page, the name of the chamber does not matter; a redirect leads there.
	mustExec(t, db, `DELETE FROM elections WHERE election_id = '2008#2'`)
	checkRows(t, db,
		`SELECT election_id, party, seats_then, difference, verdict, through_redirect FROM chain
			WHERE election_id = '2008#1'`, [][]string{
			{"2008#1", "Newcomer", "5", "NULL", "called new", "true"},
		})
}

// TestDoubtsOfTwoElections has a contradiction between two elections beside a finding of one of them.
func TestDoubtsOfTwoElections(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`('a', 1, NULL, 'A', NULL, 'Land', NULL, NULL, 2020, 9, NULL, 0, 'u', 's'),
		('b', 1, NULL, 'B', NULL, NULL, NULL, NULL, NULL, 9, NULL, 0, 'u', 's')`)
	mustExec(t, db, `INSERT INTO findings (election_id, ordinal, check_id, status) VALUES ('a', 1, 'seat-total', 'error')`)
	mustExec(t, db, `INSERT INTO fields (election_id, ordinal, key, name, position, raw, line, byte_offset) VALUES
		('a', 3, 'Last election1', 'last_election', 1, '7', 4, 40)`)
	mustExec(t, db, `INSERT INTO contradictions VALUES
		('a', 1, 'chain', 'b', NULL, NULL, 'elections.turnout_change_pp', 'elections.turnout_pct', '-3', '60', 'm',
			NULL, NULL, 5, 6),
		('a', 2, 'chain', 'b', 1, 2, 'results.previous_seats', 'results.seats', '7', '8', 'n', 4, 40, 8, 80)`)
	checkRows(t, db, `SELECT election_id, severity, status, check_id, subject, expected, observed, message, key, raw,
		other_election_id, ordinal FROM doubts`, [][]string{
		{"a", "1", "error", "seat-total", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "1"},
		{"a", "2", "warn", "chain", "turnout_change_pp", "60", "-3", "m", "NULL", "NULL", "b", "1"},
		{"a", "2", "warn", "chain", "previous_seats/1", "8", "7", "n", "Last election1", "7", "b", "2"},
	})
}

func TestTrace(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, insertElection+`('a', 1, NULL, 'A', NULL, 'Land', NULL, NULL, 2020, 9, NULL, 0, 'u', 's'),
		('b', 1, NULL, 'B', NULL, NULL, NULL, NULL, NULL, 9, NULL, 0, 'u', 's')`)
	mustExec(t, db, insertResult+`('a', 1, 'party', 'One', 'One', NULL, false, 3, NULL, NULL, NULL),
		('a', 12, 'party', 'Two', 'Two', NULL, false, 3, NULL, NULL, NULL)`)
	mustExec(t, db, `INSERT INTO fields (election_id, ordinal, key, name, position, raw, target, targets, line,
		byte_offset)
		VALUES
		('a', 1, 'Turnout', 'turnout', NULL, '37% (+2)', 'elections.turnout_pct',
			'elections.turnout_pct elections.turnout_change_pp', 2, 20),
		('a', 2, 'Heading1', 'heading', 1, 'Left', 'results.heading', 'results.heading', 3, 25),
		('a', 3, 'Seats1', 'seats', 1, '3', 'results.seats', 'results.seats', 3, 30),
		('a', 4, 'Last election1', 'last_election', 1, '2', 'results.previous_seats',
			'results.previous_seats results.is_new', 4, 40),
		('a', 5, 'Seats12', 'seats', 12, '3', 'results.seats', 'results.seats', 5, 50),
		('a', 6, 'Map', 'map', NULL, 'x.svg', NULL, NULL, 6, 60),
		('a', 7, 'Heading5', 'heading', 5, 'Right', 'results.heading', 'results.heading', 8, 80),
		('b', 1, 'Seats1', 'seats', 1, '7', 'results.seats', 'results.seats', 7, 70)`)
	for column, want := range map[string][][]string{
		"results.seats":        {{"Seats1", "1", "One"}, {"Seats12", "12", "Two"}},
		"seats":                {{"Seats1", "1", "One"}, {"Seats12", "12", "Two"}},
		"Results.Seats/1":      {{"Seats1", "1", "One"}},
		"seats/12":             {{"Seats12", "12", "Two"}},
		"seats/2":              nil,
		"seats_sum":            {{"Seats1", "1", "One"}, {"Seats12", "12", "Two"}},
		"seat_change/1":        {{"Seats1", "1", "One"}, {"Last election1", "1", "One"}},
		"turnout_pct":          {{"Turnout", "NULL", "NULL"}},
		"turnout_change_pp":    {{"Turnout", "NULL", "NULL"}},
		"elections.votes_cast": nil,
		"is_new/1":             {{"Last election1", "1", "One"}},
		"heading/4":            {{"Heading1", "1", "One"}},
		"heading/12":           {{"Heading5", "5", "NULL"}},
		"last_election/1":      {{"Last election1", "1", "One"}},
		"map":                  {{"Map", "NULL", "NULL"}},
		"results.turnout_pct":  nil,
		"elections.seats":      nil,
		"seats/99999999999999": nil,
		"":                     nil,
		"' OR true --":         nil,
	} {
		checkRows(t, db, "SELECT key, position, name FROM trace('a', "+QuoteSQL(column)+")", want)
	}
	checkRows(t, db, "SELECT read_into, raw, line, byte_offset, page_title, source_uri FROM trace('b', 'seats')",
		[][]string{{"results.seats", "7", "7", "70", "B", "u"}})
	checkRows(t, db, "SELECT * FROM trace('nothing', 'seats')", nil)
}

// Every table, column, view and macro of the database says what it is.
func TestEverythingHasAComment(t *testing.T) {
	db := openEmpty(t)
	silent := rowsOf(t, db, `
		SELECT 'table ' || table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT 'column ' || table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal
		AND comment IS NULL
		UNION ALL SELECT 'view ' || view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT 'macro ' || function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL`)
	if len(silent) > 0 {
		t.Errorf("without a comment: %v", silent)
	}
	var declared [][]string
	for _, v := range views {
		declared = append(declared, []string{v.Name})
	}
	slices.SortFunc(declared, slices.Compare[[]string])
	checkRows(t, db, `SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT function_name FROM
		duckdb_functions()
			WHERE NOT internal ORDER BY 1`,
		declared,
	)
	// A macro's columns cannot have comments of their own: its comment names each.
	columns := rowsOf(t, db, `SELECT column_name FROM (DESCRIBE SELECT * FROM trace('x', 'y'))`)
	about := rowsOf(t, db, `SELECT comment FROM duckdb_functions() WHERE function_name = 'trace'`)[0][0]
	for _, c := range columns {
		if !regexp.MustCompile(`\b` + c[0] + `\b`).MatchString(about) {
			t.Errorf("the comment on trace does not speak of the column %s", c[0])
		}
	}
}

// Elections of several wikis are one by their item and chamber, else by country, date and chamber; where that can mean
// several boxes of a wiki, or several items, nothing is matched.
func TestAcrossWikis(t *testing.T) {
	db := openEmpty(t)
	mustExec(t, db, `INSERT INTO elections (election_id, wiki, page_title, box, wikidata_qid, country_code, election_date,
		chamber_type, contender_count, source_uri, source_sha256) VALUES
		('en 1', 'enwiki', 'A', 1, 'Q1', 'MAR', '2007-09-07', 'lower', 1, 'u', 's'),
		('fr 1', 'frwiki', 'A', 1, 'Q1', 'MAR', '2007-09-07', 'lower', 1, 'u', 's'),
		('de 1', 'dewiki', 'A', 1, NULL, 'MAR', '2007-09-07', 'lower', 1, 'u', 's'), -- belongs to the item
		('es 1', 'eswiki', 'A', 1, NULL, 'MAR', '2007-09-07', NULL, 1, 'u', 's'), -- of no chamber
		('file', NULL, 'A', 1, 'Q1', 'MAR', '2007-09-07', 'lower', 1, 'u', 's'), -- of no wiki
		('en 2', 'enwiki', 'B', 1, 'Q2', NULL, NULL, NULL, 1, 'u', 's'), -- by the item alone
		('fr 2', 'frwiki', 'B', 1, 'Q2', NULL, NULL, NULL, 1, 'u', 's'),
		('en 3', 'enwiki', 'C', 1, NULL, 'FRA', '2022-06-12', 'lower', 1, 'u', 's'), -- without an item
		('fr 3', 'frwiki', 'C', 1, NULL, 'FRA', '2022-06-12', 'lower', 1, 'u', 's'),
		('en 4', 'enwiki', 'D', 1, 'Q4', 'BRA', '2022-10-02', 'lower', 1, 'u', 's'), -- a page with two chambers
		('en 4b', 'enwiki', 'D', 2, 'Q4', 'BRA', '2022-10-02', 'upper', 1, 'u', 's'),
		('pt 4', 'ptwiki', 'D', 1, 'Q4', 'BRA', '2022-10-02', 'upper', 1, 'u', 's'),
		('en 5', 'enwiki', 'E', 1, 'Q5', 'ESP', '2019-04-28', 'lower', 1, 'u', 's'), -- two boxes that could be meant
		('en 5b', 'enwiki', 'E', 2, 'Q5', 'ESP', '2019-04-28', 'lower', 1, 'u', 's'),
		('es 5', 'eswiki', 'E', 1, 'Q5', 'ESP', '2019-04-28', 'lower', 1, 'u', 's'),
		('en 6', 'enwiki', 'F', 1, 'Q6', 'USA', '2024-11-05', 'lower', 1, 'u', 's'), -- two items on one day
		('fr 6', 'frwiki', 'F', 1, 'Q7', 'USA', '2024-11-05', 'lower', 1, 'u', 's'),
		('de 6', 'dewiki', 'F', 1, NULL, 'USA', '2024-11-05', 'lower', 1, 'u', 's'),
		('en 7', 'enwiki', 'G', 1, 'Q8', 'ITA', '2022-09-25', 'lower', 1, 'u', 's') -- in one wiki only`)
	checkRows(t, db, "SELECT election_id, event_key, matched_by, wikis FROM across_wikis ORDER BY election_id", [][]string{
		{"de 1", "Q1:lower", "country, date and chamber", "3"}, {"en 1", "Q1:lower", "item", "3"},
		{"en 2", "Q2", "item", "2"}, {"en 3", "FRA:2022-06-12:lower", "country, date and chamber", "2"},
		{"en 4b", "Q4:upper", "item", "2"}, {"fr 1", "Q1:lower", "item", "3"}, {"fr 2", "Q2", "item", "2"},
		{"fr 3", "FRA:2022-06-12:lower", "country, date and chamber", "2"}, {"pt 4", "Q4:upper", "item", "2"},
	})
}
