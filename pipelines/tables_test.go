package pipelines

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas/tables"
	"hemicycle/transform"
)

// The comment of measures.measure names every measure of an election, and no other. contender_measures has a column for
// every measure of a contender, and no other column of numbers.
func TestTablesNameTheMeasures(t *testing.T) {
	var want, got []string
	for _, m := range transform.Measures() {
		want = append(want, m.ID)
	}
	columns := tables.Find("measures").Columns
	c := columns[slices.IndexFunc(columns, func(c tables.Column) bool { return c.Name == "measure" })]
	for _, word := range regexp.MustCompile(`[a-z_]+`).FindAllString(c.Meaning, -1) {
		if strings.Contains(word, "_") || slices.Contains(want, word) {
			got = append(got, word)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("measures.measure names other measures than there are (-there are +named):\n%s", diff)
	}
	want, got = nil, nil
	for _, m := range transform.ContenderMeasures() {
		want = append(want, m.ID)
	}
	for _, c := range tables.Find("contender_measures").Columns {
		if c.Type == tables.Double {
			got = append(got, c.Name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("contender_measures has other columns than there are measures (-there are +columns):\n%s", diff)
	}
}
