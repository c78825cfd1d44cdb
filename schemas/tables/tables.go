package tables

import (
	"slices"
	"strings"

	"hemicycle/schemas"
)

// published are the tables that leave the program, in the order in which the database is built.
var published = []*Table{
	&elections, &results, &offices, &claims, &findings, &fields, &measures, &contenderMeasures, &coalitions, &redirects,
	&rejects, &sources, &runs,
}

// All returns every table that leaves the program, in the order in which the database is built. What a caller does
// to the tables returned changes nothing.
func All() []*Table {
	all := make([]*Table, len(published))
	for i, t := range published {
		all[i] = t.clone()
	}
	return all
}

// Find returns the table of that name, or nil.
func Find(name string) *Table {
	for _, t := range published {
		if t.Name == name {
			return t.clone()
		}
	}
	return nil
}

func (t *Table) clone() *Table {
	c := *t
	c.Key, c.Columns = slices.Clone(t.Key), slices.Clone(t.Columns)
	return &c
}

func oneElection(r schemas.Record) int {
	if r.Election == nil {
		return 0
	}
	return 1
}

const electionIDMeaning = "the election that the row belongs to: elections.election_id"

func electionID(r schemas.Record, _ int) Value { return stringValue(r.Election.ID) }

var elections = Table{
	Name: "elections", Row: "one election infobox", Key: []string{"election_id"}, Primary: true, Rows: oneElection,
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
		{Name: "page_id", Type: Bigint, Null: true, Meaning: "the wiki's number of the page; it survives a move",
			Get: func(r schemas.Record, _ int) Value { return intOrNull(r.Election.Document.PageID) }},
		{Name: "page_url", Type: String, Null: true, Meaning: "address of the page",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.PageURL) }},
		{Name: "revision_id", Type: Bigint, Null: true, Meaning: "the wiki's number of the revision that was read",
			Get: func(r schemas.Record, _ int) Value { return intOrNull(r.Election.Document.RevisionID) }},
		{Name: "revision_timestamp", Type: Timestamp, Null: true, Meaning: "when that revision was saved, UTC",
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
		{Name: "election_name", Type: String, Null: true,
			Meaning: "name given in the box; NULL where the box leaves it to the page's title",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Name) }},
		{Name: "country", Type: String, Null: true,
			Meaning: "what the box shows as the flag's label: a country, a state or a city",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Country) }},
		{Name: "election_type", Type: String, Null: true,
			Meaning: "type as the box writes it: presidential, parliamentary, …",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Election.Type) }},
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
		{Name: "chamber", Type: String, Null: true, Meaning: "chamber named in that phrase",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Chamber) }},
		{Name: "majority_seats", Type: Integer, Null: true,
			Meaning: "seats needed for a majority, as stated, never computed",
			Get:     func(r schemas.Record, _ int) Value { return intOrNull(r.Election.MajoritySeats) },
			Check:   "majority_seats >= 0"},
		{Name: "registered_voters", Type: Bigint, Null: true, Meaning: "people registered to vote",
			Get:   func(r schemas.Record, _ int) Value { return intOrNull(r.Election.RegisteredVoters) },
			Check: "registered_voters >= 0"},
		{Name: "votes_cast", Type: Bigint, Null: true, Meaning: "votes cast, where the box counts them",
			Get:   func(r schemas.Record, _ int) Value { return intOrNull(r.Election.VotesCast) },
			Check: "votes_cast >= 0"},
		{Name: "turnout_pct", Type: Share, Null: true, Meaning: "turnout in percent",
			Get: func(r schemas.Record, _ int) Value { return shareValue(r.Election.TurnoutPct) }},
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
		{Name: "source_uri", Type: String, Meaning: "where the document was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.URI) }},
		{Name: "source_sha256", Type: String, Meaning: "SHA-256 of the document's own bytes, in hexadecimal",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.SHA256) }},
	},
}

func contender(r schemas.Record, row int) *schemas.Contender { return &r.Election.Contenders[row] }

