package colours

import (
	"regexp"
	"strings"
	"testing"
)

var colourCases = []struct{ text, want, problem string }{
	{"#D0353B", "#D0353B", ""}, {"d0353b", "#D0353B", ""}, {"#abc", "#AABBCC", ""}, {"red", "#FF0000", ""},
	{"DarkBlue", "#00008B", ""}, {"lightgrey", "#D3D3D3", ""},
	{"", "", ""}, {"–", "", ""}, {"transparent", "", ""}, {"inherit", "", ""}, {"None", "", ""},
	{"rgb(208, 53, 59)", "#D0353B", ""}, {"RGB(208,53,59)", "#D0353B", ""}, {"rgb( 0 128 255 )", "#0080FF", ""},
	{"rgb(100%, 50%, 0%)", "#FF8000", ""}, {"rgba(208, 53, 59, 1)", "#D0353B", ""},
	{"rgb(208 53 59 / 100%)", "#D0353B", ""},
	{"rgb(256, 0, 0)", "", "expected a colour"}, {"rgb(101%, 0%, 0%)", "", "expected a colour"},
	{"rgb(100%, 50, 0)", "", "expected a colour"}, {"rgb(1, 2)", "", "expected a colour"},
	{"rgba(208, 53, 59, 0.5)", "", "expected a colour"}, {"rgb(-1, 2, 3)", "", "expected a colour"},
	{"hsl(120, 100%, 25%)", "#008000", ""}, {"hsl(210deg 50% 40%)", "#336699", ""},
	{"HSLA(0,0%,100%,1)", "#FFFFFF", ""},
	{"hsl(360, 100%, 50%)", "#FF0000", ""}, {"hsl(30, 100%, 50%)", "#FF8000", ""},
	{"hsl(361, 0%, 0%)", "", "expected a colour"}, {"hsl(0, 101%, 0%)", "", "expected a colour"},
	{"hsl(0, 50, 50)", "", "expected a colour"}, {"hsla(0, 50%, 50%, 0.5)", "", "expected a colour"},
	{"hsl(0, 61.5%, 50%)", "", "expected a colour"},
	{"#D0353", "", "expected a colour as #RRGGBB"}, {"#D0353B80", "", "expected a colour"},
	{"#D0353B;", "", "expected a colour"}, {"reddish", "", `found "reddish"`}, {"#GGGGGG", "", "expected a colour"},
	{"light grey", "", "expected a colour"},
}

func TestRead(t *testing.T) {
	for _, c := range colourCases {
		got, problem := Read(c.text)
		isAsExpected := (problem == "") == (c.problem == "") && strings.Contains(problem, c.problem)
		if got != c.want || !isAsExpected {
			t.Errorf("%q is read as %q with the problem %q, expected %q and %q", c.text, got, problem, c.want, c.problem)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range colourCases {
		f.Add(c.text)
	}
	form := regexp.MustCompile(`^#[0-9A-F]{6}$`)
	f.Fuzz(func(t *testing.T, text string) {
		if got, problem := Read(text); got != "" && (problem != "" || !form.MatchString(got)) {
			t.Errorf("%q is read as %q with the problem %q", text, got, problem)
		}
	})
}
