package wikifile

import (
	"maps"
	"slices"
	"strings"

	"hemicycle/extract/wikis"
)

// Rows returns what there is to say of each wiki that comes with the program: its name, its locale and its boxes.
func Rows() (rows [][]string) {
	set := wikis.Known()
	for _, name := range set.Names() {
		w := set.Of(name)
		if w.Without != "" {
			rows = append(rows, []string{name, "–", w.Without})
			continue
		}
		boxes := slices.Sorted(maps.Keys(w.Templates))
		rows = append(rows, []string{name, w.Locale, strings.Join(boxes, ", ")})
	}
	return rows
}
