package tables

import (
	_ "embed"
	"strconv"
	"strings"
)

// fieldIDList has the ids of all columns that any version of the tables had, one per line: the table, the column (with
// elementSuffix for the elements of a list) and the id. A line is never changed or removed, so that no id gets another
// meaning; new ones are appended by UPDATE_GOLDEN=1 go test ./schemas/tables -run FieldIDs.
//
//go:embed field_ids.txt
var fieldIDList string

// elementSuffix stands behind the name of a column in the line of the elements of its lists, which have an id of their
// own, as table formats ask.
const elementSuffix = ".element"

// FieldIDKey is the key of an id in the metadata of a field of Arrow.
const FieldIDKey = "PARQUET:field_id"

// withFieldIDs sets the ids of the columns of tables.
func withFieldIDs(all []*Table) []*Table {
	ids := map[string]int{}
	for _, line := range fieldIDLines(fieldIDList) {
		ids[line.table+" "+line.column] = line.id
	}
	for _, t := range all {
		for i := range t.Columns {
			c := &t.Columns[i]
			c.ID = ids[t.Name+" "+c.Name]
			if c.Type.IsList() {
				c.ElementID = ids[t.Name+" "+c.Name+elementSuffix]
			}
		}
	}
	return all
}

// fieldIDLine is one line of the list of ids.
type fieldIDLine struct {
	table, column string
	id            int
}

// fieldIDLines returns the lines of a list of ids. A line that is none has the id 0, which no column has.
func fieldIDLines(list string) (lines []fieldIDLine) {
	for line := range strings.Lines(list) {
		table, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		column, number, _ := strings.Cut(rest, " ")
		id, err := strconv.Atoi(number)
		if err != nil {
			id = 0
		}
		lines = append(lines, fieldIDLine{table: table, column: column, id: id})
	}
	return lines
}
