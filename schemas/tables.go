package schemas

// Tables is every table that leaves the program, in the order in which the database is built.
var Tables = []Table{elections, results, offices, claims, findings, fields, measures, contenderMeasures, coalitions, redirects, rejects, sources, runs}

// FindTable is the table of that name, or nil.
func FindTable(name string) *Table {
	for i := range Tables {
		if Tables[i].Name == name {
			return &Tables[i]
		}
	}
	return nil
}

func oneElection(r Record) int {
	if r.Election == nil {
		return 0
	}
	return 1
}

const electionIDMeaning = "the election that the row belongs to: elections.election_id"

func electionID(r Record, _ int) Value { return text(r.Election.ID) }

var elections = Table{
	Name: "elections", Row: "one election infobox", Key: []string{"election_id"}, Primary: true, Rows: oneElection,
	Columns: []Column{
		{"election_id", String, false, "identity of the box: <wiki>:<page id>#<box>, or <wiki or local>:<page title>#<box> where the source gives no page id", electionID, ""},
		{"wiki", String, true, "the wiki's database name, such as enwiki", func(r Record, _ int) Value { return text(r.Election.Document.Wiki) }, ""},
		{"lang", String, true, "language code of the page", func(r Record, _ int) Value { return text(r.Election.Document.Lang) }, ""},
		{"page_title", String, true, "title of the page", func(r Record, _ int) Value { return text(r.Election.Document.Title) }, ""},
		{"page_id", Bigint, true, "the wiki's number of the page; it survives a move", func(r Record, _ int) Value { return numberOrNull(r.Election.Document.PageID) }, ""},
		{"page_url", String, true, "address of the page", func(r Record, _ int) Value { return text(r.Election.Document.PageURL) }, ""},
		{"revision_id", Bigint, true, "the wiki's number of the revision that was read", func(r Record, _ int) Value { return numberOrNull(r.Election.Document.RevisionID) }, ""},
		{"revision_timestamp", Timestamp, true, "when that revision was saved, UTC", func(r Record, _ int) Value { return instant(r.Election.Document.RevisionTimestamp) }, ""},
		{"wikidata_qid", String, true, "the page's item in Wikidata", func(r Record, _ int) Value { return text(r.Election.Document.WikidataQID) }, ""},
		{"box", Integer, false, "number of the box on its page, from 1, in the order in which boxes open", func(r Record, _ int) Value { return positive(r.Election.Box) }, "box >= 1"},
		{"parent_box", Integer, true, "number of the box that this one stands in; NULL for an outer box", func(r Record, _ int) Value { return positive(r.Election.Parent) }, "parent_box < box"},
		{"template", String, true, "the box's template after redirects; NULL where the form does not name it", func(r Record, _ int) Value { return text(r.Election.Template) }, ""},
		{"election_name", String, true, "name given in the box; NULL where the box leaves it to the page's title", func(r Record, _ int) Value { return text(r.Election.Name) }, ""},
		{"country", String, true, "what the box shows as the flag's label: a country, a state or a city", func(r Record, _ int) Value { return text(r.Election.Country) }, ""},
		{"election_type", String, true, "type as the box writes it: presidential, parliamentary, …", func(r Record, _ int) Value { return text(r.Election.Type) }, ""},
		{"status", String, true, "ongoing, future or completed, where the box says so", func(r Record, _ int) Value { return text(r.Election.Status) }, "status IN ('ongoing', 'future', 'completed')"},
		{"election_date", Day, true, "first day named; NULL where no full date is given", func(r Record, _ int) Value { return day(r.Election.Date) }, ""},
		{"election_date_end", Day, true, "last day named; the same where there is one", func(r Record, _ int) Value { return day(r.Election.DateEnd) }, "election_date_end >= election_date"},
		{"election_date_raw", String, true, "the date as the box shows it", func(r Record, _ int) Value { return text(r.Election.DateRaw) }, ""},
		{"election_year", Integer, true, "year of the first day, also where the date is partial", func(r Record, _ int) Value { return positive(r.Election.Date.Year) }, ""},
		{"seats_total", Integer, true, "size of the chamber, in seats", func(r Record, _ int) Value { return numberOrNull(r.Election.SeatsTotal) }, "seats_total >= 0"},
		{"seats_contested", Integer, true, "seats filled on the day", func(r Record, _ int) Value { return numberOrNull(r.Election.SeatsContested) }, "seats_contested >= 0"},
		{"seats_raw", String, true, "the phrase on seats as the box shows it", func(r Record, _ int) Value { return text(r.Election.SeatsRaw) }, ""},
		{"chamber", String, true, "chamber named in that phrase", func(r Record, _ int) Value { return text(r.Election.Chamber) }, ""},
		{"majority_seats", Integer, true, "seats needed for a majority, as stated, never computed", func(r Record, _ int) Value { return numberOrNull(r.Election.MajoritySeats) }, "majority_seats >= 0"},
		{"registered_voters", Bigint, true, "people registered to vote", func(r Record, _ int) Value { return numberOrNull(r.Election.RegisteredVoters) }, "registered_voters >= 0"},
		{"votes_cast", Bigint, true, "votes cast, where the box counts them", func(r Record, _ int) Value { return numberOrNull(r.Election.VotesCast) }, "votes_cast >= 0"},
		{"turnout_pct", Share, true, "turnout in percent", func(r Record, _ int) Value { return share(r.Election.TurnoutPct) }, ""},
		{"turnout_change_pp", Share, true, "change of turnout since the last election in percentage points; NULL where its sign cannot be told", func(r Record, _ int) Value { return share(r.Election.TurnoutChangePP) }, ""},
		{"previous_election", String, true, "label of the previous election: a year or a name", func(r Record, _ int) Value { return text(r.Election.PreviousElection) }, ""},
		{"previous_page", String, true, "page of the previous election", func(r Record, _ int) Value { return text(r.Election.PreviousPage) }, ""},
		{"next_election", String, true, "label of the next election: a year or a name", func(r Record, _ int) Value { return text(r.Election.NextElection) }, ""},
		{"next_page", String, true, "page of the next election", func(r Record, _ int) Value { return text(r.Election.NextPage) }, ""},
		{"contender_count", Integer, false, "contenders in the box", func(r Record, _ int) Value { return number(int64(len(r.Election.Contenders))) }, "contender_count >= 0"},
		{"seats_sum", Bigint, true, "sum of the contenders' seats", func(r Record, _ int) Value { return numberOrNull(r.Election.SeatsSum()) }, "seats_sum >= 0"},
		{"vote_pct_sum", Share, true, "sum of the contenders' shares of votes in percent; NULL from 1,000 on", func(r Record, _ int) Value { return share(r.Election.VotePctSum()) }, ""},
		{"source_uri", String, false, "where the document was found", func(r Record, _ int) Value { return text(r.Election.Document.URI) }, ""},
		{"source_sha256", String, false, "SHA-256 of the document's own bytes, in hexadecimal", func(r Record, _ int) Value { return text(r.Election.Document.SHA256) }, ""},
	},
}

