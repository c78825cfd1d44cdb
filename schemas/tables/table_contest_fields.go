package tables

import "hemicycle/schemas"

func contestField(r schemas.Record, row int) *schemas.ContestField { return &r.Contest.Fields[row] }

var contestFields = Table{
	Name: "contest_fields", ByWiki: true,
	Row: "one raw field of one contest, from which columns of contests and contest_results were read; a field that " +
		"belongs to several rounds has a row in each",
	Key:  []string{"contest_id", "ordinal"},
	Rows: rowsOfContest(func(c *schemas.Contest) int { return len(c.Fields) }),
	Columns: []Column{
		contestIDColumn,
		{Name: "ordinal", Type: Integer, Meaning: "number of the row in its contest, from 1",
			Get: func(_ schemas.Record, i int) Value { return intValue(int64(i + 1)) }, Check: "ordinal >= 1"},
		{Name: "template", Type: String, Meaning: "the template that has the field, as the page names it",
			Get: func(r schemas.Record, i int) Value { return textValue(contestField(r, i).Template) }},
		{Name: "call", Type: Integer, Meaning: "number of that template in the table, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contestField(r, i).Call) }, Check: "call >= 1"},
		{Name: "key", Type: String, Null: true, Meaning: "the key as the document writes it, such as votes1_2",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestField(r, i).Key) }},
		{Name: "raw", Type: String, Meaning: "the value as it stands in the document; empty where the field is",
			Get: func(r schemas.Record, i int) Value { return textValue(contestField(r, i).Raw) }},
		{Name: "text", Type: String, Null: true, Meaning: "the value as a reader sees it, white space folded",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestField(r, i).Text) }},
		{Name: "targets", Type: Strings,
			Meaning: "the columns that were read from it, such as contest_results.votes; empty where none was",
			Get:     func(r schemas.Record, i int) Value { return Value{Valid: true, Texts: contestField(r, i).Targets()} }},
		{Name: "position", Type: Integer, Null: true,
			Meaning: "the row that it fills: contest_results.position; NULL where it fills none",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(contestField(r, i).Row) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line of the value in the document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contestField(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of raw's first byte in the document's text, UTF-8: the bytes from there are raw",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(contestField(r, i).Offset) }},
	},
}
