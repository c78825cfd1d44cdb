package tables

import (
	"hemicycle/schemas"
	"strings"
)

// All is every table that leaves the program, in the order in which the database is built.
var All = []Table{elections, results, offices, claims, findings, fields, measures, contenderMeasures, coalitions, redirects, rejects, sources, runs}

// Find is the table of that name, or nil.
func Find(name string) *Table {
	for i := range All {
		if All[i].Name == name {
			return &All[i]
		}
	}
	return nil
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
		{"election_id", String, false, "identity of the box: <wiki>:<page id>#<box>, or <wiki or local>:<page title>#<box> where the source gives no page id", electionID, ""},
		{"wiki", String, true, "the wiki's database name, such as enwiki", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.Wiki) }, ""},
		{"lang", String, true, "language code of the page", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.Lang) }, ""},
		{"page_title", String, true, "title of the page", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.Title) }, ""},
		{"page_id", Bigint, true, "the wiki's number of the page; it survives a move", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.Document.PageID) }, ""},
		{"page_url", String, true, "address of the page", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.PageURL) }, ""},
		{"revision_id", Bigint, true, "the wiki's number of the revision that was read", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.Document.RevisionID) }, ""},
		{"revision_timestamp", Timestamp, true, "when that revision was saved, UTC", func(r schemas.Record, _ int) Value { return timeValue(r.Election.Document.RevisionTimestamp) }, ""},
		{"wikidata_qid", String, true, "the page's item in Wikidata", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.WikidataQID) }, ""},
		{"box", Integer, false, "number of the box on its page, from 1, in the order in which boxes open", func(r schemas.Record, _ int) Value { return positiveOrNull(r.Election.Box) }, "box >= 1"},
		{"parent_box", Integer, true, "number of the box that this one stands in; NULL for an outer box", func(r schemas.Record, _ int) Value { return positiveOrNull(r.Election.Parent) }, "parent_box < box"},
		{"template", String, true, "the box's template after redirects; NULL where the form does not name it", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Template) }, ""},
		{"election_name", String, true, "name given in the box; NULL where the box leaves it to the page's title", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Name) }, ""},
		{"country", String, true, "what the box shows as the flag's label: a country, a state or a city", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Country) }, ""},
		{"election_type", String, true, "type as the box writes it: presidential, parliamentary, …", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Type) }, ""},
		{"status", String, true, "ongoing, future or completed, where the box says so", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Status) }, "status IN ('ongoing', 'future', 'completed')"},
		{"election_date", Day, true, "first day named; NULL where no full date is given", func(r schemas.Record, _ int) Value { return dateValue(r.Election.Date) }, ""},
		{"election_date_end", Day, true, "last day named; the same where there is one", func(r schemas.Record, _ int) Value { return dateValue(r.Election.DateEnd) }, "election_date_end >= election_date"},
		{"election_date_raw", String, true, "the date as the box shows it", func(r schemas.Record, _ int) Value { return stringValue(r.Election.DateRaw) }, ""},
		{"election_year", Integer, true, "year of the first day, also where the date is partial", func(r schemas.Record, _ int) Value { return positiveOrNull(r.Election.Date.Year) }, ""},
		{"seats_total", Integer, true, "size of the chamber, in seats", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.SeatsTotal) }, "seats_total >= 0"},
		{"seats_contested", Integer, true, "seats filled on the day", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.SeatsContested) }, "seats_contested >= 0"},
		{"seats_raw", String, true, "the phrase on seats as the box shows it", func(r schemas.Record, _ int) Value { return stringValue(r.Election.SeatsRaw) }, ""},
		{"chamber", String, true, "chamber named in that phrase", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Chamber) }, ""},
		{"majority_seats", Integer, true, "seats needed for a majority, as stated, never computed", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.MajoritySeats) }, "majority_seats >= 0"},
		{"registered_voters", Bigint, true, "people registered to vote", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.RegisteredVoters) }, "registered_voters >= 0"},
		{"votes_cast", Bigint, true, "votes cast, where the box counts them", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.VotesCast) }, "votes_cast >= 0"},
		{"turnout_pct", Share, true, "turnout in percent", func(r schemas.Record, _ int) Value { return shareValue(r.Election.TurnoutPct) }, ""},
		{"turnout_change_pp", Share, true, "change of turnout since the last election in percentage points; NULL where its sign cannot be told", func(r schemas.Record, _ int) Value { return shareValue(r.Election.TurnoutChangePP) }, ""},
		{"previous_election", String, true, "label of the previous election: a year or a name", func(r schemas.Record, _ int) Value { return stringValue(r.Election.PreviousElection) }, ""},
		{"previous_page", String, true, "page of the previous election", func(r schemas.Record, _ int) Value { return stringValue(r.Election.PreviousPage) }, ""},
		{"next_election", String, true, "label of the next election: a year or a name", func(r schemas.Record, _ int) Value { return stringValue(r.Election.NextElection) }, ""},
		{"next_page", String, true, "page of the next election", func(r schemas.Record, _ int) Value { return stringValue(r.Election.NextPage) }, ""},
		{"contender_count", Integer, false, "contenders in the box", func(r schemas.Record, _ int) Value { return intValue(int64(len(r.Election.Contenders))) }, "contender_count >= 0"},
		{"seats_sum", Bigint, true, "sum of the contenders' seats", func(r schemas.Record, _ int) Value { return intOrNull(r.Election.SeatsSum()) }, "seats_sum >= 0"},
		{"vote_pct_sum", Share, true, "sum of the contenders' shares of votes in percent; NULL from 1,000 on", func(r schemas.Record, _ int) Value { return shareValue(r.Election.VotePctSum()) }, ""},
		{"source_uri", String, false, "where the document was found", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.URI) }, ""},
		{"source_sha256", String, false, "SHA-256 of the document's own bytes, in hexadecimal", func(r schemas.Record, _ int) Value { return stringValue(r.Election.Document.SHA256) }, ""},
	},
}

