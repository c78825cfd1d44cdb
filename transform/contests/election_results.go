package contests

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// resultsKey is a parameter of the template Election results, taken apart.
type resultsKey struct {
	name   string
	row    int // 0 if it is of no row
	round  int // from 1
	column int // of a free column of seats; 0 for none
}

// The forms of parameters. Source: the documentation of the template, and calls of it.
var (
	seatCellPattern  = regexp.MustCompile(`^st([0-9]{1,2})t([0-9]{1,4})$`)
	seatTotalPattern = regexp.MustCompile(`^total_st([0-9]{1,2})t$`)
	blockedPattern   = regexp.MustCompile(`^r([0-9])block([0-9]{1,4})$`)
	headingPattern   = regexp.MustCompile(`^seattype([0-9]{1,2})$`)
	rowPattern       = regexp.MustCompile(`^([a-z]+)([0-9]{1,4})(?:_([0-9]))?$`)
)

// totalParameters are the parameters about a whole round, which may end with its number.
var totalParameters = map[string]bool{
	"electorate": true, "turnout": true, "turnoutsw": true, "invalid": true, "blank": true, "valid": true,
	"validsw": true, "invalidsw": true, "blanksw": true, "electoratesw": true,
}

// roundParameters are the headings of rounds.
var roundParameters = map[string]int{"firstround": 1, "secondround": 2, "thirdround": 3}

// parseResultsKey takes a parameter apart.
func parseResultsKey(written string) resultsKey {
	name := key(written)
	number := values.DigitsValue
	if m := seatCellPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "st", column: number(m[1]), row: number(m[2]), round: 1}
	}
	if m := seatTotalPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "total_st", column: number(m[1]), round: 1}
	}
	if m := blockedPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "block", row: number(m[2]), round: number(m[1])}
	}
	if m := headingPattern.FindStringSubmatch(name); m != nil {
		return resultsKey{name: "seattype", column: number(m[1]), round: 1}
	}
	if round := roundParameters[name]; round > 0 {
		return resultsKey{name: "heading", round: round}
	}
	m := rowPattern.FindStringSubmatch(name)
	switch {
	case m == nil:
		return resultsKey{name: name, round: 1}
	case totalParameters[m[1]]:
		return resultsKey{name: m[1], round: max(1, number(m[2]))}
	case m[3] != "":
		return resultsKey{name: m[1], row: number(m[2]), round: max(1, number(m[3]))}
	}
	return resultsKey{name: m[1], row: number(m[2]), round: 1}
}

// resultsTable has the fields of a call, by their parameter. Of a parameter that is given twice, the last counts, as in
// MediaWiki.
type resultsTable struct {
	fields  map[resultsKey]*schemas.Field
	unused  map[*schemas.Field]bool
	rows    []int // the numbers of the rows, in order
	rounds  int
	columns []int // the numbers of the free columns of seats, in order
	doubles []*schemas.Field

	hasSeatsByRound bool // it has seats of a round behind the first
}

// newResultsTable sorts the fields of a call.
func newResultsTable(call *schemas.Infobox) *resultsTable {
	t := &resultsTable{
		fields: make(map[resultsKey]*schemas.Field, len(call.Fields)), unused: map[*schemas.Field]bool{}, rounds: 1,
	}
	rows, columns := map[int]bool{}, map[int]bool{}
	for i := range call.Fields {
		f := &call.Fields[i]
		k := parseResultsKey(f.Key)
		if before := t.fields[k]; before != nil && before.Text != "" && before.Text != f.Text {
			t.doubles = append(t.doubles, before)
		}
		t.fields[k], t.unused[f] = f, true
		if f.Text == "" {
			continue
		}
		switch k.name {
		case "party", "cand", "alliance", "row", "votes", "seats", "st":
			rows[k.row] = k.row > 0
		case "seattype":
			columns[k.column] = true
		}
		switch k.name {
		case "votes", "seats", "electorate", "turnout", "invalid", "blank", "valid":
			t.rounds = max(t.rounds, min(k.round, maxRounds))
			t.hasSeatsByRound = t.hasSeatsByRound || k.name == "seats" && k.round > 1
		}
	}
	for row, isOne := range rows {
		if isOne {
			t.rows = append(t.rows, row)
		}
	}
	slices.Sort(t.rows)
	t.columns = slices.Sorted(maps.Keys(columns))
	return t
}

