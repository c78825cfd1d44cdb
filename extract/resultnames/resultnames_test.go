package resultnames

import (
	"strings"
	"testing"

	"hemicycle/schemas/resulttables"
	"hemicycle/schemas/schemastest"
)

// TestLookup expects the family and the role of each template.
func TestLookup(t *testing.T) {
	for name, want := range map[string]struct {
		family string
		role   Role
	}{
		"Election results":                                 {resulttables.ElectionResults, Whole},
		"Election Results":                                 {resulttables.ElectionResults, Whole},
		"Election results/doc":                             {resulttables.ElectionResults, Other},
		"Election box begin":                               {resulttables.ElectionBox, Begin},
		"Election box begin no change":                     {resulttables.ElectionBox, Begin},
		"Election box begin for list":                      {resulttables.ElectionBox, Begin},
		"Election box inline begin":                        {resulttables.ElectionBox, Begin},
		"Election box winning candidate with party link":   {resulttables.ElectionBox, Row},
		"Election box candidate with party link no change": {resulttables.ElectionBox, Row},
		"Election box turnout":                             {resulttables.ElectionBox, Row},
		"Election box end":                                 {resulttables.ElectionBox, End},
		"Election summary begin":                           {resulttables.ElectionSummary, Begin},
		"Election Summary Party":                           {resulttables.ElectionSummary, Row},
		"Election summary partial council net begin":       {resulttables.ElectionSummary, Begin},
		"Election summary partial council net party":       {resulttables.ElectionSummary, Row},
		"Election summary end":                             {resulttables.ElectionSummary, End},
		"AMS election box candidate":                       {"AMS election box", Other},
		"STV Election box begin2":                          {"STV Election box", Other},
		"Compact election box":                             {"Compact election box", Other},
		"CANelec/top":                                      {"CANelec", Other},
		"Election boxes":                                   {"", None},
		"Election table":                                   {"", None},
		"Infobox election":                                 {"", None},
		"":                                                 {"", None},
	} {
		family, role := Lookup(name)
		if family != want.family || role != want.role {
			t.Errorf("%s: %q %d, expected %q %d", name, family, role, want.family, want.role)
		}
	}
}

// TestNext expects the place of the first template of a family, as wikitext has it and as XML does.
func TestNext(t *testing.T) {
	for text, want := range map[string]int{
		"":                                   0,
		"{{":                                 2,
		"Election results":                   16,
		"{{Infobox election}}":               20,
		"{{Election":                         10,
		"{{Electionbox}}":                    15,
		"a {{Election box begin":             2,
		"a {{ election_\nBOX begin":          2,
		"{{{{Election results":               0,
		"{{template: Election summary begin": 0,
		"{{ :Election results":               0,
		"{{x}} {{Template_talk:Election results}": 39,
		"&lt;!-- {{Election results":              8,
		"{{&lt;!-- x --&gt;Election results":      0,
		"{{<!-- x -->Election results":            0,
		"{{CANelec/top|":                          0,
	} {
		if got := Next(text, 0); got != want {
			t.Errorf("%q: %d, expected %d", text, got, want)
		}
		if got := Contains([]byte(text)); got != (want < len(text)) {
			t.Errorf("%q: contains %v", text, got)
		}
	}
}

// TestNextGrowth holds that a text is searched in a time in proportion to its length.
func TestNextGrowth(t *testing.T) {
	for _, unit := range []string{"{", "{{", "{{ ", "{{Template:", "{{Election " +
		"", "{{Election_____", "{{Template:Template:"} {
		schemastest.HoldsGrowth(t, func(n int) func() {
			text := strings.Repeat(unit, n/len(unit))
			return func() { Next(text, 0) }
		})
	}
}

// FuzzNext holds that the search finds its place or none, and finds a template behind any text.
func FuzzNext(f *testing.F) {
	f.Add("{{ election box begin")
	f.Add("{{{{<!-- }} {{Template: S")
	f.Fuzz(func(t *testing.T, text string) {
		if at := Next(text, 0); at != len(text) && !strings.HasPrefix(text[at:], "{{") {
			t.Fatalf("%q: nothing opens at %d", text, at)
		}
		if text += " {{Election results}}"; Next(text, 0) == len(text) {
			t.Fatalf("%q: not found", text)
		}
	})
}
