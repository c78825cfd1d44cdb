package version

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"hemicycle/schemas"
)

// Elections reads every election of the version with all that belongs to it, in the order in which they were written.
// It keeps only one in memory. After an error there is no further election.
func (p *Published) Elections(ctx context.Context) iter.Seq2[*schemas.Election, error] {
	return func(yield func(*schemas.Election, error) bool) {
		wantsMore := true
		err := p.elections(ctx, childTables, func(e *schemas.Election) bool {
			wantsMore = yield(e, nil)
			return wantsMore
		})
		if err != nil && wantsMore {
			yield(nil, err)
		}
	}
}

// EachElection calls visit with the elections that Elections yields until it returns false. Of what belongs to an
// election, only the rows of the named tables are read.
func (p *Published) EachElection(ctx context.Context, tableNames []string, visit func(*schemas.Election) bool) error {
	var selected []childTable
	for _, child := range childTables {
		if slices.Contains(tableNames, child.table) {
			selected = append(selected, child)
		}
	}
	return p.elections(ctx, selected, visit)
}

// Results reads the election with an ID and its contenders, and nothing else that belongs to it.
func (p *Published) Results(ctx context.Context, id string) (found *schemas.Election, err error) {
	err = p.EachElection(ctx, []string{"results"}, func(e *schemas.Election) bool {
		if e.ID == id {
			found = e
		}
		return found == nil
	})
	if err == nil && found == nil {
		err = fmt.Errorf("%s: there is no election %s", p.folder, id)
	}
	return found, err
}

// ElectionName has the names of an election: its ID, the title of its page, and the name that its box gives.
type ElectionName struct{ ID, Page, Name string }

// ElectionNames reads the names of every election of the version, in the order in which the elections were written.
func (p *Published) ElectionNames(ctx context.Context) iter.Seq2[ElectionName, error] {
	return func(yield func(ElectionName, error) bool) {
		t := p.openTable(ctx, "elections", "election_id", "page_title", "election_name")
		defer t.close()
		for {
			more, err := t.next()
			if err != nil {
				yield(ElectionName{}, err)
			}
			if err != nil || !more {
				return
			}
			name := ElectionName{ID: t.text("election_id"), Page: t.text("page_title"), Name: t.text("election_name")}
			if !yield(name, nil) {
				return
			}
		}
	}
}

// childTable is a table whose rows belong to elections. Add adds its current row to an election.
type childTable struct {
	table string
	add   func(*schemas.Election, *tableReader)
}

// childTables are the tables whose rows belong to elections, as far as a version is read back.
var childTables = []childTable{
	{"results", addContender},
	{"contender_parties", addParty},
	{"contender_leaders", addLeader},
	{"rounds", addRound},
	{"round_results", addRoundResult},
	{"offices", addOffice},
	{"claims", addClaim},
	{"findings", addFinding},
	{"fields", addField},
	{"measures", addMeasure},
	{"contradictions", addContradiction},
}

// elections merges the tables, whose rows are in the order of the elections.
func (p *Published) elections(ctx context.Context, children []childTable,
	yield func(*schemas.Election) bool) (err error) {
	elections := p.openTable(ctx, "elections")
	defer func() { err = errors.Join(err, elections.close()) }()
	readers := make([]*tableReader, len(children))
	pending := make([]bool, len(children)) // the reader is at a row that was not yet added to an election
	for i, child := range children {
		readers[i] = p.openTable(ctx, child.table)
		defer func() { err = errors.Join(err, readers[i].close()) }()
		if pending[i], err = readers[i].next(); err != nil {
			return err
		}
	}
	for {
		more, err := elections.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		e := readElection(elections)
		for i, child := range children {
			for pending[i] && readers[i].text("election_id") == e.ID {
				child.add(e, readers[i])
				if pending[i], err = readers[i].next(); err != nil {
					return err
				}
			}
		}
		if !yield(e) {
			return nil
		}
	}
	for i, child := range children {
		if pending[i] {
			return fmt.Errorf("%s: the rows of %s in the table %s are not in the order of the elections: "+
				"the files are not as they were published; run again",
				p.folder, readers[i].text("election_id"), child.table)
		}
	}
	return nil
}

