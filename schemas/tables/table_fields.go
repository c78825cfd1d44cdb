package tables

import (
	"strings"

	"hemicycle/schemas"
)

func field(r schemas.Record, row int) *schemas.BoxField { return &r.Election.Fields[row] }

var fields = Table{
	Name: "fields", ByWiki: true, Row: "one raw field of one box", Key: []string{"election_id", "ordinal"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Fields) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "ordinal", Type: Integer,
			Meaning: "number of the field in its box, from 1",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Ordinal) },
			Check:   "ordinal >= 1"},
		{Name: "key", Type: String, Null: true,
			Meaning: "the key as the document writes it, such as Last Election7; NULL where it is empty",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Key) }},
		{Name: "name", Type: String, Null: true,
			Meaning: "the parameter's name without its number, such as last_election; NULL where the key is empty",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Name) }},
		{Name: "position", Type: Integer, Null: true,
			Meaning: "the number in the key; NULL where it has none",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Position) }},
		{Name: "raw", Type: String,
			Meaning: "the value as it stands in the document; empty where the field is",
			Get:     func(r schemas.Record, i int) Value { return Value{Valid: true, Text: field(r, i).Raw} }},
		{Name: "text", Type: String, Null: true,
			Meaning: "the value as a reader sees it, white space folded",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Text) }},
		{Name: "target", Type: String, Null: true,
			Meaning: "the column that a rule read it into, such as results.previous_seats; NULL where no rule reads it",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Target()) }},
		{Name: "targets", Type: String, Null: true,
			Meaning: "all the columns that the rule filled from it, target first, with a space between: " +
				"elections.turnout_pct elections.votes_cast; string_split(targets, ' ') is a list",
			Get: func(r schemas.Record, i int) Value { return stringValue(strings.Join(field(r, i).Targets, " ")) }},
		{Name: "line", Type: Integer, Null: true,
			Meaning: "line of the value in the document, from 1",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of raw's first byte in the document's text, UTF-8: the bytes from there are raw",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(field(r, i).Offset) }},
		{Name: "path", Type: String, Null: true,
			Meaning: "where in the page the value stands, in a page of HTML; NULL in other formats",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Path) }},
		{Name: "footnotes", Type: String, Null: true,
			Meaning: "what the value's footnotes say, one a line; they are no part of text. NULL where it has none, " +
				"and in rendered pages, whose footnotes stand elsewhere",
			Get: func(r schemas.Record, i int) Value { return stringValue(r.Election.Footnotes[i]) }},
	},
}
