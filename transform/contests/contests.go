// Package contests makes the typed records of the tables of results on a page. It reads each template by its own
// parameters, and says of each value whether the page states it or the template computes it.
//
// Start with Read.
package contests

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
	"hemicycle/transform/rowkinds"
	"hemicycle/transform/values"
)

// The checks whose findings the readers leave.
const (
	checkUnreadable = "contest-value-unreadable"
	checkTwoValues  = "contest-two-values"
	checkUnclosed   = "contest-unclosed"
	checkUnsigned   = "contest-change-unsigned"
	checkUnknownRow = "contest-row-unknown"
)

// Read returns the contests of the tables of results on a page, in the order in which the tables open and then by
// round. It never fails: what cannot be read is absent, with a finding.
func Read(d *schemas.Document) []*schemas.Contest {
	var all []*schemas.Contest
	for i := range d.Blocks {
		block := &d.Blocks[i]
		switch block.Family {
		case resulttables.ElectionResults:
			all = append(all, readResults(d, block)...)
		case resulttables.ElectionBox:
			all = append(all, readElectionBox(d, block))
		case resulttables.ElectionSummary:
			all = append(all, readSummary(d, block))
		}
	}
	return all
}

// reading is a contest that is being read.
type reading struct {
	c      *schemas.Contest
	broken map[string]bool // the subjects that are stated and could not be read
	twice  map[string]bool // the columns of which two fields state different values
}

// newReading begins the contest of a block, or of a round of it.
func newReading(d *schemas.Document, block *schemas.Block, round int) *reading {
	id := d.Identity() + "#c" + strconv.Itoa(block.Ordinal)
	if round > 0 {
		id += "." + strconv.Itoa(round)
	}
	r := &reading{c: &schemas.Contest{ID: id, Document: d, Block: block, Round: round}}
	if block.Ending != "" && round <= 1 {
		r.note(checkUnclosed, "contest", block.Line, block.Offset, "a template or a line |} that ends the table",
			"none before the next "+block.Ending,
			"the table of results is not closed: what stands before the next "+block.Ending+" was read")
	}
	return r
}

// note leaves a finding about a subject at a place.
func (r *reading) note(check, subject string, line, offset int, expected, observed, message string) {
	if len(r.c.Findings) == maxFindings {
		return
	}
	r.c.Findings = append(r.c.Findings, schemas.Finding{
		Ordinal: len(r.c.Findings) + 1, CheckID: check, Status: schemas.Warn, Subject: subject,
		Expected: expected, Observed: observed, Message: message, Line: line, Offset: offset,
	})
}

// maxFindings bounds the findings of a contest.
const maxFindings = 1000

// place names what a field is about: the column, and the row if it is of one.
func place(column string, row int) string {
	if row == 0 {
		return column
	}
	return column + "/" + strconv.Itoa(row)
}

// unreadable leaves a finding about a field that could not be read.
func (r *reading) unreadable(f *schemas.Field, column string, row int, problem string) {
	if r.broken == nil {
		r.broken = map[string]bool{}
	}
	r.broken[place(column, row)] = true
	r.note(checkUnreadable, place(column, row), f.Line, f.Offset, "a value of "+column, values.Quote(f.Text),
		fmt.Sprintf("%s cannot be read: %s", f.Key, problem))
}

// isUnreadable reports whether a value is stated and could not be read.
func (r *reading) isUnreadable(subject string) bool { return r.broken[subject] }

// tableContests and tableRows are the tables that fields fill.
const (
	tableContests = "contests"
	tableRows     = "contest_results"
)

// use notes that a field filled columns of a table.
func (r *reading) use(call int, f *schemas.Field, table string, row int, columns ...string) {
	r.c.Fields = append(r.c.Fields, schemas.ContestField{
		Field: f, Template: r.c.Block.Calls[call].Template, Call: call + 1, Table: table, Row: row, Columns: columns,
	})
}

// field is a field of a call together with where what it says belongs.
type field struct {
	*schemas.Field
	r     *reading
	call  int
	table string
	row   int
}

// count reads a whole number of at most max.
func (f field) count(column string, max int64) *int64 {
	text := withoutMarks(f.Text)
	var n *int64
	var problem string
	if max == values.MaxVotes {
		n, _, problem = values.ReadVotes(text)
	} else {
		n, problem = values.ReadCount(text, max)
	}
	f.noteRead(column, n != nil, problem)
	return n
}

