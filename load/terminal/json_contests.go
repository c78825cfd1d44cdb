package terminal

import (
	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// contestJSON is a contest as show prints it. Values are those that the page states; what the template computes when
// the page is shown is in computed.
type contestJSON struct {
	ContestID       string             `json:"contest_id"`
	Family          string             `json:"family"`
	Path            []string           `json:"path"`
	Title           *string            `json:"title"`
	SeatsToFill     *int64             `json:"seats_to_fill"`
	Round           *int               `json:"round"`
	RoundName       *string            `json:"round_name"`
	Date            *string            `json:"date"`
	Electorate      *int64             `json:"electorate"`
	Valid           *int64             `json:"valid"`
	Invalid         *int64             `json:"invalid"`
	Blank           *int64             `json:"blank"`
	VotesCast       *int64             `json:"votes_cast"`
	TurnoutVotes    *int64             `json:"turnout_votes"`
	TotalVotes      *int64             `json:"total_votes"`
	TurnoutPct      *string            `json:"turnout_pct"`
	TurnoutChangePP *string            `json:"turnout_change_pp"`
	SeatChangeTotal *int64             `json:"seat_change_total"`
	Majority        []marginJSON       `json:"majority"`
	Outcome         []outcomeJSON      `json:"outcome"`
	SeatColumns     []string           `json:"seat_columns"`
	Computed        *computedJSON      `json:"computed"`
	Line            int                `json:"line"`
	Offset          *int               `json:"byte_offset"`
	Rows            []contestRowJSON   `json:"rows"`
	Findings        []contestDoubtJSON `json:"findings"`
}

// computedJSON has what the template computes.
type computedJSON struct {
	Valid      *int64  `json:"valid,omitempty"`
	VotesCast  *int64  `json:"votes_cast,omitempty"`
	TurnoutPct *string `json:"turnout_pct,omitempty"`
	VotePct    *string `json:"vote_pct,omitempty"`
}

type marginJSON struct {
	Votes *int64  `json:"votes"`
	Pct   *string `json:"pct"`
}

type outcomeJSON struct {
	Kind    string  `json:"kind"`
	Winner  *string `json:"winner"`
	Loser   *string `json:"loser"`
	SwingPP *string `json:"swing_pp"`
}

type contestRowJSON struct {
	Position       int               `json:"position"`
	Candidate      *string           `json:"candidate"`
	CandidatePage  *string           `json:"candidate_page"`
	RunningMate    *string           `json:"running_mate"`
	Party          *string           `json:"party"`
	PartyPage      *string           `json:"party_page"`
	Alliance       *string           `json:"alliance"`
	Votes          *int64            `json:"votes"`
	VotesCoverRows *int64            `json:"votes_cover_rows"`
	VotePct        *string           `json:"vote_pct"`
	ChangePP       *string           `json:"change_pp"`
	IsNew          *bool             `json:"is_new"`
	Seats          *int64            `json:"seats"`
	SeatChange     *int64            `json:"seat_change"`
	SeatsTotal     *int64            `json:"seats_total"`
	SeatsGained    *int64            `json:"seats_gained"`
	SeatsLost      *int64            `json:"seats_lost"`
	Elected        *bool             `json:"elected"`
	Incumbent      *bool             `json:"incumbent"`
	IsOthers       bool              `json:"is_others"`
	Kind           *string           `json:"row_kind"`
	SeatCells      map[string]string `json:"seat_cells,omitempty"`
	Computed       *computedJSON     `json:"computed,omitempty"`
	Line           int               `json:"line"`
	Offset         *int              `json:"byte_offset"`
}

type contestDoubtJSON struct {
	CheckID  string `json:"check_id"`
	Status   string `json:"status"`
	Subject  string `json:"subject"`
	Expected string `json:"expected"`
	Observed string `json:"observed"`
	Message  string `json:"message"`
	Line     int    `json:"line"`
	Offset   *int   `json:"byte_offset"`
}

// decimalText returns a decimal with the digits of the page, or nil.
func decimalText(d *decimal.Decimal) *string {
	if d == nil {
		return nil
	}
	text := schemas.FormatDecimal(*d)
	return &text
}

// ContestsJSON returns the contests of a page: an array with one object per table of results, or per round of one, each
// with its rows and findings.
func ContestsJSON(contests []*schemas.Contest) ([]byte, error) {
	all := []contestJSON{}
	for _, c := range contests {
		all = append(all, newContestJSON(c))
	}
	return marshalIndented(all)
}

func newContestJSON(c *schemas.Contest) contestJSON {
	o := contestJSON{
		ContestID: c.ID, Family: c.Block.Family, Path: c.Block.Section, Title: nullable(c.Title),
		SeatsToFill: c.SeatsToFill, RoundName: nullable(c.RoundName), Date: nullable(c.Date.String()),
		Electorate: c.Electorate, Valid: c.Valid, Invalid: c.Invalid, Blank: c.Blank, VotesCast: c.VotesCast,
		TurnoutVotes: c.TurnoutVotes, TotalVotes: c.TotalVotes, TurnoutPct: decimalText(c.TurnoutPct),
		TurnoutChangePP: decimalText(c.TurnoutChangePP), SeatChangeTotal: c.SeatChangeTotal,
		Majority: []marginJSON{}, Outcome: []outcomeJSON{}, SeatColumns: c.SeatColumns,
		Line: c.Block.Line, Offset: knownOffset(c.Block.Offset), Rows: []contestRowJSON{},
		Findings: []contestDoubtJSON{},
	}
	if o.Path == nil {
		o.Path = []string{}
	}
	if c.Round > 0 {
		o.Round = &c.Round
	}
	if c.ValidShown != nil || c.VotesCastShown != nil || c.TurnoutShown != nil {
		o.Computed = &computedJSON{
			Valid: c.ValidShown, VotesCast: c.VotesCastShown, TurnoutPct: decimalText(c.TurnoutShown),
		}
	}
	for _, m := range c.Margins {
		o.Majority = append(o.Majority, marginJSON{Votes: m.Votes, Pct: decimalText(m.Pct)})
	}
	for _, x := range c.Outcomes {
		o.Outcome = append(o.Outcome, outcomeJSON{
			Kind: x.Kind, Winner: nullable(x.Winner), Loser: nullable(x.Loser), SwingPP: decimalText(x.SwingPP),
		})
	}
	for i := range c.Rows {
		o.Rows = append(o.Rows, newContestRowJSON(c, &c.Rows[i]))
	}
	for _, f := range c.Findings {
		o.Findings = append(o.Findings, contestDoubtJSON{
			CheckID: f.CheckID, Status: string(f.Status), Subject: f.Subject, Expected: f.Expected,
			Observed: f.Observed, Message: f.Message, Line: f.Line, Offset: knownOffset(f.Offset),
		})
	}
	return o
}

func newContestRowJSON(c *schemas.Contest, row *schemas.ContestRow) contestRowJSON {
	o := contestRowJSON{
		Position: row.Position, Candidate: nullable(row.Candidate), CandidatePage: nullable(row.CandidatePage),
		RunningMate: nullable(row.RunningMate), Party: nullable(row.Party), PartyPage: nullable(row.PartyPage),
		Alliance: nullable(row.Alliance), Votes: row.Votes, VotesCoverRows: row.VotesCoverRows,
		VotePct: decimalText(row.VotePct), ChangePP: decimalText(row.ChangePP), IsNew: row.IsNew, Seats: row.Seats,
		SeatChange: row.SeatChange, SeatsTotal: row.SeatsTotal, SeatsGained: row.SeatsGained, SeatsLost: row.SeatsLost,
		Elected: row.Elected, Incumbent: row.Incumbent, IsOthers: row.Kind == schemas.KindOthers, Kind: nullable(row.Kind),
		Line: row.Line, Offset: knownOffset(row.Offset),
	}
	if row.VotePctShown != nil {
		o.Computed = &computedJSON{VotePct: decimalText(row.VotePctShown)}
	}
	for i, cell := range row.SeatCells {
		if o.SeatCells == nil {
			o.SeatCells = map[string]string{}
		}
		o.SeatCells[c.SeatColumns[i]] = cell
	}
	return o
}
