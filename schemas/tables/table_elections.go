package tables

import "hemicycle/schemas"

var elections = Table{
	Name: "elections", ByWiki: true, Row: "one election infobox", Key: []string{"election_id"}, Primary: true,
	Rows: func(r schemas.Record) int { return oneIf(r.Election != nil) },
	Columns: []Column{
		{Name: "election_id", Type: String,
			Meaning: "identity of the box: <wiki>:<page id>#<box>, or <wiki or local>:<page title>#<box> where the " +
				"source gives no page id",
			Get: electionID},
		{Name: "wiki", Type: String, Null: true, Meaning: "the wiki's database name, such as enwiki",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.Wiki) }},
		{Name: "lang", Type: String, Null: true, Meaning: "language code of the page",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.Lang) }},
		{Name: "page_title", Type: String, Null: true, Meaning: "title of the page",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.Title) }},
		{Name: "title_basis", Type: String, Null: true,
			Meaning: "where the title is from: page (the page itself, or the export or answer that holds it), box, or " +
				"file_name, where a page that says no title is in a file that is named as one",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(string(r.Election.Document.BasisOfTitle())) },
			Check: "title_basis IN ('page', 'box', 'file_name')"},
		{Name: "page_id", Type: Bigint, Null: true, Meaning: "the wiki's number of the page; it survives a move",
			Get: func(r schemas.Record, _ int) Value { return intOrNull(r.Election.Document.PageID) }},
		{Name: "page_url", Type: String, Null: true, Meaning: "address of the page",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.PageURL) }},
		{Name: "revision_id", Type: Bigint, Null: true, Meaning: "the wiki's number of the revision that was read",
			Get: func(r schemas.Record, _ int) Value { return intOrNull(r.Election.Document.RevisionID) }},
		{Name: "revision_timestamp", Type: Timestamp, Null: true, Meaning: "when that revision was saved, an instant",
			Get: func(r schemas.Record, _ int) Value { return timeValue(r.Election.Document.RevisionTimestamp) }},
		{Name: "wikidata_qid", Type: String, Null: true, Meaning: "the page's item in Wikidata",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.WikidataQID) }},
		{Name: "box", Type: Integer, Meaning: "number of the box on its page, from 1, in the order in which boxes open",
			Get: func(r schemas.Record, _ int) Value { return positiveOrNull(r.Election.Box) }, Check: "box >= 1"},
		{Name: "parent_box", Type: Integer, Null: true,
			Meaning: "number of the box that this one stands in; NULL for an outer box",
			Get:     func(r schemas.Record, _ int) Value { return positiveOrNull(r.Election.Parent) },
			Check:   "parent_box < box"},
		{Name: "template", Type: String, Null: true,
			Meaning: "the box's template after redirects; NULL where the form does not name it",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Template) }},
		{Name: "event_id", Type: String,
			Meaning: "what the boxes of one page have in common: election_id without the number of the box",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.EventID()) }},
		{Name: "is_wrapper", Type: Boolean,
			Meaning: "true for a box that other boxes stand in and that has no contenders of its own; count elections " +
				"without it",
			Get: func(r schemas.Record, _ int) Value { return Value{Valid: true, Bool: r.Election.IsWrapper} }},
		{Name: "full_name", Type: String, Null: true,
			Meaning: "a name that tells the box from the others of its page: the page's title, then what the box is " +
				"named, its chamber or its number; the box's own name, else the title, where the page has one box",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.FullName) }},
		{Name: "election_name", Type: String, Null: true,
			Meaning: "name given in the box; NULL where the box leaves it to the page's title",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Name) }},
		{Name: "country", Type: String, Null: true,
			Meaning: "what the box shows as the flag's label: a country, a state or a city",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Country) }},
		{Name: "election_type", Type: String, Null: true,
			Meaning: "type as the box writes it: presidential, parliamentary, …",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Type) }},
		classifiedColumn("country_code", "ISO 3166-1 alpha-3 code of the country or territory, XKX for Kosovo, the code "+
			"of ISO 3166-3 for a state that is no more; NULL where it cannot be told",
			"", func(c *schemas.Classification) *schemas.Classified { return &c.Country }),
		basisColumn("country_code", func(c *schemas.Classification) *schemas.Classified { return &c.Country }),
		classifiedColumn("subdivision", "part of that country that votes or whose body is elected, such as a state or a "+
			"province, in English",
			"", func(c *schemas.Classification) *schemas.Classified { return &c.Subdivision }),
		basisColumn("subdivision", func(c *schemas.Classification) *schemas.Classified { return &c.Subdivision }),
		classifiedColumn("level", "level of the body that is elected, or of the people who vote in a referendum: "+
			"national, subnational, local or supranational; NULL where it cannot be told, and in territories",
			"level IN ('national', 'subnational', 'local', 'supranational')",
			func(c *schemas.Classification) *schemas.Classified { return &c.Level }),
		basisColumn("level", func(c *schemas.Classification) *schemas.Classified { return &c.Level }),
		classifiedColumn("chamber_type", "lower, upper or unicameral for a chamber, executive for a president, a governor, "+
			"a mayor or another officer; NULL where it cannot be told, and for councils",
			"chamber_type IN ('lower', 'upper', 'unicameral', 'executive')",
			func(c *schemas.Classification) *schemas.Classified { return &c.Chamber }),
		basisColumn("chamber_type", func(c *schemas.Classification) *schemas.Classified { return &c.Chamber }),
		classifiedColumn("election_kind", "legislative (also of an assembly that makes a constitution), presidential, "+
			"gubernatorial, mayoral, other_executive, judicial, local (councils, also with mayors), general (of several "+
			"bodies, in the box around theirs), by-election, primary, leadership, recall or referendum; NULL where it "+
			"cannot be told",
			"election_kind IN ('legislative', 'presidential', 'gubernatorial', 'mayoral', 'other_executive', 'judicial', "+
				"'local', 'general', 'by-election', 'primary', 'leadership', 'recall', 'referendum')",
			func(c *schemas.Classification) *schemas.Classified { return &c.Kind }),
		basisColumn("election_kind", func(c *schemas.Classification) *schemas.Classified { return &c.Kind }),
		{Name: "status", Type: String, Null: true, Meaning: "ongoing, future or completed, where the box says so",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Election.Status) },
			Check: "status IN ('ongoing', 'future', 'completed')"},
		{Name: "election_date", Type: Day, Null: true, Meaning: "first day named; NULL where no full date is given",
			Get: func(r schemas.Record, _ int) Value { return dateValue(r.Election.Date) }},
		{Name: "election_date_end", Type: Day, Null: true, Meaning: "last day named; the same where there is one",
			Get:   func(r schemas.Record, _ int) Value { return dateValue(r.Election.DateEnd) },
			Check: "election_date_end >= election_date"},
		{Name: "election_date_raw", Type: String, Null: true, Meaning: "the date as the box shows it",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.DateRaw) }},
		{Name: "election_year", Type: Integer, Null: true,
			Meaning: "year of the first day, also where the date is partial",
			Get:     func(r schemas.Record, _ int) Value { return positiveOrNull(r.Election.Date.Year) }},
		{Name: "seats_total", Type: Integer, Null: true, Meaning: "size of the chamber, in seats",
			Get:   func(r schemas.Record, _ int) Value { return intOrNull(r.Election.SeatsTotal) },
			Check: "seats_total >= 0"},
		{Name: "seats_contested", Type: Integer, Null: true, Meaning: "seats filled on the day",
			Get:   func(r schemas.Record, _ int) Value { return intOrNull(r.Election.SeatsContested) },
			Check: "seats_contested >= 0"},
		{Name: "seats_raw", Type: String, Null: true, Meaning: "the phrase on seats as the box shows it",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.SeatsRaw) }},
		{Name: "seats_basis", Type: String, Null: true,
			Meaning: "what results.seats are: won (on the day) or held_after (the election, seats of earlier elections " +
				"among them); NULL where there are none, or where it cannot be told. In a chamber that is renewed as a " +
				"whole both are the same seats",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Election.SeatsBasis) },
			Check: "seats_basis IN ('won', 'held_after')"},
		{Name: "chamber", Type: String, Null: true, Meaning: "chamber named in that phrase",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Chamber) }},
		{Name: "chamber_page", Type: String, Null: true, Meaning: "page that the name of that chamber links to",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.ChamberPage) }},
		{Name: "majority_seats", Type: Integer, Null: true,
			Meaning: "seats needed for a majority, as stated, never computed",
			Get:     func(r schemas.Record, _ int) Value { return intOrNull(r.Election.MajoritySeats) },
			Check:   "majority_seats >= 0"},
		{Name: "registered_voters", Type: Bigint, Null: true,
			Meaning: "people registered to vote; of several rounds, as turnout_pct",
			Get:     func(r schemas.Record, _ int) Value { return intOrNull(r.Election.RegisteredVoters) },
			Check:   "registered_voters >= 0"},
		{Name: "votes_cast", Type: Bigint, Null: true,
			Meaning: "votes cast, where the box counts them; of several rounds, as turnout_pct",
			Get:     func(r schemas.Record, _ int) Value { return intOrNull(r.Election.VotesCast) },
			Check:   "votes_cast >= 0"},
		{Name: "turnout_pct", Type: Share, Null: true,
			Meaning: "turnout in percent; of several rounds, that of the last one of which the box gives it: rounds has each",
			Get:     func(r schemas.Record, _ int) Value { return shareValue(r.Election.TurnoutPct) }},
		{Name: "turnout_change_pp", Type: Share, Null: true,
			Meaning: "change of turnout since the last election in percentage points; NULL where its sign cannot be " +
				"told",
			Get: func(r schemas.Record, _ int) Value { return shareValue(r.Election.TurnoutChangePP) }},
		{Name: "previous_election", Type: String, Null: true,
			Meaning: "label of the previous election: a year or a name",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.PreviousElection) }},
		{Name: "previous_page", Type: String, Null: true, Meaning: "page of the previous election",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.PreviousPage) }},
		{Name: "next_election", Type: String, Null: true, Meaning: "label of the next election: a year or a name",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.NextElection) }},
		{Name: "next_page", Type: String, Null: true, Meaning: "page of the next election",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.NextPage) }},
		{
			Name:    "contender_count",
			Type:    Integer,
			Meaning: "rows of the box: contenders, and rows such as vacant seats, which results.kind tells apart",
			Get:     func(r schemas.Record, _ int) Value { return intValue(int64(len(r.Election.Contenders))) },
			Check:   "contender_count >= 0",
		},
		{Name: "seats_sum", Type: Bigint, Null: true, Meaning: "sum of the contenders' seats",
			Get:   func(r schemas.Record, _ int) Value { return intOrNull(r.Election.SeatsSum()) },
			Check: "seats_sum >= 0"},
		{Name: "vote_pct_sum", Type: Share, Null: true,
			Meaning: "sum of the contenders' shares of votes in percent; NULL from 1,000 on",
			Get:     func(r schemas.Record, _ int) Value { return shareValue(r.Election.VotePctSum()) }},
		{Name: "checks_passed", Type: Strings,
			Meaning: "the checks that found nothing to doubt, by ID, in the order of `hemicycle list checks`; those that " +
				"doubt something are in findings",
			Get: func(r schemas.Record, _ int) Value {
				return Value{Valid: true, Texts: r.Election.ChecksWithStatus(schemas.Pass)}
			}},
		{Name: "checks_skipped", Type: Strings,
			Meaning: "the checks that were not made, since the election does not give what they need; as checks_passed",
			Get: func(r schemas.Record, _ int) Value {
				return Value{Valid: true, Texts: r.Election.ChecksWithStatus(schemas.Skip)}
			}},
		{Name: "check_remarks", Type: Strings,
			Meaning: "what these checks say in words, such as why one was skipped or a measure is absent, each behind " +
				"its check: seat-total: the box does not say how many seats there are",
			Get: func(r schemas.Record, _ int) Value {
				return Value{Valid: true, Texts: r.Election.CheckRemarks()}
			}},
		{Name: "source_uri", Type: String, Meaning: "where the document was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.URI) }},
		{Name: "source_sha256", Type: String, Meaning: "SHA-256 of the document's own bytes, in hexadecimal",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.SHA256) }},
	},
}

// classifiedColumn returns the column of a part of what an election is.
func classifiedColumn(
	name, meaning, check string, of func(*schemas.Classification) *schemas.Classified,
) Column {
	return Column{Name: name, Type: String, Null: true, Meaning: meaning, Check: check,
		Get: func(r schemas.Record, _ int) Value { return stringValue(of(&r.Election.Classification).Value) }}
}

// basisColumn returns the column that says from what such a part was taken.
func basisColumn(name string, of func(*schemas.Classification) *schemas.Classified) Column {
	return Column{Name: name + "_basis", Type: String, Null: true,
		Meaning: "what " + name + " was taken from: label (that of the flag, of the type or the name in the box), phrase " +
			"(on seats), title (of the page), template, or outer_box (the flag's label there)",
		Check: name + "_basis IN ('label', 'phrase', 'title', 'template', 'outer_box')",
		Get: func(r schemas.Record, _ int) Value {
			return stringValue(string(of(&r.Election.Classification).Basis))
		}}
}
