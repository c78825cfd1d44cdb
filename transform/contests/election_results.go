package contests

import (
	"fmt"
	"strings"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

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
