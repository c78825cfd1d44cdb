package seats

import (
	"strings"
	"testing"

	"hemicycle/schemas/schemastest"
)

// seatsCases has phrases on seats. want is contested/total and the chamber.
var seatsCases = []struct{ text, want, problem string }{
	{"325 seats in the House of Representatives", "325/325 House of Representatives", ""},
	{"All 460 seats in the Sejm", "460/460 Sejm", ""},
	{"127 of the 257 seats in the Chamber of Deputies", "127/257 Chamber of Deputies", ""}, {"27 of the 81", "27/81 ", ""},
	{"27/81", "27/81 ", ""}, {"24/48 seats", "24/48 ", ""},
	{"1/3 of the seats in the Senate", "/ ", "are a fraction"}, {"1/3", "/ ", "are a fraction"},
	{"2/3 of the Senate seats", "/ ", "are a fraction"}, {"34 (of the 100) seats in the Senate", "34/100 Senate", ""},
	{"40 out of 76 seats in the Senate", "40/76 Senate", ""},
	{"Class 1 (33 of the 100) seats in the United States Senate", "33/100 United States Senate", ""},
	{"257 seats", "257/257 ", ""}, {"325", "325/325 ", ""},
	{"2,980 seats in the National People's Congress", "2980/2980 National People's Congress", ""},
	{"325 seats[1]", "325/325 ", ""},
	{"All 650 seats in the House of Commons of the United Kingdom", "650/650 House of Commons of the United Kingdom", ""},
	{
		"All 533 English seats to the House of Commons 267 seats needed for English majority",
		"533/533 House of Commons",
		"",
	},
	{"All 435 seats in the United States House of Representatives 218 seats needed for a majority",
		"435/435 United States House of Representatives", ""},
	{"33 of the 100 seats in the Senate 51 seats are needed for a majority", "33/100 Senate", ""},
	{"All 120 seats in the Knesset (61 seats needed)", "120/120 Knesset", ""},
	{"All 450 seats in the State Duma; 226 for a majority", "450/450 State Duma", ""},
	{"All 120 seats in the 25th Knesset", "120/120 25th Knesset", ""},
	{"All 179 seats in the Folketing 175 from Denmark, 2 from Greenland and 2 from the Faroe Islands",
		"179/179 Folketing", ""},
	{"All 55 members of the Council 28 members needed for a majority", "55/55 Council", ""},
	{"All 709 seats in the Bundestag, including 111 overhang and leveling seats 355 seats needed for a majority",
		"709/709 Bundestag", ""},
	{"35 of the 100 seats in the Senate (including 2 special elections)", "35/100 Senate", ""},
	{"32 councillors of 40 wards", "/ ", "has 2 figures"},
	{"543 elected seats of the 545 seats in the Lok Sabha", "543/545 Lok Sabha", ""},
	{"538 members of the Electoral College 270 electoral votes needed to win", "/ ", ""},
	{"Constituency of Elbonia East", "/ ", ""}, {"Mayor and council", "/ ", ""}, {"the lower house", "/ ", ""},
	{"All 10 seats of the electors' council", "10/10 electors' council", ""},
	{"34 of the 100 seats in the Senate (plus 2 special elections)", "/100 Senate", "special elections"},
	{"All 598 seats in the Bundestag, as well as 138 overhang seats", "/ ", "has 2 figures"},
	{"All 151 seats in the House 76 seats were needed for a majority in the House 40 (of the 76) seats in the Senate",
		"/ ", "has 3 figures"},
	{"All members of the Senate", "/ Senate", ""}, {"", "/ ", ""}, {"–", "/ ", ""}, {"TBD", "/ ", ""},
	{"All 40 seats in the Senate and all 116 seats in the House", "/ ", "has 2 figures"},
	{"40 of the 76 seats in the Senate and 150 seats in the House", "/ ", "has 3 figures"},
	{"120 or 130 seats", "/ ", "has 2 figures"}, {"81 of the 27 seats", "/ ", "more than the whole"},
	{"99999999999 seats", "/ ", "up to 2147483647"}, {"1,23 seats", "/ ", "expected a whole number"},
	{"1.234 seats", "/ ", "has 2 figures"}, {"five", "/ ", "cannot be told from the words"},
	{"At least 598 seats in the Bundestag", "/ ", "expected the number of seats"},
	{"At least 9 of the 21 seats", "/ ", "expected the number of seats"}, {"seats of class 1/2nd", "/ ", ""},
	{"Some 600 seats", "/ ", "expected the number of seats"},
	{"c. 500 seats in the Senate", "/ ", "expected the number of seats"},
	{"598 or more seats", "/ ", "expected the number of seats"}, {"598 seats (minimum)", "/ ", "expected the number"},
	{"120 seats, at least half for women", "120/120 ", ""}, {"c. 598 seats", "/ ", "expected the number of seats"},
	{"About 50 of the 100 seats", "/ ", "expected the number"},
	{"120+ seats", "/ ", "expected the number of seats"}, {"All handsome 20 seats", "20/20 ", ""},
	{"Between 120 and 130 seats", "/ ", "has 2 figures"},
	{"All ten seats in the House of Keys", "10/10 House of Keys", ""},
	{"nine of the 21 seats in the Assembly", "9/21 Assembly", ""}, {"Twelve of the fifteen seats", "12/15 ", ""},
	{"All four West Virginia seats to the House", "4/4 House", ""}, {"Both Idaho seats to the House", "2/2 House", ""},
	{"All twenty-one seats", "21/21 ", ""},
	{"One of the seats in the Senate", "/ Senate", "cannot be told from the words"},
	{"Both houses of Congress", "/ ", "cannot be told from the words"},
	{"All one-party seats", "/ ", "cannot be told from the words"},
	{"One third of the seats in the Senate", "/ Senate", "cannot be told from the words"},
	{"Both of the", "/ ", "cannot be told from the words"},
	{"One hundred seats in the Senate", "/ Senate", "cannot be told from the words"},
	{"All twenty one seats", "/ ", "cannot be told from the words"},
	{"two dozen seats", "/ ", "cannot be told from the words"},
	{"One of the two hundred seats", "/ ", "cannot be told from the words"},
	{"nine of the 1 hundred seats", "/ ", "more than the whole"},
	{"One-third of the 96 seats in the Senate", "/96 Senate", "the seats filled are a fraction"},
	{"Two thirds of the 100 seats in the Senate 51 seats needed for a majority", "/100 Senate",
		"the seats filled are a fraction"},
	{"Half of the 242 seats", "/242 ", "the seats filled are a fraction"},
	{"Half (125) of the 250 seats in the House of Councillors", "125/250 House of Councillors", ""},
	{"24 of the 72 seats in the Senate (one third of the seats)", "24/72 Senate", ""},
	{
		"All 435 seats in the House of Representatives and 5 of the 6 non-voting delegates",
		"435/435 House of Representatives",
		"",
	},
	{"435 members and six non-voting delegates", "435/435 ", ""},
	{"All 435 seats in the House and 6 nonvoting delegates 218 seats needed for a majority", "435/435 House", ""},
	{"All 275 (previously 230) seats in Parliament", "275/275 Parliament", ""},
	{"All 275 seats in Parliament (up from 230)", "275/275 Parliament", ""}, {"Kansas's four seats", "4/4 ", ""},
	{"All nine of Indiana's seats", "9/9 ", ""}, {"All of Hawaii’s two seats", "2/2 ", ""},
	{"New Mexico's three seats to the House", "3/3 House", ""}, {"All of New Mexico's 3 seats", "3/3 ", ""},
	{"All 9 of Indiana's seats", "9/9 ", ""}, {"Five of Texas' 36 seats", "5/36 ", ""},
	{"Nine of Indiana's ten seats", "9/10 ", ""}, {"Nine of Indiana's seats", "/ ", "how many there are in all"},
	{"9 of the seats in the Assembly", "/ ", "how many there are in all"},
	{"33 of the 100 seats in the Senate (and 2 special elections)", "/100 Senate", "special elections"},
	{"33 of the 100 seats in the Senate and two special elections 51 seats needed for a majority", "/100 Senate",
		"special elections"},
	{"All 435 seats in the House and 3 special elections", "435/435 House", ""},
	{
		"34 of the 100 seats in the United States Senate 51 (or 50 plus the Vice President) seats needed for a majority",
		"34/100 United States Senate",
		"",
	},
	{"All 50 seats in the House and five senators", "/50 House and five senators", "in words"},
	{"All 200 seats in the House, 38 of the 76 in the Senate", "/ ", "3 figures of 2 chambers"},
	{"38 of the 76 in the Senate", "38/76 Senate", ""}, {"60 of 90 seats (30 are appointed)", "60/90 ", ""},
	{"60 of 90 seats (20 are appointed)", "/ ", "has 3 figures"},
	{"16,777,217 of the 16,777,219 seats", "16777217/16777219 ", ""}, // no float32 holds them
	{"60 out of 60 seats", "60/60 ", ""}, {"61 out of 60 seats", "/ ", "more than the whole"},
}

