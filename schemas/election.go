package schemas

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Election is the typed record of one box, with all that it owns.
type Election struct {
	ID       string
	Document *Document // where it was read
	Box      int
	Parent   int // number of the box around it; 0 for an outer box
	Template string

	IsWrapper bool   // other boxes stand in it, and it has no contenders of its own
	FullName  string // a name that tells it from the other boxes of its page

	Name    string
	Country string
	Type    string // as the box writes it: presidential, parliamentary, …
	Status  string // an Election… constant, if the box says so

	Classification Classification

	Date    Date // the first day named
	DateEnd Date // the last day named; the same day if only one is named
	DateRaw string

	SeatsTotal     *int64 // the size of the chamber
	SeatsContested *int64 // the seats filled on the day
	SeatsRaw       string
	SeatsBasis     string // what the contenders' seats are: a Seats… constant, if it can be told
	Chamber        string
	ChamberPage    string // the page that the chamber's name links to
	MajoritySeats  *int64 // as stated

	RegisteredVoters *int64
	VotesCast        *int64
	TurnoutPct       *decimal.Decimal
	TurnoutChangePP  *decimal.Decimal // nil if its sign is not known

	PreviousElection string // the label shown
	PreviousPage     string // the page that it links to
	NextElection     string
	NextPage         string

	Contenders []Contender // by position
	// Rounds are the rounds of an election that is held in several, by number. There are none if the box does not speak
	// of any.
	Rounds       []Round
	RoundResults []RoundResult // by round, then position
	Offices      []Office
	Claims       []Claim
	Fields       []BoxField     // in the order of the box
	Footnotes    map[int]string // what the footnotes in values say, one a line, by index into Fields
	Findings     []Finding      // what is doubtful, in the order of the checks
	Quiet        []Finding      // the passes and skips of the checks that doubt nothing, in the order of the checks
	Measures     []Measure

	// ContenderMeasures has the measures of each contender that has one, by position.
	ContenderMeasures [][]ContenderMeasure
	Coalitions        []Coalition     // by rank
	Contradictions    []Contradiction // with other elections, once the input has ended
}

// Whether an election is over, as boxes say it.
const (
	ElectionOngoing   = "ongoing"
	ElectionFuture    = "future"
	ElectionCompleted = "completed"
)

// What the seats of contenders are. In a chamber that is renewed in part, they differ.
const (
	SeatsWon       = "won"        // on the day
	SeatsHeldAfter = "held_after" // those of earlier elections among them
)

// HasSeatsOfVotes reports whether the contenders' seats are those that the votes of this election filled: those won, or
// all seats of a chamber that is renewed as a whole.
func (e *Election) HasSeatsOfVotes() bool {
	isWhole := e.SeatsTotal != nil && e.SeatsContested != nil && *e.SeatsTotal == *e.SeatsContested
	return isWhole || e.SeatsBasis == SeatsWon
}

// Contender is a party or a candidate in an election.
type Contender struct {
	Position     int    // the number in its key, not a rank
	Kind         string // a Kind… constant
	Name         string // the candidate's for a candidate, else the party's
	Page         string // the page that the name links to
	Party        string
	PartyPage    string       // of a joint list, that of the first party
	Parties      []LinkedName // one for each party that the box names together; none for a row that is no party
	Leader       string
	Leaders      []LinkedName // one for each leader that the box names together
	RunningMate  string
	Alliance     string
	AlliancePage string // the page that the alliance's name links to
	Heading      string // the heading that it stands under
	Colour       string // #RRGGBB
	Round        int    // that Votes and VotePct are of; 0 if the box does not speak of rounds, or if it cannot be told
	Votes        *int64
	VotePct      *decimal.Decimal
	SwingPP      *decimal.Decimal // nil if its sign is not known
	// PreviousVotePct is the share at the last election, as the box states it, else the share less the swing.
	PreviousVotePct *decimal.Decimal
	ElectoralVotes  *int64 // or delegates
	Seats           *int64 // those won, or held after the election: Election.SeatsBasis
	SeatsWon        *int64 // on the day
	SeatsAfter      *int64 // held after the election
	PreviousSeats   *int64 // won at the last election
	SeatsBefore     *int64 // held at the dissolution
	// SeatChange is seats − previous_seats if both are of the whole chamber, else the change that the box states, else
	// the seats held after the election − seats_before.
	SeatChange *int64
	// SeatChangeStated is the change that the box states, nil where its sign cannot be told.
	SeatChangeStated *int64
	IsNew            *bool // nil where the box does not speak of the last election
	IsIndependent    bool  // the name is that of independents, not of a party
}

