package values

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// TestPlainReadersAgree compares the quick readers of plain texts with the patterns that read any text: whatever a
// quick reader takes, both read alike.
func TestPlainReadersAgree(t *testing.T) {
	// The parts of plain texts, and what makes a text other than plain.
	pieces := []string{
		"0", "1", "7", "12", "31", "37.00", "14.61", "0.0", "100", "101", "325", "127", "257", "1,234", "2007",
		"September", "February", "sep", "May", "may", ",", ", ",
		" ", " ", " ", "  ", "%", "(", ")", "pp", " pp", "▲", "▼", "◄►", "+", "-", "−", "–", "±", ".", "of the", "of",
		"out of", "seats", "seat", "members", "in", "in the", "in the The",
		"House of Representatives", "Sejm", "Sénat", "chamber of which", "including", "Class", "new", "majority",
		"needed", "All", "all", "and", "*", "[1]", "st", "th", "th Knesset", "electoral college", "/", "nine", "Both",
		"one third of the", "half of", " and nonvoting members", " and six non-voting members", "hsl(",
	}
	sameDigits := cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) && a.Exponent() == b.Exponent() })
	agree := func(t *rapid.T, kind, text string, quick, full any) {
		if diff := cmp.Diff(full, quick, cmp.AllowUnexported(Turnout{}), sameDigits); diff != "" {
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
			text = rapid.SampledFrom([]string{
				"37.00% (%s)", "37.00% %s", "37.00% ▲%s", "62.5%▼ %s pp", "16.2%, %s seats", "%s%, 31 seats",
				"16.2%, 31%s", "37.00% (%spp)", "37.00%(▼ %s)", "%s (▲1.2 pp)", "▲ %s pp", "%s seats in the Sejm",
				"325 seats in %s", "325 seats in the Sejm%s", "127 of the %s seats in the Sejm", "12 September %s",
				"%s 2007", "September %s, 2007", "▲%s", "%spp", "All %s",
			}).Draw(t, "form")
			text = strings.Replace(text, "%s", rapid.SampledFrom(pieces).Draw(t, "piece"), 1)
		}
		if quick, ok := plainTurnout(text); ok {
			full, problem := parseTurnoutPhrase(text)
			agree(t, "turnout", text, quick, full)
			agree(t, "turnout", text, "", problem)
		}
		if _, _, ok := plainSwing(text); ok {
			quick, unsigned, problem := ReadSwing(text)
			full, fullUnsigned, fullProblem := parseSwingPhrase(text)
			agree(t, "swing", text, change{quick, unsigned, problem}, change{full, fullUnsigned, fullProblem})
		}
		if _, _, ok := plainChange(text); ok {
			quick, unsigned, problem := ReadChange(text)
			full, fullUnsigned, fullProblem := parseChangePhrase(text)
			agree(t, "change", text, change{quick, unsigned, problem}, change{full, fullUnsigned, fullProblem})
		}
		if quick, ok := plainLastElection(text); ok {
			full, isNew, problem := parseLastElectionPhrase(text)
			agree(t, "last election", text, &quick, full)
			agree(t, "last election", text, new(false), isNew)
			agree(t, "last election", text, "", problem)
		}
		_, _, unsigned := cutSign(normalizeChange(text))
		if IsNewcomer(text) != newPartyPattern.MatchString(unsigned) {
			t.Fatalf("IsNewcomer(%q) is %v", text, IsNewcomer(text))
		}
	})
	for text, read := range map[string]func(string) bool{
		"78.92% (▼0.13pp)":  func(s string) bool { _, ok := plainTurnout(s); return ok },
		"37.00% ( 14.61pp)": func(s string) bool { _, ok := plainTurnout(s); return ok },
		"▲2.1 pp":           func(s string) bool { _, _, ok := plainSwing(s); return ok },
		"62.5% ▲ 1.9 pp":    func(s string) bool { _, ok := plainTurnout(s); return ok },
		"16.2%, 31 seats":   func(s string) bool { _, ok := plainLastElection(s); return ok },
		"−2":                func(s string) bool { _, _, ok := plainChange(s); return ok },
	} {
		if !read(text) {
			t.Errorf("%q is not read by its quick reader", text)
		}
	}
}
