package tables

import "hemicycle/schemas"

func office(r schemas.Record, row int) *schemas.Office { return &r.Election.Offices[row] }

var offices = Table{
	Name: "offices", ByWiki: true, Row: "an office before and after an election",
	Key: []string{"election_id", "ordinal"}, Primary: true,
	Rows: rowsOfElection(func(e *schemas.Election) int { return len(e.Offices) }),
	Columns: []Column{
		electionIDColumn,
		{Name: "ordinal", Type: Integer, Meaning: "number of the office in the box, from 1",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(office(r, i).Ordinal) },
			Check: "ordinal >= 1"},
		{Name: "office", Type: String, Null: true, Meaning: "the office, such as Prime Minister",
			Get: func(r schemas.Record, i int) Value { return stringValue(office(r, i).Title) }},
		{Name: "before_name", Type: String, Null: true, Meaning: "who held it before the election",
			Get: func(r schemas.Record, i int) Value { return stringValue(office(r, i).BeforeName) }},
		{Name: "before_party", Type: String, Null: true, Meaning: "that person's party",
			Get: func(r schemas.Record, i int) Value { return stringValue(office(r, i).BeforeParty) }},
		{Name: "after_name", Type: String, Null: true, Meaning: "who held it after the election",
			Get: func(r schemas.Record, i int) Value { return stringValue(office(r, i).AfterName) }},
		{Name: "after_party", Type: String, Null: true, Meaning: "that person's party",
			Get: func(r schemas.Record, i int) Value { return stringValue(office(r, i).AfterParty) }},
		{Name: "before_page", Type: String, Null: true,
			Meaning: "page that the name of the one who held it before the election links to; NULL where it links to several",
			Get:     func(r schemas.Record, i int) Value { return stringValue(office(r, i).BeforePage) }},
		{Name: "before_party_page", Type: String, Null: true,
			Meaning: "page that the name of that person's party links to; NULL where it links to several",
			Get:     func(r schemas.Record, i int) Value { return stringValue(office(r, i).BeforePartyPage) }},
		{Name: "after_page", Type: String, Null: true,
			Meaning: "page that the name of the one who held it after the election links to; NULL where it links to several",
			Get:     func(r schemas.Record, i int) Value { return stringValue(office(r, i).AfterPage) }},
		{Name: "after_party_page", Type: String, Null: true,
			Meaning: "page that the name of that person's party links to; NULL where it links to several",
			Get:     func(r schemas.Record, i int) Value { return stringValue(office(r, i).AfterPartyPage) }},
	},
}