var results = Table{
	Name: "results",
	Row: "one contender of an election, a party or a candidate, or a row of the box that is none, such as " +
		"vacant seats",
	Key: []string{"election_id", "position"}, Primary: true,
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Contenders)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
		{Name: "position", Type: Integer, Meaning: "the number in the contender's keys, not a rank",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contender(r, i).Position) },
			Check: "position >= 1"},
		{Name: "kind", Type: String,
			Meaning: "party or candidate; or, for a row that is no contender: others (whom the box does not name), " +
				"vacant, reserved or appointed (seats), none_of_the_above or invalid (votes). Measures and ranks " +
				"leave these rows out",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Kind) },
			Check: "kind IN ('party', 'candidate', 'others', 'vacant', 'reserved', 'appointed', 'none_of_the_above', " +
				"'invalid')"},
		{Name: "name", Type: String, Null: true, Meaning: "the candidate's name for a candidate, else the party's",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Name) }},
		{Name: "page", Type: String, Null: true, Meaning: "page that the name links to",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Page) }},
		{Name: "party", Type: String, Null: true, Meaning: "the party's name",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Party) }},
		{Name: "party_page", Type: String, Null: true, Meaning: "page that the party's name links to",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).PartyPage) }},
		{Name: "leader", Type: String, Null: true, Meaning: "leader of a party",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Leader) }},
		{Name: "running_mate", Type: String, Null: true, Meaning: "running mate of a candidate",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).RunningMate) }},
		{Name: "alliance", Type: String, Null: true, Meaning: "alliance that the contender stands in",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Alliance) }},
		{Name: "heading", Type: String, Null: true, Meaning: "heading of the box that the contender stands under",
			Get: func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Heading) }},
		{Name: "colour", Type: String, Null: true, Meaning: "#RRGGBB, upper case",
			Get:   func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Colour) },
			Check: "regexp_full_match(colour, '#[0-9A-F]{6}')"},
		{Name: "votes", Type: Bigint, Null: true, Meaning: "votes won",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).Votes) }, Check: "votes >= 0"},
		{Name: "vote_pct", Type: Share, Null: true, Meaning: "share of votes in percent, as stated",
			Get: func(r schemas.Record, i int) Value { return shareValue(contender(r, i).VotePct) }},
		{Name: "swing_pp", Type: Share, Null: true,
			Meaning: "change of the share in percentage points; NULL where its sign cannot be told",
			Get:     func(r schemas.Record, i int) Value { return shareValue(contender(r, i).SwingPP) }},
		{Name: "electoral_votes", Type: Integer, Null: true, Meaning: "electoral votes or delegates; they are no seats",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).ElectoralVotes) },
			Check: "electoral_votes >= 0"},
		{Name: "seats", Type: Integer, Null: true, Meaning: "seats won",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).Seats) }, Check: "seats >= 0"},
		{Name: "previous_seats", Type: Integer, Null: true,
			Meaning: "seats won at the last election; NULL for a new party",
			Get:     func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).PreviousSeats) },
			Check:   "previous_seats >= 0"},
		{Name: "seats_before", Type: Integer, Null: true, Meaning: "seats held when the chamber was dissolved",
			Get:   func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatsBefore) },
			Check: "seats_before >= 0"},
		{Name: "seat_change", Type: Integer, Null: true,
			Meaning: "seats − previous_seats where both are known and of the whole chamber, else the change that the " +
				"box states, else seats held after the election − seats_before",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatChange) }},
		{Name: "seat_change_stated", Type: Integer, Null: true,
			Meaning: "the change in seats that the box states, also where seat_change is another; NULL where its " +
				"sign cannot be told",
			Get: func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatChangeStated) }},
		{Name: "is_new", Type: Boolean, Null: true,
			Meaning: "the box says that the party is new; NULL where it does not speak of the last election",
			Get:     func(r schemas.Record, i int) Value { return boolValue(contender(r, i).IsNew) }},
		{Name: "is_independent", Type: Boolean, Meaning: "the name is that of independents, not of a party",
			Get: func(r schemas.Record, i int) Value { return boolValue(&contender(r, i).IsIndependent) }},
	},
}

func office(r schemas.Record, row int) *schemas.Office { return &r.Election.Offices[row] }

