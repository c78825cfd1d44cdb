package tables

import "hemicycle/schemas"

var pages = Table{
	Name: "pages", ByWiki: true,
	Row: "a page that the version was made of: each with an election box or with a table of results that was asked for, " +
		"and of a live wiki each that was asked for, also those without a box",
	Rows: func(r schemas.Record) int { return oneIf(r.Page != nil) },
	Columns: []Column{
		{Name: "source_uri", Type: String, Meaning: "where the page was found: sources.source_uri",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Page.SourceURI) }},
		{Name: "wiki", Type: String, Null: true, Meaning: "the wiki's database name, such as enwiki",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Page.Wiki) }},
		{Name: "page_id", Type: Bigint, Null: true, Meaning: "the wiki's number of the page; it survives a move",
			Get: func(r schemas.Record, _ int) Value { return intOrNull(r.Page.ID) }},
		{Name: "page_title", Type: String, Null: true, Meaning: "title of the page; NULL if it could not be read",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Page.Title) }},
		{Name: "revision_id", Type: Bigint, Null: true, Meaning: "the revision that was read, or could not be",
			Get: func(r schemas.Record, _ int) Value { return intOrNull(r.Page.RevisionID) }},
		{Name: "revision_timestamp", Type: Timestamp, Null: true, Meaning: "when that revision was saved, an instant",
			Get: func(r schemas.Record, _ int) Value { return timeValue(r.Page.RevisionTimestamp) }},
		{Name: "wikidata_qid", Type: String, Null: true, Meaning: "the page's item in Wikidata",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Page.WikidataQID) }},
		{Name: "state", Type: String,
			Meaning: "what became of the page: read; stale, which is read at an older revision since the wiki did not " +
				"give the newest; without_box; not_wikitext, which is content of another kind; or rejected, for which " +
				"rejects has the reason",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(string(r.Page.State)) },
			Check: "state IN ('read', 'stale', 'without_box', 'not_wikitext', 'rejected')"},
		{Name: "newest_revision_id", Type: Bigint, Null: true,
			Meaning: "the newer revision that the wiki did not give; NULL unless state is stale",
			Get:     func(r schemas.Record, _ int) Value { return intOrNull(r.Page.NewestRevisionID) }},
		{Name: "elections", Type: Bigint, Meaning: "elections of the page in the version",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Page.Elections) },
			Check: "elections >= 0"},
	},
}