func contender(r schemas.Record, row int) *schemas.Contender { return &r.Election.Contenders[row] }

var results = Table{
	Name: "results", Row: "one contender of an election: a party or a candidate", Key: []string{"election_id", "position"}, Primary: true,
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Contenders)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"position", Integer, false, "the number in the contender's keys, not a rank", func(r schemas.Record, i int) Value { return positiveOrNull(contender(r, i).Position) }, "position >= 1"},
		{"kind", String, false, "party or candidate", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Kind) }, "kind IN ('party', 'candidate')"},
		{"name", String, true, "the candidate's name for a candidate, else the party's", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Name) }, ""},
		{"page", String, true, "page that the name links to", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Page) }, ""},
		{"party", String, true, "the party's name", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Party) }, ""},
		{"party_page", String, true, "page that the party's name links to", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).PartyPage) }, ""},
		{"leader", String, true, "leader of a party", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Leader) }, ""},
		{"running_mate", String, true, "running mate of a candidate", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).RunningMate) }, ""},
		{"alliance", String, true, "alliance that the contender stands in", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Alliance) }, ""},
		{"heading", String, true, "heading of the box that the contender stands under", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Heading) }, ""},
		{"colour", String, true, "#RRGGBB, upper case", func(r schemas.Record, i int) Value { return stringValue(contender(r, i).Colour) }, "regexp_full_match(colour, '#[0-9A-F]{6}')"},
		{"votes", Bigint, true, "votes won", func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).Votes) }, "votes >= 0"},
		{"vote_pct", Share, true, "share of votes in percent, as stated", func(r schemas.Record, i int) Value { return shareValue(contender(r, i).VotePct) }, ""},
		{"swing_pp", Share, true, "change of the share in percentage points; NULL where its sign cannot be told", func(r schemas.Record, i int) Value { return shareValue(contender(r, i).SwingPP) }, ""},
		{"electoral_votes", Integer, true, "electoral votes or delegates; they are no seats", func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).ElectoralVotes) }, "electoral_votes >= 0"},
		{"seats", Integer, true, "seats won", func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).Seats) }, "seats >= 0"},
		{"previous_seats", Integer, true, "seats won at the last election; NULL for a new party", func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).PreviousSeats) }, "previous_seats >= 0"},
		{"seats_before", Integer, true, "seats held when the chamber was dissolved", func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatsBefore) }, "seats_before >= 0"},
		{"seat_change", Integer, true, "seats − previous_seats where both are known, else the change that the box states", func(r schemas.Record, i int) Value { return intOrNull(contender(r, i).SeatChange) }, ""},
		{"is_new", Boolean, true, "the box says that the party is new; NULL where it does not speak of the last election", func(r schemas.Record, i int) Value { return boolValue(contender(r, i).IsNew) }, ""},
		{"is_independent", Boolean, false, "the name is that of independents, not of a party", func(r schemas.Record, i int) Value { return boolValue(&contender(r, i).IsIndependent) }, ""},
	},
}

