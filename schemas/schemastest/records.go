package schemastest

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/contest"
	"hemicycle/schemas/tables"
)

// HostileTexts are texts that are hard for some output format.
var HostileTexts = []string{
	`"double" and 'single' quotes, \backslash\`, "two\nlines\r\nand a tab\t.", "<script>alert('&amp;')</script>",
	"🗳️ emoji, 中文, العربية, e\u0301", "replaced: \uFFFD", " leading and trailing ", "NULL", "null", "0",
	";-- DROP TABLE elections",
	"\u2028 and \u2029", "\x1b[31mred", "{}", "[1,2]", "\u00a0", strings.Repeat("long ", 2000),
}

// Ptr returns a pointer to a copy of a value.
func Ptr[T any](v T) *T { return &v }

// Exact returns the decimal that a text writes.
func Exact(s string) *decimal.Decimal { return Ptr(decimal.RequireFromString(s)) }

// AbsentElection returns an election in which every value that may be absent is absent.
func AbsentElection(id string) *schemas.Election {
	return &schemas.Election{
		ID: id, Box: 1,
		Document: &schemas.Document{URI: "absent.txt", SHA256: strings.Repeat("0", 64)},
		Contenders: []schemas.Contender{
			{Position: 1, Kind: "party"},
			{Position: 2, Kind: "candidate"},
		},
		Rounds:       []schemas.Round{{Round: 1}},
		RoundResults: []schemas.RoundResult{{Round: 1, Position: 1}},
		Offices:      []schemas.Office{{Ordinal: 1}},
		Claims: []schemas.Claim{{Ordinal: 1, Subject: schemas.SubjectSeats, Value: "1", Excerpt: "1 seat",
			Offset: -1}},
		Fields:   []schemas.BoxField{{Ordinal: 1, Field: &schemas.Field{Offset: -1}}},
		Findings: []schemas.Finding{{Ordinal: 1, CheckID: "seat-total", Status: schemas.Note, Offset: -1}},
		Measures: []schemas.Measure{{Name: "effective-parties-seats", IsOpen: true, Treatment: "none"}},

		ContenderMeasures: [][]schemas.ContenderMeasure{{{Position: 1, Name: "seat-share", Treatment: "none"}}},
		Coalitions:        []schemas.Coalition{{Size: 1, Seats: 1, Members: []int32{1}}},
	}
}

// FullElection returns an election in which every value is given, all texts as one text and all numbers as one number.
func FullElection(id, text string, n int64, share string, date schemas.Date) *schemas.Election {
	small := min(n, math.MaxInt32)
	instant := time.Date(date.Year, time.Month(date.Month), date.Day, 23, 59, 59, 123456000, time.UTC)
	document := &schemas.Document{
		URI: text, SHA256: strings.Repeat("f", 64), Wiki: text, Lang: text, PageID: &n, PageURL: text,
		RevisionID: &n, RevisionTimestamp: instant, WikidataQID: text, Title: text, TitleBasis: schemas.TitleOfFile,
	}
	place := schemas.Field{Key: text, Name: text, Position: int(small), Raw: text, Text: text, Line: int(small),
		Offset: int(n), Path: text}
	return &schemas.Election{
		ID: id, Document: document, Box: 2, Parent: 1, Template: text, IsWrapper: n%2 == 1, FullName: text,
		Classification: FullClassification(text), Name: text, Country: text, Type: text,
		Status: "future", Date: date, DateEnd: date, DateRaw: text,
		SeatsTotal: &small, SeatsContested: &small, SeatsRaw: text, SeatsBasis: "won", Chamber: text, ChamberPage: text,
		MajoritySeats:    &small,
		RegisteredVoters: &n, VotesCast: &n, TurnoutPct: Exact(share), TurnoutChangePP: Exact(share),
		PreviousElection: text, PreviousPage: text, NextElection: text, NextPage: text,
		Contenders: []schemas.Contender{{
			Position: 1, Kind: "candidate", Name: text, Page: text, Party: text, PartyPage: text, Leader: text,
			RunningMate: text, Alliance: text, AlliancePage: text, Heading: text,
			Parties: []schemas.LinkedName{{Name: text, Page: text, PageBasis: schemas.PageOfLink}, {Name: text}},
			Leaders: []schemas.LinkedName{{Name: text, Page: text, PageBasis: schemas.PageOfName}, {Name: text}},
			Colour:  "#00FFA0", Round: int(max(1, small)), Votes: &n, VotePct: Exact(share), SwingPP: Exact(share),
			PreviousVotePct: Exact(share), ElectoralVotes: &small, Seats: &small, SeatsWon: &small, SeatsAfter: &small,
			PreviousSeats: &small, SeatsBefore: &small, SeatChange: Ptr(-small),
			SeatChangeStated: &small,
			IsNew:            Ptr(true), IsIndependent: true,
		}, {Position: int(max(2, small)), Kind: "party", IsNew: Ptr(false)}},
		Rounds: []schemas.Round{{Round: 1}, {
			Round: int(max(2, small)), Date: date, DateEnd: date, TurnoutPct: Exact(share), TurnoutChangePP: Exact(share),
			RegisteredVoters: &n, VotesCast: &n, Fields: []int32{1, 3},
		}},
		RoundResults: []schemas.RoundResult{
			{Round: 1, Position: 1},
			{Round: int(max(2, small)), Position: 1, Votes: &n, VotePct: Exact(share), Fields: []int32{3}},
		},
		Offices: []schemas.Office{
			{Ordinal: 1, Title: text, BeforeName: text, BeforeParty: text, AfterName: text, AfterParty: text,
				BeforePage: text, BeforePartyPage: text, AfterPage: text, AfterPartyPage: text},
			{Ordinal: 2, BeforeName: text, AfterName: text},
		},
		Claims: []schemas.Claim{
			{
				Ordinal: 1,
				Subject: schemas.SubjectTurnout,
				Value:   text,
				Excerpt: text,
				Line:    int(small),
				Offset:  int(n),
			},
			{Ordinal: 2, Subject: schemas.SubjectDate, Value: text, Excerpt: text, Line: 1},
		},
		Fields: []schemas.BoxField{{Field: &place, Ordinal: 1, Targets: []string{"results.seats"}},
			{
				Field:   &schemas.Field{},
				Ordinal: 2,
			}, {Field: &place, Ordinal: 3, Targets: []string{"results.votes", "results.vote_pct"}}},
		Footnotes: map[int]string{0: text, 2: "one\ntwo"},
		Findings: []schemas.Finding{
			{Ordinal: 1, CheckID: "seat-total", Status: schemas.Error, Subject: text, Expected: text, Observed: text,
				Message: text, Field: 1, Line: int(small), Offset: int(n)},
			{Ordinal: 2, CheckID: text, Status: schemas.Note, Offset: -1},
		},
		Quiet: []schemas.Finding{
			{Ordinal: 3, CheckID: "passed-" + text, Status: schemas.Pass, Expected: text, Observed: text, Offset: -1},
			{Ordinal: 4, CheckID: "skipped", Status: schemas.Skip, Message: text, Offset: -1},
			{Ordinal: 5, CheckID: "passed", Status: schemas.Pass, Message: "a: b", Offset: -1},
		},
		Measures: []schemas.Measure{
			{Name: "low-and-high", Value: math.MaxFloat64, Low: Ptr(-math.MaxFloat64),
				High: Ptr(math.SmallestNonzeroFloat64), Treatment: text},
			{Name: "tenth", Value: 0.1, Low: Ptr(0.0), Treatment: text},
			{Name: "open", IsOpen: true, Low: Ptr(0.5), High: Ptr(9.5), Treatment: text},
		},
		ContenderMeasures: [][]schemas.ContenderMeasure{{
			{Position: 1, Name: "vote_share", Treatment: text},
			{Position: 1, Name: "seat_share", Value: 100.0 / 3, Treatment: text},
			{Position: 1, Name: "banzhaf", Value: 0.1, Treatment: text},
			{Position: 1, Name: "banzhaf_absolute", Value: 0.25, Treatment: text},
			{Position: 1, Name: "banzhaf_swings", Value: math.MaxFloat64, Treatment: text},
			{Position: 1, Name: "shapley_shubik", Value: 1, Treatment: text},
			{Position: 1, Name: "banzhaf_independents_alone", Value: 0.2, Treatment: text},
			{Position: 1, Name: "shapley_shubik_independents_alone", Value: 0.3, Treatment: text},
		}, {
			{Position: int(max(2, small)), Name: "seat_share", Value: -math.SmallestNonzeroFloat64, Treatment: text},
		}},
		Coalitions: []schemas.Coalition{
			{Size: 1, Seats: max(1, n), Members: []int32{int32(max(1, small))}},
			{Size: 3, Seats: 1, Members: []int32{1, 2, math.MaxInt32}},
		},
	}
}

// FullClassification returns a classification in which every part is given, the texts as one text.
func FullClassification(text string) schemas.Classification {
	return schemas.Classification{
		Country:     schemas.Classified{Value: text, Basis: schemas.BasisLabel},
		Subdivision: schemas.Classified{Value: text, Basis: schemas.BasisTitle},
		Level:       schemas.Classified{Value: contest.LevelSubnational, Basis: schemas.BasisOuterBox},
		Chamber:     schemas.Classified{Value: contest.ChamberUnicameral, Basis: schemas.BasisPhrase},
		Kind:        schemas.Classified{Value: contest.ByElection, Basis: schemas.BasisTemplate},
	}
}

// SampleRecords returns records of every kind, in which every value is absent, given and extreme somewhere.
func SampleRecords() []schemas.Record {
	date := schemas.Date{Year: 2007, Month: 9, Day: 7}
	elections := []*schemas.Election{AbsentElection("local:absent#1"), {
		ID: "local:bare#1", Box: 1, Document: &schemas.Document{URI: "bare.txt", SHA256: strings.Repeat("a", 64)},
		Date: schemas.Date{Year: 1789}, TurnoutPct: Exact("1000"), // too large for its column, so absent
	}}
	for i, text := range HostileTexts {
		id := fmt.Sprintf("local:%s#%d", text, i+1)
		elections = append(elections, FullElection(id, text, int64(i), "37.00", date))
	}
	for i, share := range []string{"999.9999", "-999.9999", "0", "-0.0001", "0.00005", "99.99999", "14.61"} {
		elections = append(elections, FullElection("local:share "+share+"#1", "share", int64(i), share, date))
	}
	for _, n := range []int64{0, 1, math.MaxInt32, math.MaxInt32 + 1, math.MaxInt64} {
		elections = append(elections, FullElection(fmt.Sprintf("local:number %d#1", n), "number", n, "1", date))
	}
	days := []schemas.Date{
		{Year: 1000, Month: 1, Day: 1}, {Year: 1969, Month: 12, Day: 31}, {Year: 1970, Month: 1, Day: 1},
		{Year: 1582, Month: 10, Day: 10}, {Year: 2000, Month: 2, Day: 29}, {Year: 9999, Month: 12, Day: 31},
	}
	for _, d := range days {
		elections = append(elections, FullElection("local:day "+d.String()+"#1", "day", 1, "1", d))
	}
	for i := range 150 {
		id, text := fmt.Sprintf("enwiki:%d#1", i), "page "+strconv.Itoa(i%7)
		elections = append(elections, FullElection(id, text, int64(i), "12.3456", date))
	}
	elections = append(elections, LinkedElections()...)
	for _, wiki := range []string{"enwiki", "frwiki"} { // which have one election
		elections = append(elections, &schemas.Election{
			ID: wiki + ":Both#1", Box: 1, Document: &schemas.Document{
				URI: wiki, Title: "Both", Wiki: wiki, WikidataQID: "Q77", SHA256: strings.Repeat("c", 64),
			},
		})
	}
	var records []schemas.Record
	for _, e := range elections {
		records = append(records, schemas.Record{Election: e})
	}
	for _, e := range elections {
		records = append(records, schemas.Record{Names: e.Names()})
	}
	records = append(records, schemas.Record{Contest: AbsentContest("local:absent#c1")})
	for i, text := range HostileTexts {
		contest := FullContest(fmt.Sprintf("local:%s#c%d", text, i+1), text, int64(i), "37.00", date)
		records = append(records, schemas.Record{Contest: contest})
	}
	records = append(records, schemas.Record{Contradictions: []schemas.Contradiction{
		{Kind: schemas.ContradictionChain, ElectionID: "local:absent#1", Ordinal: 1, OtherID: "local:bare#1",
			Column: "elections.turnout_change_pp", OtherColumn: "elections.turnout_pct", Place: schemas.NoPlace,
			OtherPlace: schemas.NoPlace},
		{Kind: schemas.ContradictionChain, ElectionID: "local:absent#1", Ordinal: 2, OtherID: "local:bare#1",
			Position: 1, OtherPosition: 2, Column: "results.previous_seats", OtherColumn: "results.seats",
			Value: HostileTexts[0], OtherValue: "4", Message: HostileTexts[1], Place: schemas.Place{Line: 1},
			OtherPlace: schemas.Place{Line: 3, Offset: 12}},
	}})
	for _, text := range HostileTexts {
		records = append(
			records,
			schemas.Record{Changes: []schemas.Change{{Table: "results", Row: text, Column: "name",
				Kind: schemas.ChangeChanged, Old: Ptr(text), New: Ptr(""), ElectionID: text, Page: text,
				OldRevision: Ptr(int64(8)), NewRevision: Ptr(int64(9))}}},
			schemas.Record{Page: &schemas.Page{SourceURI: text, Wiki: text, ID: Ptr(int64(7)), Title: text,
				RevisionID: Ptr(int64(8)), RevisionTimestamp: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
				WikidataQID: text, State: schemas.PageStale, NewestRevisionID: Ptr(int64(9)), Elections: 2}},
			schemas.Record{Redirect: &schemas.Redirect{Wiki: text, From: text, To: text}},
			schemas.Record{Reject: &schemas.Reject{SourceURI: text, Wiki: text, PageTitle: text, Unit: schemas.UnitBox,
				Stage: "load", Reason: schemas.ReasonDuplicate, Detail: text, Line: 3, Offset: 7}},
			schemas.Record{
				Account: &schemas.Account{SourceURI: text, Wikis: []string{text, ""}, Format: text, Bytes: math.MaxInt64,
					SHA256: text, Scan: "index", Documents: 15, WithBox: 1, WithoutBox: 2, OtherNamespaces: 3,
					Redirects: 4, Rejected: 5,
					Boxes: 9, Elections: 2, RejectedBoxes: 7, Lost: 1, Incomplete: 1,
					Missing: &schemas.Missing{Gaps: 1, UnknownSize: true, Reason: schemas.ReasonDamaged, Detail: text,
						Share: text}},
			},
		)
	}
	return append(records,
		schemas.Record{Changes: []schemas.Change{{Table: "sources", Row: "{}", Column: "format",
			Kind: schemas.ChangeAdded}}},
		schemas.Record{Page: &schemas.Page{SourceURI: "x", State: schemas.PageWithoutBox}},
		schemas.Record{Redirect: &schemas.Redirect{From: "from", To: "to"}},
		schemas.Record{Reject: &schemas.Reject{SourceURI: "x", Unit: schemas.UnitDocument, Stage: "extract",
			Reason: schemas.ReasonEmpty, Detail: "nothing", Offset: -1}},
		schemas.Record{Account: &schemas.Account{SourceURI: "x", Scan: schemas.ScanWhole}},
		schemas.Record{Account: &schemas.Account{SourceURI: "y", Scan: schemas.ScanWhole, Incomplete: 1,
			Missing: &schemas.Missing{Gaps: 1, Bytes: 7, Reason: schemas.ReasonCutShort, Detail: "it ends"}}},
		schemas.Record{Run: SampleRun()}, schemas.Record{Run: partitionRun()})
}

// LinkedElections returns an election and the next one, whose box says one seat more of the first than the first has.
func LinkedElections() []*schemas.Election {
	of := func(title, previous string, seats int64, before *int64) *schemas.Election {
		return &schemas.Election{
			ID: "enwiki:" + title + "#1", Box: 1, PreviousPage: previous,
			Document: &schemas.Document{URI: title, Title: title, Wiki: "enwiki", SHA256: strings.Repeat("b", 64)},
			Contenders: []schemas.Contender{{Position: 1, Kind: "party", Name: "Party", Party: "Party", Seats: &seats,
				PreviousSeats: before}},
		}
	}
	return []*schemas.Election{of("Then", "", 10, nil), of("Now", "Then", 12, Ptr(int64(11)))}
}

// SampleRun returns a run with a different number in every count.
func SampleRun() *schemas.Run {
	started := time.Date(2026, 2, 3, 4, 5, 6, 789012000, time.UTC)
	return &schemas.Run{
		ID: "20260203T040506Z", Pipeline: "sample", StartedAt: started, FinishedAt: started.Add(time.Second),
		Version: "v0", SchemaVersion: schemas.Version,
		Total: schemas.Account{Documents: 3, Elections: 2, Rejected: 1, RejectedBoxes: 4, Incomplete: 9},
		Sound: 5, Notes: 6, Warnings: 7, Errors: 8,
	}
}

// partitionRun returns a run that made the partitions of some wikis.
func partitionRun() *schemas.Run {
	run := SampleRun()
	run.ID, run.Wikis = run.ID+"-2", []string{"", "enwiki"}
	return run
}

// WantRows returns the rows of a table as its getters give them, each value as a reader of any format has it.
func WantRows(t *tables.Table, records []schemas.Record) [][]any {
	rows := [][]any{}
	for _, r := range records {
		for row := range t.Rows(r) {
			values := make([]any, len(t.Columns))
			for i, c := range t.Columns {
				if v := c.Get(r, row); v.Valid {
					values[i] = WantValue(c.Type, v)
				}
			}
			rows = append(rows, values)
		}
	}
	return rows
}

// WantValue returns a value as a reader of any format has it.
func WantValue(kind tables.Type, v tables.Value) any {
	switch kind {
	case tables.Integer, tables.Bigint:
		return v.Int
	case tables.Share:
		return decimal.New(v.Int, -4).StringFixed(4)
	case tables.Double:
		return v.Float
	case tables.Boolean:
		return v.Bool
	case tables.Day:
		return time.Unix(v.Int*86400, 0).UTC().Format(time.DateOnly)
	case tables.Timestamp:
		return time.UnixMicro(v.Int).UTC().Format(time.RFC3339Nano)
	case tables.Integers:
		list := make([]any, len(v.Ints))
		for i, n := range v.Ints {
			list[i] = int64(n)
		}
		return list
	case tables.Strings:
		list := make([]any, len(v.Texts))
		for i, text := range v.Texts {
			list[i] = text
		}
		return list
	}
	return v.Text
}
