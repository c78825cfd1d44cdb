package dates

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hemicycle/schemas"
)

// dateCases has texts of dates. want is the first day, or the first and the last day with a space between them.
var dateCases = []struct{ text, want, problem string }{
	{"7 September, 2007 – 8", "", "a figure in"}, {"7 September 2007 (and 8)", "", "a figure in"},
	{"(8) 7 September 2007, 10", "", "a figure in"}, {"7 September 2007 (day 1 of 2)", "2007-09-07", ""},
	{"7 September 2007, 8 pm", "2007-09-07", ""}, {"7 September 2007 (8 a.m. to 6 p.m.)", "2007-09-07", ""},
	{"Phase 1 (7 September 2007), Phase 2 (14 September 2007)", "2007-09-07 2007-09-14", ""},
	{"Day 1: 7 September 2007 Day 2: 8 September 2007", "2007-09-07 2007-09-08", ""},
	{"7 September 2007", "2007-09-07", ""}, {"September 7, 2007", "2007-09-07", ""}, {"Sept. 7, 2007", "2007-09-07", ""},
	{"7 Sep 2007", "2007-09-07", ""}, {"7th September, 2007", "2007-09-07", ""}, {"September 7th, 2007", "2007-09-07", ""},
	{"7th of September 2007", "2007-09-07", ""}, {"Friday, 7 September 2007", "2007-09-07", ""},
	{"7 SEPTEMBER 2007", "2007-09-07", ""}, {"2007-09-07", "2007-09-07", ""}, {"2007-9-7", "2007-09-07", ""},
	{"2007/09/07", "2007-09-07", ""}, {"2007 September 7", "2007-09-07", ""},
	{"30 September – 1 October 2006", "2006-09-30 2006-10-01", ""}, {"7–8 September 2007", "2007-09-07 2007-09-08", ""},
	{"September 30 – October 1, 2006", "2006-09-30 2006-10-01", ""}, {"September 7–8, 2007", "2007-09-07 2007-09-08", ""},
	{"7, 8 and 10 September 2007", "2007-09-07 2007-09-10", ""},
	{"October 31, November 21, December 26, 2004", "2004-10-31 2004-12-26", ""},
	{"26 June 1994 (first round) 10 July 1994 (second round)", "1994-06-26 1994-07-10", ""},
	{"10 April (first round) 24 April 2022 (second round)", "2022-04-10 2022-04-24", ""},
	{"24 April 2022 (second round) 10 April (first round)", "2022-04-10 2022-04-24", ""},
	{"First round: 10 April 2022 Second round: 24 April 2022", "2022-04-10 2022-04-24", ""},
	{"1st round: 15 November 1989 2nd round: 17 December 1989", "1989-11-15 1989-12-17", ""},
	{"November 15, 1994 (1st round)", "1994-11-15", ""},
	{"Round 1: 4 May 2002 Round 2: 11 May 2002", "2002-05-04 2002-05-11", ""},
	{"Phase 1: 11 April 2019 Phase 7: 19 May 2019", "2019-04-11 2019-05-19", ""},
	{"First round 10 April 2022", "2022-04-10", ""}, {"30 December 2006 – 2 January 2007", "2006-12-30 2007-01-02", ""},
	{"April 1790 – October 11, 1791", "1790-04 1791-10-11", ""}, {"September 2007", "2007-09", ""}, {"2007", "2007", ""},
	{"June–July 1992", "1992-06 1992-07", ""}, {"1789–1790", "1789 1790", ""},
	{"7 September 2007 (2007)", "2007-09-07", ""}, {"September 2007 (7 September 2007)", "2007-09-07", ""},
	{"September 7, 2007 (18 years ago)", "2007-09-07", ""}, {"7 September 2007[1]", "2007-09-07", ""},
	{"September 7, 2007[1][a]", "2007-09-07", ""}, {"8:00 – 20:00, September 7, 2007", "2007-09-07", ""},
	{"November 6, 2018 (36 states, 2 territories) November 24, 2018 (1 territory)", "2018-11-06 2018-11-24", ""},
	{"11 April 2019 (91 seats in 20 states) 19 May 2019", "2019-04-11 2019-05-19", ""},
	{"25 November [O.S. 12 November] 1917", "1917-11-25", ""},
	{"28 June 2020 (postponed from 10 May 2020)", "2020-06-28", ""}, {"27/09/2007", "2007-09-27", ""},
	{"09/27/2007", "2007-09-27", ""}, {"07/07/2007", "2007-07-07", ""}, {"27.9.2007", "2007-09-27", ""},
	{"27/09/2007 and 28/09/2007", "2007-09-27 2007-09-28", ""}, {"27/09/2007 (2007)", "2007-09-27", ""},
	{"07/09/2007", "", "can be read as 2007-09-07 and as 2007-07-09"}, {"7.9.2007", "", "2007-09-07 and as 2007-07-09"},
	{"27/09/2007 and 07/09/2007", "", "can be read as"}, {"31 February 2007", "", "there is no day 2007-02-31"},
	{"29 February 1900", "", "there is no day 1900-02-29"}, {"29 February 2000", "2000-02-29", ""},
	{"2007-13-01", "", "there is no day"}, {"32/13/2007", "", "there is no day"},
	{"31 June 2007 – 1 July 2007", "", "there is no day 2007-06-31"}, {"7 Setember 2007", "", "expected a date"},
	{"7 September", "", "expected a date"}, {"07/09/07", "", "expected a date"}, {"soon", "", "expected a date"},
	{"2020–21", "", "expected a date"}, {"99999", "", "expected a date"}, {"", "", ""}, {"–", "", ""}, {"TBD", "", ""},
	{"–[1]", "", ""}, {"by 31 May 2027", "", ""}, {"On or before 15 August 2029", "", ""},
	{"No later than 28 January 2025", "", ""}, {"Next Elbonian general election", "", ""},
	{"2566", "", "expected a year up to 2100"}, {"14 May 2566", "", "expected a year up to 2100"},
	{"2566-05-14", "", "expected a year up to 2100"}, {"14 May 2023 (2566 BE)", "2023-05-14", ""},
	{"May 2023 (B.E. 2566)", "2023-05", ""}, {"2100", "2100", ""}, {"2566 BE", "", "expected a year up to 2100"},
	{"may be held in 2030", "2030", ""}, {"May 2030", "2030-05", ""}, {"5 May 2005", "2005-05-05", ""},

	// The first and the last year that can be one of an election.
	{"7 September 1000", "1000-09-07", ""}, {"7 September 0999", "", "expected a date"}, {"1000", "1000", ""},
	{"31 December 2100", "2100-12-31", ""}, {"1 January 2101", "", "expected a year up to 2100"},

	// The last figure that is taken for a year at all.
	{"31 December 2999", "", "expected a year up to 2100"}, {"1 January 3000", "", "expected a date"},
	{"September 2999", "", "expected a year up to 2100"}, {"September 3000", "", "expected a date"},
}

