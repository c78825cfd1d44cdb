package transform

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

// The ways in which a drawn box gives votes, and those in which it gives seats.
const (
	oneRound = iota
	bothRoundsInOneField
	firstRoundInRows
	runOffAlone
	waysOfVotes
)

const (
	wonInWhole = iota
	wonInPart
	heldAfterPart
	waysOfSeats
)

// roundsElection is an election of which the whole result is known, and how a box gives it.
type roundsElection struct {
	votes, seats  int // the ways
	first         []int
	second        int // hundredths of a percent of the first contender in the second round; the second has the others
	rest          int // hundredths of a percent of the votes that the box does not list
	won, held     []int
	chamber, part int
}

func drawRoundsElection(t *rapid.T) *roundsElection {
	e := &roundsElection{
		votes:  rapid.IntRange(0, waysOfVotes-1).Draw(t, "way of votes"),
		seats:  rapid.IntRange(0, waysOfSeats-1).Draw(t, "way of seats"),
		second: rapid.IntRange(5001, 10_000).Draw(t, "second round"),
		rest:   rapid.SampledFrom([]int{0, 30, 49, 51, 700, 3000}).Draw(t, "rest"),
		part:   rapid.IntRange(1, 100).Draw(t, "part"),
	}
	n := rapid.IntRange(2, 6).Draw(t, "contenders")
	e.chamber = e.part + rapid.IntRange(1, 200).Draw(t, "others")
	e.first = splitWhole(t, 10_000-e.rest, n, "shares")
	e.won, e.held = splitWhole(t, e.part, n, "won"), splitWhole(t, e.chamber, n, "held")
	return e
}

// box returns the lines of the box.
func (e *roundsElection) box() (box string) {
	add := func(format string, a ...any) { box += fmt.Sprintf(format, a...) + "\n" }
	share := func(hundredths int) string { return fmt.Sprintf("%d.%02d%%", hundredths/100, hundredths%100) }
	if e.votes == runOffAlone {
		add("Election Date: 2 May 2010 (first round) 16 May 2010 (second round)")
	}
	if e.votes == firstRoundInRows {
		add("1blank: First round")
	}
	phrase := fmt.Sprintf("%d of the %d seats in the House", e.part, e.chamber)
	if e.seats == wonInWhole {
		phrase = fmt.Sprintf("All %d seats", e.part)
	}
	add("Seats For Election: %s", phrase)
	for i := range e.first {
		key := i + 1
		second := map[int]string{0: share(e.second), 1: share(10_000 - e.second)}[i]
		add("Candidate%d: P%d", key, key)
		switch e.votes {
		case oneRound:
			add("Percentage%d: %s", key, share(e.first[i]))
		case bothRoundsInOneField:
			if second != "" {
				second += " (second round)"
			}
			add("Percentage%d: %s (first round) %s", key, share(e.first[i]), second)
		case firstRoundInRows:
			add("1data%d: %s", key, share(e.first[i]))
			add("Percentage%d: %s", key, second)
		case runOffAlone:
			add("Percentage%d: %s", key, second)
		}
		if e.seats == heldAfterPart {
			add("Seats After%d: %d", key, e.held[i])
		} else {
			add("Seats%d: %d", key, e.won[i])
		}
	}
	return box[:len(box)-1]
}

// halfPercent is the share from which on Rae counts a party, in hundredths of a percent.
const halfPercent = 50

// countedParties returns how many of some shares are those of parties that Rae counts.
func countedParties(hundredths []int) (n int) {
	for _, share := range hundredths {
		if share >= halfPercent {
			n++
		}
	}
	return n
}

// percentages returns whole numbers as shares of a sum, in percent.
func percentages(numbers []int, whole int) (shares []*big.Rat) {
	for _, n := range numbers {
		shares = append(shares, big.NewRat(int64(100*n), int64(whole)))
	}
	return shares
}

