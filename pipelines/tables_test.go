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

// The comments of the tables name every measure, and no other.
func TestTablesNameTheMeasures(t *testing.T) {
	ids := map[string][]string{}
	for _, m := range transform.Measures() {
		ids["measures"] = append(ids["measures"], m.ID)
	}
	for _, m := range transform.ContenderMeasures() {
		ids["contender_measures"] = append(ids["contender_measures"], m.ID)
	}
	for table, want := range ids {
		columns := tables.Find(table).Columns
		c := columns[slices.IndexFunc(columns, func(c tables.Column) bool { return c.Name == "measure" })]
		var got []string
		for _, word := range regexp.MustCompile(`[a-z_]+`).FindAllString(c.Meaning, -1) {
			if strings.Contains(word, "_") || slices.Contains(want, word) {
				got = append(got, word)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s.measure names other measures than there are (-there are +named):\n%s", table, diff)
		}
	}
}
