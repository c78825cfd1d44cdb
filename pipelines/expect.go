package pipelines

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"hemicycle/load/version"
)

// Expectation is what a source's account must show; without one of its bounds it is open there.
type Expectation struct {
	Subject     string // a name of subjects
	Min, Max    *int64
	ShareOfLast *decimal.Decimal `json:",omitempty"` // at least this share of what the last version had
}

// subject is a figure of a source's account that can be expected.
type subject struct {
	name    string
	meaning string
	of      func(*sourceAccount) int64
}

var subjects = []subject{
	{"elections", "elections loaded", func(a *sourceAccount) int64 { return a.Elections }},
	{"documents", "documents met", func(a *sourceAccount) int64 { return a.Documents }},
	{"seats", "seats of all contenders of all its elections together", func(a *sourceAccount) int64 { return a.Seats }},
	{"contenders", "contenders of all its elections together", func(a *sourceAccount) int64 { return a.Contenders }},
	{"errors", "error findings", func(a *sourceAccount) int64 { return a.Errors }},
	{"rejects", "documents and boxes that could not be read", func(a *sourceAccount) int64 { return a.Rejected + a.RejectedBoxes }},
}

func subjectNames() []string {
	var names []string
	for _, s := range subjects {
		names = append(names, s.name)
	}
	return names
}

var atLeastOne = Expectation{Subject: "elections", Min: new(int64(1))}

// String says what the bounds are; "" where there is none but a share.
func (e Expectation) String() string {
	switch {
	case e.Min == nil && e.Max == nil:
		return ""
	case e.Min != nil && e.Max != nil && *e.Min == *e.Max:
		return fmt.Sprint(*e.Min)
	case e.Min != nil && e.Max != nil:
		return fmt.Sprintf("%d to %d", *e.Min, *e.Max)
	case e.Min != nil:
		return fmt.Sprintf("at least %d", *e.Min)
	}
	return fmt.Sprintf("at most %d", *e.Max)
}

// against says what is expected where the last version had so many (nil: there is none to speak of), and
// whether what was observed meets it. Without a last version a share is met.
func (e Expectation) against(last *int64, observed int64) (expected string, met bool) {
	expected = e.String()
	met = (e.Min == nil || observed >= *e.Min) && (e.Max == nil || observed <= *e.Max)
	if e.ShareOfLast == nil {
		return expected, met
	}
	if expected != "" {
		expected += ", and "
	}
	if last == nil {
		return expected + fmt.Sprintf("at least %s of the last version's (there is none)", e.ShareOfLast), met
	}
	least := e.ShareOfLast.Mul(decimal.NewFromInt(*last)).Ceil().IntPart()
	return expected + fmt.Sprintf("at least %d (%s of the last version's %d)", least, e.ShareOfLast, *last), met && observed >= least
}

// observedBefore is what a source of the pipeline had of a subject in the last version, by its manifest;
// nil where it does not say.
func observedBefore(last *version.Manifest, pipeline, source, subject string) *int64 {
	if last == nil || last.Pipeline != pipeline {
		return nil
	}
	for _, e := range last.Expectations {
		if n, err := strconv.ParseInt(e.Observed, 10, 64); err == nil && e.Source == source && e.Subject == subject {
			return &n
		}
	}
	return nil
}

// lastVersion is the manifest of the version that is current, where the pipeline expects a share of it;
// nil where there is none.
func (p *Pipeline) lastVersion(o Options, output *version.Output) (*version.Manifest, error) {
	if !slices.ContainsFunc(p.Sources, func(s Source) bool {
		return slices.ContainsFunc(s.Expect, func(e Expectation) bool { return e.ShareOfLast != nil })
	}) {
		return nil, nil
	}
	last, err := output.CurrentManifest()
	if err == nil && (last == nil || last.Pipeline != p.Name) {
		o.Log.Info("there is no last version of this pipeline: what is expected as a share of it counts as met")
	}
	return last, err
}

// judge holds the account of a source against what is expected of it. A source of which no number of
// elections is said must still have one.
func judge(p *Pipeline, s *Source, a *sourceAccount, last *version.Manifest) []version.Expectation {
	expected := s.Expect
	if !slices.ContainsFunc(expected, func(e Expectation) bool { return e.Subject == "elections" && e.String() != "" }) {
		expected = append([]Expectation{atLeastOne}, expected...)
	}
	var judged []version.Expectation
	for _, e := range expected {
		i := slices.IndexFunc(subjects, func(s subject) bool { return s.name == e.Subject })
		observed := subjects[i].of(a)
		wanted, met := e.against(observedBefore(last, p.Name, s.Name, e.Subject), observed)
		judged = append(judged, version.Expectation{Source: s.Name, Subject: e.Subject, Expected: wanted, Observed: fmt.Sprint(observed), Met: met})
	}
	return judged
}

// Expectations is what can be expected of a source: name and meaning of each.
func Expectations() [][]string {
	var rows [][]string
	for _, s := range subjects {
		rows = append(rows, []string{s.name, s.meaning})
	}
	return rows
}
