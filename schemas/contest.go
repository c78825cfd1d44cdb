package schemas

import "github.com/shopspring/decimal"

// Block is one table of results on a page, as it stands: a template that is the whole of it, or the templates from the
// one that begins it to the one that ends it.
type Block struct {
	Ordinal int      // its number on the page, from 1, in the order in which tables open
	Family  string   // a constant of package resulttables
	Section []string // the headings above it, the outermost first
	Line    int
	Offset  int       // of its first byte in Document.Text
	End     int       // of the byte after its last
	Calls   []Infobox // its templates in order, each read as a box is; Template is the name as written on the page
	Ending  string    // a constant of package resulttables; "" if a template or |} closes it
}

// Contest is the typed record of one table of results, or of one round or ballot of it.
type Contest struct {
	ID        string // stable between runs, as long as no table is put above this one
	Document  *Document
	Block     *Block
	Round     int    // 0 if the table has no rounds
	RoundName string // the heading of its column

	Title       string
	SeatsToFill *int64
	Date        Date

	Electorate      *int64
	Valid           *int64
	Invalid         *int64
	Blank           *int64
	VotesCast       *int64
	TurnoutVotes    *int64 // of the row of turnout, whatever it counts
	TotalVotes      *int64 // of the row of total votes, whatever it counts
	TurnoutPct      *decimal.Decimal
	TurnoutChangePP *decimal.Decimal
	SeatChangeTotal *int64

	// What the template computes when the page is shown.
	ValidShown     *int64
	VotesCastShown *int64
	TurnoutShown   *decimal.Decimal

	Margins     []ContestMargin
	Outcomes    []ContestOutcome
	SeatColumns []string
	Rows        []ContestRow
	Fields      []ContestField
	Findings    []Finding
}

// ContestRow is one row of a table of results: a party, a candidate, or votes for nobody.
type ContestRow struct {
	Position       int // the number of its parameters, or its place in the list
	Candidate      string
	CandidatePage  string
	RunningMate    string
	Party          string
	PartyPage      string
	Alliance       string
	AlliancePage   string
	Votes          *int64
	VotesCoverRows *int64 // how many rows the votes cover, this one included; nil for one
	VotePct        *decimal.Decimal
	VotePctShown   *decimal.Decimal // computed when the page is shown; nil where the page states it
	ChangePP       *decimal.Decimal
	IsNew          *bool
	Seats          *int64
	SeatsTotal     *int64
	SeatChange     *int64
	SeatsGained    *int64
	SeatsLost      *int64
	Elected        *bool // by the name of the template alone
	Incumbent      *bool
	Kind           string   // a Kind… constant; "" for a contender
	SeatCells      []string // by column of SeatColumns, as shown
	Line           int
	Offset         int
}

// ContestMargin is a row on the majority of a winner.
type ContestMargin struct {
	Votes *int64
	Pct   *decimal.Decimal
}

// ContestOutcome is a row that says who holds or gains a seat.
type ContestOutcome struct {
	Kind    string // hold, gain or win
	Winner  string
	Loser   string
	SwingPP *decimal.Decimal
}

// ContestField is a field of a table of results and the columns that were filled from it.
type ContestField struct {
	*Field
	Template string
	Call     int    // the number of its template in the table, from 1
	Table    string // contests or contest_results; "" if it filled no column
	Row      int    // the position of the row that it filled
	Columns  []string
}
