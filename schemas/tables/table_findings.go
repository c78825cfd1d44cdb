package tables

import "hemicycle/schemas"

func finding(r schemas.Record, row int) *schemas.Finding { return &r.Election.Findings[row] }

var findings = Table{
	Name: "findings", ByWiki: true,
	Row: "one doubt of a check about one election; the checks that passed or were skipped are listed in " +
		"elections.checks_passed and elections.checks_skipped",
	Key:  []string{"election_id", "ordinal"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Findings) }),
	Columns: []Column{
		electionIDColumn,
		{
			Name: "ordinal",
			Type: Integer,
			Meaning: "number of the finding in its election, from 1; checks that passed or were skipped " +
				"count too, so that there are gaps",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Ordinal) },
			Check: "ordinal >= 1",
		},
		{Name: "check_id", Type: String, Meaning: "the check: an ID of `hemicycle list checks`",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).CheckID) }},
		{Name: "status", Type: String,
			Meaning: "note (worth knowing), warn (an editor should look at it) or error (it cannot be true)",
			Get:     func(r schemas.Record, i int) Value { return stringValue(string(finding(r, i).Status)) },
			Check:   "status IN ('note', 'warn', 'error')"},
		{Name: "subject", Type: String, Null: true, Meaning: "what is doubted, by name and position, such as seats/2",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Subject) }},
		{Name: "expected", Type: String, Null: true, Meaning: "what the check expected",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Expected) }},
		{Name: "observed", Type: String, Null: true, Meaning: "what it found",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Observed) }},
		{Name: "message", Type: String, Null: true, Meaning: "the finding in words",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Message) }},
		{Name: "field_ordinal", Type: Integer, Null: true, Meaning: "the field that it is about: fields.ordinal",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Field) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line in the document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of the place in the document's text, in bytes of UTF-8",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(finding(r, i).Offset) }},
	},
}
