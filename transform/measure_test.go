package transform

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// measureCase is one box and what one measure is of it: a value with its treatment and, if it has bounds, its bounds;
// or a value of each contender by position, NaN if it has none. If missing is set, there is no such measure, and
// missing is a part of the reason.
type measureCase struct {
	name      string
	template  string
	box       string
	value     float64
	bounds    []float64 // low and high, or none
	each      []float64
	treatment string
	open      bool   // the bounds are too far apart for a value
	missing   string // "-" if no reason is reported
}

// measureCases has the cases of every measure, by ID.
var measureCases = map[string][]measureCase{
	"effective_parties_votes":                       effectivePartiesVotesCases,
	"effective_parties_votes_rescaled":              effectivePartiesVotesRescaledCases,
	"effective_parties_seats":                       effectivePartiesSeatsCases,
	"fractionalisation_votes":                       fractionalisationVotesCases,
	"fractionalisation_seats":                       fractionalisationSeatsCases,
	"gallagher":                                     gallagherCases,
	"gallagher_rescaled":                            gallagherRescaledCases,
	"loosemore_hanby":                               loosemoreHanbyCases,
	"loosemore_hanby_listed":                        loosemoreHanbyListedCases,
	"rae_index":                                     raeIndexCases,
	"vote_volatility":                               voteVolatilityCases,
	"seat_volatility":                               seatVolatilityCases,
	"seat_volatility_listed":                        seatVolatilityListedCases,
	"largest_group_share":                           largestGroupShareCases,
	"largest_group_advantage":                       largestGroupAdvantageCases,
	"minimal_winning_coalitions":                    minimalWinningCoalitionsCases,
	"minimal_winning_coalitions_independents_alone": minimalWinningCoalitionsAloneCases,
	"smallest_winning_coalition":                    smallestWinningCoalitionCases,
	"banzhaf_total_swings":                          banzhafTotalSwingsCases,
	"vote_share":                                    voteShareCases,
	"seat_share":                                    seatShareCases,
	"banzhaf":                                       votingPowerCases["banzhaf"],
	"banzhaf_absolute":                              votingPowerCases["banzhaf_absolute"],
	"banzhaf_swings":                                votingPowerCases["banzhaf_swings"],
	"shapley_shubik":                                votingPowerCases["shapley_shubik"],
	"banzhaf_independents_alone":                    votingPowerCases["banzhaf_independents_alone"],
	"shapley_shubik_independents_alone":             votingPowerCases["shapley_shubik_independents_alone"],
}

// ballot returns the lines of a box: the phrase on seats, then each contender, given as `name share seats last` with -
// for what is not stated. A name that ends in * is that of a candidate.
func ballot(seats string, contenders ...string) string {
	lines := []string{"Seats For Election: " + seats}
	if seats == "" {
		lines = nil
	}
	for i, c := range contenders {
		values := append(strings.Fields(c), "-", "-", "-")
		name, kind := strings.CutSuffix(values[0], "*")
		for k, key := range []string{
			map[bool]string{false: "Party", true: "Candidate"}[kind], "Percentage", "Seats", "Last Election",
		} {
			value := values[k]
			if k == 0 {
				value = name
			}
			if value != "-" {
				lines = append(lines, fmt.Sprintf("%s%d: %s", key, i+1, value))
			}
		}
	}
	return strings.Join(lines, "\n")
}

func TestMeasures(t *testing.T) {
	for id, cases := range measureCases {
		for _, c := range cases {
			t.Run(id+"/"+c.name, func(t *testing.T) {
				e := judged((&checkCase{template: c.template, box: c.box}).page())
				m := measureOf(e, id)
				each := contenderMeasureOf(e, id)
				switch {
				case c.missing != "":
					if m != nil || each != nil {
						t.Fatalf("found %+v %v, expected none", m, each)
					}
					checkReason(t, e, c.missing)
				case c.each != nil:
					if diff := cmp.Diff(c.each, each, schemastest.Near); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
					for _, m := range slices.Concat(e.ContenderMeasures...) {
						if m.Name == id && m.Treatment != c.treatment {
							t.Errorf("treatment %s, expected %s", m.Treatment, c.treatment)
						}
					}
				case m == nil:
					t.Fatalf("there is none, expected %v; findings %+v", c.value, findingsOf(e, "measures"))
				default:
					var bounds []float64
					if m.Low != nil && m.High != nil {
						bounds = []float64{*m.Low, *m.High}
					}
					want := []any{c.value, c.bounds, c.treatment, c.open}
					got := []any{m.Value, bounds, m.Treatment, m.IsOpen}
					if diff := cmp.Diff(want, got, schemastest.Near); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
				}
			})
		}
	}
}

// checkReason fails if no finding gives the reason for which a measure is missing; "-" stands for none.
func checkReason(t *testing.T, e *schemas.Election, reason string) {
	t.Helper()
	found := findingsOf(e, "measures")
	isGiven := slices.ContainsFunc(found, func(f schemas.Finding) bool { return strings.Contains(f.Message, reason) })
	if !isGiven && reason != "-" {
		t.Errorf("findings %+v, expected %q in one", found, reason)
	}
}

// measureOf returns the measure of an election with an ID, nil if there is none.
func measureOf(e *schemas.Election, id string) *schemas.Measure {
	for i := range e.Measures {
		if e.Measures[i].Name == id {
			return &e.Measures[i]
		}
	}
	return nil
}

