package values

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// A problem is given by a part of its words; where it is empty there must be none.
var countCases = []struct {
	text    string
	want    string // "" for none
	problem string
}{
	{"52", "52", ""}, {"0", "0", ""}, {"007", "7", ""},
	{"9,908,169", "9908169", ""}, {"1 234 567", "1234567", ""}, {"1.234.567", "1234567", ""}, {"1'234'567", "1234567", ""}, {"1’234", "1234", ""},
	{"12,34,567", "1234567", ""}, {"1,23,45,678", "12345678", ""}, {"1,234", "1234", ""},
	{"52[1]", "52", ""}, {"52 [a][note 2]", "52", ""}, {"52*", "52", ""}, {"52 †", "52", ""}, {"52²", "52", ""}, {"5,721,074 [a]", "5721074", ""},
	{"53 seats", "53", ""}, {"1 seat[1]", "1", ""}, {"1,234 votes", "1234", ""}, {"5 MPs", "5", ""},
	{"", "", ""}, {"-", "", ""}, {"–", "", ""}, {"—", "", ""}, {"−", "", ""}, {"‒", "", ""}, {"―", "", ""}, {"…", "", ""}, {"?", "", ""},
	{"N/A", "", ""}, {"n/a[1]", "", ""}, {"[a]", "", ""}, {"Unopposed", "", ""}, {"uncontested", "", ""}, {"TBD", "", ""},
	{"1.234", "", "can be read as 1234 and as 1.234"}, {"9.999", "", "can be read as 9999 and as 9.999"},
	{"0.123", "", "expected a whole number"}, {"0,123", "", "expected a whole number"}, {"01,234", "", "expected a whole number"},
	{"12,34", "", "expected a whole number"}, {"1,2345", "", "expected a whole number"}, {"1,234.567", "", "expected a whole number"}, {"1,234 567", "", "expected a whole number"},
	{"-5", "", "expected a whole number"}, {"−5", "", "expected a whole number"}, {"+5", "", "expected a whole number"}, {"5.0", "", "expected a whole number"},
	{"52 (+4)", "52", ""}, {"52 (▲ 4)", "52", ""}, {"52 ▲4", "52", ""}, {"52, ▼ 4 seats", "52", ""}, {"1,234,567 ▲ 2.1%", "1234567", ""}, {"23 (2 vacant)[1]", "23", ""}, {"1,234 (36.9%)", "1234", ""}, {"1,234 (list) (provisional)", "1234", ""}, {"46 (two-thirds)", "46", ""}, {"326 (of 650)", "326", ""},
	{"72 / 200", "72", ""}, {"251 of the 500", "251", ""}, {"72 out of 200 seats", "72", ""}, {"200 of 72", "", "two readings"}, {"31 governorships", "31", ""}, {"7 councillors", "7", ""}, {"1,234 ballots cast", "1234", ""}, {"Acclaimed", "", ""},
	{"27,626,235 (19,914,883)", "", "two readings"}, {"1,000 (first round) 2,000 (second round)", "", "two readings"}, {"72 ▲3 10 ▼1", "", "two readings"}, {"23 + 4", "", "two readings"}, {"▲ 52", "", "expected a whole number"}, {"fifty", "", `found "fifty"`}, {"5O", "", "expected a whole number"}, {"seats", "", "expected a whole number"},
	{"52 53", "", "expected a whole number"}, {"~52", "", "expected a whole number"}, {"٥٢", "", "expected a whole number"}, {"\uFFFD", "", "expected a whole number"},
	{"9223372036854775807", "9223372036854775807", ""}, {"9223372036854775808", "", "expected a number up to 9223372036854775807"}, {strings.Repeat("9", 400), "", "expected a number up to"},
}

