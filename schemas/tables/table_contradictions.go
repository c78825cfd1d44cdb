package tables

import "hemicycle/schemas"

func contradiction(r schemas.Record, row int) *schemas.Contradiction { return &r.Contradictions[row] }

var contradictions = Table{
	Name: "contradictions", ByWiki: true, AcrossWikis: true,
	Row: "a value at which two elections of the run cannot both be right: what a box says of another election is not " +
		"what that one's own box says",
	Key:  []string{"election_id", "ordinal"},
	Rows: func(r schemas.Record) int { return len(r.Contradictions) },
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning,
			Get: func(r schemas.Record, i int) Value { return stringValue(contradiction(r, i).ElectionID) }},
		{Name: "ordinal", Type: Integer, Meaning: "number of the contradiction in its election, from 1",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contradiction(r, i).Ordinal) },
			Check: "ordinal >= 1"},
		{Name: "kind", Type: String,
			Meaning: "chain: what a box says of the previous election, against the box of that one; cross-wiki: what two wikis " +
				"say of one election, of those that across_wikis joins",
			Get:   func(r schemas.Record, i int) Value { return stringValue(contradiction(r, i).Kind) },
			Check: "kind IN ('chain', 'cross-wiki')"},
		{
			Name:    "other_election_id",
			Type:    String,
			Meaning: "the other election, or the same one in another wiki: elections.election_id",
			Get:     func(r schemas.Record, i int) Value { return stringValue(contradiction(r, i).OtherID) },
		},
		{Name: "position", Type: Integer, Null: true,
			Meaning: "the contender here: results.position; NULL for a value of the election",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(contradiction(r, i).Position) }},
		{Name: "other_position", Type: Integer, Null: true, Meaning: "the same contender there",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contradiction(r, i).OtherPosition) }},
		{Name: "column_name", Type: String, Meaning: "the value here, as table.column: results.previous_seats",
			Get: func(r schemas.Record, i int) Value { return stringValue(contradiction(r, i).Column) }},
		{Name: "other_column_name", Type: String, Meaning: "the value there, as table.column: results.seats",
			Get: func(r schemas.Record, i int) Value { return stringValue(contradiction(r, i).OtherColumn) }},
		{Name: "here", Type: String, Meaning: "what the box says of the other election",
			Get: func(r schemas.Record, i int) Value { return textValue(contradiction(r, i).Value) }},
		{Name: "there", Type: String, Meaning: "what the other election's own box says",
			Get: func(r schemas.Record, i int) Value { return textValue(contradiction(r, i).OtherValue) }},
		{Name: "message", Type: String, Meaning: "the contradiction in words",
			Get: func(r schemas.Record, i int) Value { return textValue(contradiction(r, i).Message) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line of the value here in its document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contradiction(r, i).Place.Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true, Meaning: "its offset in the text of the document, in bytes of UTF-8",
			Get: func(r schemas.Record, i int) Value { return offsetOrNull(contradiction(r, i).Place.Offset) }},
		{Name: "other_line", Type: Integer, Null: true, Meaning: "line of the value there in its document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contradiction(r, i).OtherPlace.Line) }},
		{Name: "other_byte_offset", Type: Bigint, Null: true,
			Meaning: "its offset in the text of that document, in bytes of UTF-8",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(contradiction(r, i).OtherPlace.Offset) }},
	},
}
