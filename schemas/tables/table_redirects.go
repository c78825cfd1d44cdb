package tables

import "hemicycle/schemas"

var redirects = Table{
	Name: "redirects", ByWiki: true,
	Row:  "a redirect by which an election box links: to a neighbouring election, a contender or a party",
	Rows: func(r schemas.Record) int { return oneIf(r.Redirect != nil) },
	Columns: []Column{
		{Name: "wiki", Type: String, Null: true, Meaning: "the wiki's database name, such as enwiki",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.Wiki) }},
		{Name: "from_title", Type: String, Meaning: "title that is linked to",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.From) }},
		{Name: "to_title", Type: String, Meaning: "title of the page that it leads to, without a section",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.To) }},
	},
}