// maxRounds is how many rounds or ballots a table has side by side.
const maxRounds = 5

// readResults reads the contests of a call of Election results: one, or one for each round or ballot.
func readResults(d *schemas.Document, block *schemas.Block) []*schemas.Contest {
	if len(block.Calls) == 0 {
		return nil
	}
	t := newResultsTable(&block.Calls[0])
	var all []*schemas.Contest
	for round := 1; round <= t.rounds; round++ {
		number := round
		if t.rounds == 1 {
			number = 0
		}
		r := &resultsReading{reading: newReading(d, block, number), t: t, round: round}
		if round == 1 {
			r.noteDefects(&block.Calls[0])
			for _, f := range t.doubles {
				r.note(checkTwoValues, f.Key, f.Line, f.Offset, "a parameter that is given once", values.Quote(f.Text),
					fmt.Sprintf("%s is given twice, and not the same; the page shows the last", f.Key))
			}
		}
		r.read()
		all = append(all, r.c)
	}
	first := &reading{c: all[0]}
	for i := range block.Calls[0].Fields {
		if f := &block.Calls[0].Fields[i]; t.unused[f] {
			first.use(0, f, "", 0)
		}
	}
	return all
}

// resultsReading is a round of Election results that is being read.
type resultsReading struct {
	*reading
	t     *resultsTable
	round int
}

// take returns the field of a parameter, and whether it is given with a text.
func (r *resultsReading) take(k resultsKey) (field, bool) {
	f := r.t.fields[k]
	if f == nil || f.Text == "" {
		return field{}, false
	}
	delete(r.t.unused, f)
	out := field{Field: f, r: r.reading, table: tableContests, row: k.row}
	if k.row > 0 {
		out.table = tableRows
	}
	return out, true
}

// total returns the number of a parameter about the round.
func (r *resultsReading) total(name string) *int64 {
	f, ok := r.take(resultsKey{name: name, round: r.round})
	if !ok {
		return nil
	}
	return f.votes(name)
}

// read reads the round.
func (r *resultsReading) read() {
	if f, ok := r.take(resultsKey{name: "heading", round: r.round}); ok {
		r.c.RoundName = f.name("round_name")
	}
	r.c.Date = titleDate(r.c.RoundName, r.c.Block.Section)
	r.c.Electorate = r.total("electorate")
	r.c.Invalid = r.total("invalid")
	r.c.Valid = r.total("valid")
	isBlankValid := r.readBlank()
	if f, ok := r.take(resultsKey{name: "turnout", round: r.round}); ok {
		r.c.TurnoutPct = f.share("turnout_pct")
	}
	if f, ok := r.take(resultsKey{name: "turnoutsw", round: r.round}); ok {
		r.c.TurnoutChangePP = f.swing("turnout_change_pp")
	}
	if f, ok := r.take(resultsKey{name: "total_sc", round: 1}); ok {
		r.c.SeatChangeTotal = f.seatChange("seat_change_total")
	}
	for _, column := range r.t.columns {
		heading := ""
		if f, ok := r.take(resultsKey{name: "seattype", column: column, round: 1}); ok {
			heading = f.name("seat_columns")
		}
		r.c.SeatColumns = append(r.c.SeatColumns, heading)
		f, ok := r.take(resultsKey{name: "total_st", column: column, round: 1})
		if ok && seatColumnOf(heading) == changeColumn {
			r.c.SeatChangeTotal = f.seatChange("seat_change_total")
		} else if ok {
			r.use(0, f.Field, "", 0)
		}
	}
	r.readRows()
	r.compute(isBlankValid)
}

// readBlank reads the number of blank votes. With y in its place, blank votes count as valid.
func (r *resultsReading) readBlank() (isValid bool) {
	f, ok := r.take(resultsKey{name: "blank", round: r.round})
	if !ok {
		return false
	}
	if text := strings.ToLower(f.Text); text == "y" || text == "yes" {
		r.use(0, f.Field, "", 0)
		return true
	}
	r.c.Blank = f.votes("blank")
	return false
}

// allianceSpan is an alliance that covers rows.
type allianceSpan struct {
	name, page string
	last       int // the last row that it covers
}

// readRows reads the rows of the round.
func (r *resultsReading) readRows() {
	var span allianceSpan
	for _, number := range r.t.rows {
		row := schemas.ContestRow{Position: number}
		r.readNames(&row, &span)
		hasFigure := r.readFigures(&row)
		if r.t.rounds > 1 && !hasFigure {
			continue
		}
		row.Kind = rowKind(&row)
		r.c.Rows = append(r.c.Rows, row)
	}
}

