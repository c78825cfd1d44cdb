package pipelines

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// knownDifferences are the columns in which the wikitext or the HTML page of one election differs from its plain text,
// with the reason. Every one of them must occur.
var knownDifferences = map[string]map[string]string{
	"wikitext": {
		"elections.template":      "the plain form does not name the template",
		"elections.previous_page": "the plain form has no links",
		"elections.next_page":     "the plain form has no links",
		"elections.chamber_page":  "the plain form has no links",
		"offices.before_page":     "the plain form has no links",
		"offices.after_page":      "the plain form has no links",
		"elections.page_title":    "the source of a page does not say its title",
		"elections.full_name":     "the source of a page does not say its title",
		"elections.level_basis":   "the source of a page does not say its title",
		"results.page":            "the template links a bare name to the page of that title",
		"results.party_page":      "the template links a bare name to the page of that title",
	},
	"html": {
		"elections.template":          "the plain form does not name the template",
		"elections.previous_page":     "the plain form has no links",
		"elections.next_page":         "the plain form has no links",
		"elections.chamber_page":      "the plain form has no links",
		"offices.before_page":         "the plain form has no links",
		"offices.after_page":          "the plain form has no links",
		"offices.after_party_page":    "the plain form has no links",
		"results.page":                "the plain form has no links",
		"results.party_page":          "the plain form has no links",
		"elections.wiki":              "a page says which wiki it is of",
		"elections.lang":              "a page says its language",
		"elections.page_id":           "a page says its number",
		"elections.page_url":          "a page says its address",
		"elections.revision_id":       "a page says its revision",
		"elections.wikidata_qid":      "a page links to its item",
		"elections.level_basis":       "a box without a name shows the page's title",
		"elections.election_name":     "a box without a name shows the page's title",
		"elections.turnout_change_pp": "the arrow that the plain form has lost tells the sign",
		"results.seat_change_stated":  "the arrow that the plain form has lost tells the sign",
		"results.name":                "the rendered box drops what tells parties of one name apart",
		"results.party":               "the rendered box drops what tells parties of one name apart",
		"results.previous_seats":      "the rendered box shows the change, not what it is computed from",
		"results.is_new":              "the rendered box says new, and of the others only the change",
	},
}

// One election in plain text, in wikitext and as an HTML page is the same record, except in the columns listed.
func TestFormatsAgree(t *testing.T) {
	plain := recordOf(t, "morocco_2007.txt")
	for format, path := range map[string]string{
		"wikitext": filepath.Join("..", "extract", "testdata", "wikitext", "morocco_2007.wikitext"),
		"html":     filepath.Join("..", "extract", "html", "testdata", "morocco_2007.html"),
	} {
		t.Run(format, func(t *testing.T) {
			other := recordOf(t, path)
			met := map[string]bool{}
			for _, name := range []string{"elections", "results", "offices"} {
				table := tables.Find(name)
				if a, b := table.Rows(plain), table.Rows(other); a != b {
					t.Fatalf("%s: %d rows and %d", name, a, b)
				}
				for row := range table.Rows(plain) {
					for _, c := range table.Columns {
						column := name + "." + c.Name
						switch c.Name {
						case "election_id", "event_id", "source_uri", "source_sha256", "title_basis":
							continue // where and what was read
						}
						a, b := shownValue(c, plain, row), shownValue(c, other, row)
						if a == b {
							continue
						}
						met[column] = true
						if knownDifferences[format][column] == "" {
							t.Errorf("%s of row %d is %s as plain text and %s as %s", column, row+1, a, b, format)
						}
					}
				}
			}
			for _, column := range slices.Sorted(maps.Keys(knownDifferences[format])) {
				if !met[column] {
					t.Errorf("%s is a known difference and does not differ", column)
				}
			}
		})
	}
}

// recordOf returns the one election of a file.
func recordOf(t *testing.T, path string) schemas.Record {
	t.Helper()
	var found []*schemas.Election
	err := Check(context.Background(), []string{path}, CheckOptions{}, func(c Checked) error {
		found = append(found, c.Elections...)
		return nil
	})
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d elections, %v", path, len(found), err)
	}
	return schemas.Record{Election: found[0]}
}

// shownValue returns a value to compare: a decimal by its number and not by its digits.
func shownValue(c tables.Column, r schemas.Record, row int) string {
	v := c.Get(r, row)
	v.Exact = nil
	if !v.Valid {
		return "NULL"
	}
	return fmt.Sprint(v.Text, v.Int, v.Float, v.Bool)
}
