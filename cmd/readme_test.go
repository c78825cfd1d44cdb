package cmd

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/version"
	"hemicycle/pipelines"

	_ "github.com/marcboeker/go-duckdb/v2"
)

// sqlBlock matches an SQL block with the table of its result below it.
var sqlBlock = regexp.MustCompile("(?s)```sql\n(.*?)\n```\n\n((?:\\|[^\n]*\n)*)")

// The results in the README are those of the default run. UPDATE_GOLDEN=1 writes them anew.
func TestReadmeQueries(t *testing.T) {
	p, err := pipelines.Open(pipelines.Default)
	if err != nil {
		t.Fatal(err)
	}
	output := publish(t, p)
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	content, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	queries := 0
	want := sqlBlock.ReplaceAllStringFunc(string(content), func(block string) string {
		queries++
		statement := sqlBlock.FindStringSubmatch(block)[1]
		return "```sql\n" + statement + "\n```\n\n" + markdownTable(t, db, statement)
	})
	if queries != 1 {
		t.Errorf("the README has %d queries, expected 1", queries)
	}
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(filepath.Join("..", "README.md"), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Errorf("the README prints other results (-database +README):\n%s", diff)
	}
}

// The chart in the README is the one of the default run. UPDATE_GOLDEN=1 draws it anew.
func TestReadmeChart(t *testing.T) {
	p, err := pipelines.Open(pipelines.Default)
	if err != nil {
		t.Fatal(err)
	}
	output := publish(t, p)
	drawn := filepath.Join(output, "chart.svg")
	if status := execute([]string{"chart", "Moroccan", "--from", output, "--to", drawn}); status != statusDone {
		t.Fatalf("the chart ended with the status %d", status)
	}
	got, err := os.ReadFile(drawn)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("..", ".pictures", "morocco_2007.svg")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-there +drawn):\n%s", path, diff)
	}
}

// markdownTable returns the result of a query as a Markdown table.
func markdownTable(t *testing.T, db *sql.DB, statement string) string {
	rows, err := db.Query(statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			shown := "NULL"
			switch v := (*v.(*any)).(type) {
			case nil:
			case time.Time:
				shown = v.Format(time.DateOnly)
			default:
				shown = fmt.Sprint(v)
			}
			fmt.Fprintf(&b, "| %s ", shown)
		}
		b.WriteString("|\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
