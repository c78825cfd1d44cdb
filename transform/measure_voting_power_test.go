package transform

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"hemicycle/transform/votingpower"
)

var votingPowerCases = map[string][]measureCase{
	"banzhaf": {
		{
			name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{1.0 / 3, 1.0 / 3, 1.0 / 3},
			treatment: "all_listed",
		},
		{
			name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"),
			each: []float64{5.0 / 12, 3.0 / 12, 3.0 / 12, 1.0 / 12, 0, math.NaN()}, treatment: "all_listed",
		},
		{
			name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), each: []float64{
				0.6, 0.2, 0.2,
			},
			treatment: "all_listed, independents_one_group",
		},
		{
			name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"),
			missing: "those contested, 5 of a chamber of 10",
		},
		{name: "too large", box: ballot("4194304", "A - 4194303", "B - 1"), missing: "larger than voting power"},
	},
	"banzhaf_absolute": {
		{
			name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{0.5, 0.5, 0.5},
			treatment: "all_listed",
		},
		{
			name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"),
			each: []float64{5.0 / 8, 3.0 / 8, 3.0 / 8, 1.0 / 8, 0, math.NaN()}, treatment: "all_listed",
		},
		{
			name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"),
			missing: "those contested, 5 of a chamber of 10",
		},
	},
	"banzhaf_swings": {
		{
			name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{2, 2, 2},
			treatment: "all_listed",
		},
		{
			name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"),
			each: []float64{5, 3, 3, 1, 0, math.NaN()}, treatment: "all_listed",
		},
		{
			name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"),
			missing: "those contested, 5 of a chamber of 10",
		},
	},
	"shapley_shubik": {
		{
			name: "any two", box: ballot("10", "A - 4", "B - 3", "C - 3"), each: []float64{1.0 / 3, 1.0 / 3, 1.0 / 3},
			treatment: "all_listed",
		},
		{
			name: "four", box: ballot("10", "A - 4", "B - 3", "C - 2", "D - 1", "E - 0", "F"),
			each: []float64{10.0 / 24, 6.0 / 24, 6.0 / 24, 2.0 / 24, 0, math.NaN()}, treatment: "all_listed",
		},
		{
			name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"),
			each: []float64{4.0 / 6, 1.0 / 6, 1.0 / 6}, treatment: "all_listed, independents_one_group",
		},
		{
			name: "renewed in part", box: ballot("5 of the 10 seats", "A - 3", "B - 2"),
			missing: "those contested, 5 of a chamber of 10",
		},
	},
	"banzhaf_independents_alone": {
		{
			name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"), each: []float64{
				0.7, 0.1, 0.2,
			},
			treatment: "independents_alone",
		},
		{name: "one independent", box: ballot("10", "A - 9", "Independent - 1"), missing: "-"},
	},
	"shapley_shubik_independents_alone": {
		{
			name: "independents", box: ballot("10", "A - 5", "B - 3", "Independent - 2"),
			each: []float64{3.0 / 4, 1.0 / 12, 2.0 / 12}, treatment: "independents_alone",
		},
		{name: "no independents", box: ballot("10", "A - 4", "B - 3", "C - 3"), missing: "-"},
	},
}

// TestFortyContenders computes the measures of forty groups in a chamber of 600.
func TestFortyContenders(t *testing.T) {
	contenders := []string{}
	for i := range 40 {
		contenders = append(contenders, fmt.Sprintf("P%d - %d", i, 1+(i*7)%29))
	}
	var sum int
	for i := range 40 {
		sum += 1 + (i*7)%29
	}
	e := judged((&checkCase{box: ballot(formatInt(int64(sum)), contenders...)}).page())
	m := measureOf(e, "minimal_winning_coalitions")
	if m == nil || m.Value < 1e9 || len(e.Coalitions) != votingpower.MaxCoalitions {
		t.Fatalf("%+v, %d listed", m, len(e.Coalitions))
	}
	var banzhaf, shapley float64
	for _, c := range slices.Concat(e.ContenderMeasures...) {
		switch c.Name {
		case "banzhaf":
			banzhaf += c.Value
		case "shapley_shubik":
			shapley += c.Value
		}
	}
	if math.Abs(banzhaf-1) > 40e-9 || math.Abs(shapley-1) > 40e-9 {
		t.Errorf("the power of all is %v and %v, expected 1", banzhaf, shapley)
	}
	if smallest := measureOf(e, "smallest_winning_coalition"); int(smallest.Value) != e.Coalitions[0].Size {
		t.Errorf("the smallest has %v members, the first listed %d", smallest.Value, e.Coalitions[0].Size)
	}
}
