package transform

import (
	"cmp"
	"slices"
	"strconv"

	"hemicycle/schemas"
	"hemicycle/transform/values"
)

// Check judges an election and changes nothing. It leaves one finding for each subject that it doubts, or else a pass
// or a skip.
type Check struct {
	ID       string
	Severity schemas.Status // of a doubt, unless the pipeline overrides it
	Meaning  string         // what it doubts, in one line
	judge    func(*judgement)
}

// judgement is one check that judges one election.
type judgement struct {
	*boxReading
	check    *Check
	severity schemas.Status
	found    bool
	// isOverridden is whether the pipeline overrides the severity.
	isOverridden bool
}

// findingPlace is the place that a finding points to.
type findingPlace struct{ field, line, offset int }

// nowhere is the place of a finding that points to none.
var nowhere = findingPlace{offset: -1}

// apply runs the check and adds its findings to the election. If the check leaves none, it has passed.
func (c *Check) apply(r *boxReading, o Options) {
	j := &judgement{boxReading: r, check: c, severity: c.Severity}
	if s, ok := o.Severities[c.ID]; ok {
		if s == schemas.Skip {
			return
		}
		j.severity, j.isOverridden = s, true
	}
	c.judge(j)
	if !j.found {
		j.pass("", "", "")
	}
}

func (j *judgement) addFinding(status schemas.Status, at findingPlace, subject, expected, observed, message string) {
	j.found = true
	findings := &j.e.Findings
	if !status.Doubtful() {
		findings = &j.e.Quiet
	}
	*findings = append(*findings, schemas.Finding{
		Ordinal:  len(j.e.Findings) + len(j.e.Quiet) + 1,
		CheckID:  j.check.ID,
		Status:   status,
		Subject:  subject,
		Expected: expected,
		Observed: observed,
		Message:  message,
		Field:    at.field,
		Line:     at.line,
		Offset:   at.offset,
	})
}

// doubt adds a finding of the check's severity.
func (j *judgement) doubt(at findingPlace, subject, expected, observed, message string) {
	j.addFinding(j.severity, at, subject, expected, observed, message)
}

// pass adds a finding that all is well, with what was compared.
func (j *judgement) pass(expected, observed, message string) {
	j.addFinding(schemas.Pass, nowhere, "", expected, observed, message)
}

// skip adds a finding that the election does not give what the check needs.
func (j *judgement) skip(why string) { j.addFinding(schemas.Skip, nowhere, "", "", "", why) }

// reportProblems doubts the fields whose problems the rules left for this check.
func (j *judgement) reportProblems() {
	for i := range j.problems {
		if p := &j.problems[i]; p.check == j.check.ID {
			j.doubt(placeOf(p.field), fieldSubject(p.field), p.expected, p.field.Text, p.message)
		}
	}
}

// fieldSubject names a field as the subject of a finding: seats/2, or turnout if the field has no number.
func fieldSubject(f *schemas.BoxField) string {
	if f.Position > 0 {
		return numberedSubject(f.Name, f.Position)
	}
	return f.Name
}

// numberedSubject names a value of a contender as the subject of a finding: seats/2.
func numberedSubject(name string, position int) string { return name + "/" + strconv.Itoa(position) }

// placeOf returns the place of a field.
func placeOf(f *schemas.BoxField) findingPlace { return findingPlace{f.Ordinal, f.Line, f.Offset} }

// placeOfClaim returns the place of the figure that the prose states.
func placeOfClaim(c *schemas.Claim) findingPlace { return findingPlace{line: c.Line, offset: c.Offset} }

// boxStart returns the place where the box begins.
func (j *judgement) boxStart() findingPlace {
	return findingPlace{line: j.box.Line, offset: j.box.Offset}
}

// fieldOf returns the field that was read into a column, of a contender if position is above 0. It returns nil if there
// is none.
func (j *judgement) fieldOf(target string, position int) *schemas.BoxField {
	for i := range j.e.Fields {
		if f := &j.e.Fields[i]; f.Target() == target && f.Position == position {
			return f
		}
	}
	return nil
}

// at is the place of the field that was read into a column, or that filled it beside another; the box's where none was.
func (j *judgement) at(target string, position int) findingPlace {
	if f := cmp.Or(j.fieldOf(target, position), j.fieldFilling(target, position)); f != nil {
		return placeOf(f)
	}
	return j.boxStart()
}

// listsAllWinners reports whether the box lists every contender that won a seat. The general box shows only the main
// contenders, and a box that the end of the page cuts off is incomplete.
func (r *boxReading) listsAllWinners() bool {
	return r.e.Template != schemas.GeneralBox && !r.box.Truncated
}

// isOngoing reports whether the election is not over.
func (r *boxReading) isOngoing() bool {
	return r.e.Status == schemas.ElectionOngoing || r.e.Status == schemas.ElectionFuture
}

// fieldWithProblem returns the first field that was read into a column and whose problem one of some checks reports,
// nil if there is none.
func (r *boxReading) fieldWithProblem(target string, checks ...*Check) *schemas.BoxField {
	for i := range r.problems {
		p := &r.problems[i]
		isReported := slices.ContainsFunc(checks, func(c *Check) bool { return c.ID == p.check })
		if isReported && p.field.Target() == target {
			return p.field
		}
	}
	return nil
}

// orWhyNoSeats returns a reason why the number of seats is not known: that given, or that the box has a phrase on seats
// which was not understood.
func (r *boxReading) orWhyNoSeats(reason string) string {
	if f := r.seatsPhrase(); f != nil && (r.e.SeatsTotal == nil || r.e.SeatsContested == nil) {
		return "how many seats there are cannot be told from the box, which says " + values.Quote(f.Text)
	}
	return reason
}

// seatsPhrase returns the field with the phrase on seats if it has a problem, nil if it has none.
func (r *boxReading) seatsPhrase() *schemas.BoxField {
	for i := range r.problems {
		if f := r.problems[i].field; f.Name == "seats_for_election" {
			return f
		}
	}
	return nil
}

// whyPartial returns why the box lists only some of the contenders.
func (j *judgement) whyPartial() string {
	if j.box.Truncated {
		return "the page ends before the box does"
	}
	return "the box shows the main contenders only"
}

// formatInt returns a number in decimal digits.
func formatInt(n int64) string { return strconv.FormatInt(n, 10) }