func office(r schemas.Record, row int) *schemas.Office { return &r.Election.Offices[row] }

var offices = Table{
	Name: "offices", Row: "an office before and after an election", Key: []string{"election_id", "ordinal"}, Primary: true,
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Offices)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"ordinal", Integer, false, "number of the office in the box, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(office(r, i).Ordinal) }, "ordinal >= 1"},
		{"office", String, true, "the office, such as Prime Minister", func(r schemas.Record, i int) Value { return stringValue(office(r, i).Title) }, ""},
		{"before_name", String, true, "who held it before the election", func(r schemas.Record, i int) Value { return stringValue(office(r, i).BeforeName) }, ""},
		{"before_party", String, true, "that person's party", func(r schemas.Record, i int) Value { return stringValue(office(r, i).BeforeParty) }, ""},
		{"after_name", String, true, "who held it after the election", func(r schemas.Record, i int) Value { return stringValue(office(r, i).AfterName) }, ""},
		{"after_party", String, true, "that person's party", func(r schemas.Record, i int) Value { return stringValue(office(r, i).AfterParty) }, ""},
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
		{"election_id", String, false, electionIDMeaning + "; the page's first outer box", electionID, ""},
		{"ordinal", Integer, false, "number of the claim on its page, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(claim(r, i).Ordinal) }, "ordinal >= 1"},
		{"subject", String, false, "what is claimed: seats, turnout_pct, election_date, parties_standing, candidates_standing, independent_candidates_standing", func(r schemas.Record, i int) Value { return stringValue(claim(r, i).Subject) }, ""},
		{"value", String, false, "the figure as a plain number or an ISO date", func(r schemas.Record, i int) Value { return stringValue(claim(r, i).Value) }, ""},
		{"excerpt", String, false, "the sentence that says so, white space folded, shortened around the figure", func(r schemas.Record, i int) Value { return stringValue(claim(r, i).Excerpt) }, ""},
		{"line", Integer, true, "line of the figure in the document, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(claim(r, i).Line) }, ""},
		{"byte_offset", Bigint, true, "offset of the figure's first byte in the document's text, UTF-8", func(r schemas.Record, i int) Value { return offsetOrNull(claim(r, i).Offset) }, ""},
	},
}

func finding(r schemas.Record, row int) *schemas.Finding { return &r.Election.Findings[row] }

