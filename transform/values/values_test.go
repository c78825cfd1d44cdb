package values

import (
	"strconv"
	"strings"
	"testing"
)

// checkReading compares what a reader made of a text with what it should make of it.
func checkReading(t *testing.T, text, got, problem, want, wantProblem string) {
	t.Helper()
	if got != want || (problem == "") != (wantProblem == "") || !strings.Contains(problem, wantProblem) {
		t.Errorf("%.80q is read as %q with the problem %q, expected %q and %q", text, got, problem, want, wantProblem)
	}
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		"a\tb": `"a\tb"`, strings.Repeat("ä", 60): strconv.Quote(strings.Repeat("ä", 60)),
		strings.Repeat("ä", 61):    strconv.Quote(strings.Repeat("ä", 60) + "…"),
		strings.Repeat("x", 1<<20): strconv.Quote(strings.Repeat("x", 60) + "…"),
	} {
		if got := Quote(text); got != want {
			t.Errorf("%.70q is shown as %s, expected %s", text, got, want)
		}
	}
}
