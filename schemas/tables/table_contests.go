package tables

import (
	"hemicycle/schemas"
)

// rowsOfContest makes of a count of rows of a contest one of a record, which may be no contest.
func rowsOfContest(count func(*schemas.Contest) int) func(schemas.Record) int {
	return func(r schemas.Record) int {
		if r.Contest == nil {
			return 0
		}
		return count(r.Contest)
	}
}

// contestIDColumn says to which contest a row belongs.
var contestIDColumn = Column{
	Name: "contest_id", Type: String, Meaning: "the contest that the row belongs to: contests.contest_id",
	Get: func(r schemas.Record, _ int) Value { return stringValue(r.Contest.ID) },
}

// countOfContest returns a column with a number of a contest.
func countOfContest(name, meaning string, get func(*schemas.Contest) *int64) Column {
	return Column{
		Name: name, Type: Bigint, Null: true, Meaning: meaning,
		Get: func(r schemas.Record, _ int) Value { return intOrNull(get(r.Contest)) },
	}
}

// textOfContest returns a column with a text of a contest.
func textOfContest(name, meaning string, get func(*schemas.Contest) string) Column {
	return Column{
		Name: name, Type: String, Null: true, Meaning: meaning,
		Get: func(r schemas.Record, _ int) Value { return stringValue(get(r.Contest)) },
	}
}

