package contests

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
)

// checkAgainstBox doubts a value that the box and a table of one page state differently.
const checkAgainstBox = "contest-against-box"

// difference is a value of a row, or of a contest, that the box states differently.
type difference struct {
	column   string
	row      *schemas.ContestRow // nil for the contest
	position int                 // of the contender
	table    string
	box      string
}

// judgeAgainstBox doubts each value of a contest that the box of its election states differently. A table of which
// fewer values agree with the box than differ is one of something else, and is passed over.
func (r *reading) judgeAgainstBox(e *schemas.Election) {
	figures := newBoxFigures(e)
	var differences []difference
	agreeing := 0
	compare := func(d difference, agrees bool) {
		if agrees {
			agreeing++
		} else {
			differences = append(differences, d)
		}
	}
	for i := range r.c.Rows {
		row := &r.c.Rows[i]
		// The box can count a list together whose parties are rows of the table.
		isJoint := row.Alliance != "" || row.VotesCoverRows != nil
		if c := figures.find(row); c != nil && !isJoint && c.Alliance == "" && len(c.Parties) < 2 {
			compareRow(row, c, compare)
		}
	}
	r.compareTurnout(e, compare)
	if agreeing <= len(differences) {
		return
	}
	for _, d := range differences {
		r.addDifference(e, d)
	}
}

// compareRow compares the figures of a row with those of its contender in the box.
func compareRow(row *schemas.ContestRow, c *schemas.Contender, compare func(difference, bool)) {
	of := func(column string, table, box any) difference {
		return difference{
			column: column, row: row, position: c.Position, table: fmt.Sprint(table), box: fmt.Sprint(box),
		}
	}
	if row.Votes != nil && c.Votes != nil && c.Round == 0 {
		compare(of("votes", *row.Votes, *c.Votes), *row.Votes == *c.Votes)
	}
	share, _ := row.Share()
	sameVotes := row.Votes == nil || c.Votes == nil || *row.Votes == *c.Votes // else that is the doubt
	if share != nil && c.VotePct != nil && sameVotes && c.Round == 0 {
		compare(of("vote_pct", share, c.VotePct), areClose(*share, *c.VotePct))
	}
	won, total := row.Seats, row.SeatsTotal
	if c.Seats != nil && (won != nil || total != nil) {
		shown := won
		if shown == nil {
			shown = total
		}
		isSame := won != nil && *won == *c.Seats || total != nil && *total == *c.Seats
		compare(of("seats", *shown, *c.Seats), isSame)
	}
}

// compareTurnout compares the turnout of a contest with that of the box, unless the contest is a round of several. What
// the template computes without the invalid votes is no turnout.
func (r *reading) compareTurnout(e *schemas.Election, compare func(difference, bool)) {
	turnout := r.c.TurnoutPct
	if turnout == nil && r.c.VotesCastShown != nil {
		turnout = r.c.TurnoutShown
	}
	if turnout == nil || e.TurnoutPct == nil || r.c.Round > 0 {
		return
	}
	compare(difference{column: "turnout_pct", table: turnout.String(), box: e.TurnoutPct.String()},
		areClose(*turnout, *e.TurnoutPct))
}

// areClose reports whether two percentages differ by at most one unit of the last digit of the one that has fewer: some
// editors cut digits off instead of rounding.
func areClose(a, b decimal.Decimal) bool {
	unit := unitOf(a)
	if other := unitOf(b); other.GreaterThan(unit) {
		unit = other
	}
	return a.Sub(b).Abs().LessThanOrEqual(unit)
}

// addDifference leaves a finding that shows both values with both places.
func (r *reading) addDifference(e *schemas.Election, d difference) {
	line, offset, who := r.c.Block.Line, r.c.Block.Offset, "the election"
	target := "elections." + d.column
	rowPosition := 0
	if d.row != nil {
		line, offset, who, rowPosition = d.row.Line, d.row.Offset, nameOf(d.row), d.row.Position
		target = "results." + d.column
	}
	at := ""
	for i := range e.Fields {
		f := &e.Fields[i]
		if slices.Contains(f.Targets, target) && (d.row == nil || f.Position == d.position) && f.Line > 0 {
			at = fmt.Sprintf(" in line %d", f.Line)
		}
	}
	r.note(
		checkAgainstBox,
		place(d.column, rowPosition),
		line,
		offset,
		d.table,
		d.box,
		fmt.Sprintf(
			"%s of %s: the table has %s in line %d, and the box has %s%s",
			d.column,
			who,
			d.table,
			line,
			d.box,
			at,
		),
	)
}
