package transform

import (
	"strconv"

	"hemicycle/schemas"
)

// Check judges an election and changes nothing. It leaves one finding, a pass or a skip, or one for
// each subject that it doubts.
type Check struct {
	ID       string
	Severity schemas.Status // of a doubt, unless a pipeline says another
	Meaning  string         // one line: what it doubts
	judge    func(*judgement)
}

// judgement is one check at work on one election.
type judgement struct {
	*boxReading
	check    *Check
	severity schemas.Status
	found    bool
}

// findingPlace is where a finding points to.
type findingPlace struct{ field, line, offset int }

var nowhere = findingPlace{offset: -1}

// apply runs the check and files its findings; one that leaves none has passed.
func (c *Check) apply(r *boxReading, o Options) {
	j := &judgement{boxReading: r, check: c, severity: c.Severity}
	if s, ok := o.Severities[c.ID]; ok {
		if s == schemas.Skip {
			return
		}
		j.severity = s
	}
	c.judge(j)
	if !j.found {
		j.pass("", "", "")
	}
}

func (j *judgement) addFinding(status schemas.Status, at findingPlace, subject, expected, observed, message string) {
	j.found = true
	j.e.Findings = append(j.e.Findings, schemas.Finding{
		Ordinal: len(j.e.Findings) + 1, CheckID: j.check.ID, Status: status,
		Subject: subject, Expected: expected, Observed: observed, Message: message,
		Field: at.field, Line: at.line, Offset: at.offset,
	})
}

// doubt files a doubt of the check's severity.
func (j *judgement) doubt(at findingPlace, subject, expected, observed, message string) {
	j.addFinding(j.severity, at, subject, expected, observed, message)
}

// pass files that all is well, with what was compared.
func (j *judgement) pass(expected, observed, message string) {
	j.addFinding(schemas.Pass, nowhere, "", expected, observed, message)
}

// skip files that the election does not give what the check needs.
func (j *judgement) skip(why string) { j.addFinding(schemas.Skip, nowhere, "", "", "", why) }

// reportProblems files the troubles that the rules had filed under the check.
func (j *judgement) reportProblems() {
	for i := range j.problems {
		if t := &j.problems[i]; t.check == j.check.ID {
			j.doubt(placeOf(t.field), fieldSubject(t.field), t.expected, t.field.Text, t.message)
		}
	}
}

// fieldSubject names a field as a finding's subject: seats/2, or turnout where it has no number.
func fieldSubject(f *schemas.BoxField) string {
	if f.Position > 0 {
		return numberedSubject(f.Name, f.Position)
	}
	return f.Name
}

func numberedSubject(name string, position int) string { return name + "/" + strconv.Itoa(position) }

func placeOf(f *schemas.BoxField) findingPlace { return findingPlace{f.Ordinal, f.Line, f.Offset} }

func placeOfClaim(c *schemas.Claim) findingPlace { return findingPlace{line: c.Line, offset: c.Offset} }

// boxStart is the place of the box itself.
func (j *judgement) boxStart() findingPlace {
	return findingPlace{line: j.box.Line, offset: j.box.Offset}
}

// fieldOf is the field that was read into a column, for a contender where position is above 0; nil
// where none was.
func (j *judgement) fieldOf(target string, position int) *schemas.BoxField {
	for i := range j.e.Fields {
		if f := &j.e.Fields[i]; f.Target() == target && f.Position == position {
			return f
		}
	}
	return nil
}

// at is the place of the field that was read into a column; the box's where none was.
func (j *judgement) at(target string, position int) findingPlace {
	if f := j.fieldOf(target, position); f != nil {
		return placeOf(f)
	}
	return j.boxStart()
}

// listsAllWinners reports whether the box lists every contender that won a seat. Infobox election shows the
// main contenders only, and of a box that is cut not all is there.
func (r *boxReading) listsAllWinners() bool {
	return r.e.Template != schemas.GeneralBox && !r.box.Truncated
}

// isOngoing reports whether the election is not over.
func (r *boxReading) isOngoing() bool { return r.e.Status == "ongoing" || r.e.Status == "future" }

// whyPartial says why the box lists some contenders only.
func (j *judgement) whyPartial() string {
	if j.box.Truncated {
		return "the page ends before the box does"
	}
	return "the box shows the main contenders only"
}

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }
