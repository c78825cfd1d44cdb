package tables

import "hemicycle/schemas"

func contestFinding(r schemas.Record, row int) *schemas.Finding { return &r.Contest.Findings[row] }

var contestFindings = Table{
	Name: "contest_findings", ByWiki: true, Row: "something odd about one contest",
	Key:  []string{"contest_id", "ordinal"},
	Rows: rowsOfContest(func(c *schemas.Contest) int { return len(c.Findings) }),
	Columns: []Column{
		contestIDColumn,
		{Name: "ordinal", Type: Integer, Meaning: "number of the finding in its contest, from 1",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contestFinding(r, i).Ordinal) },
			Check: "ordinal >= 1"},
		{Name: "check_id", Type: String, Meaning: "what is odd, such as contest-value-unreadable",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestFinding(r, i).CheckID) }},
		{Name: "status", Type: String,
			Meaning: "note (worth knowing), warn (an editor should look at it) or error (it cannot be true)",
			Get:     func(r schemas.Record, i int) Value { return stringValue(string(contestFinding(r, i).Status)) },
			Check:   "status IN ('note', 'warn', 'error')"},
		{Name: "subject", Type: String, Null: true, Meaning: "what is doubted, by name and position, such as votes/2",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestFinding(r, i).Subject) }},
		{Name: "expected", Type: String, Null: true, Meaning: "what was expected",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestFinding(r, i).Expected) }},
		{Name: "observed", Type: String, Null: true, Meaning: "what stands there",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestFinding(r, i).Observed) }},
		{Name: "message", Type: String, Null: true, Meaning: "the finding in words",
			Get: func(r schemas.Record, i int) Value { return stringValue(contestFinding(r, i).Message) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line in the document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contestFinding(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of the place in the document's text, in bytes of UTF-8",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(contestFinding(r, i).Offset) }},
	},
}
