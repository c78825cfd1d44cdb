package transform

import (
	"fmt"
	"testing"
)

// want is the seats and whether the contender is new.
var lastElectionCases = []struct{ text, want, problem string }{
	{"48", "48 false", ""}, {"0", "0 false", ""}, {"48[1]", "48 false", ""}, {"53 seats", "53 false", ""}, {"1 seat", "1 false", ""}, {"16.2%, 31 seats", "31 false", ""}, {"31 seats, 16.2%", "31 false", ""}, {"31 seats, 16,2 %", "31 false", ""}, {"31, 16.2%", "31 false", ""}, {"16.2%, 31", "31 false", ""}, {"31 seats (16.2%)", "31 false", ""}, {"1,234 seats", "1234 false", ""}, {"31 seats in 2015", "31 false", ""}, {"31 of 120 seats", "31 false", ""}, {"31/120 seats, 16.2%", "31 false", ""},
	{"new", " true", ""}, {"New", " true", ""}, {"NEW[a]", " true", ""}, {"(new)", " true", ""}, {"New party", " true", ""}, {"newly formed", " true", ""}, {"Did not exist", " true", ""}, {"didn’t exist", " true", ""}, {"First election", " true", ""},
	{"16.2%", " false", ""}, {"", " ", ""}, {"–", " ", ""}, {"N/A", " ", ""}, {"did not contest", " ", ""}, {"Did not stand", " ", ""}, {"boycotted", " ", ""}, {"none", " ", ""},
	{"1.234 seats", " ", "expected the seats of the last election"}, {"2.5 seats", " ", "expected the seats"}, {"-5 seats", " ", "expected the seats"}, {"+5 seats", " ", "expected the seats"}, {"31 seats or 32 seats", " ", "expected the seats"}, {"5 as A, 31 seats", " ", "expected the seats"}, {"31 or 32", " ", "expected the seats"}, {"a few", " ", `or "new"`}, {"99999999999 seats", " ", "up to"}, {"newspapers", " ", "expected the seats"},
}

func TestReadLastElection(t *testing.T) {
	for _, c := range lastElectionCases {
		seats, fresh, problem := readLastElection(c.text)
		got := number(seats) + " "
		if fresh != nil {
			got += fmt.Sprint(*fresh)
		}
		same(t, c.text, got, problem, c.want, c.problem)
	}
}

func FuzzReadLastElection(f *testing.F) {
	for _, c := range lastElectionCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		seats, fresh, problem := readLastElection(text)
		if problem != "" && (seats != nil || fresh != nil) {
			t.Errorf("%q is read as %s with the problem %q", text, number(seats), problem)
		}
		if seats != nil && (fresh == nil || *fresh || *seats < 0) {
			t.Errorf("%q has %d seats and is new", text, *seats)
		}
	})
}