var findings = Table{
	Name: "findings", Row: "one check on one election: a pass or a skip, or one row for each doubtful subject", Key: []string{"election_id", "ordinal"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Findings)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"ordinal", Integer, false, "number of the finding in its election, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Ordinal) }, "ordinal >= 1"},
		{"check_id", String, false, "the check: an ID of `hemicycle list checks`", func(r schemas.Record, i int) Value { return stringValue(finding(r, i).CheckID) }, ""},
		{"status", String, false, "pass, note, warn, error, or skip where the election does not give what the check needs", func(r schemas.Record, i int) Value { return stringValue(string(finding(r, i).Status)) }, "status IN ('pass', 'note', 'warn', 'error', 'skip')"},
		{"subject", String, true, "what is doubted, by name and position, such as seats/2", func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Subject) }, ""},
		{"expected", String, true, "what the check expected", func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Expected) }, ""},
		{"observed", String, true, "what it found", func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Observed) }, ""},
		{"message", String, true, "the finding in words", func(r schemas.Record, i int) Value { return stringValue(finding(r, i).Message) }, ""},
		{"field_ordinal", Integer, true, "the field that it is about: fields.ordinal", func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Field) }, ""},
		{"line", Integer, true, "line in the document, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(finding(r, i).Line) }, ""},
		{"byte_offset", Bigint, true, "offset of the place in the document's text, in bytes of UTF-8", func(r schemas.Record, i int) Value { return offsetOrNull(finding(r, i).Offset) }, ""},
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
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"ordinal", Integer, false, "number of the field in its box, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Ordinal) }, "ordinal >= 1"},
		{"key", String, true, "the key as the document writes it, such as Last Election7; NULL where it is empty", func(r schemas.Record, i int) Value { return stringValue(field(r, i).Key) }, ""},
		{"name", String, true, "the parameter's name without its number, such as last_election; NULL where the key is empty", func(r schemas.Record, i int) Value { return stringValue(field(r, i).Name) }, ""},
		{"position", Integer, true, "the number in the key; NULL where it has none", func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Position) }, ""},
		{"raw", String, false, "the value as it stands in the document; empty where the field is", func(r schemas.Record, i int) Value { return Value{Valid: true, Text: field(r, i).Raw} }, ""},
		{"text", String, true, "the value as a reader sees it, white space folded", func(r schemas.Record, i int) Value { return stringValue(field(r, i).Text) }, ""},
		{"target", String, true, "the column that a rule read it into, such as results.previous_seats; NULL where no rule reads it", func(r schemas.Record, i int) Value { return stringValue(field(r, i).Target()) }, ""},
		{"targets", String, true, "all the columns that the rule filled from it, target first, with a space between: elections.turnout_pct elections.votes_cast; string_split(targets, ' ') is a list", func(r schemas.Record, i int) Value { return stringValue(strings.Join(field(r, i).Targets, " ")) }, ""},
		{"line", Integer, true, "line of the value in the document, from 1", func(r schemas.Record, i int) Value { return positiveOrNull(field(r, i).Line) }, ""},
		{"byte_offset", Bigint, true, "offset of raw's first byte in the document's text, UTF-8: the bytes from there are raw", func(r schemas.Record, i int) Value { return offsetOrNull(field(r, i).Offset) }, ""},
		{"path", String, true, "where the value stands, in a format without offsets", func(r schemas.Record, i int) Value { return stringValue(field(r, i).Path) }, ""},
		{"footnotes", String, true, "what the value's footnotes say, one a line; they are no part of text. NULL where it has none, and in rendered pages, whose footnotes stand elsewhere", func(r schemas.Record, i int) Value { return stringValue(r.Election.Footnotes[i]) }, ""},
	},
}

// What the names of measures mean, briefly, for those who have the tables and not the program.
const (
	measuresMeaning = "the index: effective_parties_votes, effective_parties_votes_rescaled and effective_parties_seats (effective number of parties); " +
		"fractionalisation_votes and fractionalisation_seats (Rae's fractionalisation, 0 to 1); " +
		"gallagher, gallagher_rescaled, loosemore_hanby, loosemore_hanby_listed and rae_index (disproportionality, in percent); " +
		"seat_volatility and seat_volatility_listed (Pedersen's volatility, in percent); " +
		"largest_group_share (of the seats, in percent) and largest_group_advantage (its share of the seats / its share of the votes); " +
		"minimal_winning_coalitions and minimal_winning_coalitions_independents_alone (how many there are); smallest_winning_coalition (its members); " +
		"banzhaf_total_swings (of all contenders); `hemicycle list measures` has every formula"
	contenderMeasuresMeaning = "the index: vote_share and seat_share (in percent); banzhaf (voting power, 0 to 1), banzhaf_absolute (chance of being decisive) and banzhaf_swings (a count); " +
		"shapley_shubik (voting power, 0 to 1); banzhaf_independents_alone and shapley_shubik_independents_alone (each independent member alone); `hemicycle list measures` has every formula"
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
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"measure", String, false, measuresMeaning, func(r schemas.Record, i int) Value { return stringValue(measure(r, i).Name) }, ""},
		{"value", Double, false, "its value under the treatment, rounded to nine decimals", func(r schemas.Record, i int) Value { return floatValue(&measure(r, i).Value) }, ""},
		{"low", Double, true, "the least that it can be, whatever the box leaves out; NULL where nothing is open, or where how much is open is not known", func(r schemas.Record, i int) Value { return floatValue(measure(r, i).Low) }, ""},
		{"high", Double, true, "the most that it can be, whatever the box leaves out; NULL as low is", func(r schemas.Record, i int) Value { return floatValue(measure(r, i).High) }, ""},
		{"treatment", String, false, "how what the box leaves open was treated for value: " + schemas.TreatmentsMeaning(), func(r schemas.Record, i int) Value { return stringValue(measure(r, i).Treatment) }, ""},
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
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"position", Integer, false, "the contender: results.position", func(r schemas.Record, i int) Value { return positiveOrNull(contenderMeasure(r, i).Position) }, "position >= 1"},
		{"measure", String, false, contenderMeasuresMeaning, func(r schemas.Record, i int) Value { return stringValue(contenderMeasure(r, i).Name) }, ""},
		{"value", Double, false, "its value under the treatment, rounded to nine decimals; shares in percent", func(r schemas.Record, i int) Value { return floatValue(&contenderMeasure(r, i).Value) }, ""},
		{"treatment", String, false, "how what the box leaves open was treated, as in measures.treatment", func(r schemas.Record, i int) Value { return stringValue(contenderMeasure(r, i).Treatment) }, ""},
	},
}