// showSeats writes seats as the tables do.
func showSeats(s Seats) string {
	return schemastest.FormatCount(s.Contested) + "/" + schemastest.FormatCount(s.Total) + " " + s.Chamber
}

func TestRead(t *testing.T) {
	for _, c := range seatsCases {
		s, problem := Read(c.text)
		checkPhrase(t, c.text, showSeats(s), problem, c.want, c.problem)
	}
}

// chamberCases has phrases on two chambers. want is as in seatsCases; it is "" if it is unknown which chamber is meant.
var chamberCases = []struct {
	text     string
	majority int64 // as the box states it, 0 for none
	want     string
}{
	{"All 350 seats in the Congress and 208 (of 265) seats in the Senate", 176, "350/350 Congress"},
	{"All 350 seats in the Congress and 208 (of 265) seats in the Senate", 133, "208/265 Senate"},
	{"All 350 seats in the Congress and 208 (of 265) seats in the Senate", 0, ""},
	{"All 350 seats in the Congress and 208 (of 265) seats in the Senate", 180, ""},
	{"All 350 seats in the Congress and all 350 seats in the Senate", 176, ""},
	{
		"All 630 seats in the Chamber of Deputies · 315 (of the 320) seats in the Senate", 316,
		"630/630 Chamber of Deputies",
	},
	{
		"All 151 seats in the House 76 seats were needed for a majority in the House 40 (of the 76) seats in the " +
			"Senate",
		0, "151/151 House",
	},
	{"All 400 seats in the National Assembly All 90 seats in the Senate", 201, "400/400 National Assembly"},
	{"All 400 seats in the Assembly and all 90 seats in the Senate", 201, "400/400 Assembly"},
	{
		"All 150 seats in the Chamber of Representatives All 40 (of the 71) directly elected seats in the Senate", 76,
		"150/150 Chamber of Representatives",
	},
	{
		"127 of the 257 seats in the Chamber of Deputies, 24 of the 72 seats in the Senate", 129,
		"127/257 Chamber of Deputies",
	},
}

