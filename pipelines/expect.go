package pipelines

import (
	"fmt"
	"slices"

	"hemicycle/load"
)

// Expectation is what a source's account must show; without one of its bounds it is open there.
type Expectation struct {
	Subject  string // a name of subjects
	Min, Max *int64
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

func (e Expectation) String() string {
	switch {
	case e.Min != nil && e.Max != nil && *e.Min == *e.Max:
		return fmt.Sprint(*e.Min)
	case e.Min != nil && e.Max != nil:
		return fmt.Sprintf("%d to %d", *e.Min, *e.Max)
	case e.Min != nil:
		return fmt.Sprintf("at least %d", *e.Min)
	}
	return fmt.Sprintf("at most %d", *e.Max)
}

// judge holds the account of a source against what is expected of it. A source of which nothing is
// said of elections must still have one.
func judge(s *Source, a *sourceAccount) []load.Expectation {
	expected := s.Expect
	if !slices.ContainsFunc(expected, func(e Expectation) bool { return e.Subject == "elections" }) {
		expected = append([]Expectation{atLeastOne}, expected...)
	}
	var judged []load.Expectation
	for _, e := range expected {
		i := slices.IndexFunc(subjects, func(s subject) bool { return s.name == e.Subject })
		observed := subjects[i].of(a)
		judged = append(judged, load.Expectation{
			Source: s.Name, Subject: e.Subject, Expected: e.String(), Observed: fmt.Sprint(observed),
			Met: (e.Min == nil || observed >= *e.Min) && (e.Max == nil || observed <= *e.Max),
		})
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
