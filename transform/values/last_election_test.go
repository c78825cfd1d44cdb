package values

import (
	"fmt"
	"testing"

	"hemicycle/schemas/schemastest"
)

// lastElectionCases has texts on the last election. want is the seats and whether the contender is new.
var lastElectionCases = []struct{ text, want, problem string }{
	{"48", "48 false", ""}, {"0", "0 false", ""}, {"48[1]", "48 false", ""}, {"53 seats", "53 false", ""},
	{"1 seat", "1 false", ""}, {"16.2%, 31 seats", "31 false", ""}, {"31 seats, 16.2%", "31 false", ""},
	{"31 seats, 16,2 %", "31 false", ""}, {"31, 16.2%", "31 false", ""}, {"16.2%, 31", "31 false", ""},
	{"31 seats (16.2%)", "31 false", ""}, {"1,234 seats", "1234 false", ""}, {"31 seats in 2015", "31 false", ""},
	{"31 of 120 seats", "31 false", ""}, {"31/120 seats, 16.2%", "31 false", ""}, {"new", " true", ""},
	{"New", " true", ""}, {"NEW[a]", " true", ""}, {"(new)", " true", ""}, {"New party", " true", ""},
	{"newly formed", " true", ""}, {"Did not exist", " true", ""}, {"didn’t exist", " true", ""},
	{"First election", " true", ""}, {"6 (as Elbonian Front)", "6 false", ""}, {"59 (2019)", "59 false", ""},
	{"12 (notional)", "12 false", ""}, {"12 seats (notional: 14)", "12 false", ""}, {"151 of 650", "151 false", ""},
	{"99 / 200", "99 false", ""}, {"22 councillors, 38.0%", "22 false", ""}, {"31 governorships", "31 false", ""},
	{"No seats, 1.2%", "0 false", ""}, {"no seats", "0 false", ""}, {"2.5% (0 seats)", "0 false", ""},
	{"90 seats – 42.3%", "90 false", ""}, {"42.3% – 90", "90 false", ""}, {"12 MEPs, 27.9%", "12 false", ""},
	{"5 TDs", "5 false", ""}, {"63 MSPs", "63 false", ""}, {"pre-creation", " true", ""}, {"pre-merger", " ", ""},
	{"Founded in 2019", " true", ""}, {"formed March 2020", " true", ""}, {"None (new)", " true", ""},
	{"newly-formed", " true", ""}, {"First contest", " true", ""}, {"Split from Elbonian Front", " ", ""},
	{"Part of the Front", " ", ""}, {"Boycott", " ", ""}, {"a few", " ", ""}, {"8.2% (A), 3.1% (B)", " false", ""},
	{"311 seats, 41.5% (240 seats on new boundaries)", " ", "two readings"},
	{"10 seats (A) 5 seats (B)", " ", "two readings"}, {"23 + 4", " ", "two readings"}, {"59 (61)", " ", "two readings"},
	{"five seats", "5 false", ""}, {"One seat, 1.8%", "1 false", ""}, {"One hundred seats", " ", "expected the seats"},
	{"five", " ", "expected the seats"}, {"5.1%, no seats", "0 false", ""}, {"New (2019)", " true", ""},
	{"0 (new)", " true", ""}, {"No seats (new party)", " true", ""},
	{"10.2%, new", " true", ""}, {"no seat data", " ", ""}, {"No seats known", " ", ""},
	{"New party (split from the Front)", " true", ""}, {"New (5 seats as the Front)", "5 false", ""},
	{"16.2%", " false", ""}, {"", " ", ""}, {"–", " ", ""}, {"N/A", " ", ""}, {"did not contest", " ", ""},
	{"Did not stand", " ", ""}, {"boycotted", " ", ""}, {"none", " ", ""},
	{"1.234 seats", " ", "expected the seats of the last election"}, {"2.5 seats", " ", "expected the seats"},
	{"At least 12 seats", " ", "a bound or a guess"}, {"16.2%, over 31 seats", " ", "a bound or a guess"},
	{"~12 seats", " ", "a bound or a guess"}, {"about 16.2%, 31 seats", "31 false", ""},
	{"-5 seats", " ", "expected the seats"}, {"+5 seats", " ", "expected the seats"},
	{"31 seats or 32 seats", " ", "expected the seats"}, {"5 as A, 31 seats", " ", "expected the seats"},
	{"31 or 32", " ", "expected the seats"}, {"99999999999 seats", " ", "up to"}, {"newspapers", " ", ""},
	{"16,777,217 seats", "16777217 false", ""}, // no float32 holds it
}

func TestReadLastElection(t *testing.T) {
	for _, c := range lastElectionCases {
		seats, fresh, problem := ReadLastElection(c.text)
		got := schemastest.FormatCount(seats) + " "
		if fresh != nil {
			got += fmt.Sprint(*fresh)
		}
		checkReading(t, c.text, got, problem, c.want, c.problem)
	}
}

func FuzzReadLastElection(f *testing.F) {
	for _, c := range lastElectionCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		seats, fresh, problem := ReadLastElection(text)
		if problem != "" && (seats != nil || fresh != nil) {
			t.Errorf("%q is read as %s with the problem %q", text, schemastest.FormatCount(seats), problem)
		}
		if seats != nil && (fresh == nil || *fresh || *seats < 0) {
			t.Errorf("%q has %d seats and is new", text, *seats)
		}
	})
}
