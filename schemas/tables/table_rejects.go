package tables

import "hemicycle/schemas"

var rejects = Table{
	Name: "rejects", WikiColumn: "wiki",
	Row:  "a document, a box or a table of results that could not be read",
	Rows: func(r schemas.Record) int { return oneIf(r.Reject != nil) },
	Columns: []Column{
		{Name: "source_uri", Type: String, Meaning: "where the document was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Reject.SourceURI) }},
		{Name: "wiki", Type: String, Null: true,
			Meaning: "the wiki's database name, such as enwiki: that of the page, or of its source where the page says none",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Wiki) }},
		{Name: "page_title", Type: String, Null: true, Meaning: "title of the page, where it could be read",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Reject.PageTitle) }},
		{Name: "unit", Type: String, Meaning: "document, box or contest, which is a table of results",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Unit) },
			Check: "unit IN ('document', 'box', 'contest')"},
		{Name: "stage", Type: String, Meaning: "the stage that gave up: extract, transform or load",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Stage) },
			Check: "stage IN ('extract', 'transform', 'load')"},
		{Name: "reason", Type: String, Meaning: "why, in one word, such as empty, not-text, duplicate",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Reason) }},
		{Name: "detail", Type: String, Meaning: "why, in words, and what to do",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Detail) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line of the place in the document, from 1",
			Get: func(r schemas.Record, _ int) Value { return positiveOrNull(r.Reject.Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true, Meaning: "offset of the place in the document, in bytes",
			Get: func(r schemas.Record, _ int) Value { return offsetOrNull(r.Reject.Offset) }},
	},
}
