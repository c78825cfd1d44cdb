package schemastest

import (
	"math"
	"strings"
	"time"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// AbsentContest returns a contest in which every value that may be absent is absent.
func AbsentContest(id string) *schemas.Contest {
	return &schemas.Contest{
		ID: id, Document: &schemas.Document{URI: "absent.txt", SHA256: strings.Repeat("0", 64)},
		Block:    &schemas.Block{Ordinal: 1, Family: resulttables.ElectionSummary, Offset: -1},
		Rows:     []schemas.ContestRow{{Position: 1, Offset: -1}},
		Fields:   []schemas.ContestField{{Field: &schemas.Field{Offset: -1}, Call: 1}},
		Findings: []schemas.Finding{{Ordinal: 1, CheckID: "contest-unclosed", Status: schemas.Note, Offset: -1}},
	}
}

// FullContest returns a contest in which every value is given, all texts as one text and all numbers as one number.
func FullContest(id, text string, n int64, share string, date schemas.Date) *schemas.Contest {
	small := min(n, math.MaxInt32)
	line := int(max(1, small))
	return &schemas.Contest{
		ID: id, ElectionID: text, Link: resulttables.LinkPart,
		Document: &schemas.Document{
			URI: text, SHA256: strings.Repeat("f", 64), Wiki: text, PageID: &n, PageURL: text, RevisionID: &n,
			RevisionTimestamp: time.Date(
				date.Year,
				time.Month(date.Month),
				date.Day,
				1,
				2,
				3,
				0,
				time.UTC,
			), Title: text,
		},
		Block: &schemas.Block{
			Ordinal: line, Family: resulttables.ElectionResults, Section: []string{text, ""}, Line: line, Offset: int(n),
		},
		Round: line, RoundName: text, Title: text, SeatsToFill: &n, Date: date, Electorate: &n, Valid: &n, Invalid: &n,
		Blank: &n, VotesCast: &n, TurnoutVotes: &n, TotalVotes: &n, TurnoutPct: Exact(share),
		TurnoutChangePP: Exact(
			share,
		), SeatChangeTotal: &n, ValidShown: &n, VotesCastShown: &n, TurnoutShown: Exact(share),
		Margins: []schemas.ContestMargin{{Votes: &n, Pct: Exact(share)}, {}},
		Outcomes: []schemas.ContestOutcome{
			{Kind: "gain", Winner: text, Loser: text, SwingPP: Exact(share)},
			{Kind: "hold"},
		},
		SeatColumns: []string{text},
		Rows: []schemas.ContestRow{{
			Position: 1, Candidate: text, CandidatePage: text, RunningMate: text, Party: text, PartyPage: text,
			Alliance: text, AlliancePage: text, Votes: &n, VotesCoverRows: &small, VotePct: Exact(share),
			ChangePP: Exact(share), IsNew: Ptr(true), Seats: &small, SeatsTotal: &small, SeatChange: &small,
			SeatsGained: &small, SeatsLost: &small, Elected: Ptr(true), Incumbent: Ptr(false), Kind: text,
			SeatCells: []string{text, ""}, Line: line, Offset: int(n),
		}, {Position: 1 + line, VotePctShown: Exact(share)}},
		Fields: []schemas.ContestField{{
			Field:    &schemas.Field{Key: text, Raw: text, Text: text, Line: line, Offset: int(n)},
			Template: text, Call: line, Table: "contest_results", Row: line, Columns: []string{"votes", "vote_pct"},
		}},
		Findings: []schemas.Finding{{
			Ordinal: 1, CheckID: text, Status: schemas.Warn, Subject: text, Expected: text, Observed: text, Message: text,
			Line: line, Offset: int(n),
		}},
	}
}