func TestChamberOfMajority(t *testing.T) {
	for _, c := range chamberCases {
		var majority *int64
		if c.majority > 0 {
			majority = &c.majority
		}
		got := ""
		if s, ok := ChamberOfMajority(c.text, majority); ok {
			got = showSeats(s)
		}
		checkPhrase(t, c.text, got, "", c.want, "")
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range seatsCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, problem := Read(text)
		if problem != "" && s.Contested != nil {
			t.Errorf("%q is read as %+v with the problem %q", text, s, problem)
		}
		isHalf := s.Total == nil && s.Contested != nil || problem == "" && s.Total != nil && s.Contested == nil
		if isHalf || s.Contested != nil && (*s.Contested > *s.Total || *s.Contested < 0) {
			t.Errorf("%q: %s of %s seats", text, schemastest.FormatCount(s.Contested), schemastest.FormatCount(s.Total))
		}
	})
}

// checkPhrase fails where a phrase is read otherwise, or with another problem.
func checkPhrase(t *testing.T, text, got, problem, want, wantProblem string) {
	t.Helper()
	if got != want || (problem == "") != (wantProblem == "") || !strings.Contains(problem, wantProblem) {
		t.Errorf("%.80q is read as %q with the problem %q, expected %q and %q", text, got, problem, want, wantProblem)
	}
}

// The majority that a phrase states is the first figure of its remark, also where the whole follows.
func TestMajorityOfPhrase(t *testing.T) {
	for text, want := range map[string]string{
		"5 seats (3 of 5 needed for majority)":                      "5 3",
		"120 seats; 61 of the 120 seats needed for a majority":      "120 61",
		"All 120 seats 61 seats needed for a majority":              "120 61",
		"33 of the 100 seats in the Senate 51 seats needed":         "100 51",
		"All 9 seats in the House; 5 out of 9 required for control": "9 5",
	} {
		s, problem := Read(text)
		got := schemastest.FormatCount(s.Total) + " " + schemastest.FormatCount(s.Majority)
		if got != want || problem != "" {
			t.Errorf("%q has the size and the majority %s, expected %s: %s", text, got, want, problem)
		}
	}
}