func coalition(r schemas.Record, row int) *schemas.Coalition { return &r.Election.Coalitions[row] }

var coalitions = Table{
	Name: "coalitions", Row: "one minimal winning coalition: contenders that hold more than half of the chamber together, and no longer when any one of them leaves; at most 1,000 an election, and how many there are is the measure minimal_winning_coalitions",
	Key: []string{"election_id", "rank"},
	Rows: func(r schemas.Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Coalitions)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"rank", Integer, false, "number of the coalition in its election, from 1: fewest members first, then fewest seats, then the larger smallest member, next to smallest member and so on, equals by position", func(_ schemas.Record, i int) Value { return positiveOrNull(i + 1) }, "rank >= 1"},
		{"size", Integer, false, "how many members it has", func(r schemas.Record, i int) Value { return intValue(int64(coalition(r, i).Size)) }, "size >= 1"},
		{"seats", Bigint, false, "seats of its members together", func(r schemas.Record, i int) Value { return intValue(coalition(r, i).Seats) }, "seats >= 1"},
		{"members", String, false, "their positions (results.position), ascending, as a JSON array such as [1,4,5]; members::INTEGER[] is a list", func(r schemas.Record, i int) Value { return stringValue(coalition(r, i).Members) }, ""},
	},
}

func oneRedirect(r schemas.Record) int {
	if r.Redirect == nil {
		return 0
	}
	return 1
}

var redirects = Table{
	Name: "redirects", Row: "a redirect by which an election box links: to a neighbouring election, a contender or a party", Rows: oneRedirect,
	Columns: []Column{
		{"wiki", String, true, "the wiki's database name, such as enwiki", func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.Wiki) }, ""},
		{"from_title", String, false, "title that is linked to", func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.From) }, ""},
		{"to_title", String, false, "title of the page that it leads to, without a section", func(r schemas.Record, _ int) Value { return stringValue(r.Redirect.To) }, ""},
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
		{"source_uri", String, false, "where the document was found", func(r schemas.Record, _ int) Value { return stringValue(r.Reject.SourceURI) }, ""},
		{"page_title", String, true, "title of the page, where it could be read", func(r schemas.Record, _ int) Value { return stringValue(r.Reject.PageTitle) }, ""},
		{"unit", String, false, "document or box", func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Unit) }, "unit IN ('document', 'box')"},
		{"stage", String, false, "the stage that gave up: extract, transform or load", func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Stage) }, "stage IN ('extract', 'transform', 'load')"},
		{"reason", String, false, "why, in one word, such as empty, not-text, duplicate", func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Reason) }, ""},
		{"detail", String, false, "why, in words, and what to do", func(r schemas.Record, _ int) Value { return stringValue(r.Reject.Detail) }, ""},
		{"line", Integer, true, "line of the place in the document, from 1", func(r schemas.Record, _ int) Value { return positiveOrNull(r.Reject.Line) }, ""},
		{"byte_offset", Bigint, true, "offset of the place in the document, in bytes", func(r schemas.Record, _ int) Value { return offsetOrNull(r.Reject.Offset) }, ""},
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
	Name: "sources", Row: "the account of one source: documents = with_box + without_box + rejected + other_namespaces + redirects, boxes = elections + rejected_boxes", Rows: oneAccount,
	Columns: []Column{
		{"source_uri", String, false, "where the source is", func(r schemas.Record, _ int) Value { return stringValue(r.Account.SourceURI) }, ""},
		{"format", String, true, "the format that it was read as; NULL where none was found", func(r schemas.Record, _ int) Value { return stringValue(r.Account.Format) }, ""},
		{"bytes", Bigint, false, "size in bytes", func(r schemas.Record, _ int) Value { return intValue(r.Account.Bytes) }, "bytes >= 0"},
		{"sha256", String, true, "SHA-256 of its bytes, in hexadecimal; NULL where it was not read whole", func(r schemas.Record, _ int) Value { return stringValue(r.Account.SHA256) }, ""},
		{"scan", String, false, "whole, or index where only the streams that an index names were read", func(r schemas.Record, _ int) Value { return stringValue(r.Account.Scan) }, "scan IN ('whole', 'index')"},
		{"documents", Bigint, false, "documents met", func(r schemas.Record, _ int) Value { return intValue(r.Account.Documents) }, "documents = with_box + without_box + rejected + other_namespaces + redirects"},
		{"with_box", Bigint, false, "documents with at least one election box", func(r schemas.Record, _ int) Value { return intValue(r.Account.WithBox) }, "with_box >= 0"},
		{"without_box", Bigint, false, "documents without an election box", func(r schemas.Record, _ int) Value { return intValue(r.Account.WithoutBox) }, "without_box >= 0"},
		{"other_namespaces", Bigint, false, "pages outside the namespace of articles", func(r schemas.Record, _ int) Value { return intValue(r.Account.OtherNamespaces) }, "other_namespaces >= 0"},
		{"redirects", Bigint, false, "pages that only lead to another", func(r schemas.Record, _ int) Value { return intValue(r.Account.Redirects) }, "redirects >= 0"},
		{"rejected", Bigint, false, "documents that could not be read: rejects with unit document", func(r schemas.Record, _ int) Value { return intValue(r.Account.Rejected) }, "rejected >= 0"},
		{"boxes", Bigint, false, "election boxes met", func(r schemas.Record, _ int) Value { return intValue(r.Account.Boxes) }, "boxes = elections + rejected_boxes"},
		{"elections", Bigint, false, "boxes that became elections", func(r schemas.Record, _ int) Value { return intValue(r.Account.Elections) }, "elections >= 0"},
		{"rejected_boxes", Bigint, false, "boxes that did not: rejects with unit box", func(r schemas.Record, _ int) Value { return intValue(r.Account.RejectedBoxes) }, "rejected_boxes >= 0"},
	},
}

