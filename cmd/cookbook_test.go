package cmd

import (
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/version"
	"hemicycle/pipelines"
	"hemicycle/schemas/schemastest"
)

// severalHeading is the heading below which the cookbook asks about several elections.
const severalHeading = "\n## Several elections\n"

// roundsHeading is the heading below which it asks about elections of several rounds, and of a part of a chamber.
const roundsHeading = "\n## Rounds, and seats in part\n"

// kindsHeading is the heading below which it asks about elections of every kind, in several wikis.
const kindsHeading = "\n## Elections of every kind\n"

// publish runs a pipeline into a new output folder and returns the folder.
func publish(t *testing.T, p *pipelines.Pipeline) string {
	t.Helper()
	output := t.TempDir()
	o := pipelines.Options{Output: output, Version: programVersion, Log: slog.New(slog.DiscardHandler)}
	if _, err := pipelines.Run(t.Context(), p, o); err != nil {
		t.Fatal(err)
	}
	return output
}

// openRun runs a pipeline and opens its database.
func openRun(t *testing.T, p *pipelines.Pipeline) *sql.DB {
	t.Helper()
	output := publish(t, p)
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func openPipeline(t *testing.T, open func() (*pipelines.Pipeline, error)) *pipelines.Pipeline {
	t.Helper()
	p, err := open()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// cookbookQueries returns the queries of a part of the cookbook, in order.
func cookbookQueries(part string) []string {
	var all []string
	for _, m := range sqlBlock.FindAllStringSubmatch(part, -1) {
		all = append(all, m[1])
	}
	return all
}

// The answers in the cookbook are those of the default run and of the run that it names.
// UPDATE_GOLDEN=1 writes them anew.
func TestCookbook(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "docs", "cookbook.md"))
	if err != nil {
		t.Fatal(err)
	}
	one, more, _ := strings.Cut(string(content), severalHeading)
	more, parted, _ := strings.Cut(more, roundsHeading)
	parted, kinds, _ := strings.Cut(parted, kindsHeading)
	var queries []int
	for _, part := range []string{one, more, parted, kinds} {
		queries = append(queries, len(cookbookQueries(part)))
	}
	if diff := cmp.Diff([]int{23, 5, 5, 22}, queries); diff != "" {
		t.Errorf("questions on one election, on several, on rounds and on all kinds (-want +got):\n%s", diff)
	}
	if n := strings.Count(string(content), "\n### "); n != 52 {
		t.Errorf("the cookbook has %d headings, expected one per question", n)
	}
	for _, query := range cookbookQueries(string(content)) {
		if n := joinsOf(query); n > 1 {
			t.Errorf("%d joins, expected at most one:\n%s", n, query)
		}
	}
	answer := func(part string, db *sql.DB) string {
		return sqlBlock.ReplaceAllStringFunc(part, func(block string) string {
			statement := sqlBlock.FindStringSubmatch(block)[1]
			table := markdownTable(t, db, statement)
			if strings.Count(table, "\n") < 3 {
				t.Errorf("no answer to:\n%s", statement)
			}
			return "```sql\n" + statement + "\n```\n\n" + table
		})
	}
	fromFiles := func(names ...string) *sql.DB {
		for i := range names {
			names[i] = filepath.Join("testdata", names[i])
		}
		return openRun(t, openPipeline(t, func() (*pipelines.Pipeline, error) { return pipelines.FromFiles(names) }))
	}
	exports, _ := schemastest.ReadElections(t, filepath.Join("..", "pipelines", "testdata", "elections"))
	schemastest.CheckGolden(t, "elections.xml", exports["enwiki"])
	schemastest.CheckGolden(t, "elections_simplewiki.xml", exports["simplewiki"])
	want := answer(one,
		openRun(t, openPipeline(t, func() (*pipelines.Pipeline, error) { return pipelines.Open(pipelines.Default) }))) +
		severalHeading + answer(more, fromFiles("morocco.xml")) +
		roundsHeading + answer(parted, fromFiles("ruritania.xml")) +
		kindsHeading + answer(kinds, fromFiles("elections.xml", "elections_simplewiki.xml"))
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(filepath.Join("..", "docs", "cookbook.md"), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Errorf("the cookbook prints other results (-database +cookbook):\n%s", diff)
	}
}

// joinPattern matches a join of two tables, also one that a comma makes.
var joinPattern = regexp.MustCompile(`(?i)\bjoin\b|\bfrom\s+\w+(?:\s+as\s+\w+)?\s*,`)

// joinsOf returns how many joins a query has.
func joinsOf(query string) int { return len(joinPattern.FindAllString(query, -1)) }

// TestAllCoalitions runs the query of the cookbook that lists all coalitions on several elections, and expects as many
// as the measure counts, with those of the table among them.
func TestAllCoalitions(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "docs", "cookbook.md"))
	if err != nil {
		t.Fatal(err)
	}
	queries := cookbookQueries(string(content))
	i := slices.IndexFunc(queries, func(q string) bool { return strings.HasPrefix(q, "WITH RECURSIVE member") })
	if i < 0 {
		t.Fatal("the cookbook has no query that lists all coalitions")
	}
	all, _, _ := strings.Cut(queries[i], "SELECT len(members)")
	all += "SELECT election_id, len(members) AS size, seats, list_sort(members) AS members FROM coalition " +
		"WHERE seats >= majority"
	db := openRun(t, openPipeline(t, func() (*pipelines.Pipeline, error) {
		return pipelines.FromFiles([]string{filepath.Join("testdata", "morocco.xml")})
	}))
	var elections, wrong int
	err = db.QueryRow("SELECT count(*), count(*) FILTER (WHERE m.value <> c.counted OR c.counted IS NULL) "+
		"FROM measures AS m LEFT JOIN (SELECT election_id, count(DISTINCT members) AS counted FROM ("+all+
		") GROUP BY election_id) AS c USING (election_id) WHERE measure = 'minimal_winning_coalitions'").
		Scan(&elections, &wrong)
	if err != nil || elections == 0 || wrong > 0 {
		t.Errorf("of %d elections, %d have another number of coalitions than the measure: %v", elections, wrong, err)
	}
	var listed, missing int
	err = db.QueryRow("SELECT count(*), count(*) FILTER (WHERE a.members IS NULL) FROM coalitions AS k LEFT JOIN ("+
		all+") AS a USING (election_id, size, seats, members)").Scan(&listed, &missing)
	if err != nil || listed == 0 || missing > 0 {
		t.Errorf("of %d coalitions of the table, %d are missing: %v", listed, missing, err)
	}
}
