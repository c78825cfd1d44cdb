package transform

import (
	"math"
	"testing"

	"hemicycle/schemas"
)

func TestEffectivePartiesSeats(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  float64 // 0 where there is none
	}{
		{"two equal", []string{"Seats For Election: 10", "Seats1: 5", "Seats2: 5"}, 2},
		{"one", []string{"Seats For Election: 10", "Seats1: 10", "Seats2: 0"}, 1},
		{"unequal", []string{"Seats For Election: 10", "Seats1: 6", "Seats2: 3", "Seats3: 1"}, 100.0 / 46},
		{"some seats are missing", []string{"Seats For Election: 10", "Seats1: 5"}, 0},
		{"no total", []string{"Seats1: 5"}, 0},
		{"no seat at all", []string{"Seats For Election: 0", "Seats1: 0"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged(page("2007 Elbonian general election", c.lines, ""))
			var got *schemas.Measure
			for i := range e.Measures {
				if e.Measures[i].Name == "effective_parties_seats" {
					got = &e.Measures[i]
				}
			}
			switch {
			case c.want == 0 && got != nil:
				t.Errorf("found %v, expected none", got.Value)
			case c.want != 0 && (got == nil || math.Abs(got.Value-c.want) > 1e-12 || got.Treatment == ""):
				t.Errorf("found %+v, expected %v", got, c.want)
			}
		})
	}
}