// at notes the place of a row: that of the first of its fields in the page.
func at(row *schemas.ContestRow, f field) {
	if row.Line == 0 || f.Offset < row.Offset {
		row.Line, row.Offset = f.Line, f.Offset
	}
}

// readNames reads who a row is of.
func (r *resultsReading) readNames(row *schemas.ContestRow, span *allianceSpan) {
	take := func(name string) (field, bool) {
		f, ok := r.take(resultsKey{name: name, row: row.Position, round: 1})
		if ok {
			at(row, f)
		}
		return f, ok
	}
	if f, ok := take("cand"); ok {
		row.Candidate, row.Incumbent = withoutIncumbent(f.name("candidate", "candidate_page"))
		row.CandidatePage = f.Page
	}
	if f, ok := take("vp"); ok {
		row.RunningMate = f.name("running_mate")
	}
	if f, ok := take("party"); ok {
		row.Party, row.PartyPage = f.name("party", "party_page"), f.Page
	} else if f, ok := take("row"); ok {
		row.Party, row.PartyPage = f.name("party", "party_page"), f.Page
	}
	covered, hasSpan := int64(1), false
	if f, ok := take("aspan"); ok {
		hasSpan = true
		if n := f.count("alliance", int64(maxRowNumber)); n != nil {
			covered = max(1, *n)
		}
	}
	f, ok := take("alliance")
	switch {
	case ok && row.Party == "" && !hasSpan: // the name of the row itself
		row.Party, row.PartyPage = f.name("party", "party_page"), f.Page
		return
	case ok:
		span.name, span.page, span.last = f.name("alliance", "alliance_page"), f.Page, row.Position+int(covered)-1
	}
	if row.Position <= span.last {
		row.Alliance, row.AlliancePage = span.name, span.page
	}
}

// maxRowNumber is the greatest number of a row.
const maxRowNumber = 9999

// readFigures reads the figures of a row. It reports whether the row has votes or seats in the round.
func (r *resultsReading) readFigures(row *schemas.ContestRow) bool {
	take := func(name string, round int) (field, bool) {
		f, ok := r.take(resultsKey{name: name, row: row.Position, round: round})
		if ok {
			at(row, f)
		}
		return f, ok
	}
	hasFigure := false
	if f, ok := take("votes", r.round); ok {
		row.Votes = f.votes("votes")
		hasFigure = !values.IsAbsent(f.Text)
	}
	if f, ok := take("vspan", r.round); ok {
		row.VotesCoverRows = f.count("votes_cover_rows", maxRowNumber)
	}
	if f, ok := take("sw", r.round); ok {
		r.readSwing(row, f)
	}
	if f, ok := take("sc", 1); ok {
		if isNew := f.isNew(); isNew != nil {
			row.IsNew = isNew
			r.use(0, f.Field, tableRows, row.Position, "is_new")
		} else {
			row.SeatChange = f.seatChange("seat_change")
		}
	}
	if f, ok := take("totseats", 1); ok {
		row.SeatsTotal = f.seats("seats_total")
	}
	hasFigure = r.readSeats(row, take) || hasFigure
	hasCell := r.readSeatCells(row)
	return hasFigure || hasCell && r.round == 1
}

// readSwing reads the swing of a row, which can say that the row is new.
func (r *resultsReading) readSwing(row *schemas.ContestRow, f field) {
	if isNew := f.isNew(); isNew != nil {
		row.IsNew = isNew
		r.use(0, f.Field, tableRows, row.Position, "is_new")
		return
	}
	row.ChangePP = f.swing("change_pp")
}

// readSeats reads the seats of a row. Where only one column of seats stands beside several rounds, it is of all of them
// together. It reports whether the row has seats in the round.
func (r *resultsReading) readSeats(row *schemas.ContestRow, take func(string, int) (field, bool)) bool {
	if r.t.rounds > 1 && !r.t.hasSeatsByRound {
		if f, ok := take("seats", 1); ok && row.SeatsTotal == nil {
			row.SeatsTotal = f.seats("seats_total")
		}
		return false
	}
	f, ok := take("seats", r.round)
	if !ok {
		return false
	}
	row.Seats = f.seats("seats")
	return row.Seats != nil
}