// noteRead notes what became of a field.
func (f field) noteRead(column string, isRead bool, problem string) {
	if problem != "" {
		f.r.unreadable(f.Field, column, f.row, problem)
	}
	if isRead {
		f.r.use(f.call, f.Field, f.table, f.row, column)
	} else {
		f.r.use(f.call, f.Field, "", 0)
	}
}

// votes reads a number of votes.
func (f field) votes(column string) *int64 { return f.count(column, values.MaxVotes) }

// seats reads a number of seats.
func (f field) seats(column string) *int64 { return f.count(column, values.MaxSeats) }

// share reads a percentage.
func (f field) share(column string) *decimal.Decimal {
	d, problem := values.ReadPercent(f.Text)
	f.noteRead(column, d != nil, problem)
	return d
}

// swing reads a change in percentage points, which these templates show as it is typed: without a sign it is a rise.
func (f field) swing(column string) *decimal.Decimal {
	d, unsigned, problem := values.ReadSwing(f.Text)
	if unsigned {
		if d, problem = values.ReadPercent(f.Text); d != nil {
			f.noteUnsigned(column)
		}
	}
	f.noteRead(column, d != nil, problem)
	return d
}

// seatChange reads a change in seats, which is shown as it is typed.
func (f field) seatChange(column string) *int64 {
	text := withoutMarks(f.Text)
	n, unsigned, problem := values.ReadChange(text)
	if unsigned {
		if n, problem = values.ReadCount(text, values.MaxSeats); n != nil {
			f.noteUnsigned(column)
		}
	}
	f.noteRead(column, n != nil, problem)
	return n
}

// noteUnsigned leaves a finding about a change without a sign.
func (f field) noteUnsigned(column string) {
	f.r.note(checkUnsigned, place(column, f.row), f.Line, f.Offset, "a change with its sign", values.Quote(f.Text),
		fmt.Sprintf("%s has no sign and is taken for a rise, as the page shows it", f.Key))
}

// isNew returns true if a field in the place of a change says that the contender is new.
func (f field) isNew() *bool {
	if !values.IsNewcomer(f.Text) {
		return nil
	}
	yes := true
	return &yes
}

// name returns the text of a name, or "" if the field says that there is none.
func (f field) name(columns ...string) string {
	if f.Text == "" || values.IsAbsent(f.Text) && values.IsNameless(f.Text) {
		f.r.use(f.call, f.Field, "", 0)
		return ""
	}
	f.r.use(f.call, f.Field, f.table, f.row, columns...)
	return f.Text
}

// set sets a value of a contest that two fields can state. Two different values are none, with a finding that shows
// both.
func (f field) set(into **int64, column string, n *int64) {
	switch {
	case n == nil, f.r.twice[column]:
	case *into == nil:
		*into = n
	case **into != *n:
		f.r.note(checkTwoValues, column, f.Line, f.Offset, strconv.FormatInt(**into, 10), strconv.FormatInt(*n, 10),
			fmt.Sprintf("two fields state %s, and not the same number: %d and %d", column, **into, *n))
		if *into = nil; f.r.twice == nil {
			f.r.twice = map[string]bool{}
		}
		f.r.twice[column] = true
	}
}

// incumbentPattern matches what marks the name of somebody who holds the seat.
var incumbentPattern = regexp.MustCompile(
	`(?i)\s*(?:[*†]+|\(\s*(?:incumbent|inc\.?)\s*\)|\[\s*(?:incumbent|inc\.?)\s*\])$`)

// withoutIncumbent returns a name without the marks of an incumbent, and whether it has one.
func withoutIncumbent(name string) (bare string, incumbent *bool) {
	for {
		m := incumbentPattern.FindStringIndex(name)
		if m == nil || m[0] == 0 {
			return name, incumbent
		}
		name = name[:m[0]]
		yes := true
		incumbent = &yes
	}
}

// withoutMarks returns a figure without the marks that lead to a note below the table: 34*.
func withoutMarks(text string) string { return strings.TrimRight(text, "*†‡ ") }

// rowKind returns the kind of a row by the name in it: that of the candidate, or else of the party.
func rowKind(row *schemas.ContestRow) string {
	if kind := rowkinds.Of(row.Candidate); kind != "" {
		return kind
	}
	if row.Candidate == "" {
		return rowkinds.Of(row.Party)
	}
	return ""
}