var offices = Table{
	Name: "offices", Row: "an office before and after an election",
	Key: []string{"election_id", "ordinal"}, Primary: true,
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Offices)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
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
	},
}

func claim(r schemas.Record, row int) *schemas.Claim { return &r.Election.Claims[row] }

var claims = Table{
	Name: "claims", Row: "a figure that the page's prose states", Key: []string{"election_id", "ordinal"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Claims)
	},
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

func finding(r schemas.Record, row int) *schemas.Finding { return &r.Election.Findings[row] }

var findings = Table{
	Name: "findings", Row: "one check on one election: a pass or a skip, or one row for each doubtful subject",
	Key: []string{"election_id", "ordinal"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Findings)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
		{Name: "ordinal", Type: Integer, Meaning: "number of the finding in its election, from 1",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Ordinal) },
			Check: "ordinal >= 1"},
		{Name: "check_id", Type: String, Meaning: "the check: an ID of `hemicycle list checks`",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).CheckID) }},
		{Name: "status", Type: String,
			Meaning: "pass, note, warn, error, or skip where the election does not give what the check needs",
			Get:     func(r schemas.Record, i int) Value { return stringValue(string(finding(r, i).Status)) },
			Check:   "status IN ('pass', 'note', 'warn', 'error', 'skip')"},
		{Name: "subject", Type: String, Null: true, Meaning: "what is doubted, by name and position, such as seats/2",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Subject) }},
		{Name: "expected", Type: String, Null: true, Meaning: "what the check expected",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Expected) }},
		{Name: "observed", Type: String, Null: true, Meaning: "what it found",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Observed) }},
		{Name: "message", Type: String, Null: true, Meaning: "the finding in words",
			Get: func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Message) }},
		{Name: "field_ordinal", Type: Integer, Null: true, Meaning: "the field that it is about: fields.ordinal",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Field) }},
		{Name: "line", Type: Integer, Null: true, Meaning: "line in the document, from 1",
			Get: func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of the place in the document's text, in bytes of UTF-8",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(finding(r, i).Offset) }},
	},
}

func field(r schemas.Record, row int) *schemas.BoxField { return &r.Election.Fields[row] }

var fields = Table{
	Name: "fields", Row: "one raw field of one box", Key: []string{"election_id", "ordinal"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Fields)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
		{Name: "ordinal", Type: Integer,
			Meaning: "number of the field in its box, from 1",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Ordinal) },
			Check:   "ordinal >= 1"},
		{Name: "key", Type: String, Null: true,
			Meaning: "the key as the document writes it, such as Last Election7; NULL where it is empty",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Key) }},
		{Name: "name", Type: String, Null: true,
			Meaning: "the parameter's name without its number, such as last_election; NULL where the key is empty",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Name) }},
		{Name: "position", Type: Integer, Null: true,
			Meaning: "the number in the key; NULL where it has none",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Position) }},
		{Name: "raw", Type: String,
			Meaning: "the value as it stands in the document; empty where the field is",
			Get:     func(r schemas.Record, i int) Value { return Value{Valid: true, Text: field(r, i).Raw} }},
		{Name: "text", Type: String, Null: true,
			Meaning: "the value as a reader sees it, white space folded",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Text) }},
		{Name: "target", Type: String, Null: true,
			Meaning: "the column that a rule read it into, such as results.previous_seats; NULL where no rule reads it",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Target()) }},
		{Name: "targets", Type: String, Null: true,
			Meaning: "all the columns that the rule filled from it, target first, with a space between: " +
				"elections.turnout_pct elections.votes_cast; string_split(targets, ' ') is a list",
			Get: func(r schemas.Record, i int) Value { return stringValue(strings.Join(field(r, i).Targets, " ")) }},
		{Name: "line", Type: Integer, Null: true,
			Meaning: "line of the value in the document, from 1",
			Get:     func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Line) }},
		{Name: "byte_offset", Type: Bigint, Null: true,
			Meaning: "offset of raw's first byte in the document's text, UTF-8: the bytes from there are raw",
			Get:     func(r schemas.Record, i int) Value { return offsetOrNull(field(r, i).Offset) }},
		{Name: "path", Type: String, Null: true,
			Meaning: "where the value stands, in a format without offsets",
			Get:     func(r schemas.Record, i int) Value { return stringValue(field(r, i).Path) }},
		{Name: "footnotes", Type: String, Null: true,
			Meaning: "what the value's footnotes say, one a line; they are no part of text. NULL where it has none, " +
				"and in rendered pages, whose footnotes stand elsewhere",
			Get: func(r schemas.Record, i int) Value { return stringValue(r.Election.Footnotes[i]) }},
	},
}