// readElection returns the election in the current row, without what other tables have of it.
func readElection(t *tableReader) *schemas.Election {
	e := &schemas.Election{
		ID: t.text("election_id"),
		Document: &schemas.Document{
			URI: t.text("source_uri"), SHA256: t.text("source_sha256"), Wiki: t.text("wiki"), Lang: t.text("lang"),
			PageID: t.number("page_id"), PageURL: t.text("page_url"), RevisionID: t.number("revision_id"),
			RevisionTimestamp: t.instant("revision_timestamp"), WikidataQID: t.text("wikidata_qid"),
			Title: t.text("page_title"), TitleBasis: schemas.TitleBasis(t.text("title_basis")),
		},
		Box: t.int("box"), Parent: t.int("parent_box"), Template: t.text("template"), Name: t.text("election_name"),
		IsWrapper: t.value("is_wrapper").Bool, FullName: t.text("full_name"), Classification: readClassification(t),
		Country: t.text("country"), Type: t.text("election_type"), Status: t.text("status"),
		Date: t.day("election_date"), DateEnd: t.day("election_date_end"), DateRaw: t.text("election_date_raw"),
		SeatsTotal: t.number("seats_total"), SeatsContested: t.number("seats_contested"), SeatsRaw: t.text("seats_raw"),
		SeatsBasis: t.text("seats_basis"),
		Chamber:    t.text("chamber"), ChamberPage: t.text("chamber_page"), MajoritySeats: t.number("majority_seats"),
		RegisteredVoters: t.number("registered_voters"), VotesCast: t.number("votes_cast"),
		TurnoutPct: t.share("turnout_pct"), TurnoutChangePP: t.share("turnout_change_pp"),
		PreviousElection: t.text("previous_election"), PreviousPage: t.text("previous_page"),
		NextElection: t.text("next_election"), NextPage: t.text("next_page"),
	}
	if e.Date.Year == 0 { // a partial date has its year alone
		e.Date.Year = t.int("election_year")
	}
	e.AddQuiet(t.value("checks_passed").Texts, t.value("checks_skipped").Texts, t.value("check_remarks").Texts)
	return e
}

// readClassification returns what the election in the current row is.
func readClassification(t *tableReader) schemas.Classification {
	part := func(name string) schemas.Classified {
		return schemas.Classified{Value: t.text(name), Basis: schemas.Basis(t.text(name + "_basis"))}
	}
	return schemas.Classification{
		Country: part("country_code"), Subdivision: part("subdivision"), Level: part("level"),
		Chamber: part("chamber_type"), Kind: part("election_kind"),
	}
}

// addContender adds the contender in the current row to an election.
func addContender(e *schemas.Election, t *tableReader) {
	e.Contenders = append(e.Contenders, schemas.Contender{
		Position: t.int("position"), Kind: t.text("kind"), Name: t.text("name"), Page: t.text("page"),
		Party:     t.text("party"),
		PartyPage: t.text("party_page"), Leader: t.text("leader"), RunningMate: t.text("running_mate"),
		Alliance: t.text("alliance"), AlliancePage: t.text("alliance_page"), Heading: t.text("heading"),
		Colour: t.text("colour"), Round: t.int("round"), Votes: t.number("votes"), VotePct: t.share("vote_pct"),
		SwingPP: t.share("swing_pp"), PreviousVotePct: t.share("previous_vote_pct"),
		ElectoralVotes: t.number("electoral_votes"), Seats: t.number("seats"), SeatsWon: t.number("seats_won"),
		SeatsAfter: t.number("seats_after"), PreviousSeats: t.number("previous_seats"), SeatsBefore: t.number("seats_before"),
		SeatChange: t.number("seat_change"), SeatChangeStated: t.number("seat_change_stated"),
		IsNew: t.boolean("is_new"), IsIndependent: t.value("is_independent").Bool,
	})
}

// addParty adds the party in the current row to its contender.
func addParty(e *schemas.Election, t *tableReader) {
	if c := e.Contender(t.int("position")); c != nil {
		c.Parties = append(c.Parties, readName(t))
	}
}

// addLeader adds the leader in the current row to its contender.
func addLeader(e *schemas.Election, t *tableReader) {
	if c := e.Contender(t.int("position")); c != nil {
		c.Leaders = append(c.Leaders, readName(t))
	}
}

// readName returns the name in the current row of a table of names.
func readName(t *tableReader) schemas.LinkedName {
	return schemas.LinkedName{Name: t.text("name"), Page: t.text("page"), PageBasis: t.text("page_basis")}
}

