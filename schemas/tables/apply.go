package tables

import (
	"fmt"
	"slices"
	"strings"

	"hemicycle/schemas"
)

// applyHead explains the script that applies changes.
const applyHead = `-- Made from schemas/tables by ` + "`just schemas`" + `; schema version %s.
--
-- Applies the table changes of a version to a copy of the version before, so that the copy has the same rows, in every
-- column that is compared. Make the changes known as incoming before, and run it once for each version, in order:
--
--     CREATE TEMP TABLE incoming AS FROM read_parquet('version/parquet/changes/*.parquet');
--
-- The tables of the copy are made by CREATE TABLE … AS; leave out the sections of tables that it does not have.

BEGIN TRANSACTION;
`

// ApplySQL returns the script that applies the changes of a version to a copy of the version before. It is committed as
// apply_changes.sql.
func ApplySQL() string {
	var b strings.Builder
	fmt.Fprintf(&b, applyHead, schemas.Version)
	for _, t := range Compared() {
		b.WriteString("\n" + t.applySQL())
	}
	b.WriteString("\nCOMMIT;\n")
	return b.String()
}

// applySQL returns the statement that applies changes to one table. It joins each row with what changes in it.
func (t *Table) applySQL() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE OR REPLACE TABLE %s AS\nWITH here AS (\n    %s\n), patch AS (\n", t.Name,
		t.KeyedSQL(t.Name))
	b.WriteString("    SELECT row_key, max(kind) AS kind, map(list(column_name), list(new_value)) AS v\n" +
		"    FROM incoming WHERE table_name = " + QuoteSQL(t.Name) + " GROUP BY row_key\n)\nSELECT")
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteString(",")
		}
		name := QuoteSQL(c.Name)
		fmt.Fprintf(&b, "\n    CASE WHEN len(map_extract(v, %s)) > 0 THEN %s ELSE here.%s END AS %[3]s", name,
			c.castSQL("map_extract(v, "+name+")[1]"), c.Name)
	}
	b.WriteString("\nFROM here FULL JOIN patch ON here.row_key = patch.row_key\n" +
		"WHERE patch.kind IS DISTINCT FROM 'removed';\n")
	return b.String()
}

// castSQL returns the SQL of a value of the column of which text is the SQL of the text.
func (c *Column) castSQL(text string) string {
	switch {
	case c.Type == String:
		return text
	case c.Type.IsList():
		text = "CAST(" + text + " AS JSON)"
	}
	return "CAST(" + text + " AS " + c.Type.SQL() + ")"
}

// KeyedSQL returns a query of all columns of a table and of row_key, which names a row as the table changes does. From
// is the SQL of the table or of something with its columns.
func (t *Table) KeyedSQL(from string) string {
	id := t.Identity()
	var pairs, parts []string
	for _, k := range id.Key {
		part := k.Name
		if len(k.Unless) > 0 {
			part = "CASE WHEN " + strings.Join(k.Unless, " IS NULL AND ") + " IS NULL THEN " + k.Name + " END"
		}
		parts = append(parts, part)
		pairs = append(pairs, QuoteSQL(k.Name)+", "+part)
	}
	if id.IsRepeated {
		pairs = append(pairs, "'occurrence', row_number() OVER (PARTITION BY "+strings.Join(parts, ", ")+" ORDER BY "+
			strings.Join(t.orderSQL(&id), ", ")+")")
	}
	return "SELECT *, CAST(json_object(" + strings.Join(pairs, ", ") + ") AS VARCHAR) AS row_key FROM " + from
}

// orderSQL returns the terms by which rows with one key are numbered.
func (t *Table) orderSQL(id *Identity) (terms []string) {
	for _, c := range t.Columns {
		if id.IsCompared(c.Name) {
			terms = append(terms, comparedSQL(id, c.Name)+" NULLS FIRST")
		}
	}
	if len(terms) == 0 {
		terms = append(terms, "1")
	}
	return terms
}

// comparedSQL returns the SQL of a value as it is compared.
func comparedSQL(id *Identity, column string) string {
	if slices.Contains(id.NamesLines, column) {
		return "regexp_replace(" + column + ", 'line [0-9]+', 'line ', 'g')"
	}
	return column
}