func plus(a, b *big.Rat) *big.Rat  { return new(big.Rat).Add(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

// sumOf returns the sum of what of makes of each of some indices.
func sumOf(n int, of func(i int) *big.Rat) *big.Rat {
	sum := new(big.Rat)
	for i := range n {
		sum = plus(sum, of(i))
	}
	return sum
}

func asFloat(r *big.Rat) float64 { f, _ := r.Float64(); return f }

// quotient returns a quotient as a float.
func quotient(a, b *big.Rat) float64 { return asFloat(new(big.Rat).Quo(a, b)) }

// expected returns the measures by fractions without rounding, as value, low and high: by votes those of the first
// round, which a run-off alone does not tell, and by votes and seats those of the seats that these votes filled.
func (e *roundsElection) expected() map[string][]float64 {
	all := map[string][]float64{}
	n := len(e.first)
	seats := percentages(e.won, e.part)
	if e.seats == heldAfterPart {
		seats = percentages(e.held, e.chamber)
	}
	seatSquares := sumOf(n, func(i int) *big.Rat { return times(seats[i], seats[i]) })
	all["effective_parties_seats"] = []float64{quotient(big.NewRat(10_000, 1), seatSquares)}
	largest := 0
	for i := range seats {
		if seats[i].Cmp(seats[largest]) > 0 {
			largest = i
		}
	}
	all["largest_group_share"] = []float64{asFloat(seats[largest])}
	if e.votes == runOffAlone {
		return all
	}
	votes := percentages(e.first, 10_000)
	rest := big.NewRat(int64(e.rest), 100)
	if e.rest <= halfPercent { // half a point is none
		rest = new(big.Rat)
	}
	squares := sumOf(n, func(i int) *big.Rat { return times(votes[i], votes[i]) })
	listed := sumOf(n, func(i int) *big.Rat { return votes[i] })
	least := rest
	for _, v := range votes {
		if v.Sign() > 0 && v.Cmp(least) < 0 {
			least = v
		}
	}
	whole := big.NewRat(10_000, 1)
	withBounds := func(value float64, bounds ...float64) []float64 {
		if rest.Sign() == 0 {
			return []float64{value}
		}
		return append([]float64{value}, bounds...)
	}
	all["effective_parties_votes"] = withBounds(quotient(whole, plus(squares, times(rest, least))),
		quotient(whole, plus(squares, times(rest, rest))), quotient(whole, squares))
	all["effective_parties_votes_rescaled"] = []float64{quotient(times(listed, listed), squares)}
	if e.seats == heldAfterPart {
		return all
	}
	if votes[largest].Sign() > 0 {
		all["largest_group_advantage"] = []float64{quotient(seats[largest], votes[largest])}
	}
	gap := func(i int) *big.Rat { return new(big.Rat).Sub(votes[i], seats[i]) }
	deviations := new(big.Rat)
	for i := range votes {
		if e.first[i] >= halfPercent {
			deviations = plus(deviations, new(big.Rat).Abs(gap(i)))
		}
	}
	parties := float64(countedParties(e.first))
	if parties == 0 {
		return all
	}
	gaps := sumOf(n, func(i int) *big.Rat { return times(gap(i), gap(i)) })
	root := func(squares *big.Rat) float64 { return math.Sqrt(asFloat(squares) / 2) }
	most := root(plus(gaps, times(rest, rest)))
	all["gallagher"] = withBounds(most, root(gaps), most)
	absolute := sumOf(n, func(i int) *big.Rat { return new(big.Rat).Abs(gap(i)) })
	half := asFloat(plus(absolute, rest)) / 2
	all["loosemore_hanby"] = withBounds(half, half, half)
	all["loosemore_hanby_listed"] = []float64{asFloat(absolute) / 2}
	rae, unlisted := asFloat(deviations)/parties, float64(e.rest/halfPercent)
	all["rae_index"] = withBounds(rae,
		min(rae, asFloat(deviations)/(parties+unlisted)),
		max(rae, (asFloat(deviations)+asFloat(rest))/(parties+1)))
	return all
}

// TestMeasuresOfRoundsAndBases compares the measures with those that are computed here, without the program's code and
// without rounding, for every way in which a box gives the votes of rounds and the seats of a part.
func TestMeasuresOfRoundsAndBases(t *testing.T) {
	seen := map[[2]int]bool{}
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawRoundsElection(t)
		seen[[2]int{drawn.votes, drawn.seats}] = true
		e := judged((&checkCase{template: schemas.GeneralBox, box: drawn.box()}).page())
		want := drawn.expected()
		for _, id := range []string{
			"effective_parties_votes", "effective_parties_votes_rescaled", "effective_parties_seats", "gallagher",
			"loosemore_hanby", "loosemore_hanby_listed", "rae_index", "largest_group_share", "largest_group_advantage",
		} {
			var got []float64
			if m := measureOf(e, id); m != nil {
				if got = []float64{m.Value}; m.Low != nil {
					got = append(got, *m.Low, *m.High)
				}
			}
			if id == "rae_index" && len(got) == 3 && len(want[id]) == 3 {
				// The least is a bound with or without the half percent that each unlisted party has at least: whether
				// no seat is left for them depends on the rounding of the sum of the shares of seats.
				unlisted := drawn.rest / halfPercent
				tight := want[id][1] + float64(unlisted)/2/float64(countedParties(drawn.first)+unlisted)
				if got[1] < want[id][1]-1e-8 || got[1] > tight+1e-8 {
					t.Fatalf("the least of rae_index is %v, expected %v to %v", got[1], want[id][1], tight)
				}
				got[1] = want[id][1]
			}
			if diff := cmp.Diff(want[id], got, schemastest.Near); diff != "" {
				t.Fatalf("%s of\n%s\n(-want +got):\n%s", id, drawn.box(), diff)
			}
		}
		decisive := map[int]int{oneRound: 0, runOffAlone: 2, bothRoundsInOneField: 2, firstRoundInRows: 2}[drawn.votes]
		isFirst := drawn.votes == firstRoundInRows && drawn.first[0] == drawn.second && drawn.first[1] == 10_000-drawn.second
		if e.Contenders[0].Round != decisive && !isFirst {
			t.Fatalf("the votes are of round %d, expected %d:\n%s", e.Contenders[0].Round, decisive, drawn.box())
		}
	})
	if len(seen) < waysOfVotes*waysOfSeats {
		t.Errorf("%d of %d ways were drawn", len(seen), waysOfVotes*waysOfSeats)
	}
}
