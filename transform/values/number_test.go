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

// countCases has texts of counts. Here and in the other tables, problem is a part of the problem; if it is empty,
// there must be none.
var countCases = []struct {
	text    string
	want    string // "" for none
	problem string
}{
	{"52", "52", ""}, {"0", "0", ""}, {"007", "7", ""}, {"9,908,169", "9908169", ""}, {"1 234 567", "1234567", ""},
	{"1.234.567", "1234567", ""}, {"1'234'567", "1234567", ""}, {"1’234", "1234", ""}, {"12,34,567", "1234567", ""},
	{"1,23,45,678", "12345678", ""}, {"1,234", "1234", ""}, {"52[1]", "52", ""}, {"52 [a][note 2]", "52", ""},
	{"52*", "52", ""}, {"52 †", "52", ""}, {"52²", "52", ""}, {"5,721,074 [a]", "5721074", ""}, {"53 seats", "53", ""},
	{"1 seat[1]", "1", ""}, {"1,234 votes", "1234", ""}, {"5 MPs", "5", ""}, {"", "", ""}, {"-", "", ""}, {"–", "", ""},
	{"—", "", ""}, {"−", "", ""}, {"‒", "", ""}, {"―", "", ""}, {"…", "", ""}, {"?", "", ""}, {"N/A", "", ""},
	{"n/a[1]", "", ""}, {"[a]", "", ""}, {"Unopposed", "", ""}, {"uncontested", "", ""}, {"TBD", "", ""},
	{"1.234", "", "can be read as 1234 and as 1.234"}, {"9.999", "", "can be read as 9999 and as 9.999"},
	{"0.123", "", "expected a whole number"}, {"0,123", "", "expected a whole number"},
	{"01,234", "", "expected a whole number"}, {"12,34", "", "expected a whole number"},
	{"1,2345", "", "expected a whole number"}, {"1,234.567", "", "expected a whole number"},
	{"1,234 567", "", "expected a whole number"}, {"-5", "", "expected a whole number"},
	{"−5", "", "expected a whole number"}, {"+5", "", "expected a whole number"}, {"5.0", "", "expected a whole number"},
	{"52 (+4)", "52", ""}, {"52 (▲ 4)", "52", ""}, {"52 ▲4", "52", ""}, {"52, ▼ 4 seats", "52", ""},
	{"1,234,567 ▲ 2.1%", "1234567", ""}, {"23 (2 vacant)[1]", "23", ""}, {"1,234 (36.9%)", "1234", ""},
	{"1,234 (list) (provisional)", "1234", ""}, {"46 (two-thirds)", "46", ""}, {"326 (of 650)", "326", ""},
	{"72 / 200", "72", ""}, {"251 of the 500", "251", ""}, {"72 out of 200 seats", "72", ""},
	{"200 of 72", "", "two readings"}, {"31 governorships", "31", ""}, {"7 councillors", "7", ""}, {"5 elected", "5", ""},
	{"1,234 ballots cast", "1234", ""}, {"Acclaimed", "", ""}, {"27,626,235 (19,914,883)", "", "two readings"},
	{"1,000 (first round) 2,000 (second round)", "", "two readings"}, {"72 ▲3 10 ▼1", "", "two readings"},
	{"23 + 4", "", "two readings"}, {"23 +4", "23", ""}, {"23 −4", "23", ""}, {"23 -4", "", "two readings"},
	{"▲ 52", "", "expected a whole number"}, {"fifty", "", `found "fifty"`},
	{"5O", "", "expected a whole number"}, {"seats", "", "expected a whole number"},
	{"52 53", "", "expected a whole number"}, {"~52", "", "expected a whole number"},
	{"٥٢", "", "expected a whole number"}, {"\uFFFD", "", "expected a whole number"},
	{"9223372036854775807", "9223372036854775807", ""},
	{"9223372036854775808", "", "expected a number up to 9223372036854775807"},
	{strings.Repeat("9", 400), "", "expected a number up to"},

	// Figures that a float32, or a float64, does not hold.
	{"16777217", "16777217", ""}, {"16,777,217", "16777217", ""}, {"16.777.217", "16777217", ""},
	{"9007199254740993", "9007199254740993", ""}, {"9,007,199,254,740,993 votes", "9007199254740993", ""},
	{"72 / 72", "72", ""}, {"73 / 72", "", "two readings"},
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

var percentCases = []struct{ text, want, problem string }{
	{"8.51", "8.51", ""}, {"37.00%", "37.00", ""}, {"37,5", "37.5", ""}, {"37,50 %", "37.50", ""},
	{"45·1", "45.1", ""}, {"37 percent", "37", ""}, {"37 per cent", "37", ""}, {"~37%", "", "expected a percentage"},
	{"about 37 %", "", "expected a percentage"}, {"37%[1]", "37", ""}, {"37 [a]", "37", ""}, {"37*", "37", ""},
	{"-2.1", "-2.1", ""},
	{"−2.1%", "-2.1", ""}, {"+2.1", "2.1", ""}, {"0.00", "0.00", ""}, {"1.2 pp", "1.2", ""},
	{"1.2 percentage points", "1.2", ""}, {"12.345", "12.345", ""}, {"999.9999", "999.9999", ""}, {"137", "137", ""},
	{"", "", ""}, {"–", "", ""}, {"N/A", "", ""}, {"[a]", "", ""}, {"%", "", ""}, {"–%", "", ""}, {"unopposed", "", ""},
	{"37,123", "", "can be read as 37123 and as 37.123"}, {"1000", "", "below 1000"}, {"1000.0%", "", "below 1000"},
	{strings.Repeat("9", 30), "", "below 1000"}, {"1,234.5", "", "expected a percentage"},
	{"37–38", "", "expected a percentage"}, {"<1", "", "expected a percentage"}, {"about", "", "expected a percentage"},
	{"37 (first round)", "37", ""}, {"37% (list)", "37", ""}, {"37% ▲2 pp", "37", ""}, {"37.1% (▼ 2.0%)[1]", "37.1", ""},
	{"45.1% of delegates", "45.1", ""}, {".5%", "0.5", ""}, {"−.5", "", "expected a percentage"},
	{"100% (unopposed)", "100", ""}, {"48.08% (34.66%)", "", "two readings"},
	{"29.9% (first round) 56.0% (second round)", "", "two readings"}, {"35% or 36%", "", "two readings"},
	{"37.5.1", "", "expected a percentage"}, {"thirty", "", "expected a percentage"},
	{strings.Repeat("9", 31), "", "expected a percentage"},

	// Figures that a float32, or a float64, does not hold.
	{"12.3456789", "12.3456789", ""}, {"12,3456789 %", "12.3456789", ""}, {"12.34567890%", "12.34567890", ""},
	{"33.3333333333333333333333333333", "33.3333333333333333333333333333", ""},
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

// FuzzPlainFigures holds that the quick readers of figures agree with the patterns on whatever they read at all.
func FuzzPlainFigures(f *testing.F) {
	for _, s := range []string{
		"52", "1,234", "12,34,567", "1234,567", "1,2345", ",123", "1,", "0", "007", "8.51", "37.00%", "8.", ".5",
		"999.9999", "1000", "8.51 %", "1,23",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		isCount := digitsPattern.MatchString(text) || groupedDigitsPattern.MatchString(text)
		if n, ok := PlainCount(text); ok && !isCount {
			t.Errorf("%q is no plain count, and was read as %d", text, n)
		}
		if d, ok := PlainPercent(text); ok && !d.Equal(decimal.RequireFromString(strings.TrimSuffix(text, "%"))) {
			t.Errorf("%q was read as %s", text, schemas.FormatDecimal(d))
		}
	})
}