func contender(r Record, row int) *Contender { return &r.Election.Contenders[row] }

var results = Table{
	Name: "results", Row: "one contender of an election: a party or a candidate", Key: []string{"election_id", "position"}, Primary: true,
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Contenders)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"position", Integer, false, "the number in the contender's keys, not a rank", func(r Record, i int) Value { return positive(contender(r, i).Position) }, "position >= 1"},
		{"kind", String, false, "party or candidate", func(r Record, i int) Value { return text(contender(r, i).Kind) }, "kind IN ('party', 'candidate')"},
		{"name", String, true, "the candidate's name for a candidate, else the party's", func(r Record, i int) Value { return text(contender(r, i).Name) }, ""},
		{"page", String, true, "page that the name links to", func(r Record, i int) Value { return text(contender(r, i).Page) }, ""},
		{"party", String, true, "the party's name", func(r Record, i int) Value { return text(contender(r, i).Party) }, ""},
		{"party_page", String, true, "page that the party's name links to", func(r Record, i int) Value { return text(contender(r, i).PartyPage) }, ""},
		{"leader", String, true, "leader of a party", func(r Record, i int) Value { return text(contender(r, i).Leader) }, ""},
		{"running_mate", String, true, "running mate of a candidate", func(r Record, i int) Value { return text(contender(r, i).RunningMate) }, ""},
		{"alliance", String, true, "alliance that the contender stands in", func(r Record, i int) Value { return text(contender(r, i).Alliance) }, ""},
		{"heading", String, true, "heading of the box that the contender stands under", func(r Record, i int) Value { return text(contender(r, i).Heading) }, ""},
		{"colour", String, true, "#RRGGBB, upper case", func(r Record, i int) Value { return text(contender(r, i).Colour) }, "regexp_full_match(colour, '#[0-9A-F]{6}')"},
		{"votes", Bigint, true, "votes won", func(r Record, i int) Value { return numberOrNull(contender(r, i).Votes) }, "votes >= 0"},
		{"vote_pct", Share, true, "share of votes in percent, as stated", func(r Record, i int) Value { return share(contender(r, i).VotePct) }, ""},
		{"swing_pp", Share, true, "change of the share in percentage points; NULL where its sign cannot be told", func(r Record, i int) Value { return share(contender(r, i).SwingPP) }, ""},
		{"electoral_votes", Integer, true, "electoral votes or delegates; they are no seats", func(r Record, i int) Value { return numberOrNull(contender(r, i).ElectoralVotes) }, "electoral_votes >= 0"},
		{"seats", Integer, true, "seats won", func(r Record, i int) Value { return numberOrNull(contender(r, i).Seats) }, "seats >= 0"},
		{"previous_seats", Integer, true, "seats won at the last election; NULL for a new party", func(r Record, i int) Value { return numberOrNull(contender(r, i).PreviousSeats) }, "previous_seats >= 0"},
		{"seats_before", Integer, true, "seats held when the chamber was dissolved", func(r Record, i int) Value { return numberOrNull(contender(r, i).SeatsBefore) }, "seats_before >= 0"},
		{"seat_change", Integer, true, "seats − previous_seats where both are known, else the change that the box states", func(r Record, i int) Value { return numberOrNull(contender(r, i).SeatChange) }, ""},
		{"is_new", Boolean, true, "the box says that the party is new; NULL where it does not speak of the last election", func(r Record, i int) Value { return boolean(contender(r, i).IsNew) }, ""},
		{"is_independent", Boolean, false, "the name is that of independents, not of a party", func(r Record, i int) Value { return boolean(&contender(r, i).IsIndependent) }, ""},
	},
}