// What the names of measures mean, briefly, for those who have the tables and not the program.
const (
	measuresMeaning = "the index: effective_parties_votes, effective_parties_votes_rescaled and " +
		"effective_parties_seats (effective number of parties); " +
		"fractionalisation_votes and fractionalisation_seats (Rae's fractionalisation, 0 to 1); " +
		"gallagher, gallagher_rescaled, loosemore_hanby, loosemore_hanby_listed and rae_index (disproportionality, " +
		"in percent); " +
		"seat_volatility and seat_volatility_listed (Pedersen's volatility, in percent); " +
		"largest_group_share (of the seats, in percent) and largest_group_advantage (its share of the seats / its " +
		"share of the votes); " +
		"minimal_winning_coalitions and minimal_winning_coalitions_independents_alone (how many there are); " +
		"smallest_winning_coalition (its members); " +
		"banzhaf_total_swings (of all contenders); `hemicycle list measures` has every formula"
	contenderMeasuresMeaning = "the index: vote_share and seat_share (in percent); banzhaf (voting power, 0 to 1), " +
		"banzhaf_absolute (chance of being decisive) and banzhaf_swings (a count); " +
		"shapley_shubik (voting power, 0 to 1); " +
		"banzhaf_independents_alone and shapley_shubik_independents_alone (each independent member alone); " +
		"`hemicycle list measures` has every formula"
)

func measure(r schemas.Record, row int) *schemas.Measure { return &r.Election.Measures[row] }

var measures = Table{
	Name: "measures", Row: "one index of one election", Key: []string{"election_id", "measure"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Measures)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
		{Name: "measure", Type: String, Meaning: measuresMeaning,
			Get: func(r schemas.Record, i int) Value { return stringValue(measure(r, i).Name) }},
		{Name: "value", Type: Double, Meaning: "its value under the treatment, rounded to nine decimals",
			Get: func(r schemas.Record, i int) Value { return floatValue(&measure(r, i).Value) }},
		{Name: "low", Type: Double, Null: true,
			Meaning: "the least that it can be, whatever the box leaves out; NULL where nothing is open, or where " +
				"how much is open is not known",
			Get: func(r schemas.Record, i int) Value { return floatValue(measure(r, i).Low) }},
		{Name: "high", Type: Double, Null: true,
			Meaning: "the most that it can be, whatever the box leaves out; NULL as low is",
			Get:     func(r schemas.Record, i int) Value { return floatValue(measure(r, i).High) }},
		{Name: "treatment", Type: String,
			Meaning: "how what the box leaves open was treated for value: " + schemas.TreatmentsMeaning(),
			Get:     func(r schemas.Record, i int) Value { return stringValue(measure(r, i).Treatment) }},
	},
}

func contenderMeasure(r schemas.Record, row int) *schemas.ContenderMeasure {
	return &r.Election.ContenderMeasures[row]
}

var contenderMeasures = Table{
	Name: "contender_measures", Row: "one index of one contender", Key: []string{"election_id", "position", "measure"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.ContenderMeasures)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
		{Name: "position", Type: Integer, Meaning: "the contender: results.position",
			Get:   func(r schemas.Record, i int) Value { return positiveOrNull(contenderMeasure(r, i).Position) },
			Check: "position >= 1"},
		{Name: "measure", Type: String, Meaning: contenderMeasuresMeaning,
			Get: func(r schemas.Record, i int) Value { return stringValue(contenderMeasure(r, i).Name) }},
		{Name: "value", Type: Double,
			Meaning: "its value under the treatment, rounded to nine decimals; shares in percent",
			Get:     func(r schemas.Record, i int) Value { return floatValue(&contenderMeasure(r, i).Value) }},
		{Name: "treatment", Type: String, Meaning: "how what the box leaves open was treated, as in measures.treatment",
			Get: func(r schemas.Record, i int) Value { return stringValue(contenderMeasure(r, i).Treatment) }},
	},
}