// contenderMeasureOf returns the value of each contender, NaN if it has none. It returns nil if no contender has one.
func contenderMeasureOf(e *schemas.Election, id string) (values []float64) {
	for _, m := range slices.Concat(e.ContenderMeasures...) {
		if m.Name == id {
			if values == nil {
				values = make([]float64, len(e.Contenders))
				for i := range values {
					values[i] = math.NaN()
				}
			}
			for i := range e.Contenders {
				if e.Contenders[i].Position == m.Position {
					values[i] = m.Value
				}
			}
		}
	}
	return values
}

// TestEveryMeasureHasCases holds that every measure has cases in which it is there and in which it is not, and that
// every treatment that a case expects is declared.
func TestEveryMeasureHasCases(t *testing.T) {
	ids := map[string]bool{}
	for _, m := range measureTable {
		ids[m.ID] = true
	}
	for _, m := range contenderMeasureTable {
		ids[m.ID] = true
	}
	if len(ids) != len(measureTable)+len(contenderMeasureTable) || len(ids) != len(measureCases) {
		t.Errorf("%d measures of elections and %d of contenders have %d IDs, and %d have cases",
			len(measureTable), len(contenderMeasureTable), len(ids), len(measureCases))
	}
	isDeclared := func(treatment string) bool {
		return slices.ContainsFunc(schemas.Treatments(), func(t schemas.Treatment) bool { return t.ID == treatment })
	}
	for id, cases := range measureCases {
		var there, missing int
		for _, c := range cases {
			if c.missing != "" {
				missing++
				continue
			}
			there++
			for treatment := range strings.SplitSeq(c.treatment, ", ") {
				if !isDeclared(treatment) {
					t.Errorf("%s: the treatment %q is not declared", id, treatment)
				}
			}
		}
		if !ids[id] || there == 0 || missing == 0 {
			t.Errorf("%s: %d cases where it is there and %d where it is missing: "+
				"expected some of each, and a measure of that ID", id, there, missing)
		}
	}
}

// TestPublishedIndices has the indices that scholars published of elections whose results are known as a whole, or as a
// box lists them: the winners of seats. Michael Gallagher, Election indices (Trinity College Dublin), has New Zealand
// 2011, the Netherlands 2012 and Sweden 2010. He knows more of the unlisted votes than a box says, so his figure lies
// between the bounds. The shares of the Netherlands and of Sweden are those of the valid votes, as their electoral
// authorities counted them and encyclopaedias print them (in Sweden 1,827,497 of 5,960,408 and so on). The indices by
// seats follow from the seats alone.
func TestPublishedIndices(t *testing.T) {
	for _, c := range []struct {
		name                  string
		box                   string
		votes, seats, squares float64 // effective parties by votes and by seats, least squares
	}{
		{name: "New Zealand 2011", box: `Seats For Election: 121
			Party1: National
			Votes1: 1058636
			Seats1: 59
			Party2: Labour
			Votes2: 614937
			Seats2: 34
			Party3: Green
			Votes3: 247372
			Seats3: 14
			Party4: New Zealand First
			Votes4: 147544
			Seats4: 8
			Party5: Conservative
			Votes5: 59237
			Seats5: 0
			Party6: Maori
			Votes6: 31982
			Seats6: 3
			Party7: Mana
			Votes7: 24168
			Seats7: 1
			Party8: ACT
			Votes8: 23889
			Seats8: 1
			Party9: United Future
			Votes9: 13443
			Seats9: 1
			Party10: Legalise Cannabis
			Votes10: 11738
			Party11: Democrats for Social Credit
			Votes11: 1714
			Party12: Libertarianz
			Votes12: 1595
			Party13: Alliance
			Votes13: 1209`, votes: 3.15, seats: 2.98, squares: 2.38},
		{
			name: "Netherlands 2012",
			box: ballot("150", "VVD 26.58 41", "PvdA 24.84 38", "PVV 10.08 15", "SP 9.65 15", "CDA 8.51 13",
				"D66 8.03 12", "CU 3.13 5", "GL 2.33 4", "SGP 2.09 3", "PvdD 1.93 2", "50Plus 1.88 2"),
			votes: 5.94, seats: 5.70, squares: 0.99,
		},
		{
			name: "Sweden 2010",
			box: ballot("349", "S 30.66 112", "M 30.06 107", "MP 7.34 25", "FP 7.06 24", "C 6.56 23", "SD 5.70 20",
				"V 5.60 19", "KD 5.60 19"),
			votes: 4.79, seats: 4.54, squares: 1.25,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged((&checkCase{box: c.box}).page())
			for id, published := range map[string]float64{
				"effective_parties_votes": c.votes, "effective_parties_seats": c.seats, "gallagher": c.squares,
			} {
				m := measureOf(e, id)
				if m == nil {
					t.Fatalf("there is no %s: %+v", id, findingsOf(e, "measures"))
				}
				low, high := m.Value, m.Value
				if m.Low != nil {
					low, high = *m.Low, *m.High
				}
				const printed = 0.005 // two decimals
				if published < low-printed || published > high+printed {
					t.Errorf("%s is %v, between %v and %v: published is %v", id, m.Value, low, high, published)
				}
				if c.name == "New Zealand 2011" && m.Low != nil {
					t.Errorf("%s has bounds, and nothing is open", id)
				}
			}
		})
	}
}
