package tables

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
)

// What is made from the declaration of the tables is committed, so that a changed contract shows in
// the diff. UPDATE_GOLDEN=1 writes it anew.
func TestGeneratedFilesAreFresh(t *testing.T) {
	for name, want := range map[string]string{
		"tables.sql": DDL(), "apply_changes.sql": ApplySQL(), "../../docs/tables.md": Dictionary(),
	} {
		if os.Getenv("UPDATE_GOLDEN") == "1" {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s is stale; `just schemas` makes it anew (-declared +committed):\n%s", name, diff)
		}
	}
}

var snake = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func TestTablesAreDeclaredWhole(t *testing.T) {
	tables := map[string]bool{}
	for _, table := range published {
		if !snake.MatchString(table.Name) || tables[table.Name] {
			t.Errorf("table %q: expected a name of its own in snake case", table.Name)
		}
		tables[table.Name] = true
		if table.Row == "" || table.Rows == nil || len(table.Columns) == 0 {
			t.Errorf("table %s: Row, Rows or Columns is missing", table.Name)
		}
		columns := map[string]Column{}
		for _, c := range table.Columns {
			if _, twice := columns[c.Name]; twice || !snake.MatchString(c.Name) {
				t.Errorf("%s.%s: expected a name of its own in snake case", table.Name, c.Name)
			}
			if c.Meaning == "" || c.Get == nil {
				t.Errorf("%s.%s: Meaning or Get is missing", table.Name, c.Name)
			}
			if strings.HasSuffix(c.Meaning, ".") {
				t.Errorf("%s.%s: a meaning ends without a full stop", table.Name, c.Name)
			}
			columns[c.Name] = c
		}
		for _, k := range table.Key {
			if c, ok := columns[k]; !ok || c.Null {
				t.Errorf("%s: the key column %s is not there, or may be NULL", table.Name, k)
			}
		}
		if len(table.Key) > 1 && table.Key[0] != "election_id" {
			t.Errorf("%s: the build proves keys one election at a time; %v does not begin with it", table.Name,
				table.Key)
		}
	}
}

// A nullable column must tell absent from zero: the zero record has NULL in every such column.
func TestAbsentIsNull(t *testing.T) {
	r := schemas.Record{
		Election: &schemas.Election{
			Document: &schemas.Document{}, Contenders: make([]schemas.Contender, 1), Offices: make([]schemas.Office, 1),
			Rounds: make([]schemas.Round, 1), RoundResults: make([]schemas.RoundResult, 1),
			Claims: []schemas.Claim{{Offset: -1}}, Findings: []schemas.Finding{{Offset: -1}},
			Fields: []schemas.BoxField{{Field: &schemas.Field{Offset: -1}}}, Measures: []schemas.Measure{{IsOpen: true}},
			ContenderMeasures: [][]schemas.ContenderMeasure{{{}}}, Coalitions: make([]schemas.Coalition, 1),
		},
		Page: &schemas.Page{}, Redirect: &schemas.Redirect{}, Reject: &schemas.Reject{Offset: -1},
		Account:        &schemas.Account{},
		Contradictions: []schemas.Contradiction{{Place: schemas.NoPlace, OtherPlace: schemas.NoPlace}},
		Names: &schemas.ContenderNames{
			Parties: make([]schemas.ContenderName, 1), Leaders: make([]schemas.ContenderName, 1),
		},
		Run: &schemas.Run{}, Changes: make([]schemas.Change, 1),
	}
	for _, table := range published {
		if n := table.Rows(r); n != 1 {
			t.Errorf("%s has %d rows of the record, expected 1", table.Name, n)
			continue
		}
		for _, c := range table.Columns {
			if v := c.Get(r, 0); c.Null && v.Valid {
				t.Errorf("%s.%s of an empty record is %+v, expected NULL", table.Name, c.Name, v)
			}
		}
		if n := table.Rows(schemas.Record{}); n != 0 {
			t.Errorf("%s has %d rows of no record", table.Name, n)
		}
	}
}