func oneRun(r schemas.Record) int {
	if r.Run == nil {
		return 0
	}
	return 1
}

var runs = Table{
	Name: "runs", Row: "the run that made these tables; the only table that knows the clock", Key: []string{"run_id"}, Primary: true, Rows: oneRun,
	Columns: []Column{
		{"run_id", String, false, "name of the run and of its folder under versions", func(r schemas.Record, _ int) Value { return stringValue(r.Run.ID) }, ""},
		{"pipeline", String, false, "name of the pipeline", func(r schemas.Record, _ int) Value { return stringValue(r.Run.Pipeline) }, ""},
		{"started_at", Timestamp, false, "when the run began, UTC", func(r schemas.Record, _ int) Value { return timeValue(r.Run.StartedAt) }, ""},
		{"finished_at", Timestamp, false, "when its last record was written, UTC, before the database was built", func(r schemas.Record, _ int) Value { return timeValue(r.Run.FinishedAt) }, ""},
		{"version", String, false, "version of the program", func(r schemas.Record, _ int) Value { return stringValue(r.Run.Version) }, ""},
		{"schema_version", String, false, "version of the tables", func(r schemas.Record, _ int) Value { return stringValue(r.Run.SchemaVersion) }, ""},
		{"documents", Bigint, false, "documents met in all sources", func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Documents) }, ""},
		{"elections", Bigint, false, "elections loaded", func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Elections) }, ""},
		{"sound_elections", Bigint, false, "elections in which no check found an error", func(r schemas.Record, _ int) Value { return intValue(r.Run.Sound) }, ""},
		{"rejected", Bigint, false, "documents that could not be read", func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.Rejected) }, ""},
		{"rejected_boxes", Bigint, false, "boxes that could not be read", func(r schemas.Record, _ int) Value { return intValue(r.Run.Total.RejectedBoxes) }, ""},
		{"notes", Bigint, false, "findings with status note", func(r schemas.Record, _ int) Value { return intValue(r.Run.Notes) }, ""},
		{"warnings", Bigint, false, "findings with status warn", func(r schemas.Record, _ int) Value { return intValue(r.Run.Warnings) }, ""},
		{"errors", Bigint, false, "findings with status error", func(r schemas.Record, _ int) Value { return intValue(r.Run.Errors) }, ""},
	},
}
