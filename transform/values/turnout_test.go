package values

import (
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// turnoutCases has texts on turnout. want is the percentage, the change, a change without a sign in brackets, and the
// votes after a slash.
var turnoutCases = []struct{ text, want, problem string }{
	{"37.00%", "37.00", ""}, {"37", "37", ""}, {"37,5 %", "37.5", ""}, {"~37%", "37", "about"}, {"37%[1]", "37", ""},
	{"61.6% of eligible voters", "61.6", ""}, {"37% of registered voters[2]", "37", ""},
	{"37.00% ( 14.61pp)", "37.00 (14.61pp)", ""}, {"78.92% (▼0.13pp)", "78.92 -0.13", ""},
	{"56.7% (▲ 1.2 pp)", "56.7 1.2", ""}, {"84.16% (decrease 0.44pp)", "84.16 -0.44", ""},
	{"65.39% (+4.60 pp)[1]", "65.39 4.60", ""}, {"65.39%[1] (+4.60 pp)", "65.39 4.60", ""},
	{"65.39% (−4.6%)", "65.39 -4.6", ""}, {"65.39% (0.0 pp)", "65.39 0.0", ""}, {"65.39% (steady)", "65.39 0", ""},
	{"62.5% ▲ 1.9 pp", "62.5 1.9", ""}, {"60.1%[1] ▲1.5 pp", "60.1 1.5", ""}, {"60.1% 1.5 pp", "60.1 (1.5 pp)", ""},
	{"62.8% (1.2%)", "62.8 (1.2%)", ""}, {"1,234,567 (56.7%)", "56.7/1234567", ""},
	{"1,234,567 (56.7% of registered voters)", "56.7/1234567", ""},
	{"1,234,567 (56.7%) (▲ 1.2 pp)", "56.7 1.2/1234567", ""}, {"5,000 (37%)", "37/5000", ""},
	{"115 (98.3%)", "98.3/115", ""}, {"1,234,567 (provisional)", "/1234567", ""}, {"(37%)", "37", ""},
	{"37% (provisional)", "37", ""}, {"37% (first round)", "37", ""}, {"", "", ""}, {"–", "", ""}, {"N/A", "", ""},
	{"TBD", "", ""}, {"37 (12.1%)", "", "37 votes and as 37 percent"},
	{"70.1% (first round) 65.2% (second round)", "", "several percentages"},
	{"First round: 70.1% Second round: 65.2%", "", "several percentages"}, {"37,123", "", "expected turnout in percent"},
	{"1,234,567", "/1234567", ""}, {"827,776", "/827776", ""}, {"506,438 (77.6%) ▲ 1.3%", "77.6 1.3/506438", ""},
	{"24,507,715 (66.2%) ▼5.6 pp", "66.2 -5.6/24507715", ""}, {"1,234,567 votes cast (60.2%)", "60.2/1234567", ""},
	{"62.6% ▼ (1.2 pp)", "62.6 -1.2", ""}, {"71.2% ▲", "71.2", ""}, {"▲ 71.2%", "71.2", ""},
	{"61.4%, ▲3.1%", "61.4 3.1", ""}, {"55.7% ▲1.2 pp of VEP", "55.7 1.2", ""}, {"71.2% VAP", "71.2", ""},
	{"37.5% (2.1 pp▲)", "37.5 2.1", ""}, {"37.5%, down 2.1 pp", "37.5 -2.1", ""},
	{"65.7% ▼ 12.8% (1st round) 69.9% (2nd round)", "", "several percentages"},
	{"65.7% −12.8% (1st round) 69.9% (2nd round)", "", "several percentages"}, {"37.5% ▲2.1% from 35.4%", "37.5 2.1", ""},
	{"Registered: 4,000,000 Turnout: 60.2%", "60.2", ""}, {"under 50% of voters", "", "is a bound"},
	{"50–55% VAP", "", "is a bound"}, {"1,234,567 (76.15% ▲0.5%)", "76.15 0.5/1234567", ""},
	{"1,234,567 (76.15%, +0.5 pp)", "76.15 0.5/1234567", ""}, {"1,234,567 (76.15% ▲)", "76.15/1234567", ""},
	{"1,234,567 (76.15% 0.5 pp)", "76.15 (0.5 pp)/1234567", ""},
	{"1,234,567 (76.15% of voters, ▼0.5%)", "76.15 -0.5/1234567", ""}, {"(76.15% ▲0.5%)", "76.15 0.5", ""},
	{"37.5% (2.1% ▲)", "37.5 2.1", ""}, {"1,234,567 (65.7% ▼ 12.8% 69.9%)", "", "two readings"},
	{"c. 61% (▲2.0 pp)", "61 2.0", "about"}, {"1,234,567 (~61%)", "61/1234567", "about"}, {"nearly 61%", "61", "about"},
	{"up to 62%", "", "is a bound"}, {"at most 62%", "", "is a bound"},
	{"12,345,678 59.7% (▲1.2 pp)", "59.7 1.2/12345678", ""}, {"12,345,678 59.7%", "59.7/12345678", ""},
	{"12,345,678, 59.7% ▼ 1.1 pp", "59.7 -1.1/12345678", ""}, {"no data", "", ""}, {"Not directly comparable", "", ""},
	{"over 50%", "", "is a bound"}, {"62% (estimated)", "62", "about"}, {"62% (minimum)", "", "is a bound"},
	{"1,234,567 (over 60%)", "/1234567", "is a bound"}, {"62% or more (▲1.2 pp)", "", "is a bound"},
	{"high", "", "expected turnout in percent"},
	{"1000%", "", "expected turnout in percent"}, {"37% (▲ a lot)", "37", "expected a change in percentage points"},
	{"37% (▲ 1.2 to 1.4 pp)", "37", "two readings: expected a change in percentage points"},
	{"1,234,567 (37,123%)", "", "37123 and as 37.123"},

	{"61.2% (first round) ▲ 2.1 pp 55.1% (second round)", "", "several percentages"},
	{"61.2% ▲2.1 pp 55.1%", "", "several percentages"},

	{"Turnout:61.7%", "61.7", ""}, {"61·7%", "61.7", ""}, {"61·7% (▲1·2 pp)", "61.7 1.2", ""},
	{"61.7%–62.0%", "", "several percentages"},
	{"61.7% –2.0%", "61.7 -2.0", ""}, {"62%?", "62", "about"}, {"61/62%", "", "expected turnout"},
	{"61.7% (1,234,567 votes)", "61.7/1234567", ""}, {"61.7% (1,234,567 of 2,000,000)", "61.7/1234567", ""},
	{"61.7%, 1,234,567 votes", "61.7/1234567", ""}, {"61.7% (5,000 abroad)", "61.7", ""},

	// A figure in brackets without a unit.
	{"56.7% (1.2)", "56.7", "two readings: whether 1.2"}, {"56.7% (1,234,567)", "56.7/1234567", ""},
	{"1,234,567 (56.7%) (1.2)", "56.7/1234567", "two readings"}, {"56.7% (2007)", "56.7", ""},
	{"56.7% (▲1.2 pp) (55.1)", "56.7", "two readings"}, {"56.7 (1.2)", "56.7", "two readings"},

	// A count up to 100 may be a percentage.
	{"100 (12.1%)", "", "100 votes and as 100 percent"}, {"101 (12.1%)", "12.1/101", ""},
	{"100,500", "", "expected turnout in percent"}, {"101,500", "/101500", ""},

	// Figures that a float32 does not hold.
	{"56.7654321% (▲1.2345678 pp)", "56.7654321 1.2345678", ""},
	{"16,777,217 (56.7654321%, −1.2345678 pp)", "56.7654321 -1.2345678/16777217", ""},
}

func TestReadTurnout(t *testing.T) {
	for _, c := range turnoutCases {
		v, problem := ReadTurnout(c.text)
		got := ""
		if v.Percent != nil {
			got = schemas.FormatDecimal(*v.Percent)
		}
		if v.Change != nil {
			got += " " + schemas.FormatDecimal(*v.Change)
		}
		if v.Unsigned != "" {
			got += " (" + v.Unsigned + ")"
		}
		if v.Votes != nil {
			got += "/" + schemastest.FormatCount(v.Votes)
		}
		checkReading(t, c.text, got, problem, c.want, c.problem)
	}
}

func TestReadRegistered(t *testing.T) {
	for _, c := range []struct{ text, want, problem string }{
		{"1,234,567", "1234567", ""}, {"▲ 1,234,567", "1234567", ""}, {"1,234,567 (▲ 2.1%)", "1234567", ""},
		{"1,234,567 (abroad: 5,000)", "1234567", ""}, {"1,234,567 (1,300,000)", "", "two readings"},
		{"1,234,567 (2.1%)", "1234567", ""},
	} {
		n, problem := ReadRegistered(c.text)
		checkReading(t, c.text, schemastest.FormatCount(n), problem, c.want, c.problem)
	}
}

func FuzzReadTurnout(f *testing.F) {
	for _, c := range turnoutCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, problem := ReadTurnout(text)
		if problem != "" && !IsInexact(problem) && (v.Change != nil || v.Unsigned != "") {
			t.Errorf("%q has a change, as %+v, with the problem %q", text, v, problem)
		}
		if v.Change != nil && v.Unsigned != "" || v.Percent == nil && (v.Change != nil || v.Unsigned != "") {
			t.Errorf("%q has the change %v, unsigned %q, of %v", text, v.Change, v.Unsigned, v.Percent)
		}
	})
}
