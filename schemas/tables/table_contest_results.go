package tables

import "hemicycle/schemas"

func contestRow(r schemas.Record, row int) *schemas.ContestRow { return &r.Contest.Rows[row] }

// textOfRow returns a column with a text of a row of a contest.
func textOfRow(name, meaning string, get func(*schemas.ContestRow) string) Column {
	return Column{
		Name: name, Type: String, Null: true, Meaning: meaning,
		Get: func(r schemas.Record, i int) Value { return stringValue(get(contestRow(r, i))) },
	}
}

// countOfRow returns a column with a number of a row of a contest.
func countOfRow(name string, kind Type, meaning string, get func(*schemas.ContestRow) *int64) Column {
	return Column{
		Name: name, Type: kind, Null: true, Meaning: meaning,
		Get: func(r schemas.Record, i int) Value { return intOrNull(get(contestRow(r, i))) },
	}
}

// isOfRow returns a column with a fact about a row of a contest.
func isOfRow(name, meaning string, get func(*schemas.ContestRow) *bool) Column {
	return Column{
		Name: name, Type: Boolean, Null: true, Meaning: meaning,
		Get: func(r schemas.Record, i int) Value { return boolValue(get(contestRow(r, i))) },
	}
}

var contestResults = Table{
	Name: "contest_results", ByWiki: true, Row: "one row of one contest: a party, a candidate, or votes for nobody",
	Key:  []string{"contest_id", "position"},
	Rows: rowsOfContest(func(c *schemas.Contest) int { return len(c.Rows) }),
	Columns: []Column{
		contestIDColumn,
		{Name: "position", Type: Integer,
			Meaning: "number of the row: that of its parameters in Election results, and its place in the other families",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(contestRow(r, i).Position) },
			Check:   "position >= 1"},
		textOfRow("candidate", "the candidate, without the mark of an incumbent",
			func(row *schemas.ContestRow) string { return row.Candidate }),
		textOfRow("candidate_page", "page that the candidate's name links to",
			func(row *schemas.ContestRow) string { return row.CandidatePage }),
		textOfRow("running_mate", "the running mate", func(row *schemas.ContestRow) string { return row.RunningMate }),
		textOfRow("party", "the party or list, or the label of a row that is no party",
			func(row *schemas.ContestRow) string { return row.Party }),
		textOfRow("party_page", "page that the party links to, or that the template links it to",
			func(row *schemas.ContestRow) string { return row.PartyPage }),
		textOfRow("alliance", "the alliance or joint list that covers the row",
			func(row *schemas.ContestRow) string { return row.Alliance }),
		textOfRow("alliance_page", "page that the alliance links to",
			func(row *schemas.ContestRow) string { return row.AlliancePage }),
		countOfRow("votes", Bigint, "votes", func(row *schemas.ContestRow) *int64 { return row.Votes }),
		countOfRow("votes_cover_rows", Integer, "how many rows the votes cover, this one included, where they are those of "+
			"a joint list; NULL for one", func(row *schemas.ContestRow) *int64 { return row.VotesCoverRows }),
		{Name: "vote_pct", Type: Share, Null: true, Meaning: "share of votes in percent, on the basis in pct_basis",
			Get: func(r schemas.Record, i int) Value { share, _ := contestRow(r, i).Share(); return shareValue(share) }},
		{Name: "pct_basis", Type: String, Null: true,
			Meaning: "where vote_pct is from: stated (the page states it) or shown (the template computes it when the page is " +
				"shown, of the sum of all rows)",
			Get:   func(r schemas.Record, i int) Value { _, basis := contestRow(r, i).Share(); return stringValue(basis) },
			Check: "pct_basis IN ('stated', 'shown')"},
		{Name: "change_pp", Type: Share, Null: true, Meaning: "change of the share, in percentage points",
			Get: func(r schemas.Record, i int) Value { return shareValue(contestRow(r, i).ChangePP) }},
		isOfRow("is_new", "true where a change says New; NULL where none does",
			func(row *schemas.ContestRow) *bool { return row.IsNew }),
		countOfRow("seats", Integer, "seats won in the contest", func(row *schemas.ContestRow) *int64 { return row.Seats }),
		countOfRow("seats_total", Integer, "seats held after it, or won in all ballots together",
			func(row *schemas.ContestRow) *int64 { return row.SeatsTotal }),
		countOfRow("seat_change", Integer, "change in seats",
			func(row *schemas.ContestRow) *int64 { return row.SeatChange }),
		countOfRow("seats_gained", Integer, "seats gained", func(row *schemas.ContestRow) *int64 { return row.SeatsGained }),
		countOfRow("seats_lost", Integer, "seats lost", func(row *schemas.ContestRow) *int64 { return row.SeatsLost }),
		isOfRow("elected", "whether the row is that of a winner, by the name of its template alone; NULL in a contest in "+
			"which no template says so", func(row *schemas.ContestRow) *bool { return row.Elected }),
		isOfRow("incumbent", "true where a mark says that the candidate holds the seat",
			func(row *schemas.ContestRow) *bool { return row.Incumbent }),
		textOfRow("row_kind", "what the row is where it is no contender: others, none_of_the_above, invalid, vacant, "+
			"appointed or reserved; NULL for a contender", func(row *schemas.ContestRow) string { return row.Kind }),
		{Name: "seat_cells", Type: Strings,
			Meaning: "the cells in the free columns of seats as the page shows them, in the order of contests.seat_columns",
			Get:     func(r schemas.Record, i int) Value { return Value{Valid: true, Texts: contestRow(r, i).SeatCells} }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line of the row in the document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(contestRow(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of the row in the document's text, in bytes of UTF-8: of its template, or of its first value",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(contestRow(r, i).Offset) }},
	},
}