func office(r Record, row int) *Office { return &r.Election.Offices[row] }

var offices = Table{
	Name: "offices", Row: "an office before and after an election", Key: []string{"election_id", "ordinal"}, Primary: true,
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Offices)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"ordinal", Integer, false, "number of the office in the box, from 1", func(r Record, i int) Value { return positive(office(r, i).Ordinal) }, "ordinal >= 1"},
		{"office", String, true, "the office, such as Prime Minister", func(r Record, i int) Value { return text(office(r, i).Title) }, ""},
		{"before_name", String, true, "who held it before the election", func(r Record, i int) Value { return text(office(r, i).BeforeName) }, ""},
		{"before_party", String, true, "that person's party", func(r Record, i int) Value { return text(office(r, i).BeforeParty) }, ""},
		{"after_name", String, true, "who held it after the election", func(r Record, i int) Value { return text(office(r, i).AfterName) }, ""},
		{"after_party", String, true, "that person's party", func(r Record, i int) Value { return text(office(r, i).AfterParty) }, ""},
	},
}

func claim(r Record, row int) *Claim { return &r.Election.Claims[row] }

var claims = Table{
	Name: "claims", Row: "a figure that the page's prose states", Key: []string{"election_id", "ordinal"},
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Claims)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning + "; the page's first outer box", electionID, ""},
		{"ordinal", Integer, false, "number of the claim on its page, from 1", func(r Record, i int) Value { return positive(claim(r, i).Ordinal) }, "ordinal >= 1"},
		{"subject", String, false, "what is claimed: seats, turnout_pct, election_date, parties_standing, candidates_standing, independent_candidates_standing", func(r Record, i int) Value { return text(claim(r, i).Subject) }, ""},
		{"value", String, false, "the figure as a plain number or an ISO date", func(r Record, i int) Value { return text(claim(r, i).Value) }, ""},
		{"excerpt", String, false, "the sentence that says so, white space folded, shortened around the figure", func(r Record, i int) Value { return text(claim(r, i).Excerpt) }, ""},
		{"line", Integer, true, "line of the figure in the document, from 1", func(r Record, i int) Value { return positive(claim(r, i).Line) }, ""},
		{"byte_offset", Bigint, true, "offset of the figure's first byte in the document's text, UTF-8", func(r Record, i int) Value { return offset(claim(r, i).Offset) }, ""},
	},
}