func TestRead(t *testing.T) {
	for _, c := range dateCases {
		first, last, problem := Read(c.text)
		got := first.String()
		if last != first {
			got += " " + last.String()
		}
		if got != c.want || (problem == "") != (c.problem == "") || !strings.Contains(problem, c.problem) {
			t.Errorf("%.80q is read as %q with the problem %q, expected %q and %q", c.text, got, problem, c.want, c.problem)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range dateCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, last, problem := Read(text)
		if problem != "" && (first != schemas.Date{} || last != schemas.Date{}) {
			t.Errorf("%q is read as %s to %s with the problem %q", text, first, last, problem)
		}
		if first.String() > last.String() || (first.Year == 0) != (last.Year == 0) {
			t.Errorf("%q begins on %s and ends on %s", text, first, last)
		}
		if first.Full() && strings.Compare(first.Time().Format("2006-01-02"), first.String()) != 0 {
			t.Errorf("%q: there is no day %s", text, first)
		}
		if first.Full() {
			if again, _, problem := Read(first.String()); again != first {
				t.Errorf("%s is read as %s: %s", first, again, problem)
			}
		}
	})
}

// TestMayHaveDateRemark holds that the quick look misses no text in which the pattern finds something, and spares it
// plain dates with their rounds.
func TestMayHaveDateRemark(t *testing.T) {
	pieces := []string{
		"7", "12", "2007", "September", "(", ")", "[", "]", " ", " ", " ", "-", ":", "O.S.", "o. s", "os", "old style",
		"Old", "postponed from", "original", "Moved", "first", "1st", "2nd", "round", "Rounds", "stage", "phases",
		"Phase", "s", "turn", "ballots", "18", "years ago", "seats", "Territories", "constituency", "states",
		"province", "region", "department", "district", "day", "weeks", "Hours", "08:00", "\t", "\n",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "pieces"), "")
		if found := dateRemarkPattern.FindString(text); found != "" && !mayHaveDateRemark(text) {
			t.Fatalf("the pattern finds %q in %q", found, text)
		}
	})
	for _, text := range []string{
		"2 October 2022 (first round) 30 October 2022 (second round)", "8–9 October 2021",
		"October 31, November 21, December 26, 2004", "1 November 2022 31 October (Faroe Islands only)",
	} {
		if mayHaveDateRemark(text) {
			t.Errorf("%q: nothing in it is for the pattern", text)
		}
	}
}
