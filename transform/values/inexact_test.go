package values

import (
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

func TestCutInexact(t *testing.T) {
	for _, c := range []struct{ text, want, problem string }{
		{"50", "50", ""}, {"1,234 votes", "1,234 votes", ""}, {"", "", ""}, {"▲ 4", "▲ 4", ""},
		{"some of them", "some of them", ""}, {"New", "New", ""},
		{"~50", "50", "about"}, {"≈54.9", "54.9", "about"}, {"c. 40", "40", "about"}, {"c.40", "40", "about"},
		{"ca. 40 seats", "40 seats", "about"}, {"About 50", "50", "about"}, {"around 61%", "61%", "about"},
		{"estimated at 61%", "61%", "about"},
		{"▲ about 4", "▲ 4", "about"}, {"+~1.2", "+1.2", "about"}, {"~+1.2", "+1.2", "about"},
		{"some 600", "600", "about"}, {"nearly 60", "60", "about"},
		{"up to 62%", "-", "is a bound"}, {"over 60%", "-", "is a bound"}, {"more than 7", "-", "is a bound"},
		{"<5%", "-", "is a bound"}, {"≥ 5", "-", "is a bound"}, {"120+", "-", "is a bound"},
		{"62% (estimate)", "62%", "about"}, {"50 approx.", "50", "about"}, {"1,234 (est.)", "1,234", "about"},
		{"12,345 (59.7%, est.)", "12,345 (59.7%)", "about"}, {"61%, or so", "61%", "about"}, {"50 best", "50 best", ""},
		{"62% (minimum)", "-", "is a bound"}, {"50 seats or more", "-", "is a bound"},
		{"1,234 (at least)", "-", "is a bound"},
		{"50 or more", "-", "is a bound"}, {"60% at most", "-", "is a bound"}, {"at least 12 seats", "-", "is a bound"},
	} {
		got, problem, ok := CutInexact(c.text)
		if !ok {
			got = "-"
		}
		if problem != "" && !IsInexact(problem) {
			t.Errorf("%q: the problem %q is none of an inexact figure", c.text, problem)
		}
		checkReading(t, c.text, got, problem, c.want, c.problem)
	}
}

func TestAbsenceInWords(t *testing.T) {
	for text, want := range map[string]bool{
		"no data": true, "No data available": true, "Not directly comparable": true, "not comparable": true,
		"Not yet declared[1]": true, "unavailable": true, "Result pending": true, "Not stated": true,
		"no seats": false, "No change": false, "no votes": false, "Not founded": false, "not yet formed": false,
		"No 5": false, "not one": false, "north": false, "Notable": false, "no": false,
	} {
		if IsAbsent(text) != want {
			t.Errorf("%q is absent: %v", text, !want)
		}
	}
}

func TestReadVotes(t *testing.T) {
	for _, c := range []struct{ text, want, problem string }{
		{"813.335", "813335", ""}, {"1.234.567", "1234567", ""}, {"813.335 votes", "813335", ""},
		{"8.5", "", "expected a whole number"}, {"0.335", "", "expected a whole number"}, {"1,234", "1234", ""},
		{"12,345,678 59.7%", "12345678 59.7", ""}, {"12,345,678 59.7% (first round)", "12345678 59.7", ""},
		{"2,345 (36.9%)", "2345 36.9", ""}, {"813.335 (36.9%)", "813335 36.9", ""}, {"12,345 159.7%", "", "two readings"},
		{"2,345 (about 36.9%)", "2345 36.9", "about"}, {"2,345 (over 36%)", "2345", "is a bound"},
		{"2,345 (36.9%, first round)", "2345 36.9", ""}, {"2,345 (▲2.1%)", "2345", ""}, {"2,345 (99% counted)", "2345", ""},
		{"2,345 (36.9%) (37.1%)", "2345", "several shares"}, {"2,345 (36.9% or 37.1%)", "2345", "several shares"},
		{"45 59.7%", "", "two readings"},
		{"1,234 5,678", "", "two readings"}, {"", "", ""}, {"–", "", ""}, {"no data", "", ""},
	} {
		n, share, problem := ReadVotes(c.text)
		got := schemastest.FormatCount(n)
		if share != nil {
			got += " " + schemas.FormatDecimal(*share)
		}
		checkReading(t, c.text, strings.TrimSpace(got), problem, c.want, c.problem)
	}
}
