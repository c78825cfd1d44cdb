package tables

import "hemicycle/schemas"

// namesOfContender returns the columns of a table of names, such as those of the parties of contenders.
func namesOfContender(what string, of func(*schemas.ContenderNames) []schemas.ContenderName) []Column {
	name := func(r schemas.Record, row int) *schemas.ContenderName { return &of(r.Names)[row] }
	return []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning,
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Names.ElectionID) }},
		{Name: "position", Type: Integer, Meaning: "the contender: results.position",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(name(r, i).Position) },
			Check: "position >= 1"},
		{Name: "ordinal", Type: Integer,
			Meaning: "number of the " + what + " among those of the contender, from 1",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(name(r, i).Ordinal) },
			Check:   "ordinal >= 1"},
		{Name: "name", Type: String, Meaning: "the " + what + " as the box names it",
			Get: func(r schemas.Record, i int) Value { return textValue(name(r, i).Name) }},
		{Name: "page", Type: String, Null: true, Meaning: "page that the name leads to, as the box has it",
			Get: func(r schemas.Record, i int) Value { return stringValue(name(r, i).Page) }},
		{Name: "page_key", Type: String, Null: true,
			Meaning: "what the page is known by in every box: <wiki>:<title>, as MediaWiki compares titles and with " +
				"redirects followed to their end; NULL where page is",
			Get: func(r schemas.Record, i int) Value { return stringValue(name(r, i).PageKey) }},
		{Name: "page_basis", Type: String, Null: true,
			Meaning: "link where the box links to the page, or name where its template makes a link of the bare " +
				"name, which can be that of several; NULL where page is",
			Get:   func(r schemas.Record, i int) Value { return stringValue(name(r, i).PageBasis) },
			Check: "page_basis IN ('link', 'name')"},
	}
}

// rowsOfNames returns how many rows a record has in a table of names.
func rowsOfNames(of func(*schemas.ContenderNames) []schemas.ContenderName) func(schemas.Record) int {
	return func(r schemas.Record) int {
		if r.Names == nil {
			return 0
		}
		return len(of(r.Names))
	}
}

func partiesOf(n *schemas.ContenderNames) []schemas.ContenderName { return n.Parties }

var contenderParties = Table{
	Name: "contender_parties", ByWiki: true,
	Row: "a party of a contender: one row for most, several for a joint list of parties that the box links to; " +
		"none for independents and for rows that are no contender",
	Key:     []string{"election_id", "position", "ordinal"},
	Rows:    rowsOfNames(partiesOf),
	Columns: namesOfContender("party", partiesOf),
}