var contests = Table{
	Name: "contests", ByWiki: true,
	Row: "a table of results on a page, or a round or ballot of one: an Election results, an Election box or an Election " +
		"summary. The table is empty unless the pipeline says contests: true. A value is what the page states; the " +
		"columns that end with _shown have what the template computes when the page is shown",
	Key: []string{"contest_id"}, Primary: true,
	Rows: rowsOfContest(func(*schemas.Contest) int { return 1 }),
	Columns: []Column{
		{Name: "contest_id", Type: String,
			Meaning: "identity: the page, #c, the number of the table on it and, of one with rounds, a point and the number " +
				"of the round. The number changes when a table is put above this one: section and title tell which it is",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Contest.ID) }},
		textOfContest(
			"election_id",
			"the election of the page that the contest is of, or a part of: elections.election_id; "+
				"NULL where it cannot be told",
			func(c *schemas.Contest) string { return c.ElectionID },
		),
		{Name: "link", Type: String, Null: true,
			Meaning: "why election_id is that one: names (two or more contenders of the box have the same votes or seats), " +
				"only_box (the page has one box and one such table), or part (a ward or constituency of the only box)",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Contest.Link) },
			Check: "link IN ('names', 'only_box', 'part')"},
		textOfContest("wiki", "the wiki's database name, such as enwiki",
			func(c *schemas.Contest) string { return c.Document.Wiki }),
		textOfContest("page_title", "title of the page", func(c *schemas.Contest) string { return c.Document.Title }),
		countOfContest("page_id", "the wiki's number of the page; it survives a move",
			func(c *schemas.Contest) *int64 { return c.Document.PageID }),
		textOfContest("page_url", "address of the page", func(c *schemas.Contest) string { return c.Document.PageURL }),
		countOfContest("revision_id", "the wiki's number of the revision that was read",
			func(c *schemas.Contest) *int64 { return c.Document.RevisionID }),
		{Name: "revision_timestamp", Type: Timestamp, Null: true, Meaning: "when that revision was saved, an instant",
			Get: func(r schemas.Record, _ int) Value { return timeValue(r.Contest.Document.RevisionTimestamp) }},
		{Name: "family", Type: String, Meaning: "the templates that make the table",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Contest.Block.Family) },
			Check: "family IN ('Election results', 'Election box', 'Election summary')"},
		{Name: "section", Type: Strings, Meaning: "the headings above the table, the outermost first",
			Get: func(r schemas.Record, _ int) Value { return Value{Valid: true, Texts: r.Contest.Block.Section} }},
		textOfContest("title", "the title that the template is given, such as Mill Ward (2 seats)",
			func(c *schemas.Contest) string { return c.Title }),
		{Name: "ordinal", Type: Integer, Meaning: "number of the table on its page, from 1",
			Get: func(r schemas.Record, _ int) Value { return positiveOrNull(r.Contest.Block.Ordinal) }, Check: "ordinal >= 1"},
		{Name: "round", Type: Integer, Null: true,
			Meaning: "number of the round, or of the parallel ballot, by its column; NULL where the table has one",
			Get:     func(r schemas.Record, _ int) Value { return positiveOrNull(r.Contest.Round) }, Check: "round >= 1"},
		textOfContest("round_name", "the heading of the column of that round, where the page gives one",
			func(c *schemas.Contest) string { return c.RoundName }),
		{Name: "contest_date", Type: Day, Null: true,
			Meaning: "the day that the title, or the heading above the table, names",
			Get:     func(r schemas.Record, _ int) Value { return dateValue(r.Contest.Date) }},
		countOfContest("seats_to_fill", "how many seats the contest fills, by its title",
			func(c *schemas.Contest) *int64 { return c.SeatsToFill }),
		countOfContest("electorate", "registered voters", func(c *schemas.Contest) *int64 { return c.Electorate }),
		countOfContest("valid", "valid votes, where the page states them",
			func(c *schemas.Contest) *int64 { return c.Valid }),
		countOfContest("valid_shown", "valid votes that the template shows where none are stated: the sum of all rows",
			func(c *schemas.Contest) *int64 { return c.ValidShown }),
		countOfContest("invalid", "invalid votes; with the blank ones where the page has one number for both",
			func(c *schemas.Contest) *int64 { return c.Invalid }),
		countOfContest("blank", "blank votes, where the page counts them apart",
			func(c *schemas.Contest) *int64 { return c.Blank }),
		countOfContest("votes_cast_shown", "votes cast that the template shows: valid, invalid and blank ones",
			func(c *schemas.Contest) *int64 { return c.VotesCastShown }),
		countOfContest(
			"turnout_votes",
			"the number in the row of turnout. Pages count valid votes, ballots or all votes "+
				"there, and do not say which",
			func(c *schemas.Contest) *int64 { return c.TurnoutVotes },
		),
		countOfContest("total_votes", "the number in the row of total votes, whatever it counts",
			func(c *schemas.Contest) *int64 { return c.TotalVotes }),
		{Name: "turnout_pct", Type: Share, Null: true, Meaning: "turnout in percent, where the page states it",
			Get: func(r schemas.Record, _ int) Value { return shareValue(r.Contest.TurnoutPct) }},
		{Name: "turnout_pct_shown", Type: Share, Null: true,
			Meaning: "turnout in percent that the template shows where none is stated: votes cast of the electorate",
			Get:     func(r schemas.Record, _ int) Value { return shareValue(r.Contest.TurnoutShown) }},
		{Name: "turnout_change_pp", Type: Share, Null: true, Meaning: "change of turnout, in percentage points",
			Get: func(r schemas.Record, _ int) Value { return shareValue(r.Contest.TurnoutChangePP) }},
		countOfContest("seat_change_total", "the total below the column of changes in seats",
			func(c *schemas.Contest) *int64 { return c.SeatChangeTotal }),
		{Name: "majority_votes", Type: Strings,
			Meaning: "the majorities in votes, as whole numbers, in the order of the page: one, or one for each winner",
			Get:     func(r schemas.Record, _ int) Value { return Value{Valid: true, Texts: r.Contest.MajorityVotes()} }},
		{Name: "outcomes", Type: Strings,
			Meaning: "what became of each seat, in the order of the page: hold, gain or win, the winner and, behind from, the " +
				"loser, such as gain: Moon Party from Sun Party",
			Get: func(r schemas.Record, _ int) Value { return Value{Valid: true, Texts: r.Contest.OutcomeTexts()} }},
		{Name: "seat_columns", Type: Strings,
			Meaning: "the headings of the free columns of seats; contest_results.seat_cells has their cells",
			Get:     func(r schemas.Record, _ int) Value { return Value{Valid: true, Texts: r.Contest.SeatColumns} }},
		{Name: "row_count", Type: Integer, Meaning: "rows in contest_results",
			Get:   func(r schemas.Record, _ int) Value { return intValue(int64(len(r.Contest.Rows))) },
			Check: "row_count >= 0"},
		{Name: "line", Type: Integer, Null: true, Meaning: "line of the table in the document, from 1",
			Get: func(r schemas.Record, _ int) Value { return positiveOrNull(r.Contest.Block.Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of the table's first byte in the document's text, UTF-8",
			Get:     func(r schemas.Record, _ int) Value { return offsetOrNull(r.Contest.Block.Offset) }},
		{Name: "source_uri", Type: String, Meaning: "where the document was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Contest.Document.URI) }},
		{Name: "source_sha256", Type: String, Meaning: "SHA-256 of the document's own bytes, in hexadecimal",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Contest.Document.SHA256) }},
	},
}