func TestReadCount(t *testing.T) {
	for _, c := range countCases {
		got, problem := ReadCount(c.text, MaxVotes)
		checkReading(t, c.text, schemastest.FormatCount(got), problem, c.want, c.problem)
	}
	if n, problem := ReadCount("2147483648", MaxSeats); n != nil || !strings.Contains(problem, "up to 2147483647") {
		t.Errorf("more seats than the column holds: %v, %q", n, problem)
	}
}

// checkReading compares what a reader made of a text with what it should.
func checkReading(t *testing.T, text, got, problem, want, wantProblem string) {
	t.Helper()
	if got != want || (problem == "") != (wantProblem == "") || !strings.Contains(problem, wantProblem) {
		t.Errorf("%.80q is read as %q with the problem %q, expected %q and %q", text, got, problem, want, wantProblem)
	}
}

var percentCases = []struct{ text, want, problem string }{
	{"8.51", "8.51", ""}, {"37.00%", "37.00", ""}, {"37,5", "37.5", ""}, {"37,50 %", "37.50", ""}, {"37 percent", "37", ""}, {"37 per cent", "37", ""},
	{"~37%", "37", ""}, {"c. 37%", "37", ""}, {"about 37 %", "37", ""}, {"37%[1]", "37", ""}, {"37 [a]", "37", ""}, {"37*", "37", ""},
	{"-2.1", "-2.1", ""}, {"−2.1%", "-2.1", ""}, {"+2.1", "2.1", ""}, {"0.00", "0.00", ""}, {"1.2 pp", "1.2", ""}, {"1.2 percentage points", "1.2", ""},
	{"12.345", "12.345", ""}, {"999.9999", "999.9999", ""}, {"137", "137", ""},
	{"", "", ""}, {"–", "", ""}, {"N/A", "", ""}, {"[a]", "", ""}, {"%", "", ""}, {"–%", "", ""}, {"unopposed", "", ""},
	{"37,123", "", "can be read as 37123 and as 37.123"},
	{"1000", "", "below 1000"}, {"1000.0%", "", "below 1000"}, {strings.Repeat("9", 30), "", "below 1000"},
	{"1,234.5", "", "expected a percentage"}, {"37–38", "", "expected a percentage"}, {"<1", "", "expected a percentage"}, {"about", "", "expected a percentage"},
	{"37 (first round)", "37", ""}, {"37% (list)", "37", ""}, {"37% ▲2 pp", "37", ""}, {"37.1% (▼ 2.0%)[1]", "37.1", ""}, {"45.1% of delegates", "45.1", ""}, {".5%", "0.5", ""}, {"−.5", "", "expected a percentage"}, {"100% (unopposed)", "100", ""},
	{"48.08% (34.66%)", "", "two readings"}, {"29.9% (first round) 56.0% (second round)", "", "two readings"}, {"35% or 36%", "", "two readings"}, {"37.5.1", "", "expected a percentage"}, {"thirty", "", "expected a percentage"}, {strings.Repeat("9", 31), "", "expected a percentage"},
}

func TestReadPercent(t *testing.T) {
	for _, c := range percentCases {
		d, problem := ReadPercent(c.text)
		got := ""
		if d != nil {
			got = schemas.FormatDecimal(*d)
		}
		checkReading(t, c.text, got, problem, c.want, c.problem)
	}
}

// unsignedMark is how the tables write a change whose sign cannot be told.
const unsignedMark = "unsigned"

