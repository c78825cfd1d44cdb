package dates

import (
	"strings"
	"testing"

	"hemicycle/schemas/schemastest"
)

func TestPolls(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"17 and 24 February 2013", "2013-02-17 2013-02-17, 2013-02-24 2013-02-24"},
		{"25 May and 1 June 1997", "1997-05-25 1997-05-25, 1997-06-01 1997-06-01"},
		{"31 October, 21 November and 26 December 2004",
			"2004-10-31 2004-10-31, 2004-11-21 2004-11-21, 2004-12-26 2004-12-26"},
		{"23–24 May and 16–17 June 2012", "2012-05-23 2012-05-24, 2012-06-16 2012-06-17"},
		{"October 7, 2023 November 19, 2023", "2023-10-07 2023-10-07, 2023-11-19 2023-11-19"},
		{"8–9 October 2021", ""}, {"8 and 9 October 2021", ""}, {"1 and 5 May 2011", ""},
		{"1 February – 14 June 2016", ""}, {"7 April to 12 May 2014", ""}, {"24 February 2013", ""}, {"", ""},
		{"11 April, 18 April (phase 2) 2019", ""}, {"May and July 2010", ""}, {"2013-02-17 2013-02-24", ""},
		{"17 and 24 February 2566", ""}, {"17 February and 31 June 2013", ""},
	} {
		var polls []string
		for _, p := range Polls(c.text, LatestYear) {
			polls = append(polls, p.First.String()+" "+p.Last.String())
		}
		if got := strings.Join(polls, ", "); got != c.want {
			t.Errorf("%q: found %s, expected %s", c.text, got, c.want)
		}
	}
}

func TestPollsTakeLinearTime(t *testing.T) {
	schemastest.HoldsGrowth(t, func(n int) func() {
		text := strings.Repeat("1–2 May and ", n) + "2013"
		return func() { Polls(text, LatestYear) }
	})
}