func finding(r Record, row int) *Finding { return &r.Election.Findings[row] }

var findings = Table{
	Name: "findings", Row: "one check on one election: a pass or a skip, or one row for each doubtful subject", Key: []string{"election_id", "ordinal"},
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Findings)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"ordinal", Integer, false, "number of the finding in its election, from 1", func(r Record, i int) Value { return positive(finding(r, i).Ordinal) }, "ordinal >= 1"},
		{"check_id", String, false, "the check: an ID of `hemicycle list checks`", func(r Record, i int) Value { return text(finding(r, i).CheckID) }, ""},
		{"status", String, false, "pass, note, warn, error, or skip where the election does not give what the check needs", func(r Record, i int) Value { return text(string(finding(r, i).Status)) }, "status IN ('pass', 'note', 'warn', 'error', 'skip')"},
		{"subject", String, true, "what is doubted, by name and position, such as seats/2", func(r Record, i int) Value { return text(finding(r, i).Subject) }, ""},
		{"expected", String, true, "what the check expected", func(r Record, i int) Value { return text(finding(r, i).Expected) }, ""},
		{"observed", String, true, "what it found", func(r Record, i int) Value { return text(finding(r, i).Observed) }, ""},
		{"message", String, true, "the finding in words", func(r Record, i int) Value { return text(finding(r, i).Message) }, ""},
		{"field_ordinal", Integer, true, "the field that it is about: fields.ordinal", func(r Record, i int) Value { return positive(finding(r, i).Field) }, ""},
		{"line", Integer, true, "line in the document, from 1", func(r Record, i int) Value { return positive(finding(r, i).Line) }, ""},
		{"byte_offset", Bigint, true, "offset of the place in the document's text, in bytes of UTF-8", func(r Record, i int) Value { return offset(finding(r, i).Offset) }, ""},
	},
}

func field(r Record, row int) *BoxField { return &r.Election.Fields[row] }

