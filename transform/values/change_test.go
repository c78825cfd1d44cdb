package values

import (
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// unsignedMark stands in the tables for a change that has no sign.
const unsignedMark = "unsigned"

var changeCases = []struct{ text, want, problem string }{
	{"+4", "4", ""}, {"−4", "-4", ""}, {"–4", "-4", ""}, {"-4", "-4", ""}, {"— 4", "-4", ""}, {"▲ 4", "4", ""},
	{"▲4", "4", ""}, {"▼ 4", "-4", ""}, {"▼1,234", "-1234", ""}, {"increase 4", "4", ""}, {"Decrease 4", "-4", ""},
	{"Increase4", "4", ""}, {"up 4", "4", ""}, {"down 4", "-4", ""}, {"↑ 4", "4", ""}, {"↓ 4", "-4", ""},
	{"▲ 4 seats[1]", "4", ""}, {"0", "0", ""}, {"+0", "0", ""}, {"±0", "0", ""}, {"►0", "0", ""}, {"Steady 0", "0", ""},
	{"steady", "0", ""}, {"no change", "0", ""}, {"Unchanged", "0", ""}, {"◄►", "0", ""}, {"4", unsignedMark, ""},
	{"±4", unsignedMark, ""}, {"4 seats", unsignedMark, ""}, {"24 ▲", "24", ""}, {"(▼5)", "-5", ""},
	{"▲5 (from 2010)", "5", ""}, {"▲ 5 (on notional)", "5", ""}, {"▼ 5 since 2010", "-5", ""}, {"▲ 1 (net)", "1", ""},
	{"▲ +4", "4", ""}, {"▼ −4", "-4", ""}, {"◄► No change", "0", ""}, {"▲ New", "", ""}, {"▲ 5 (▼ 2)", "", "two readings"},
	{"◄► 5", unsignedMark, ""}, {"5 (2)", "", "two readings"}, {"", "", ""}, {"–", "", ""}, {"N/A", "", ""},
	{"–[1]", "", ""}, {"New", "", ""}, {"new party[1]", "", ""}, {"did not contest", "", ""},
	{"+", "", "expected a signed number"},
	{"+2 (−1)", "", "expected a signed number"}, {"▲", "", "expected a signed number"},
	{"▲ [1]x", "", "expected a signed number"}, {"+−4", "", "expected a signed number"},
	{"▲ –4", "", "expected a signed number"}, {"+4.5", "", "expected a signed number"},
	{"four", "", "expected a signed number"}, {"+9999999999", "", "expected a signed number"},
	{"upset", "", "expected a signed number"},
	{"+16777217", "16777217", ""}, {"▼ 16,777,217 seats", "-16777217", ""}, // no float32 holds them
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
	{"+1.2", "1.2", ""}, {"▼0.13 pp", "-0.13", ""}, {"−2.51pp", "-2.51", ""}, {"– 2,5 %", "-2.5", ""},
	{"▲ 5.35pp", "5.35", ""}, {"increase 4.60 pp", "4.60", ""}, {"decrease 0.44pp", "-0.44", ""},
	{"~+1.2", "", "expected a change"},
	{"▼ 2.1% points", "-2.1", ""}, {"▲2.1 %pp", "2.1", ""}, {"pre-merger", "", ""}, {"pre-creation", "", ""},
	{"0.8pp ▲", "0.8", ""}, {"▲ 3.4% from 2015", "3.4", ""}, {"▲3.4% (on 2010)", "3.4", ""}, {"▼ −2.1%", "-2.1", ""},
	{"(▲0.8%)", "0.8", ""}, {"▼ .5%", "-0.5", ""}, {"▲0.26pp (▲1.38pp)", "", "two readings"}, {"▲New", "", ""},
	{"▼ (1.2 pp)", "-1.2", ""}, {"▼ (provisional)", "", "expected a change"}, {"0.0", "0.0", ""}, {"±0.0 pp", "0.0", ""},
	{"steady", "0", ""}, {"►", "0", ""}, {"1.2", unsignedMark, ""}, {"14.61pp", unsignedMark, ""},
	{"±1.2", unsignedMark, ""}, {"", "", ""}, {"—", "", ""}, {"N/A", "", ""}, {"New", "", ""}, {"did not stand", "", ""},
	{"▲ −1.2", "", "expected a change"}, {"−−1.2", "", "expected a change"}, {"± −1.2", "", "expected a change"},
	{"▲", "", "expected a change"}, {"+ pp", "", "expected a change"}, {"+1,234", "", "expected a change"},
	{"a bit", "", "expected a change"}, {"+1000", "", "expected a change"}, {"+12.3456789", "12.3456789", ""},
	{"▼ 12,3456789 points", "-12.3456789", ""}, // no float32 holds them
}

func TestChangeBeside(t *testing.T) {
	for text, want := range map[string]string{
		"72 ▲3": "▲3", "72 (+3)": "+3", "72 (▼ 3)": "▼ 3", "1,234 (−4 seats)": "−4 seats", "37.1% (▼ 2.0 pp)[1]": "▼ 2.0 pp",
		"37.1% ▲ 2.0%": "▲ 2.0%", "72 +3": "+3", "72 −3": "−3", "72": "", "72 (3)": "", "72 + 3": "", "72–75": "",
		"72 (+3 vacant)": "", "72 -3": "", "▲3": "", "New": "", "72 ▲": "",
	} {
		if got := ChangeBeside(text); got != want {
			t.Errorf("%q has the change %q beside it, expected %q", text, got, want)
		}
	}
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

func FuzzReadChange(f *testing.F) {
	for _, c := range changeCases {
		f.Add(c.text)
	}
	for _, c := range swingCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		// A change has a value, or no sign, or a problem.
		isOneAtMost := func(isRead, isUnsigned bool, problem string) bool {
			return !(isRead && isUnsigned) && (problem == "" || !isRead && !isUnsigned)
		}
		if n, isUnsigned, problem := ReadChange(text); !isOneAtMost(n != nil, isUnsigned, problem) {
			t.Errorf("%q is a change of %v, unsigned %t, with the problem %q", text, n, isUnsigned, problem)
		}
		if d, isUnsigned, problem := ReadSwing(text); !isOneAtMost(d != nil, isUnsigned, problem) {
			t.Errorf("%q is a swing of %v, unsigned %t, with the problem %q", text, d, isUnsigned, problem)
		}
	})
}