func coalition(r schemas.Record, row int) *schemas.Coalition { return &r.Election.Coalitions[row] }

var coalitions = Table{
	Name: "coalitions",
	Row: "one minimal winning coalition: contenders that hold more than half of the chamber together, and no longer " +
		"when any one of them leaves; at most 1,000 an election, and how many there are is the measure " +
		"minimal_winning_coalitions",
	Key: []string{"election_id", "rank"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Coalitions)
	},
	Columns: []Column{
		{Name: "election_id", Type: String, Meaning: electionIDMeaning, Get: electionID},
		{Name: "rank", Type: Integer,
			Meaning: "number of the coalition in its election, from 1: fewest members first, then fewest seats, then " +
				"the larger smallest member, next to smallest member and so on, equals by position",
			Get: func(_ schemas.Record, i int) Value { return positiveOrNull(i + 1) }, Check: "rank >= 1"},
		{Name: "size", Type: Integer, Meaning: "how many members it has",
			Get:   func(r schemas.Record, i int) Value { return intValue(int64(coalition(r, i).Size)) },
			Check: "size >= 1"},
		{Name: "seats", Type: Bigint, Meaning: "seats of its members together",
			Get: func(r schemas.Record, i int) Value { return intValue(coalition(r, i).Seats) }, Check: "seats >= 1"},
		{Name: "members", Type: String,
			Meaning: "their positions (results.position), ascending, as a JSON array such as [1,4,5]; " +
				"members::INTEGER[] is a list",
			Get: func(r schemas.Record, i int) Value { return stringValue(coalition(r, i).Members) }},
	},
}

func oneRedirect(r schemas.Record) int {
	if r.Redirect == nil {
		return 0
	}
	return 1
}

var redirects = Table{
	Name: "redirects",
	Row:  "a redirect by which an election box links: to a neighbouring election, a contender or a party",
	Rows: oneRedirect,
	Columns: []Column{
		{Name: "wiki", Type: String, Null: true, Meaning: "the wiki's database name, such as enwiki",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.Wiki) }},
		{Name: "from_title", Type: String, Meaning: "title that is linked to",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.From) }},
		{Name: "to_title", Type: String, Meaning: "title of the page that it leads to, without a section",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.To) }},
	},
}

func oneReject(r schemas.Record) int {
	if r.Reject == nil {
		return 0
	}
	return 1
}

var rejects = Table{
	Name: "rejects", Row: "a document or a box that could not be read", Rows: oneReject,
	Columns: []Column{
		{Name: "source_uri", Type: String, Meaning: "where the document was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Reject.SourceURI) }},
		{Name: "page_title", Type: String, Null: true, Meaning: "title of the page, where it could be read",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Reject.PageTitle) }},
		{Name: "unit", Type: String, Meaning: "document or box",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Unit) },
			Check: "unit IN ('document', 'box')"},
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

func oneAccount(r schemas.Record) int {
	if r.Account == nil {
		return 0
	}
	return 1
}