var changeCases = []struct{ text, want, problem string }{
	{"+4", "4", ""}, {"−4", "-4", ""}, {"–4", "-4", ""}, {"-4", "-4", ""}, {"— 4", "-4", ""}, {"▲ 4", "4", ""}, {"▲4", "4", ""}, {"▼ 4", "-4", ""}, {"▼1,234", "-1234", ""},
	{"increase 4", "4", ""}, {"Decrease 4", "-4", ""}, {"Increase4", "4", ""}, {"up 4", "4", ""}, {"down 4", "-4", ""}, {"↑ 4", "4", ""}, {"↓ 4", "-4", ""}, {"▲ 4 seats[1]", "4", ""},
	{"0", "0", ""}, {"+0", "0", ""}, {"±0", "0", ""}, {"►0", "0", ""}, {"Steady 0", "0", ""}, {"steady", "0", ""}, {"no change", "0", ""}, {"Unchanged", "0", ""}, {"◄►", "0", ""},
	{"4", unsignedMark, ""}, {"±4", unsignedMark, ""}, {"4 seats", unsignedMark, ""},
	{"24 ▲", "24", ""}, {"(▼5)", "-5", ""}, {"▲5 (from 2010)", "5", ""}, {"▲ 5 (on notional)", "5", ""}, {"▼ 5 since 2010", "-5", ""}, {"▲ 1 (net)", "1", ""}, {"▲ +4", "4", ""}, {"▼ −4", "-4", ""}, {"◄► No change", "0", ""}, {"▲ New", "", ""}, {"▲ 5 (▼ 2)", "", "two readings"}, {"◄► 5", unsignedMark, ""}, {"5 (2)", "", "two readings"},
	{"", "", ""}, {"–", "", ""}, {"N/A", "", ""}, {"–[1]", "", ""}, {"New", "", ""}, {"new party[1]", "", ""}, {"did not contest", "", ""},
	{"+", "", "expected a signed number"}, {"▲", "", "expected a signed number"}, {"▲ [1]x", "", "expected a signed number"}, {"+−4", "", "expected a signed number"}, {"▲ –4", "", "expected a signed number"},
	{"+4.5", "", "expected a signed number"}, {"four", "", "expected a signed number"}, {"+9999999999", "", "expected a signed number"}, {"upset", "", "expected a signed number"},
}

func TestReadChange(t *testing.T) {
	for _, c := range changeCases {
		n, isUnsigned, problem := ReadChange(c.text)
		got := schemastest.FormatCount(n)
		if isUnsigned {
			got += unsignedMark
		}
		checkReading(t, c.text, got, problem, c.want, c.problem)
	}
}

var swingCases = []struct{ text, want, problem string }{
	{"+1.2", "1.2", ""}, {"▼0.13 pp", "-0.13", ""}, {"−2.51pp", "-2.51", ""}, {"– 2,5 %", "-2.5", ""}, {"▲ 5.35pp", "5.35", ""}, {"increase 4.60 pp", "4.60", ""}, {"decrease 0.44pp", "-0.44", ""}, {"~+1.2", "1.2", ""},
	{"▼ 2.1% points", "-2.1", ""}, {"▲2.1 %pp", "2.1", ""}, {"pre-merger", "", ""}, {"pre-creation", "", ""}, {"0.8pp ▲", "0.8", ""}, {"▲ 3.4% from 2015", "3.4", ""}, {"▲3.4% (on 2010)", "3.4", ""}, {"▼ −2.1%", "-2.1", ""}, {"(▲0.8%)", "0.8", ""}, {"▼ .5%", "-0.5", ""}, {"▲0.26pp (▲1.38pp)", "", "two readings"}, {"▲New", "", ""}, {"▼ (1.2 pp)", "-1.2", ""}, {"▼ (provisional)", "", "expected a change"},
	{"0.0", "0.0", ""}, {"±0.0 pp", "0.0", ""}, {"steady", "0", ""}, {"►", "0", ""},
	{"1.2", unsignedMark, ""}, {"14.61pp", unsignedMark, ""}, {"±1.2", unsignedMark, ""},
	{"", "", ""}, {"—", "", ""}, {"N/A", "", ""}, {"New", "", ""}, {"did not stand", "", ""},
	{"▲ −1.2", "", "expected a change"}, {"−−1.2", "", "expected a change"}, {"± −1.2", "", "expected a change"}, {"▲", "", "expected a change"}, {"+ pp", "", "expected a change"},
	{"+1,234", "", "expected a change"}, {"a bit", "", "expected a change"}, {"+1000", "", "expected a change"},
}

