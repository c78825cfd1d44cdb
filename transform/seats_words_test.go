package transform

import (
	"strings"
	"testing"
)

// A phrase on seats that was not understood has a finding, and no check says that the box gives no seats.
func TestPhraseOnSeatsIsNeverSilent(t *testing.T) {
	for _, phrase := range []string{"All twenty one seats", "Both houses", "Nine of Indiana's seats",
		"At least 120 seats", "All 40 seats in the Senate and all 116 seats in the House", "One third of the seats"} {
		e := judged(
			newPage(
				"2007 Elbonian general election",
				[]string{
					"Seats For Election: " + phrase,
					"Majority Seats: 61",
					"Party1: A",
					"Seats1: 9",
					"Last Election1: 7",
				},
				"All 21 seats were filled.",
			),
		)
		found := false
		for _, f := range e.AllFindings() {
			found = found || f.Status.Doubtful() && f.Subject == "seats_for_election"
			if strings.Contains(f.Message, "does not say how many seats") ||
				f.CheckID == "prose-seats" && strings.Contains(f.Message, "no such figure") ||
				strings.Contains(f.Message, "does not state both a majority") {
				t.Errorf("%q: %s says that the box gives no seats: %s", phrase, f.CheckID, f.Message)
			}
		}
		if !found {
			t.Errorf("%q has no finding", phrase)
		}
	}
}