// addRound adds the round in the current row to an election.
func addRound(e *schemas.Election, t *tableReader) {
	e.Rounds = append(e.Rounds, schemas.Round{
		Round: t.int("round"), Date: t.day("date"), DateEnd: t.day("date_end"),
		TurnoutPct: t.share("turnout_pct"), TurnoutChangePP: t.share("turnout_change_pp"),
		RegisteredVoters: t.number("registered_voters"), VotesCast: t.number("votes_cast"),
		Fields: t.value("field_ordinals").Ints,
	})
}

// addRoundResult adds the votes of a contender in one round, in the current row, to an election.
func addRoundResult(e *schemas.Election, t *tableReader) {
	e.RoundResults = append(e.RoundResults, schemas.RoundResult{
		Round: t.int("round"), Position: t.int("position"), Votes: t.number("votes"), VotePct: t.share("vote_pct"),
		Fields: t.value("field_ordinals").Ints,
	})
}

// addOffice adds the office in the current row to an election.
func addOffice(e *schemas.Election, t *tableReader) {
	e.Offices = append(e.Offices, schemas.Office{
		Ordinal: t.int("ordinal"), Title: t.text("office"), BeforeName: t.text("before_name"),
		BeforeParty: t.text("before_party"), AfterName: t.text("after_name"), AfterParty: t.text("after_party"),
		BeforePage: t.text("before_page"), BeforePartyPage: t.text("before_party_page"),
		AfterPage: t.text("after_page"), AfterPartyPage: t.text("after_party_page"),
	})
}

// addClaim adds the claim in the current row to an election.
func addClaim(e *schemas.Election, t *tableReader) {
	e.Claims = append(e.Claims, schemas.Claim{
		Ordinal: t.int("ordinal"), Subject: t.text("subject"), Value: t.text("value"), Excerpt: t.text("excerpt"),
		Line: t.int("line"), Offset: t.offset("byte_offset"),
	})
}

// addFinding adds the finding in the current row to an election.
func addFinding(e *schemas.Election, t *tableReader) {
	e.Findings = append(e.Findings, schemas.Finding{
		Ordinal: t.int("ordinal"), CheckID: t.text("check_id"), Status: schemas.Status(t.text("status")),
		Subject: t.text("subject"), Expected: t.text("expected"), Observed: t.text("observed"),
		Message: t.text("message"), Field: t.int("field_ordinal"), Line: t.int("line"), Offset: t.offset("byte_offset"),
	})
}

// addField adds the field in the current row to an election.
func addField(e *schemas.Election, t *tableReader) {
	if notes := t.text("footnotes"); notes != "" {
		if e.Footnotes == nil {
			e.Footnotes = map[int]string{}
		}
		e.Footnotes[len(e.Fields)] = notes
	}
	e.Fields = append(e.Fields, schemas.BoxField{
		Ordinal: t.int("ordinal"), Targets: strings.Fields(t.text("targets")),
		Field: &schemas.Field{
			Key: t.text("key"), Name: t.text("name"), Position: t.int("position"), Raw: t.text("raw"),
			Text: t.text("text"), Line: t.int("line"), Offset: t.offset("byte_offset"), Path: t.text("path"),
		},
	})
}

// addMeasure adds the measure in the current row to an election.
func addMeasure(e *schemas.Election, t *tableReader) {
	e.Measures = append(e.Measures, schemas.Measure{
		Name: t.text(
			"measure",
		), Value: t.value("value").Float, IsOpen: !t.value("value").Valid, Low: t.float("low"), High: t.float("high"),
		Treatment: t.text("treatment"),
	})
}

// addContradiction adds the contradiction in the current row to the election that looks back.
func addContradiction(e *schemas.Election, t *tableReader) {
	e.Contradictions = append(e.Contradictions, schemas.Contradiction{
		Kind: t.text("kind"), Message: t.text("message"), ElectionID: e.ID, Ordinal: t.int("ordinal"),
		Position: t.int("position"), Column: t.text("column_name"), Value: t.text("here"),
		Place:   schemas.Place{Line: t.int("line"), Offset: t.offset("byte_offset")},
		OtherID: t.text("other_election_id"), OtherPosition: t.int("other_position"),
		OtherColumn: t.text("other_column_name"), OtherValue: t.text("there"),
		OtherPlace: schemas.Place{Line: t.int("other_line"), Offset: t.offset("other_byte_offset")},
	})
}
