package tables

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// The first lines of the list of ids are held by their digest: whoever changes or removes one of them changes the
// meaning of files that are published. A release raises both figures to the whole list.
const (
	heldFieldIDs       = 253
	heldFieldIDsDigest = "7b6bc1adac97b71454d8f178e9968971aeed408e5b15002361dad01efcc8e918"
)

// TestFieldIDs expects an id for every column, and that no id was ever given to another column. UPDATE_GOLDEN=1 appends
// the ids of new columns, and changes no line that is there.
func TestFieldIDs(t *testing.T) {
	lines := fieldIDLines(fieldIDList)
	var appended strings.Builder
	next, given := map[string]int{}, map[string]bool{}
	for i, line := range lines {
		next[line.table]++
		if line.id != next[line.table] || line.column == "" {
			t.Errorf("line %d, %+v: expected the id %d, the next one of the table; a line of a column that is gone stays",
				i+1, line, next[line.table])
		}
		if name := line.table + " " + line.column; given[name] {
			t.Errorf("line %d: %s has two ids", i+1, name)
		} else {
			given[name] = true
		}
	}
	need := func(table, column string) {
		if !given[table+" "+column] {
			next[table]++
			fmt.Fprintf(&appended, "%s %s %d\n", table, column, next[table])
		}
	}
	for _, table := range published {
		for _, c := range table.Columns {
			need(table.Name, c.Name)
		}
		for _, c := range table.Columns {
			if c.Type.IsList() {
				need(table.Name, c.Name+elementSuffix)
			}
		}
	}
	if appended.Len() > 0 {
		if os.Getenv("UPDATE_GOLDEN") == "1" {
			if err := os.WriteFile("field_ids.txt", []byte(fieldIDList+appended.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Errorf("columns without an id, which UPDATE_GOLDEN=1 appends to field_ids.txt; then run again:\n%s", &appended)
	}
	all := slices.Collect(strings.Lines(fieldIDList))
	if len(all) < heldFieldIDs {
		t.Fatalf("the list has %d lines, and had %d: a line of a column that is gone stays", len(all), heldFieldIDs)
	}
	held := sha256.Sum256([]byte(strings.Join(all[:heldFieldIDs], "")))
	if got := hex.EncodeToString(held[:]); got != heldFieldIDsDigest {
		t.Errorf("the first %d lines of field_ids.txt have the digest %s, expected %s: a line that was published is never "+
			"changed", heldFieldIDs, got, heldFieldIDsDigest)
	}
}

// TestColumnsHaveFieldIDs expects that no two fields of a table have the same id.
func TestColumnsHaveFieldIDs(t *testing.T) {
	for _, table := range All() {
		names := map[int]string{}
		add := func(id int, name string) {
			if id < 1 || names[id] != "" {
				t.Errorf("%s.%s has the id %d, as %q has", table.Name, name, id, names[id])
			}
			names[id] = name
		}
		for _, c := range table.Columns {
			add(c.ID, c.Name)
			if c.Type.IsList() {
				add(c.ElementID, c.Name+elementSuffix)
			}
		}
	}
}