// What a row of contenders can be. Only parties and candidates compete; the others are seats that no party holds, votes
// for nobody, and others whom the box does not name.
const (
	KindParty          = "party"
	KindCandidate      = "candidate"
	KindOthers         = "others"
	KindVacant         = "vacant"
	KindReserved       = "reserved"
	KindAppointed      = "appointed"
	KindNoneOfTheAbove = "none_of_the_above"
	KindInvalid        = "invalid"
)

// Competes reports whether the row is a party or a candidate. Measures, ranks and the game of forming a majority leave
// out the others.
func (c *Contender) Competes() bool {
	switch c.Kind {
	case KindOthers, KindVacant, KindReserved, KindAppointed, KindNoneOfTheAbove, KindInvalid:
		return false
	}
	return true
}

// IsGroupOfIndependents reports whether the row counts independents together, who are no party.
func (c *Contender) IsGroupOfIndependents() bool { return c.IsIndependent && c.Kind == KindParty }

// CompetesAlone reports whether the row is one party or one candidate, so that it can be the largest.
func (c *Contender) CompetesAlone() bool { return c.Competes() && !c.IsGroupOfIndependents() }

// Round is what a box says of one round of an election: one of several days on which all voters are called.
type Round struct {
	Round            int // its number, from 1
	Date, DateEnd    Date
	TurnoutPct       *decimal.Decimal
	TurnoutChangePP  *decimal.Decimal
	RegisteredVoters *int64
	VotesCast        *int64
	Fields           []int32 // the ordinals of the fields that it was read from, ascending
}

// RoundResult is what a contender won in one round.
type RoundResult struct {
	Round, Position int
	Votes           *int64
	VotePct         *decimal.Decimal
	Fields          []int32 // as in Round
}

// Office is an office held by one person before an election and by another after it.
type Office struct {
	Ordinal     int
	Title       string
	BeforeName  string
	BeforeParty string
	AfterName   string
	AfterParty  string

	// The pages that the names link to, "" where a name links to none or to several.
	BeforePage      string
	BeforePartyPage string
	AfterPage       string
	AfterPartyPage  string
}

// Claim is a figure that the prose states of the election.
type Claim struct {
	Ordinal int
	Subject string // a Subject… constant
	Value   string // as a plain number or an ISO date
	Excerpt string // the sentence that states it, or a part of it, white space folded
	Line    int
	Offset  int // of the figure's first byte in Document.Text
}

// What the prose can state.
const (
	SubjectSeats                 = "seats"
	SubjectTurnout               = "turnout_pct"
	SubjectDate                  = "election_date"
	SubjectParties               = "parties_standing"
	SubjectCandidates            = "candidates_standing"
	SubjectIndependentCandidates = "independent_candidates_standing"
)

// BoxField is a field of the box with what became of it.
type BoxField struct {
	*Field
	Ordinal int      // from 1, in the order of the box
	Targets []string // the columns that a rule read it into, as table.column; the first is the one it is meant for
}

// Target returns the column that the field is meant for, "" if no rule read it.
func (f *BoxField) Target() string {
	if len(f.Targets) == 0 {
		return ""
	}
	return f.Targets[0]
}

// AddTarget adds a column to those that the field fills.
func (f *BoxField) AddTarget(column string) {
	if !slices.Contains(f.Targets, column) {
		f.Targets = append(slices.Clip(f.Targets), column)
	}
}

