package seats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestPlainSeatsAgree holds the quick reader of plain phrases against the reader of any phrase.
func TestPlainSeatsAgree(t *testing.T) {
	pieces := []string{
		"0",
		"1",
		"12",
		"31",
		"325",
		"127",
		"257",
		"1,234",
		" ",
		" ",
		"  ",
		",",
		"(",
		")",
		"of the",
		"of",
		"out of",
		"seats",
		"seat",
		"members",
		"in",
		"in the",
		"in the The",
		"House of Representatives",
		"Sejm",
		"Sénat",
		"chamber of which",
		"including",
		"Class",
		"new",
		"majority",
		"needed",
		"All",
		"all",
		"and",
		"[1]",
		"st",
		"th",
		"th Knesset",
		"electoral college",
		"/",
		"nine",
		"Both",
		"special",
		"one third of the",
		"half of",
		" and nonvoting members",
		" and six non-voting members",
		"Indiana's",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "near a plain phrase") {
			form := rapid.SampledFrom([]string{"%s seats in the Sejm", "325 seats in %s", "325 seats in the Sejm%s",
				"127 of the %s seats in the Sejm", "All %s"}).
				Draw(t, "form")
			text = strings.Replace(form, "%s", rapid.SampledFrom(pieces).Draw(t, "piece"), 1)
		}
		quick, ok := plainSeats(text)
		if !ok {
			return
		}
		full, problem := parseSeatsPhrase(text)
		if diff := cmp.Diff(full, quick); diff != "" || problem != "" {
			t.Fatalf("%q has the problem %q (-patterns +quick):\n%s", text, problem, diff)
		}
	})
	for _, text := range []string{"All 460 seats in the Sejm", "127 of the 257 seats"} {
		if _, ok := plainSeats(text); !ok {
			t.Errorf("%q is not read by its quick reader", text)
		}
	}
}
