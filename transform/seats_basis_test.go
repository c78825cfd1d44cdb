package transform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// What the seats of a box are is told from their fields and their sum, and measures that compare seats with votes need
// seats that these votes filled.
func TestSeatsBasis(t *testing.T) {
	const part = "Seats For Election: 34 of the 100 seats in the Senate\n"
	for _, c := range []struct {
		name, box, basis string
		seats            string // of each contender: seats, seats won, seats after
		missing          string // why disproportionality is absent; "" if it is there
	}{
		{
			name: "won", box: ballot("10", "A 60 6", "B 40 4"), basis: "won", seats: "6 6 - | 4 4 -",
		},
		{
			name: "won in a part", box: part + ballot("", "A 60 20", "B 40 14"), basis: "won", seats: "20 20 - | 14 14 -",
		},
		{
			name: "both", box: part + ballot("", "A 60 20", "B 40 14") + "\nSeats After1: 51\nSeats After2: 49",
			basis: "won", seats: "20 20 51 | 14 14 49",
		},
		{
			name:  "held alone",
			box:   part + "Party1: A\nPercentage1: 60\nSeats After1: 51\nParty2: B\nPercentage2: 40\nSeats After2: 49",
			basis: "held_after", seats: "51 - 51 | 49 - 49", missing: "its votes filled 34 of 100",
		},
		{
			name: "held, by their sum", box: part + ballot("", "A 60 51", "B 40 49"), basis: "held_after",
			seats: "51 - 51 | 49 - 49", missing: "its votes filled 34 of 100",
		},
		{
			name: "held, with those won in a row of the editors' own", basis: "held_after",
			box:   part + ballot("", "A 60 51", "B 40 49") + "\n1blank: Races won\n1data1: 20\n1data2: 14",
			seats: "51 20 51 | 49 14 49", missing: "its votes filled 34 of 100",
		},
		{
			name: "held in a chamber that is renewed as a whole",
			box: "Seats For Election: All 10 seats\nParty1: A\nPercentage1: 60\nSeats After1: 6\nParty2: B\n" +
				"Percentage2: 40\nSeats After2: 4",
			basis: "held_after", seats: "6 - 6 | 4 - 4",
		},
		{
			name:  "some won and some held",
			box:   part + "Party1: A\nPercentage1: 60\nSeats1: 20\nParty2: B\nPercentage2: 40\nSeats After2: 49",
			seats: "20 20 - | 49 - 49", missing: "which of them these votes filled cannot be told",
		},
		{
			name: "more than won and fewer than held", box: part + ballot("", "A 60 40", "B 40 20"), seats: "40 - - | 20 - -",
			missing: "sum to 60",
		},
		{
			name: "no phrase", box: ballot("", "A 60 6", "B 40 4"), basis: "won", seats: "6 6 - | 4 4 -",
			missing: "how many seats there are",
		},
		{
			name: "a phrase that is not understood", box: ballot("some of the seats", "A 60 6", "B 40 4"),
			seats: "6 - - | 4 - -", missing: "how many seats there are",
		},
		{name: "none", box: ballot("10", "A 60", "B 40"), seats: "- - - | - - -", missing: "no contender has seats"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged((&checkCase{template: schemas.GeneralBox, box: c.box}).page())
			var seats []string
			for i := range e.Contenders {
				x := &e.Contenders[i]
				var counts []string
				for _, n := range []*int64{x.Seats, x.SeatsWon, x.SeatsAfter} {
					text := schemastest.FormatCount(n)
					if text == "" {
						text = "-"
					}
					counts = append(counts, text)
				}
				seats = append(seats, strings.Join(counts, " "))
			}
			if diff := cmp.Diff([]string{c.basis, c.seats}, []string{e.SeatsBasis, strings.Join(seats, " | ")}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, id := range []string{"gallagher", "loosemore_hanby", "rae_index", "largest_group_advantage"} {
				if (measureOf(e, id) == nil) != (c.missing != "") {
					t.Errorf("%s is %+v; findings %+v", id, measureOf(e, id), findingsOf(e, "measures"))
				}
			}
			if c.missing != "" {
				checkReason(t, e, c.missing)
			}
		})
	}
}

// A contender's seats held after the election that cannot be read are doubted, also beside the seats won.
func TestSeatsAfterAreDoubted(t *testing.T) {
	e := judged((&checkCase{box: "Party1: A\nSeats1: 5\nSeats After1: many"}).page())
	found := findingsOf(e, "unreadable-value")
	if len(found) != 1 || found[0].Observed != "many" || e.Contenders[0].SeatsAfter != nil {
		t.Errorf("found %+v", found)
	}
}
