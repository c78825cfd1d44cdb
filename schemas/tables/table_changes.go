package tables

import "hemicycle/schemas"

func change(r schemas.Record, row int) *schemas.Change { return &r.Changes[row] }

// optionalText returns a text that is absent if it is nil. A text without a character is a value.
func optionalText(s *string) Value {
	if s == nil {
		return Value{}
	}
	return textValue(*s)
}

var changes = Table{
	Name: "changes",
	Row: "a value that is not as it was in the version before, which manifest.json names in changes.since; a row that " +
		"was added or removed has a row here for each of its values that is not NULL. Where and when something was read " +
		"is no change: lines, offsets, ordinals, revisions, files, times",
	Rows: func(r schemas.Record) int { return len(r.Changes) },
	Columns: []Column{
		{Name: "table_name", Type: String, Meaning: "the table of the value",
			Get: func(r schemas.Record, i int) Value { return stringValue(change(r, i).Table) }},
		{Name: "row_key", Type: String,
			Meaning: "the row of the value, as a JSON object of the columns that name it; occurrence, from 1, tells rows " +
				"apart that these columns do not",
			Get: func(r schemas.Record, i int) Value { return stringValue(change(r, i).Row) }},
		{Name: "column_name", Type: String, Meaning: "the column of the value",
			Get: func(r schemas.Record, i int) Value { return stringValue(change(r, i).Column) }},
		{Name: "kind", Type: String,
			Meaning: "changed, where both versions have the row; added, where only this one has it; removed, where only " +
				"the one before had it",
			Get:   func(r schemas.Record, i int) Value { return stringValue(change(r, i).Kind) },
			Check: "kind IN ('added', 'changed', 'removed')"},
		{Name: "old_value", Type: String, Null: true,
			Meaning: "the value before, as a text: decimals with all four digits, days as 2007-09-07, lists as JSON; NULL " +
				"where it was NULL or the row is new",
			Get: func(r schemas.Record, i int) Value { return optionalText(change(r, i).Old) }},
		{Name: "new_value", Type: String, Null: true,
			Meaning: "the value now, as a text of the same form; NULL where it is NULL or the row is gone",
			Get:     func(r schemas.Record, i int) Value { return optionalText(change(r, i).New) }},
		{Name: "election_id", Type: String, Null: true,
			Meaning: "the election that the row belongs to: elections.election_id; NULL for a row of no election",
			Get:     func(r schemas.Record, i int) Value { return stringValue(change(r, i).ElectionID) }},
		{Name: "page_title", Type: String, Null: true,
			Meaning: "title of the page that the row is from: the new one, or the old one where the page is gone",
			Get:     func(r schemas.Record, i int) Value { return stringValue(change(r, i).Page) }},
		{Name: "old_revision_id", Type: Bigint, Null: true, Meaning: "the revision of the page that was read before",
			Get: func(r schemas.Record, i int) Value { return intOrNull(change(r, i).OldRevision) }},
		{Name: "new_revision_id", Type: Bigint, Null: true, Meaning: "the revision of the page that was read now",
			Get: func(r schemas.Record, i int) Value { return intOrNull(change(r, i).NewRevision) }},
	},
}