var fields = Table{
	Name: "fields", Row: "one raw field of one box", Key: []string{"election_id", "ordinal"},
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Fields)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"ordinal", Integer, false, "number of the field in its box, from 1", func(r Record, i int) Value { return positive(field(r, i).Ordinal) }, "ordinal >= 1"},
		{"key", String, true, "the key as the document writes it, such as Last Election7; NULL where it is empty", func(r Record, i int) Value { return text(field(r, i).Key) }, ""},
		{"name", String, true, "the parameter's name without its number, such as last_election; NULL where the key is empty", func(r Record, i int) Value { return text(field(r, i).Name) }, ""},
		{"position", Integer, true, "the number in the key; NULL where it has none", func(r Record, i int) Value { return positive(field(r, i).Position) }, ""},
		{"raw", String, false, "the value as it stands in the document; empty where the field is", func(r Record, i int) Value { return Value{Valid: true, Text: field(r, i).Raw} }, ""},
		{"text", String, true, "the value as a reader sees it, white space folded", func(r Record, i int) Value { return text(field(r, i).Text) }, ""},
		{"target", String, true, "the column that a rule read it into, such as results.previous_seats; NULL where no rule reads it", func(r Record, i int) Value { return text(field(r, i).Target) }, ""},
		{"line", Integer, true, "line of the value in the document, from 1", func(r Record, i int) Value { return positive(field(r, i).Line) }, ""},
		{"byte_offset", Bigint, true, "offset of raw's first byte in the document's text, UTF-8: the bytes from there are raw", func(r Record, i int) Value { return offset(field(r, i).Offset) }, ""},
		{"path", String, true, "where the value stands, in a format without offsets", func(r Record, i int) Value { return text(field(r, i).Path) }, ""},
		{"footnotes", String, true, "what the value's footnotes say, one a line; they are no part of text. NULL where it has none, and in rendered pages, whose footnotes stand elsewhere", func(r Record, i int) Value { return text(r.Election.Footnotes[i]) }, ""},
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

func measure(r Record, row int) *Measure { return &r.Election.Measures[row] }

var measures = Table{
	Name: "measures", Row: "one index of one election", Key: []string{"election_id", "measure"},
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Measures)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"measure", String, false, measuresMeaning, func(r Record, i int) Value { return text(measure(r, i).Name) }, ""},
		{"value", Double, false, "its value under the treatment, rounded to nine decimals", func(r Record, i int) Value { return float(&measure(r, i).Value) }, ""},
		{"low", Double, true, "the least that it can be, whatever the box leaves out; NULL where nothing is open, or where how much is open is not known", func(r Record, i int) Value { return float(measure(r, i).Low) }, ""},
		{"high", Double, true, "the most that it can be, whatever the box leaves out; NULL as low is", func(r Record, i int) Value { return float(measure(r, i).High) }, ""},
		{"treatment", String, false, "how what the box leaves open was treated for value: " + treatmentsMeaning(), func(r Record, i int) Value { return text(measure(r, i).Treatment) }, ""},
	},
}

func contenderMeasure(r Record, row int) *ContenderMeasure { return &r.Election.ContenderMeasures[row] }

var contenderMeasures = Table{
	Name: "contender_measures", Row: "one index of one contender", Key: []string{"election_id", "position", "measure"},
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.ContenderMeasures)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"position", Integer, false, "the contender: results.position", func(r Record, i int) Value { return positive(contenderMeasure(r, i).Position) }, "position >= 1"},
		{"measure", String, false, contenderMeasuresMeaning, func(r Record, i int) Value { return text(contenderMeasure(r, i).Name) }, ""},
		{"value", Double, false, "its value under the treatment, rounded to nine decimals; shares in percent", func(r Record, i int) Value { return float(&contenderMeasure(r, i).Value) }, ""},
		{"treatment", String, false, "how what the box leaves open was treated, as in measures.treatment", func(r Record, i int) Value { return text(contenderMeasure(r, i).Treatment) }, ""},
	},
}

func coalition(r Record, row int) *Coalition { return &r.Election.Coalitions[row] }

