package transform

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hemicycle/schemas"
)

// Rows that are no contender stay in the table, with their kind, and are left out of the game, of effective numbers and
// of ranks. Their seats count in the total.
func TestRowsOfNobody(t *testing.T) {
	const two = "Seats For Election: All 100 seats\nMajority Seats: 51\nParty1: A\nPercentage1: 45\nSeats1: 45\nLast " +
		"Election1: 50\nParty2: B\nPercentage2: 45\nSeats2: 45\nLast Election2: 50\n"
	for _, c := range []struct {
		name, row, kind string
		effectiveSeats  string // value low high
		effectiveVotes  string
		coalitions      string // "-" if there is no game
	}{
		{"vacant", "Party3: Vacant\nSeats3: 10", schemas.KindVacant, "2", "2.409638554 2.409638554 2.469135802", "[1,2]"},
		{"reserved", "Party3: Reserved seats\nSeats3: 10\nPercentage3: 10", schemas.KindReserved, "2",
			"2.409638554 2.409638554 2.469135802", "[1,2]"},
		{"appointed", "Party3: Appointed by the King\nSeats3: 10", schemas.KindAppointed, "2",
			"2.409638554 2.409638554 2.469135802", "[1,2]"},
		{"none of the above", "Party3: None of the above\nSeats3: 10\nPercentage3: 10", schemas.KindNoneOfTheAbove, "2",
			"2", "[1,2]"},
		{"invalid", "Party3: Invalid votes\nSeats3: 10\nPercentage3: 10", schemas.KindInvalid, "2", "2", "[1,2]"},
		{"others", "Party3: Others\nSeats3: 10\nPercentage3: 10", schemas.KindOthers, "2.409638554 2.409638554 2.463054187",
			"2.409638554 2.409638554 2.469135802", "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged(newPage("2007 Elbonian general election", strings.Split(two+c.row, "\n"), ""))
			if got := e.Contenders[2].Kind; got != c.kind {
				t.Errorf("the row is of the kind %q, expected %q", got, c.kind)
			}
			if got := shownMeasure(e, "effective_parties_seats"); got != c.effectiveSeats {
				t.Errorf("effective parties by seats %s, expected %s", got, c.effectiveSeats)
			}
			if got := shownMeasure(e, "effective_parties_votes"); got != c.effectiveVotes {
				t.Errorf("effective parties by votes %s, expected %s", got, c.effectiveVotes)
			}
			game := "-"
			if len(e.Coalitions) > 0 {
				game = ""
			}
			for _, k := range e.Coalitions {
				game += strings.ReplaceAll(fmt.Sprint(k.Members), " ", ",")
			}
			if game != c.coalitions {
				t.Errorf("coalitions %s, expected %s", game, c.coalitions)
			}
			if slices.ContainsFunc(e.ContenderMeasures, func(m []schemas.ContenderMeasure) bool { return m[0].Position == 3 }) {
				t.Error("the row has a measure of a contender")
			}
			if f := findingsOf(e, "seat-total"); len(f) != 1 || f[0].Status != schemas.Pass {
				t.Errorf("the seats of the row are missing in the total: %+v", f)
			}
		})
	}
}

func shownMeasure(e *schemas.Election, name string) string {
	for _, m := range e.Measures {
		if m.Name == name {
			s := fmt.Sprintf("%.15g", m.Value)
			if m.Low != nil {
				s += fmt.Sprintf(" %.15g %.15g", *m.Low, *m.High)
			}
			return s
		}
	}
	return "-"
}

// A measure does not rest on figures that are guesses or cannot be read, and that is no contradiction.
func TestMeasuresRestOnExactFigures(t *testing.T) {
	for _, c := range []struct{ box, seats, votes string }{
		{"Seats1: 60\nPercentage1: 60\nSeats2: 40\nPercentage2: 40", "1.923076923", "1.923076923"},
		{"Seats1: ~60\nPercentage1: 60\nSeats2: 40\nPercentage2: 40", "-", "1.923076923"},
		{"Seats1: 60\nPercentage1: about 60\nSeats2: 40\nPercentage2: 40", "1.923076923", "-"},
		{"Seats1: 60\nPercentage1: 60\nSeats2: 4O\nPercentage2: 40", "-", "1.923076923"},
		{"Seats1: 60\nVotes1: 60,000 (60%)\nPercentage1: no data\nSeats2: 40\nPercentage2: 40", "1.923076923", "1.923076923"},
	} {
		e := judged(newPage("2007 Elbonian general election", strings.Split("Seats For Election: 100\nParty1: A\nParty2: "+
			"B\n"+c.box, "\n"), ""))
		if seats, votes := shownMeasure(e, "effective_parties_seats"), shownMeasure(e,
			"effective_parties_votes"); seats != c.seats || votes != c.votes {
			t.Errorf("%q has %s effective parties by seats and %s by votes, expected %s and %s", c.box, seats, votes, c.seats,
				c.votes)
		}
		for _, f := range findingsOf(e, "measures") {
			if f.Status.Doubtful() {
				t.Errorf("%q: %s", c.box, f.Message)
			}
		}
	}
}

// A vacant or reserved row is not the largest group, has no place in the order of votes and seats, and is no party that
// stands.
func TestRowsOfNobodyHaveNoRank(t *testing.T) {
	box := "Seats For Election: All 100 seats\nParty1: A\nPercentage1: 60\nSeats1: 30\nParty2: Reserved " +
		"seats\nPercentage2: 0\nSeats2: 60\nParty3: B\nPercentage3: 40\nSeats3: 10\nParty4: Vacant\nParty5: Vacant"
	e := judged(newPage("2007 Elbonian general election", strings.Split(box, "\n"), "There were 2 parties competing."))
	for _, id := range []string{"vote-seat-order", "prose-parties", "duplicate-contender"} {
		for _, f := range findingsOf(e, id) {
			if f.Status.Doubtful() {
				t.Errorf("%s doubts %s: %s", id, f.Subject, f.Message)
			}
		}
	}
	if got := shownMeasure(e, "largest_group_share"); got != "30" {
		t.Errorf("the largest group has %s percent of the seats, expected 30", got)
	}
}
