package transform

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// TestPlainReadersAgree holds the quick readers of plain texts against the patterns that read any text:
// what a quick one takes, both read alike.
func TestPlainReadersAgree(t *testing.T) {
	// What plain texts are made of, and what makes them other than plain.
	pieces := []string{
		"0", "1", "7", "12", "31", "37.00", "14.61", "0.0", "100", "101", "325", "127", "257", "1,234", "2007", "September", "February", "sep", "May", "may", ",", ", ",
		" ", " ", " ", "  ", "%", "(", ")", "pp", " pp", "▲", "▼", "◄►", "+", "-", "−", "–", "±", ".", "of the", "of", "out of", "seats", "seat", "members", "in", "in the", "in the The",
		"House of Representatives", "Sejm", "Sénat", "chamber of which", "including", "Class", "new", "majority", "needed", "All", "all", "and", "*", "[1]", "st", "th", "th Knesset", "electoral college", "/", "nine", "Both", "one third of the", "half of", " and nonvoting members", " and six non-voting members", "hsl(",
	}
	agree := func(t *rapid.T, kind, text string, quick, full any) {
		if diff := cmp.Diff(full, quick, cmp.AllowUnexported(chamberSeats{}, turnout{}), cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) && a.Exponent() == b.Exponent() })); diff != "" {
			t.Fatalf("%s of %q (-patterns +quick):\n%s", kind, text, diff)
		}
	}
	type change struct {
		Value    any
		Unsigned bool
		Problem  string
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "near a plain text") {
			text = rapid.SampledFrom([]string{"37.00% (%s)", "37.00% %s", "37.00% ▲%s", "62.5%▼ %s pp", "16.2%, %s seats", "%s%, 31 seats", "16.2%, 31%s", "37.00% (%spp)", "37.00%(▼ %s)", "%s (▲1.2 pp)", "▲ %s pp", "%s seats in the Sejm", "325 seats in %s", "325 seats in the Sejm%s", "127 of the %s seats in the Sejm", "12 September %s", "%s 2007", "September %s, 2007", "▲%s", "%spp", "All %s"}).Draw(t, "form")
			text = strings.Replace(text, "%s", rapid.SampledFrom(pieces).Draw(t, "piece"), 1)
		}
		if quick, ok := plainTurnoutOf(text); ok {
			full, problem := phraseOfTurnout(text)
			agree(t, "turnout", text, quick, full)
			agree(t, "turnout", text, "", problem)
		}
		if quick, ok := plainSeatsOf(text); ok {
			full, problem := phraseOfSeats(text)
			agree(t, "seats", text, quick, full)
			agree(t, "seats", text, "", problem)
		}
		if quick, ok := plainDateOf(text); ok {
			first, last, problem := phraseOfDates(text)
			agree(t, "date", text, quick, first)
			agree(t, "date", text, quick, last)
			agree(t, "date", text, "", problem)
		}
		if _, _, ok := plainSwingOf(text); ok {
			quick, unsigned, problem := readSwing(text)
			full, fullUnsigned, fullProblem := phraseOfSwing(text)
			agree(t, "swing", text, change{quick, unsigned, problem}, change{full, fullUnsigned, fullProblem})
		}
		if _, _, ok := plainChangeOf(text); ok {
			quick, unsigned, problem := readChange(text)
			full, fullUnsigned, fullProblem := phraseOfChange(text)
			agree(t, "change", text, change{quick, unsigned, problem}, change{full, fullUnsigned, fullProblem})
		}
		if quick, ok := plainLastElectionOf(text); ok {
			full, isNew, problem := phraseOfLastElection(text)
			agree(t, "last election", text, &quick, full)
			agree(t, "last election", text, new(false), isNew)
			agree(t, "last election", text, "", problem)
		}
		if isNewcomer(text) != newParty.MatchString(func() string { _, _, rest := readSign(changeOf(text)); return rest }()) {
			t.Fatalf("isNewcomer(%q) is %v", text, isNewcomer(text))
		}
	})
	for text, read := range map[string]func(string) bool{
		"78.92% (▼0.13pp)":          func(s string) bool { _, ok := plainTurnoutOf(s); return ok },
		"37.00% ( 14.61pp)":         func(s string) bool { _, ok := plainTurnoutOf(s); return ok },
		"All 460 seats in the Sejm": func(s string) bool { _, ok := plainSeatsOf(s); return ok },
		"127 of the 257 seats":      func(s string) bool { _, ok := plainSeatsOf(s); return ok },
		"7 September 2007":          func(s string) bool { _, ok := plainDateOf(s); return ok },
		"September 7, 2007":         func(s string) bool { _, ok := plainDateOf(s); return ok },
		"▲2.1 pp":                   func(s string) bool { _, _, ok := plainSwingOf(s); return ok },
		"62.5% ▲ 1.9 pp":            func(s string) bool { _, ok := plainTurnoutOf(s); return ok },
		"16.2%, 31 seats":           func(s string) bool { _, ok := plainLastElectionOf(s); return ok },
		"−2":                        func(s string) bool { _, _, ok := plainChangeOf(s); return ok },
	} {
		if !read(text) {
			t.Errorf("%q is not read by its quick reader", text)
		}
	}
}

// independentsPattern is what isIndependent takes, as a pattern.
var independentsPattern = regexp.MustCompile(`(?i)^(?:independents?|independent (?:politicians?|candidates?|members?)|non-?partisans?(?: politicians?)?|unaffiliated)(?: \([^()]*\))?$`)

func TestIsIndependentAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := ""
		for _, of := range [][]string{{"independent", "Independent", "non", "Non-", "NON", "unaffiliated", "x"}, {"", "partisan", "s"}, {"", "s", " "}, {"", "politician", "candidate", "member", "party"}, {"", "s", " "}, {"", "(x)", " (x)", " (politician)", " (a) (b)", " (", ")", " ()"}} {
			name += rapid.SampledFrom(of).Draw(t, "piece")
		}
		if got := isIndependent(name); got != independentsPattern.MatchString(name) {
			t.Fatalf("%q: %v", name, got)
		}
	})
	for name := range independents {
		if !independentsPattern.MatchString(name) {
			t.Errorf("%q is none", name)
		}
	}
}