// PutFirst puts the columns of a table, named with its point, before the others that the field fills. The field is then
// meant for the first of them.
func (f *BoxField) PutFirst(table string) {
	rest := func(column string) int {
		if strings.HasPrefix(column, table) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(f.Targets, func(a, b string) int { return rest(a) - rest(b) })
}

// Measure is an index computed from an election.
type Measure struct {
	Name      string
	Value     float64
	Low, High *float64 // bounds, if the box leaves the value open
	Treatment string   // how what the box leaves open was treated: IDs of treatments
	// IsOpen says that the bounds are too far apart for a value: Value is what the treatment gives, and no table has it.
	IsOpen bool
}

// ContenderMeasure is an index of one contender.
type ContenderMeasure struct {
	Position  int
	Name      string
	Value     float64
	Treatment string // as in Measure
}

// Coalition is a set of contenders that have a majority together, and no longer without any one of them.
type Coalition struct {
	Size    int
	Seats   int64
	Members []int32 // their positions, ascending
}

// EventID names what the boxes of one page have in common: the election's ID without the number of the box.
func (e *Election) EventID() string {
	if i := strings.LastIndexByte(e.ID, '#'); i >= 0 {
		return e.ID[:i]
	}
	return e.ID
}

// EnsureContender returns the contender with the number position, and adds it in its place if there is none. The
// pointer is valid until the next contender is added.
func (e *Election) EnsureContender(position int) *Contender {
	i, found := e.find(position)
	if !found {
		e.Contenders = slices.Insert(e.Contenders, i, Contender{Position: position})
	}
	return &e.Contenders[i]
}

// Contender returns the contender with the number position, or nil.
func (e *Election) Contender(position int) *Contender {
	if i, found := e.find(position); found {
		return &e.Contenders[i]
	}
	return nil
}

// find returns the index of the contender with the number position, or where it would be inserted. It looks at the
// index position-1 first, since most boxes have no gaps in their numbers.
func (e *Election) find(position int) (i int, found bool) {
	n := len(e.Contenders)
	if position >= 1 && position <= n && e.Contenders[position-1].Position == position {
		return position - 1, true
	}
	if n == 0 || e.Contenders[n-1].Position < position {
		return n, false
	}
	i = sort.Search(n, func(i int) bool { return e.Contenders[i].Position >= position })
	return i, i < n && e.Contenders[i].Position == position
}

// Competitors returns the contenders that compete: parties and candidates.
func (e *Election) Competitors() []Contender {
	if !slices.ContainsFunc(e.Contenders, func(c Contender) bool { return !c.Competes() }) {
		return e.Contenders
	}
	var contenders []Contender
	for i := range e.Contenders {
		if e.Contenders[i].Competes() {
			contenders = append(contenders, e.Contenders[i])
		}
	}
	return contenders
}

// SeatsSum returns the sum of the contenders' seats, or nil if none has any stated.
func (e *Election) SeatsSum() *int64 {
	return sumSeats(e, func(c *Contender) *int64 { return c.Seats })
}

// PreviousSeatsSum returns the sum of the contenders' seats at the last election, or nil if none has any stated.
func (e *Election) PreviousSeatsSum() *int64 {
	return sumSeats(e, func(c *Contender) *int64 { return c.PreviousSeats })
}

func sumSeats(e *Election, of func(*Contender) *int64) *int64 {
	var sum *int64
	for i := range e.Contenders {
		if n := of(&e.Contenders[i]); n != nil {
			if sum == nil {
				sum = new(int64)
			}
			*sum += *n
		}
	}
	return sum
}

// VotePctSum returns the sum of the contenders' shares in percent, or nil if none has one stated.
func (e *Election) VotePctSum() *decimal.Decimal {
	var sum *decimal.Decimal
	for i := range e.Contenders {
		if p := e.Contenders[i].VotePct; p != nil {
			if sum == nil {
				sum = new(decimal.Decimal)
			}
			*sum = sum.Add(*p)
		}
	}
	return sum
}

// AllFindings returns the findings with the passes and skips among them, in the order of the checks.
func (e *Election) AllFindings() []Finding {
	all := slices.Concat(e.Findings, e.Quiet)
	slices.SortStableFunc(all, func(a, b Finding) int { return a.Ordinal - b.Ordinal })
	return all
}

// ChecksWithStatus returns the IDs of the checks that passed, or that were skipped.
func (e *Election) ChecksWithStatus(status Status) []string {
	ids := make([]string, 0, len(e.Quiet))
	for i := range e.Quiet {
		if e.Quiet[i].Status == status {
			ids = append(ids, e.Quiet[i].CheckID)
		}
	}
	return ids
}

// remarkSeparator stands between the ID of a check and what it says.
const remarkSeparator = ": "

// CheckRemarks returns what passes say in words, then what skips say, each behind the ID of its check.
func (e *Election) CheckRemarks() []string {
	var remarks []string
	for _, status := range []Status{Pass, Skip} {
		for i := range e.Quiet {
			if f := &e.Quiet[i]; f.Status == status && f.Message != "" {
				remarks = append(remarks, f.CheckID+remarkSeparator+f.Message)
			}
		}
	}
	return remarks
}

// AddQuiet adds the passes and skips that ChecksWithStatus and CheckRemarks returned. What was compared is not known
// of them, and their order is that of the lists.
func (e *Election) AddQuiet(passed, skipped, remarks []string) {
	said := make(map[string]string, len(remarks))
	for _, remark := range remarks {
		if id, message, found := strings.Cut(remark, remarkSeparator); found {
			said[id] = message
		}
	}
	for i, id := range slices.Concat(passed, skipped) {
		f := Finding{CheckID: id, Status: Pass, Message: said[id], Offset: -1}
		if i >= len(passed) {
			f.Status = Skip
		}
		e.Quiet = append(e.Quiet, f)
	}
}

// HasErrors reports whether a check found an error. An election without errors is counted as sound.
func (e *Election) HasErrors() bool {
	return slices.ContainsFunc(e.Findings, func(f Finding) bool { return f.Status == Error })
}

// Label returns the name of a contender as a list shows it, or its number if it has no name.
func (c *Contender) Label() string {
	if c.Name != "" {
		return c.Name
	}
	return "contender " + strconv.Itoa(c.Position)
}
