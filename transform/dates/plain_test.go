package dates

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainDatesAgree holds the quick reader of plain dates against the reader of any date.
func TestPlainDatesAgree(t *testing.T) {
	pieces := []string{
		"1",
		"7",
		"12",
		"31",
		"99",
		"2007",
		"September",
		"February",
		"sep",
		"May",
		"may",
		",",
		", ",
		" ",
		" ",
		"  ",
		"–",
		"th",
		"of",
		"[1]",
		"/",
		".",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "near a plain date") {
			forms := []string{"12 September %s", "%s 2007", "September %s, 2007", "%s September 2007"}
			form := rapid.SampledFrom(forms).Draw(t, "form")
			text = strings.Replace(form, "%s", rapid.SampledFrom(pieces).Draw(t, "piece"), 1)
		}
		quick, ok := plainDate(text)
		if !ok {
			return
		}
		if first, last, problem := parseDatesPhrase(text); first != quick || last != quick || problem != "" {
			t.Fatalf("%q is read as %s, and by the patterns as %s to %s with the problem %q", text, quick, first, last, problem)
		}
	})
	for _, text := range []string{"7 September 2007", "September 7, 2007"} {
		if _, ok := plainDate(text); !ok {
			t.Errorf("%q is not read by its quick reader", text)
		}
	}
}