// seatColumn is what a free column of seats has, by its heading.
type seatColumn int

// The free columns.
const (
	otherColumn seatColumn = iota
	wonColumn
	totalColumn
	changeColumn
)

// seatColumnOf tells what a column has by its heading, which alone says so.
func seatColumnOf(heading string) seatColumn {
	switch heading = strings.ToLower(strings.Trim(heading, " .:")); heading {
	case "elected", "won", "seats", "seats won", "won seats", "seats elected":
		return wonColumn
	case "total", "total seats", "total after", "seats total", "seats after":
		return totalColumn
	case "+/–", "+/-", "+/−", "+–", "+-", "±", "change", "net change", "seat change", "net":
		return changeColumn
	}
	return otherColumn
}

// readSeatCells reads the cells of a row in the free columns of seats. It reports whether it has one.
func (r *resultsReading) readSeatCells(row *schemas.ContestRow) (hasCell bool) {
	if len(r.t.columns) == 0 {
		return false
	}
	row.SeatCells = make([]string, len(r.t.columns))
	for i, column := range r.t.columns {
		f, ok := r.take(resultsKey{name: "st", column: column, row: row.Position, round: 1})
		if !ok {
			continue
		}
		at(row, f)
		row.SeatCells[i] = f.Text
		hasCell = true
		switch kind := seatColumnOf(r.c.SeatColumns[i]); {
		case kind == wonColumn && r.t.rounds == 1:
			row.Seats = f.seats("seats")
		case kind == totalColumn, kind == wonColumn && row.SeatsTotal == nil:
			row.SeatsTotal = f.seats("seats_total")
		case kind == changeColumn:
			if isNew := f.isNew(); isNew != nil {
				row.IsNew = isNew
				r.use(0, f.Field, tableRows, row.Position, "is_new", "seat_cells")
			} else {
				row.SeatChange = f.seatChange("seat_change")
			}
		default:
			r.use(0, f.Field, tableRows, row.Position, "seat_cells")
		}
	}
	return hasCell
}

// compute fills what the template computes when the page is shown: shares of the sum of all rows, and the totals.
func (r *resultsReading) compute(isBlankValid bool) {
	sum, ok := r.sumOfVotes()
	if !ok {
		return
	}
	for i := range r.c.Rows {
		if row := &r.c.Rows[i]; row.Votes != nil && sum > 0 {
			share := percentOf(*row.Votes, sum)
			row.VotePctShown = &share
		}
	}
	valid := sum
	if r.c.Valid == nil {
		r.c.ValidShown = &sum
	} else {
		valid = *r.c.Valid
	}
	if !r.isUnreadable("invalid") && !r.isUnreadable("blank") {
		r.computeTurnout(valid, isBlankValid)
	}
}

// sumOfVotes returns the sum of the votes of all rows. It is not known if no row has votes, or if those of a row cannot
// be read.
func (r *resultsReading) sumOfVotes() (sum int64, ok bool) {
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		if row.Votes == nil {
			if r.isUnreadable(place("votes", row.Position)) {
				return 0, false
			}
			continue
		}
		ok = true
		if sum += *row.Votes; sum < 0 { // more than any count
			return 0, false
		}
	}
	return sum, ok
}

// computeTurnout fills the votes cast and the turnout that the template computes.
func (r *resultsReading) computeTurnout(valid int64, isBlankValid bool) {
	cast := valid
	if r.c.Invalid != nil {
		cast += *r.c.Invalid
	}
	if r.c.Blank != nil && !isBlankValid {
		cast += *r.c.Blank
	}
	if cast < valid {
		return
	}
	if r.c.Invalid != nil || r.c.Blank != nil {
		r.c.VotesCastShown = &cast
	}
	if r.c.Electorate != nil && *r.c.Electorate > 0 && r.c.TurnoutPct == nil {
		turnout := percentOf(cast, *r.c.Electorate)
		if turnout.LessThan(decimal.NewFromInt(schemas.ShareMax)) {
			r.c.TurnoutShown = &turnout
		}
	}
}

// shownDigits is the number of digits behind the point of the shares that the template computes.
const shownDigits = 2

// percentOf returns a part of a whole in percent, as the template shows it.
func percentOf(part, whole int64) decimal.Decimal {
	hundred := decimal.NewFromInt(part).Mul(decimal.NewFromInt(100))
	return hundred.DivRound(decimal.NewFromInt(whole), shownDigits)
}
