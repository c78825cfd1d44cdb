package tables

import (
	"slices"
	"strings"
)

// Identity says how a row of a table is found again in another version.
type Identity struct {
	// Key has the columns that name a row whatever its place in the page.
	Key []KeyColumn
	// IsRepeated is true if several rows can have one key. They are then numbered by their compared values.
	IsRepeated bool
	// NamesLines are columns of texts that name lines of the page. Two texts that differ in these numbers alone are no
	// change.
	NamesLines []string
	// Provenance are the columns that say where and when something was read. They are not compared.
	Provenance []string
}

// KeyColumn is a column that names a row, unless another column already does.
type KeyColumn struct {
	Name   string
	Unless []string // columns of which one that is not NULL takes the place of this one
}

// identities are those of tables whose key depends on the place in the page, that have no key, or that have columns
// which are not compared.
var identities = map[string]Identity{
	"elections": {
		Key:        keyColumns("election_id"),
		Provenance: []string{"revision_id", "revision_timestamp", "source_uri", "source_sha256"},
	},
	"rounds":        {Key: keyColumns("election_id", "round"), Provenance: []string{"field_ordinals"}},
	"round_results": {Key: keyColumns("election_id", "round", "position"), Provenance: []string{"field_ordinals"}},
	"claims": {
		Key: keyColumns("election_id", "subject"), IsRepeated: true,
		Provenance: []string{"ordinal", "line", "byte_offset"},
	},
	"findings": {
		Key: keyColumns("election_id", "check_id", "subject"), IsRepeated: true, NamesLines: []string{"message"},
		Provenance: []string{"ordinal", "field_ordinal", "line", "byte_offset"},
	},
	"fields": {
		Key: keyColumns("election_id", "key"), IsRepeated: true,
		Provenance: []string{"ordinal", "line", "byte_offset", "path"},
	},
	"contradictions": {
		Key:        keyColumns("election_id", "kind", "column_name", "position", "other_election_id"),
		IsRepeated: true,
		Provenance: []string{"ordinal", "line", "byte_offset", "other_line", "other_byte_offset"},
	},
	"coalitions": {Key: keyColumns("election_id", "members")},
	"contests": {
		Key:        keyColumns("contest_id"),
		Provenance: []string{"revision_id", "revision_timestamp", "line", "byte_offset", "source_uri", "source_sha256"},
	},
	"contest_results": {Key: keyColumns("contest_id", "position"), Provenance: []string{"line", "byte_offset"}},
	"contest_findings": {
		Key: keyColumns("contest_id", "check_id", "subject"), IsRepeated: true, NamesLines: []string{"message"},
		Provenance: []string{"ordinal", "line", "byte_offset"},
	},
	"contest_fields": {
		Key: keyColumns("contest_id", "call", "key"), IsRepeated: true,
		Provenance: []string{"ordinal", "line", "byte_offset"},
	},
	"pages": {
		Key: []KeyColumn{
			{Name: "wiki"}, {Name: "page_id"}, {Name: "page_title", Unless: []string{"page_id"}},
			{Name: "source_uri", Unless: []string{"page_id", "page_title"}},
		},
		IsRepeated: true,
		Provenance: []string{"source_uri", "revision_id", "revision_timestamp", "newest_revision_id"},
	},
	"redirects": {Key: keyColumns("wiki", "from_title"), IsRepeated: true},
	"rejects": {
		Key: []KeyColumn{
			{Name: "page_title"}, {Name: "source_uri", Unless: []string{"page_title"}}, {Name: "unit"},
			{Name: "stage"}, {Name: "reason"},
		},
		IsRepeated: true, NamesLines: []string{"detail"},
		Provenance: []string{"source_uri", "line", "byte_offset"},
	},
	"sources": {Key: keyColumns("source_uri"), IsRepeated: true},
	"runs": { // of an output that is laid out by wiki, several runs of one pipeline can have rows
		Key: keyColumns("pipeline"), IsRepeated: true, Provenance: []string{"run_id", "started_at", "finished_at"},
	},
}

// keyColumns returns columns that name a row together.
func keyColumns(names ...string) []KeyColumn {
	key := make([]KeyColumn, len(names))
	for i, name := range names {
		key[i].Name = name
	}
	return key
}

// Identity returns how a row of the table is found again in another version. A table of which nothing is declared is
// compared by its key, or by whole rows if it has none.
func (t *Table) Identity() Identity {
	id, ok := identities[t.Name]
	switch {
	case ok:
	case len(t.Key) > 0:
		id.Key = keyColumns(t.Key...)
	default:
		for _, c := range t.Columns {
			id.Key = append(id.Key, KeyColumn{Name: c.Name})
		}
		id.IsRepeated = true
	}
	return id
}

// Compared returns the tables that are compared with the version before: all but that of the changes themselves.
func Compared() []*Table {
	return slices.DeleteFunc(All(), func(t *Table) bool { return t.Name == changes.Name })
}

// IsKey reports whether a column is one of those that name a row.
func (id *Identity) IsKey(column string) bool {
	return slices.ContainsFunc(id.Key, func(k KeyColumn) bool { return k.Name == column })
}

// IsCompared reports whether another value in a column is a change of a row.
func (id *Identity) IsCompared(column string) bool {
	isWholeKey := slices.ContainsFunc(id.Key, func(k KeyColumn) bool { return k.Name == column && len(k.Unless) == 0 })
	return !isWholeKey && !slices.Contains(id.Provenance, column)
}

// WithoutLines returns a text without the numbers of the lines that it names.
func WithoutLines(text string) string {
	const word = "line "
	if !strings.Contains(text, word) {
		return text
	}
	var b strings.Builder
	for {
		before, after, isFound := strings.Cut(text, word)
		b.WriteString(before)
		if !isFound {
			return b.String()
		}
		b.WriteString(word)
		text = strings.TrimLeft(after, "0123456789")
	}
}
