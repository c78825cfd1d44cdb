package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// writeSearch writes the index of the search: the places, and for each election its title, the index of its place, its
// year and the name of its file. It is JSON in a script, in which <, > and & are escaped.
func (r *report) writeSearch() (err error) {
	f, err := r.folder.create("search.js")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<16)
	var places []string
	numbers := map[string]int{}
	order := make([]int, len(r.directory.entries))
	for i := range r.directory.entries {
		order[i] = i
		name := r.directory.entries[i].placeName()
		if _, ok := numbers[name]; !ok {
			numbers[name] = len(places)
			places = append(places, name)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return r.directory.entries[b].year - r.directory.entries[a].year
	})
	encode := func(v any) {
		if content, encodeErr := json.Marshal(v); encodeErr != nil {
			err = errors.Join(err, encodeErr)
		} else {
			w.Write(content) // a bufio.Writer returns its first error from Flush too
		}
	}
	w.WriteString("globalThis.hemicycleIndex = {places: ")
	encode(places)
	w.WriteString(", elections: [\n")
	for i, n := range order {
		e := &r.directory.entries[n]
		if i > 0 {
			w.WriteString(",\n")
		}
		name := strings.TrimSuffix(strings.TrimPrefix(e.href(), "elections/"), ".html")
		encode([]any{e.full(), numbers[e.placeName()], e.year, name})
	}
	w.WriteString("\n]};\n")
	return errors.Join(err, w.Flush())
}
