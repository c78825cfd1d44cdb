package tables

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
)

// DDL is the statements that make every table with its comments; committed as tables.sql.
func DDL() string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- Made from tables.go by `just schemas`; schema version %s.\n", schemas.Version)
	for i := range All {
		b.WriteString("\n")
		b.WriteString(All[i].DDL())
	}
	return b.String()
}

// DDL is the statements that make the table with its comments.
func (t *Table) DDL() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (\n", t.Name)
	for i, c := range t.Columns {
		fmt.Fprintf(&b, "    %s %s", c.Name, c.Type.SQL())
		if !c.Null {
			b.WriteString(" NOT NULL")
		}
		if c.Check != "" {
			fmt.Fprintf(&b, " CHECK (%s)", c.Check)
		}
		if i < len(t.Columns)-1 || t.Primary {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	if t.Primary {
		fmt.Fprintf(&b, "    PRIMARY KEY (%s)\n", strings.Join(t.Key, ", "))
	}
	b.WriteString(");\n")
	fmt.Fprintf(&b, "COMMENT ON TABLE %s IS %s;\n", t.Name, QuoteSQL(t.Comment()+" Source: "+schemas.Source+". Licence: "+schemas.Licence+"."))
	for _, c := range t.Columns {
		fmt.Fprintf(&b, "COMMENT ON COLUMN %s.%s IS %s;\n", t.Name, c.Name, QuoteSQL(c.Meaning))
	}
	return b.String()
}

// Comment is what a row of the table is, its key and how that key is held.
func (t *Table) Comment() string {
	s := "A row is " + t.Row + "."
	switch {
	case t.Primary:
		s += " Primary key: " + strings.Join(t.Key, ", ") + "."
	case len(t.Key) > 0:
		s += " Key: " + strings.Join(t.Key, ", ") + " (its uniqueness is proved by a query when the database is built)."
	}
	return s
}

// markdown escapes a text for a cell of a Markdown table.
var markdown = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;")

// QuoteSQL is s as an SQL string.
func QuoteSQL(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Dictionary is the data dictionary in Markdown; committed as docs/tables.md.
func Dictionary() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Data dictionary

Made from schemas/tables by `+"`just schemas`"+`; schema version %s. The same tables, columns and types stand in
Parquet, DuckDB and JSON lines. A value that the page does not give is NULL, never zero and never a guess.

Source: %s.
Licence of the data: %s.
`, schemas.Version, schemas.Source, schemas.Licence)
	for i := range All {
		t := &All[i]
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | null | meaning |\n|---|---|---|---|\n", t.Name, t.Comment())
		for _, c := range t.Columns {
			null := "no"
			if c.Null {
				null = "yes"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.Type.SQL(), null, markdown.Replace(c.Meaning))
		}
	}
	b.WriteString("\n# Views and macros\n\nOnly in the database; each is defined in an SQL file of its name in `schemas/tables`.\n")
	for i := range Views {
		Views[i].dictionary(&b)
	}
	return b.String()
}
