package tables

import "hemicycle/schemas"

func claim(r schemas.Record, row int) *schemas.Claim { return &r.Election.Claims[row] }

var claims = Table{
	Name: "claims", ByWiki: true, Row: "a figure that the page's prose states", Key: []string{"election_id", "ordinal"},
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Claims) }),
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning + "; the page's first outer box",
			Get: electionID},
		{Name: "ordinal", Type: Integer, Meaning: "number of the claim on its page, from 1",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(claim(r, i).Ordinal) },
			Check: "ordinal >= 1"},
		{Name: "subject", Type: String,
			Meaning: "what is claimed: seats, turnout_pct, election_date, parties_standing, candidates_standing, " +
				"independent_candidates_standing",
			Get: func(r schemas.Record, i int) Value { return stringValue(claim(r, i).Subject) }},
		{Name: "value", Type: String, Meaning: "the figure as a plain number or an ISO date",
			Get: func(r schemas.Record, i int) Value { return stringValue(claim(r, i).Value) }},
		{Name: "excerpt", Type: String,
			Meaning: "the sentence that says so, white space folded, shortened around the figure",
			Get:     func(r schemas.Record, i int) Value { return stringValue(claim(r, i).Excerpt) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line of the figure in the document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(claim(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of the figure's first byte in the document's text, UTF-8",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(claim(r, i).Offset) }},
	},
}
