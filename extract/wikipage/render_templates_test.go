package wikipage

import (
	"fmt"
	"slices"
	"testing"

	"hemicycle/extract/boxnames"
	"hemicycle/schemas"
)

// rendered returns all that is read from a value.
func rendered(value string) string {
	d := &schemas.Document{Text: legislativeBox("| a = " + value)}
	NewReader(boxnames.Known(), Options{BoxesOnly: true}).Read(d)
	b := &d.Boxes[0]
	return fmt.Sprint(b.Fields[0].Text, b.Unknown, b.Footnotes, b.Struck, b.Defects)
}

// isReached reports whether a template is read otherwise without its row in a table.
func isReached[T any](table map[string]T, name string) bool {
	row := table[name]
	defer func() { table[name] = row }()
	for _, value := range []string{"A{{" + name + "|Aa|2021|3|4|e}}B", "{{" + name + "|1|2|1}}", "A{{" + name + "}}B"} {
		table[name] = row
		with := rendered(value)
		if delete(table, name); rendered(value) != with {
			return true
		}
	}
	return false
}

// Each row of the tables of templates is reached: without it, its template would be read otherwise.
func TestEveryTemplateIsReached(t *testing.T) {
	var unreached []string
	for name := range templateDisplays {
		if !isReached(templateDisplays, name) {
			unreached = append(unreached, name)
		}
	}
	for name := range templateTexts {
		if !isReached(templateTexts, name) {
			unreached = append(unreached, name)
		}
	}
	slices.Sort(unreached)
	if len(unreached) > 0 {
		t.Errorf("%d rows are never reached: %q", len(unreached), unreached)
	}
}
