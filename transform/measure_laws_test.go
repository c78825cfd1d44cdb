package transform

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
	"hemicycle/transform/votingpower"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawnElection is an election of which everything is known.
type drawnElection struct {
	total  int
	seats  []int
	shares []int // hundredths of a percent, 10,000 in all
}

func drawWhole(t *rapid.T) *drawnElection {
	n := rapid.IntRange(1, 12).Draw(t, "contenders")
	total := rapid.IntRange(1, 400).Draw(t, "seats in all")
	return &drawnElection{
		total:  total,
		seats:  splitWhole(t, total, n, "seats"),
		shares: splitWhole(t, 10_000, n, "shares"),
	}
}

// measured returns the election if only the contenders at some places are listed.
func (d *drawnElection) measured(template string, places []int) *schemas.Election {
	var contenders []string
	for i, place := range places {
		share := fmt.Sprintf("%d.%02d", d.shares[place]/100, d.shares[place]%100)
		contenders = append(contenders, fmt.Sprintf("P%d %s %d", i, share, d.seats[place]))
	}
	return judged((&checkCase{template: template, box: ballot(formatInt(int64(d.total)), contenders...)}).page())
}

// all returns the places of all contenders.
func (d *drawnElection) all() []int {
	places := make([]int, len(d.seats))
	for i := range places {
		places[i] = i
	}
	return places
}

// measureValues returns the measures of an election, and those of its contenders at some places, by ID.
func measureValues(e *schemas.Election, places []int) map[string][]float64 {
	all := map[string][]float64{}
	for _, m := range e.Measures {
		all[m.Name] = []float64{m.Value}
	}
	for _, m := range slices.Concat(e.ContenderMeasures...) {
		if all[m.Name] == nil {
			all[m.Name] = slices.Repeat([]float64{math.NaN()}, len(places))
		}
		all[m.Name][slices.Index(places, m.Position-1)] = m.Value
	}
	return all
}

// TestMeasuresDoNotDependOnOrder holds that the measures of an election do not depend on the order of its contenders,
// unless the two largest are equal.
func TestMeasuresDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawWhole(t)
		shuffled := rapid.Permutation(d.all()).Draw(t, "order")
		inverse := make([]int, len(shuffled)) // contender i of the first stands at inverse[i] of the second
		for at, i := range shuffled {
			inverse[i] = at
		}
		want, got := measureValues(d.measured("", d.all()), d.all()), measureValues(d.measured("", shuffled), inverse)
		most := slices.Max(d.seats)
		if slices.Index(d.seats, most) != len(d.seats)-1-slices.Index(reversed(d.seats), most) {
			delete(want, "largest_group_advantage")
			delete(got, "largest_group_advantage")
		}
		if diff := gocmp.Diff(want, got, schemastest.Near); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func reversed(s []int) []int {
	r := slices.Clone(s)
	slices.Reverse(r)
	return r
}

// TestMeasuresDoNotDependOnScale holds that a chamber with every seat several times over has the same measures.
func TestMeasuresDoNotDependOnScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawWhole(t)
		want := measureValues(d.measured("", d.all()), d.all())
		times := rapid.IntRange(2, 9).Draw(t, "times")
		d.total *= times
		for i := range d.seats {
			d.seats[i] *= times
		}
		if diff := gocmp.Diff(want, measureValues(d.measured("", d.all()), d.all()), schemastest.Near); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// TestPowerLaws holds what is true of power in every chamber.
func TestPowerLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawWhole(t)
		e := d.measured("", d.all())
		for _, id := range []string{"banzhaf", "shapley_shubik"} {
			power := contenderMeasureOf(e, id)
			var sum float64
			for i, p := range power {
				sum += p
				switch {
				case d.seats[i] > d.total/2 && p != 1:
					t.Fatalf("%s: who has %d of %d seats has power %v, expected 1", id, d.seats[i], d.total, p)
				case d.seats[i] == 0 && p != 0:
					t.Fatalf("%s: who has no seat has power %v", id, p)
				}
				for j := range power {
					if d.seats[i] == d.seats[j] && p != power[j] || d.seats[i] > d.seats[j] && p < power[j] {
						t.Fatalf("%s: %d seats have power %v, %d seats %v", id, d.seats[i], p, d.seats[j], power[j])
					}
				}
			}
			if math.Abs(sum-1) > 12e-9 {
				t.Fatalf("%s: the power of all is %v, expected 1", id, sum)
			}
		}
		m := measureOf(e, "minimal_winning_coalitions")
		if min(int(m.Value), votingpower.MaxCoalitions) != len(e.Coalitions) {
			t.Fatalf("%v coalitions, %d listed", m.Value, len(e.Coalitions))
		}
	})
}

// TestBoundsHold holds that, whatever a box leaves out, the measure of the whole election lies within the bounds of the
// measure of the box, and that a value lies within its own bounds.
func TestBoundsHold(t *testing.T) {
	ids := []string{
		"effective_parties_votes", "effective_parties_seats", "fractionalisation_votes", "fractionalisation_seats",
		"gallagher", "loosemore_hanby", "rae_index",
	}
	for _, c := range []struct{ name, template string }{
		{"winners of seats", ""}, {"main contenders", schemas.GeneralBox},
	} {
		t.Run(c.name, func(t *testing.T) {
			open := 0
			rapid.Check(t, func(t *rapid.T) {
				d := drawWhole(t)
				whole := d.measured("", d.all())
				var places []int
				for i, n := range d.seats {
					isListed := n > 0
					if c.template != "" {
						isListed = len(places) == 0 || rapid.Bool().Draw(t, "listed")
					}
					if isListed {
						places = append(places, i)
					}
				}
				e := d.measured(c.template, places)
				for _, m := range e.Measures {
					if (m.Low == nil) != (m.High == nil) || m.Low != nil && !(*m.Low <= m.Value && m.Value <= *m.High) {
						t.Fatalf("%s: %v is not between %v and %v", m.Name, m.Value, *m.Low, *m.High)
					}
				}
				for _, id := range ids {
					part, all := measureOf(e, id), measureOf(whole, id)
					if part == nil || part.Low == nil || all == nil {
						continue // the measure needs more than the box gives, or less than half a point is open
					}
					open++
					if all.Value < *part.Low-1e-8 || all.Value > *part.High+1e-8 {
						t.Fatalf("%s is %v of the whole, and %v, between %v and %v, of what is listed: %v",
							id, all.Value, part.Value, *part.Low, *part.High, places)
					}
				}
			})
			if open == 0 {
				t.Error("no bound was tried")
			}
		})
	}
}
