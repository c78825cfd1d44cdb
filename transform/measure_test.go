package transform

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// measureCase is one box and what one measure is of it: a value with its treatment and, where bounded,
// its bounds; of contenders, a value each by position, NaN where there is none. Where lacks is set there is
// no measure, and it is a part of the reason.
type measureCase struct {
	name      string
	template  string
	box       string
	value     float64
	bounds    []float64 // low and high, or none
	each      []float64
	treatment string
	lacks     string // "-" where nothing need be said
}

// measureCases is the cases of every measure, by ID.
var measureCases = map[string][]measureCase{
	"effective_parties_votes": effectivePartiesVotesCases, "effective_parties_votes_rescaled": effectivePartiesVotesRescaledCases,
	"effective_parties_seats": effectivePartiesSeatsCases, "fractionalisation_votes": fractionalisationVotesCases,
	"fractionalisation_seats": fractionalisationSeatsCases, "gallagher": gallagherCases, "gallagher_rescaled": gallagherRescaledCases,
	"loosemore_hanby": loosemoreHanbyCases, "loosemore_hanby_listed": loosemoreHanbyListedCases, "rae_index": raeIndexCases,
	"seat_volatility": seatVolatilityCases, "seat_volatility_listed": seatVolatilityListedCases,
	"largest_group_share": largestGroupShareCases, "largest_group_advantage": largestGroupAdvantageCases,
	"minimal_winning_coalitions": minimalWinningCoalitionsCases, "minimal_winning_coalitions_independents_alone": minimalWinningCoalitionsAloneCases,
	"smallest_winning_coalition": smallestWinningCoalitionCases, "banzhaf_total_swings": banzhafTotalSwingsCases,
	"vote_share": voteShareCases, "seat_share": seatShareCases,
	"banzhaf": votingPowerCases["banzhaf"], "banzhaf_absolute": votingPowerCases["banzhaf_absolute"],
	"banzhaf_swings": votingPowerCases["banzhaf_swings"], "shapley_shubik": votingPowerCases["shapley_shubik"],
	"banzhaf_independents_alone":        votingPowerCases["banzhaf_independents_alone"],
	"shapley_shubik_independents_alone": votingPowerCases["shapley_shubik_independents_alone"],
}

// ballot is the lines of a box: the phrase on seats, then a contender each as `name share seats last`, with
// - for what is not stated. A name that ends in * is that of a candidate.
func ballot(seats string, contenders ...string) string {
	lines := []string{"Seats For Election: " + seats}
	if seats == "" {
		lines = nil
	}
	for i, c := range contenders {
		values := append(strings.Fields(c), "-", "-", "-")
		name, kind := strings.CutSuffix(values[0], "*")
		for k, key := range []string{map[bool]string{false: "Party", true: "Candidate"}[kind], "Percentage", "Seats", "Last Election"} {
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
				if c.lacks != "" {
					if m != nil || each != nil {
						t.Fatalf("found %+v %v, expected none", m, each)
					}
					said := false
					for _, f := range findingsOf(e, "measures") {
						said = said || strings.Contains(f.Message, c.lacks)
					}
					if !said && c.lacks != "-" {
						t.Errorf("findings %+v, expected %q in one", findingsOf(e, "measures"), c.lacks)
					}
					return
				}
				if c.each != nil {
					if diff := cmp.Diff(c.each, each, schemastest.Near); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
					for _, m := range e.ContenderMeasures {
						if m.Name == id && m.Treatment != c.treatment {
							t.Errorf("treatment %s, expected %s", m.Treatment, c.treatment)
						}
					}
					return
				}
				if m == nil {
					t.Fatalf("there is none, expected %v; findings %+v", c.value, findingsOf(e, "measures"))
				}
				var bounds []float64
				if m.Low != nil && m.High != nil {
					bounds = []float64{*m.Low, *m.High}
				}
				if diff := cmp.Diff([]any{c.value, c.bounds, c.treatment}, []any{m.Value, bounds, m.Treatment}, schemastest.Near); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

func measureOf(e *schemas.Election, id string) *schemas.Measure {
	for i := range e.Measures {
		if e.Measures[i].Name == id {
			return &e.Measures[i]
		}
	}
	return nil
}

// contenderMeasureOf is a value for each contender, NaN where it has none; nil where no contender has one.
func contenderMeasureOf(e *schemas.Election, id string) (values []float64) {
	for _, m := range e.ContenderMeasures {
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

// Every measure has cases in which it is there and in which it is not, and every treatment that a case
// expects is declared.
func TestEveryMeasureHasCases(t *testing.T) {
	ids := map[string]bool{}
	for _, m := range measureTable {
		ids[m.ID] = true
	}
	for _, m := range contenderMeasureTable {
		ids[m.ID] = true
	}
	if len(ids) != len(measureTable)+len(contenderMeasureTable) || len(ids) != len(measureCases) {
		t.Errorf("%d measures of elections and %d of contenders have %d IDs, and %d have cases", len(measureTable), len(contenderMeasureTable), len(ids), len(measureCases))
	}
	for id, cases := range measureCases {
		var there, lacking int
		for _, c := range cases {
			if c.lacks != "" {
				lacking++
				continue
			}
			there++
			for treatment := range strings.SplitSeq(c.treatment, ", ") {
				known := false
				for _, one := range schemas.Treatments() {
					known = known || one.ID == treatment
				}
				if !known {
					t.Errorf("%s: the treatment %q is not declared", id, treatment)
				}
			}
		}
		if !ids[id] || there == 0 || lacking == 0 {
			t.Errorf("%s: %d cases where it is there and %d where it is lacking: expected some of each, and a measure of that ID", id, there, lacking)
		}
	}
}

// The indices that scholars published of elections whose results are known whole, or as a box lists them:
// the winners of seats. Michael Gallagher, Election indices (Trinity College Dublin), has New Zealand 2011,
// the Netherlands 2012 and Sweden 2010; he knows more of the unlisted votes than a box says, so that his
// figure lies between the bounds. The shares of the Netherlands and of Sweden are those of the valid votes, as
// their electoral authorities counted them and encyclopaedias print them (of Sweden 1,827,497 of 5,960,408 and so
// on); the indices by seats follow from the seats alone.
func TestPublishedIndices(t *testing.T) {
	for _, c := range []struct {
		name                  string
		box                   string
		votes, seats, squares float64 // effective parties by votes and by seats, least squares
	}{
		{"New Zealand 2011", `Seats For Election: 121
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
			Votes13: 1209`, 3.15, 2.98, 2.38},
		{"Netherlands 2012", ballot("150", "VVD 26.58 41", "PvdA 24.84 38", "PVV 10.08 15", "SP 9.65 15", "CDA 8.51 13", "D66 8.03 12",
			"CU 3.13 5", "GL 2.33 4", "SGP 2.09 3", "PvdD 1.93 2", "50Plus 1.88 2"), 5.94, 5.70, 0.99},
		{"Sweden 2010", ballot("349", "S 30.66 112", "M 30.06 107", "MP 7.34 25", "FP 7.06 24", "C 6.56 23", "SD 5.70 20", "V 5.60 19", "KD 5.60 19"),
			4.79, 4.54, 1.25},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := judged((&checkCase{box: c.box}).page())
			for id, published := range map[string]float64{"effective_parties_votes": c.votes, "effective_parties_seats": c.seats, "gallagher": c.squares} {
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
