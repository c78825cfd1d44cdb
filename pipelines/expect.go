package pipelines

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"hemicycle/load/version"
)

// Expectation is what a source's account must show. A bound that is not given is not checked.
type Expectation struct {
	Subject     string // a name of accountFigures
	Min, Max    *int64
	ShareOfLast *decimal.Decimal `json:",omitempty"` // at least this share of what the last version had
}

// accountFigure is a figure of a source's account that can be expected.
type accountFigure struct {
	name    string
	meaning string
	count   func(*sourceAccount) int64
}

// accountFigures are the figures that can be expected of a source.
var accountFigures = []accountFigure{
	{"elections", "elections loaded", func(a *sourceAccount) int64 { return a.Elections }},
	{"documents", "documents met", func(a *sourceAccount) int64 { return a.Documents }},
	{"seats", "seats of all contenders of all its elections together", func(a *sourceAccount) int64 { return a.Seats }},
	{"contenders", "contenders of all its elections together", func(a *sourceAccount) int64 { return a.Contenders }},
	{"errors", "error findings", func(a *sourceAccount) int64 { return a.Errors }},
	{"rejects", "documents and boxes that could not be read",
		func(a *sourceAccount) int64 { return a.Rejected + a.RejectedBoxes }},
}

func figureNames() []string {
	var names []string
	for _, f := range accountFigures {
		names = append(names, f.name)
	}
	return names
}

// Expectations returns the name and the meaning of each figure that can be expected of a source.
func Expectations() [][]string {
	var all [][]string
	for _, f := range accountFigures {
		all = append(all, []string{f.name, f.meaning})
	}
	return all
}

// atLeastOne is expected of a source of which no number of elections is said.
var atLeastOne = Expectation{Subject: "elections", Min: new(int64(1))}

func (e Expectation) hasBound() bool { return e.Min != nil || e.Max != nil || e.ShareOfLast != nil }

// String says what the bounds are. It returns "" if there is none, or only a share.
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

// evaluate says what is expected, given what the last version had, and whether what was observed meets it. A nil last
// means that there is no last version to compare with, so that a share counts as met.
func (e Expectation) evaluate(last *int64, observed int64) (expected string, met bool) {
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
	expected += fmt.Sprintf("at least %d (%s of the last version's %d)", least, e.ShareOfLast, *last)
	return expected, met && observed >= least
}

// observedBefore returns what the last run of a pipeline had of a figure of a source; nil if it does not say.
func observedBefore(last *version.EarlierRun, source, figure string) *int64 {
	if last == nil {
		return nil
	}
	for _, e := range last.Expectations {
		if n, err := strconv.ParseInt(e.Observed, 10, 64); err == nil && e.Source == source && e.Subject == figure {
			return &n
		}
	}
	return nil
}

// lastRun returns the last run of the pipeline of which the current version has rows, if the pipeline expects a share
// of it. It returns nil if there is none, or if none is needed.
func (p *Pipeline) lastRun(o Options, output *version.Output) (*version.EarlierRun, error) {
	expectsShare := slices.ContainsFunc(p.Sources, func(s Source) bool {
		return slices.ContainsFunc(s.Expect, func(e Expectation) bool { return e.ShareOfLast != nil })
	})
	if !expectsShare {
		return nil, nil
	}
	m, err := output.CurrentManifest()
	if err != nil {
		return nil, err
	}
	var last *version.EarlierRun
	if m != nil {
		last = m.LastRunOf(p.Name)
	}
	if last == nil {
		o.Log.Info("there is no last version of this pipeline, so every share_of_last counts as met")
	}
	return last, nil
}

// checkExpectations compares the account of a source with what is expected of the source. If nothing is said of the
// number of elections, it expects at least one.
func checkExpectations(s *Source, a *sourceAccount, last *version.EarlierRun) []version.Expectation {
	expected := s.Expect
	boundsElections := func(e Expectation) bool { return e.Subject == atLeastOne.Subject && e.String() != "" }
	if !slices.ContainsFunc(expected, boundsElections) {
		expected = append([]Expectation{atLeastOne}, expected...)
	}
	var checked []version.Expectation
	for _, e := range expected {
		i := slices.IndexFunc(accountFigures, func(f accountFigure) bool { return f.name == e.Subject })
		observed := accountFigures[i].count(a)
		wanted, met := e.evaluate(observedBefore(last, s.Name, e.Subject), observed)
		checked = append(checked, version.Expectation{
			Source: s.Name, Subject: e.Subject, Expected: wanted, Observed: fmt.Sprint(observed), Met: met,
		})
	}
	return checked
}