func TestReadSwing(t *testing.T) {
	for _, c := range swingCases {
		d, isUnsigned, problem := ReadSwing(c.text)
		got := ""
		if d != nil {
			got = schemas.FormatDecimal(*d)
		}
		if isUnsigned {
			got += unsignedMark
		}
		checkReading(t, c.text, got, problem, c.want, c.problem)
	}
}

func TestNameless(t *testing.T) {
	for text, want := range map[string]bool{"": true, "–": true, "…": true, "?": true, "N/A": true, "TBD": true, "None": true, "NA": false, "Unknown": false, "A": false, "31": false, "Uncontested": false, "Más": false} {
		if IsNameless(text) != want {
			t.Errorf("%q: expected %t", text, want)
		}
	}
}

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"a\tb": `"a\tb"`, strings.Repeat("ä", 60): strconv.Quote(strings.Repeat("ä", 60)), strings.Repeat("ä", 61): strconv.Quote(strings.Repeat("ä", 60) + "…"),
		strings.Repeat("x", 1<<20): strconv.Quote(strings.Repeat("x", 60) + "…"),
	} {
		if got := Quote(text); got != want {
			t.Errorf("%.70q is shown as %s, expected %s", text, got, want)
		}
	}
}

func FuzzReadCount(f *testing.F) {
	for _, c := range countCases {
		f.Add(c.text, int64(52))
	}
	f.Fuzz(func(t *testing.T, text string, n int64) {
		if got, problem := ReadCount(text, MaxSeats); got != nil && (problem != "" || *got < 0 || *got > MaxSeats) {
			t.Errorf("%q is read as %d with the problem %q", text, *got, problem)
		}
		if n = max(n, -math.MaxInt64); n < 0 {
			n = -n
		}
		if got, problem := ReadCount(strconv.FormatInt(n, 10), MaxVotes); got == nil || *got != n {
			t.Errorf("%d is read as %v: %s", n, got, problem)
		}
	})
}

func FuzzReadPercent(f *testing.F) {
	for _, c := range percentCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, problem := ReadPercent(text)
		if d == nil {
			return
		}
		if problem != "" {
			t.Errorf("%q is read as %s with the problem %q", text, d, problem)
		}
		again, problem := ReadPercent(schemas.FormatDecimal(*d))
		if again == nil || schemas.FormatDecimal(*again) != schemas.FormatDecimal(*d) {
			t.Errorf("%q is read as %s, and that as %v: %s", text, schemas.FormatDecimal(*d), again, problem)
		}
	})
}

func FuzzReadChange(f *testing.F) {
	for _, c := range changeCases {
		f.Add(c.text)
	}
	for _, c := range swingCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, isUnsigned, problem := ReadChange(text); n != nil && (problem != "" || isUnsigned) || isUnsigned && problem != "" {
			t.Errorf("%q is a change of %v, unsigned %t, with the problem %q", text, n, isUnsigned, problem)
		}
		if d, isUnsigned, problem := ReadSwing(text); d != nil && (problem != "" || isUnsigned) || isUnsigned && problem != "" {
			t.Errorf("%q is a swing of %v, unsigned %t, with the problem %q", text, d, isUnsigned, problem)
		}
	})
}

// The quick readers and the patterns agree wherever a quick one reads at all.
func FuzzPlainFigures(f *testing.F) {
	for _, s := range []string{"52", "1,234", "12,34,567", "1234,567", "1,2345", ",123", "1,", "0", "007", "8.51", "37.00%", "8.", ".5", "999.9999", "1000", "8.51 %", "1,23"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := PlainCount(text); ok && !digitsPattern.MatchString(text) && !groupedDigitsPattern.MatchString(text) {
			t.Errorf("%q is no plain count, and was read as %d", text, n)
		}
		if d, ok := PlainPercent(text); ok && !d.Equal(decimal.RequireFromString(strings.TrimSuffix(text, "%"))) {
			t.Errorf("%q was read as %s", text, schemas.FormatDecimal(d))
		}
	})
}
