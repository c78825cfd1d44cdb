package tables

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
)

// DDL returns the statements that make every table with its comments. They are committed as tables.sql.
func DDL() string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- Made from schemas/tables by `just schemas`; schema version %s.\n", schemas.Version)
	for _, t := range published {
		b.WriteString("\n")
		b.WriteString(t.DDL())
	}
	return b.String()
}

// DDL returns the statements that make the table with its comments.
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
	comment := t.Comment() + " Source: " + schemas.Source + ". Licence: " + schemas.Licence + "."
	fmt.Fprintf(&b, "COMMENT ON TABLE %s IS %s;\n", t.Name, QuoteSQL(comment))
	for _, c := range t.Columns {
		fmt.Fprintf(&b, "COMMENT ON COLUMN %s.%s IS %s;\n", t.Name, c.Name, QuoteSQL(c.Meaning))
	}
	return b.String()
}

// Comment says what a row of the table is, what its key is, and how the key is kept unique.
func (t *Table) Comment() string {
	s := "A row is " + t.Row + "."
	switch {
	case t.Primary:
		s += " Primary key: " + strings.Join(t.Key, ", ") + "."
	case len(t.Key) > 0:
		s += " Key: " + strings.Join(t.Key, ", ") +
			" (its uniqueness is proved by a query when the database is built)."
	}
	return s
}

// markdownEscaper escapes a text for a cell of a Markdown table.
var markdownEscaper = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;")

// QuoteSQL returns s as an SQL string.
func QuoteSQL(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Dictionary returns the data dictionary in Markdown. It is committed as docs/tables.md.
func Dictionary() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Data dictionary

Made from schemas/tables by `+"`just schemas`"+`; schema version %s. The same tables, columns and types stand in
Parquet, DuckDB and JSON lines. A value that the page does not give is NULL, never zero and never a guess.

Source: %s.
Licence of the data: %s.
`, schemas.Version, schemas.Source, schemas.Licence)
	for _, t := range published {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", t.Name, t.Comment())
		b.WriteString("| column | type | null | meaning |\n|---|---|---|---|\n")
		for _, c := range t.Columns {
			null := "no"
			if c.Null {
				null = "yes"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.Type.SQL(), null, markdownEscaper.Replace(c.Meaning))
		}
	}
	b.WriteString("\n# Views and macros\n\nOnly in the database; each is defined in an SQL file of its name in " +
		"`schemas/tables`.\n")
	for i := range views {
		views[i].dictionary(&b)
	}
	return b.String()
}