var coalitions = Table{
	Name: "coalitions", Row: "one minimal winning coalition: contenders that hold more than half of the chamber together, and no longer when any one of them leaves; at most 1,000 an election, and how many there are is the measure minimal_winning_coalitions",
	Key: []string{"election_id", "rank"},
	Rows: func(r Record) int {
		if r.Election == nil {
			return 0
		}
		return len(r.Election.Coalitions)
	},
	Columns: []Column{
		{"election_id", String, false, electionIDMeaning, electionID, ""},
		{"rank", Integer, false, "number of the coalition in its election, from 1: fewest members first, then fewest seats, then the larger smallest member, next to smallest member and so on, equals by position", func(_ Record, i int) Value { return positive(i + 1) }, "rank >= 1"},
		{"size", Integer, false, "how many members it has", func(r Record, i int) Value { return number(int64(coalition(r, i).Size)) }, "size >= 1"},
		{"seats", Bigint, false, "seats of its members together", func(r Record, i int) Value { return number(coalition(r, i).Seats) }, "seats >= 1"},
		{"members", String, false, "their positions (results.position), ascending, as a JSON array such as [1,4,5]; members::INTEGER[] is a list", func(r Record, i int) Value { return text(coalition(r, i).Members) }, ""},
	},
}

func oneRedirect(r Record) int {
	if r.Redirect == nil {
		return 0
	}
	return 1
}

var redirects = Table{
	Name: "redirects", Row: "a redirect by which an election box links: to a neighbouring election, a contender or a party", Rows: oneRedirect,
	Columns: []Column{
		{"wiki", String, true, "the wiki's database name, such as enwiki", func(r Record, _ int) Value { return text(r.Redirect.Wiki) }, ""},
		{"from_title", String, false, "title that is linked to", func(r Record, _ int) Value { return text(r.Redirect.From) }, ""},
		{"to_title", String, false, "title of the page that it leads to, without a section", func(r Record, _ int) Value { return text(r.Redirect.To) }, ""},
	},
}

func oneReject(r Record) int {
	if r.Reject == nil {
		return 0
	}
	return 1
}

var rejects = Table{
	Name: "rejects", Row: "a document or a box that could not be read", Rows: oneReject,
	Columns: []Column{
		{"source_uri", String, false, "where the document was found", func(r Record, _ int) Value { return text(r.Reject.SourceURI) }, ""},
		{"page_title", String, true, "title of the page, where it could be read", func(r Record, _ int) Value { return text(r.Reject.PageTitle) }, ""},
		{"unit", String, false, "document or box", func(r Record, _ int) Value { return text(r.Reject.Unit) }, "unit IN ('document', 'box')"},
		{"stage", String, false, "the stage that gave up: extract, transform or load", func(r Record, _ int) Value { return text(r.Reject.Stage) }, "stage IN ('extract', 'transform', 'load')"},
		{"reason", String, false, "why, in one word, such as empty, not-text, duplicate", func(r Record, _ int) Value { return text(r.Reject.Reason) }, ""},
		{"detail", String, false, "why, in words, and what to do", func(r Record, _ int) Value { return text(r.Reject.Detail) }, ""},
		{"line", Integer, true, "line of the place in the document, from 1", func(r Record, _ int) Value { return positive(r.Reject.Line) }, ""},
		{"byte_offset", Bigint, true, "offset of the place in the document, in bytes", func(r Record, _ int) Value { return offset(r.Reject.Offset) }, ""},
	},
}

func oneAccount(r Record) int {
	if r.Account == nil {
		return 0
	}
	return 1
}