// Each account balances; the database enforces it on the two columns that close it.
var sources = Table{
	Name: "sources",
	Row: "the account of one source: documents = with_box + without_box + rejected + other_namespaces + redirects, " +
		"boxes = elections + rejected_boxes",
	Rows: oneAccount,
	Columns: []Column{
		{Name: "source_uri", Type: String, Meaning: "where the source is",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Account.SourceURI) }},
		{Name: "format", Type: String, Null: true, Meaning: "the format that it was read as; NULL where none was found",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Account.Format) }},
		{Name: "bytes", Type: Bigint, Meaning: "size in bytes",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Bytes) }, Check: "bytes >= 0"},
		{Name: "sha256", Type: String, Null: true,
			Meaning: "SHA-256 of its bytes, in hexadecimal; NULL where it was not read whole",
			Get:     func(r schemas.Record, _ int) Value { return stringValue(r.Account.SHA256) }},
		{Name: "scan", Type: String, Meaning: "whole, or index where only the streams that an index names were read",
			Get:   func(r schemas.Record, _ int) Value { return stringValue(r.Account.Scan) },
			Check: "scan IN ('whole', 'index')"},
		{Name: "documents", Type: Bigint, Meaning: "documents met",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.Documents) },
			Check: "documents = with_box + without_box + rejected + other_namespaces + redirects"},
		{Name: "with_box", Type: Bigint, Meaning: "documents with at least one election box",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.WithBox) }, Check: "with_box >= 0"},
		{Name: "without_box", Type: Bigint, Meaning: "documents without an election box",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.WithoutBox) },
			Check: "without_box >= 0"},
		{Name: "other_namespaces", Type: Bigint, Meaning: "pages outside the namespace of articles",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.OtherNamespaces) },
			Check: "other_namespaces >= 0"},
		{Name: "redirects", Type: Bigint, Meaning: "pages that only lead to another",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Redirects) }, Check: "redirects >= 0"},
		{Name: "rejected", Type: Bigint, Meaning: "documents that could not be read: rejects with unit document",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Rejected) }, Check: "rejected >= 0"},
		{Name: "boxes", Type: Bigint, Meaning: "election boxes met",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.Boxes) },
			Check: "boxes = elections + rejected_boxes"},
		{Name: "elections", Type: Bigint, Meaning: "boxes that became elections",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Account.Elections) }, Check: "elections >= 0"},
		{Name: "rejected_boxes", Type: Bigint, Meaning: "boxes that did not: rejects with unit box",
			Get:   func(r schemas.Record, _ int) Value { return intValue(r.Account.RejectedBoxes) },
			Check: "rejected_boxes >= 0"},
	},
}

func oneRun(r schemas.Record) int {
	if r.Run == nil {
		return 0
	}
	return 1
}

var runs = Table{
	Name: "runs", Row: "the run that made these tables; the only table that knows the clock",
	Key: []string{"run_id"}, Primary: true, Rows: oneRun,
	Columns: []Column{
		{Name: "run_id", Type: String, Meaning: "name of the run and of its folder under versions",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.ID) }},
		{Name: "pipeline", Type: String, Meaning: "name of the pipeline",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.Pipeline) }},
		{Name: "started_at", Type: Timestamp, Meaning: "when the run began, UTC",
			Get: func(r schemas.Record, _ int) Value { return timeValue(r.Run.StartedAt) }},
		{Name: "finished_at", Type: Timestamp,
			Meaning: "when its last record was written, UTC, before the database was built",
			Get:     func(r schemas.Record, _ int) Value { return timeValue(r.Run.FinishedAt) }},
		{Name: "version", Type: String, Meaning: "version of the program",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.Version) }},
		{Name: "schema_version", Type: String, Meaning: "version of the tables",
			Get: func(r schemas.Record, _ int) Value { return stringValue(r.Run.SchemaVersion) }},
		{Name: "documents", Type: Bigint, Meaning: "documents met in all sources",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Documents) }},
		{Name: "elections", Type: Bigint, Meaning: "elections loaded",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Elections) }},
		{Name: "sound_elections", Type: Bigint, Meaning: "elections in which no check found an error",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Sound) }},
		{Name: "rejected", Type: Bigint, Meaning: "documents that could not be read",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Rejected) }},
		{Name: "rejected_boxes", Type: Bigint, Meaning: "boxes that could not be read",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.RejectedBoxes) }},
		{Name: "notes", Type: Bigint, Meaning: "findings with status note",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Notes) }},
		{Name: "warnings", Type: Bigint, Meaning: "findings with status warn",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Warnings) }},
		{Name: "errors", Type: Bigint, Meaning: "findings with status error",
			Get: func(r schemas.Record, _ int) Value { return intValue(r.Run.Errors) }},
	},
}
