package report

import (
	"cmp"
	"slices"

	"hemicycle/load/wording"
	"hemicycle/schemas"
)

// What is held against an election on its page: the findings of the checks, and what its prose claims.

type findingRow struct {
	Ordinal                                                  int
	Status                                                   schemas.Status
	Word, Message, Meaning, Check, Expected, Observed, Where string
	Field                                                    int
}

type claimRow struct {
	Subject, Value, Excerpt, Where string
}

// rank orders findings from grave to harmless.
func rank(s schemas.Status) int {
	return slices.Index([]schemas.Status{schemas.Error, schemas.Warn, schemas.Note, schemas.Pass, schemas.Skip}, s)
}

// statusWords says to a newcomer what a status is.
var statusWords = map[schemas.Status]string{
	schemas.Error: "Error", schemas.Warn: "Warning", schemas.Note: "Note",
	schemas.Pass: "Passed", schemas.Skip: "Not asked",
}

// contradictionMeaning says what a contradiction with another election is.
const contradictionMeaning = "values of the previous election that are not those in that election's own box"

// findings lists the doubts from grave to harmless, and the checks that had none.
func (p *electionPage) findings(r *report, m *electionMaker) {
	for _, f := range m.e.AllFindings() {
		row := findingRow{
			Ordinal: f.Ordinal, Status: f.Status, Word: statusWords[f.Status],
			Message: wording.Shorten(f.Message, 2000), Meaning: r.checks[f.CheckID],
			Check: f.CheckID, Expected: wording.Shorten(f.Expected, 200), Observed: wording.Shorten(f.Observed, 200),
		}
		if f.Field > 0 && f.Field <= len(m.e.Fields) {
			row.Field = f.Field
			row.Where = wording.Shorten(m.e.Fields[f.Field-1].Key, 60)
		}
		if f.Line > 0 {
			row.Where = wording.Join(row.Where, placeWords(f.Line, ""))
		}
		if f.Status.Doubtful() {
			p.Doubts = append(p.Doubts, row)
		} else {
			p.Quiet = append(p.Quiet, row)
		}
	}
	last := 0 // the number of a finding can be higher than how many there are, since passes and skips count
	for _, f := range m.e.AllFindings() {
		last = max(last, f.Ordinal)
	}
	for i := range m.e.Contradictions {
		k := &m.e.Contradictions[i]
		row := findingRow{
			Ordinal: last + k.Ordinal, Status: schemas.Warn, Word: statusWords[schemas.Warn],
			Message: wording.Shorten(k.Message, 2000), Meaning: contradictionMeaning, Check: k.Kind,
			Expected: wording.Shorten(k.OtherValue, 200), Observed: wording.Shorten(k.Value, 200),
		}
		isHere := func(f schemas.BoxField) bool { return f.Line == k.Place.Line && f.Offset == k.Place.Offset }
		if field := slices.IndexFunc(m.e.Fields, isHere); field >= 0 && k.Place.Line > 0 {
			row.Field = field + 1
			row.Where = wording.Shorten(m.e.Fields[field].Key, 60)
		}
		if k.Place.Line > 0 {
			row.Where = wording.Join(row.Where, placeWords(k.Place.Line, ""))
		}
		p.Doubts = append(p.Doubts, row)
	}
	slices.SortStableFunc(p.Doubts, func(a, b findingRow) int { return rank(a.Status) - rank(b.Status) })
	slices.SortStableFunc(p.Quiet, func(a, b findingRow) int { return rank(a.Status) - rank(b.Status) })
}

// subjectWords says what a claim is of.
var subjectWords = map[string]string{
	schemas.SubjectSeats:                 "Seats",
	schemas.SubjectTurnout:               "Turnout, in percent",
	schemas.SubjectDate:                  "Date of the election",
	schemas.SubjectParties:               "Parties standing",
	schemas.SubjectCandidates:            "Candidates standing",
	schemas.SubjectIndependentCandidates: "Independent candidates standing",
}

func (p *electionPage) claims(e *schemas.Election) {
	for i := range e.Claims {
		c := &e.Claims[i]
		p.Claims = append(p.Claims, claimRow{
			Subject: cmp.Or(subjectWords[c.Subject], wording.Plain(c.Subject)),
			Value:   wording.Plain(c.Value),
			Excerpt: wording.Shorten(c.Excerpt, 600),
			Where:   placeWords(c.Line, ""),
		})
	}
}