// Each account balances; the database enforces it on the two columns that close it.
var sources = Table{
	Name: "sources", Row: "the account of one source: documents = with_box + without_box + rejected + other_namespaces + redirects, boxes = elections + rejected_boxes", Rows: oneAccount,
	Columns: []Column{
		{"source_uri", String, false, "where the source is", func(r Record, _ int) Value { return text(r.Account.SourceURI) }, ""},
		{"format", String, true, "the format that it was read as; NULL where none was found", func(r Record, _ int) Value { return text(r.Account.Format) }, ""},
		{"bytes", Bigint, false, "size in bytes", func(r Record, _ int) Value { return number(r.Account.Bytes) }, "bytes >= 0"},
		{"sha256", String, true, "SHA-256 of its bytes, in hexadecimal; NULL where it was not read whole", func(r Record, _ int) Value { return text(r.Account.SHA256) }, ""},
		{"scan", String, false, "whole, or index where only the streams that an index names were read", func(r Record, _ int) Value { return text(r.Account.Scan) }, "scan IN ('whole', 'index')"},
		{"documents", Bigint, false, "documents met", func(r Record, _ int) Value { return number(r.Account.Documents) }, "documents = with_box + without_box + rejected + other_namespaces + redirects"},
		{"with_box", Bigint, false, "documents with at least one election box", func(r Record, _ int) Value { return number(r.Account.WithBox) }, "with_box >= 0"},
		{"without_box", Bigint, false, "documents without an election box", func(r Record, _ int) Value { return number(r.Account.WithoutBox) }, "without_box >= 0"},
		{"other_namespaces", Bigint, false, "pages outside the namespace of articles", func(r Record, _ int) Value { return number(r.Account.OtherNamespaces) }, "other_namespaces >= 0"},
		{"redirects", Bigint, false, "pages that only lead to another", func(r Record, _ int) Value { return number(r.Account.Redirects) }, "redirects >= 0"},
		{"rejected", Bigint, false, "documents that could not be read: rejects with unit document", func(r Record, _ int) Value { return number(r.Account.Rejected) }, "rejected >= 0"},
		{"boxes", Bigint, false, "election boxes met", func(r Record, _ int) Value { return number(r.Account.Boxes) }, "boxes = elections + rejected_boxes"},
		{"elections", Bigint, false, "boxes that became elections", func(r Record, _ int) Value { return number(r.Account.Elections) }, "elections >= 0"},
		{"rejected_boxes", Bigint, false, "boxes that did not: rejects with unit box", func(r Record, _ int) Value { return number(r.Account.RejectedBoxes) }, "rejected_boxes >= 0"},
	},
}

func oneRun(r Record) int {
	if r.Run == nil {
		return 0
	}
	return 1
}

var runs = Table{
	Name: "runs", Row: "the run that made these tables; the only table that knows the clock", Key: []string{"run_id"}, Primary: true, Rows: oneRun,
	Columns: []Column{
		{"run_id", String, false, "name of the run and of its folder under versions", func(r Record, _ int) Value { return text(r.Run.ID) }, ""},
		{"pipeline", String, false, "name of the pipeline", func(r Record, _ int) Value { return text(r.Run.Pipeline) }, ""},
		{"started_at", Timestamp, false, "when the run began, UTC", func(r Record, _ int) Value { return instant(r.Run.StartedAt) }, ""},
		{"finished_at", Timestamp, false, "when its last record was written, UTC, before the database was built", func(r Record, _ int) Value { return instant(r.Run.FinishedAt) }, ""},
		{"version", String, false, "version of the program", func(r Record, _ int) Value { return text(r.Run.Version) }, ""},
		{"schema_version", String, false, "version of the tables", func(r Record, _ int) Value { return text(r.Run.SchemaVersion) }, ""},
		{"documents", Bigint, false, "documents met in all sources", func(r Record, _ int) Value { return number(r.Run.Total.Documents) }, ""},
		{"elections", Bigint, false, "elections loaded", func(r Record, _ int) Value { return number(r.Run.Total.Elections) }, ""},
		{"sound_elections", Bigint, false, "elections in which no check found an error", func(r Record, _ int) Value { return number(r.Run.Sound) }, ""},
		{"rejected", Bigint, false, "documents that could not be read", func(r Record, _ int) Value { return number(r.Run.Total.Rejected) }, ""},
		{"rejected_boxes", Bigint, false, "boxes that could not be read", func(r Record, _ int) Value { return number(r.Run.Total.RejectedBoxes) }, ""},
		{"notes", Bigint, false, "findings with status note", func(r Record, _ int) Value { return number(r.Run.Notes) }, ""},
		{"warnings", Bigint, false, "findings with status warn", func(r Record, _ int) Value { return number(r.Run.Warnings) }, ""},
		{"errors", Bigint, false, "findings with status error", func(r Record, _ int) Value { return number(r.Run.Errors) }, ""},
	},
}
