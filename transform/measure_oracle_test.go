package transform

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strings"
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
	last          []int // seats at the last election
	lastShares    []int // hundredths of a percent of the votes then
	lastRest      int   // of those that the box does not list
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
	e.last = splitWhole(t, rapid.IntRange(1, 150).Draw(t, "last chamber"), n, "last")
	e.lastRest = rapid.SampledFrom([]int{0, 30, 51, 120, 2000}).Draw(t, "last rest")
	e.lastShares = splitWhole(t, 10_000-e.lastRest, n, "last shares")
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
		add("Last Election%d: %d seats, %s", key, e.last[i], share(e.lastShares[i]))
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

// expected returns the measures by fractions without rounding, as value, low and high, and those of contenders as a
// value of each: by votes those of the first round, which a run-off alone does not tell, and by votes and seats those
// of the seats that these votes filled.
func (e *roundsElection) expected() map[string][]float64 {
	all := map[string][]float64{}
	n := len(e.first)
	counts, whole := e.won, e.part
	if e.seats == heldAfterPart {
		counts, whole = e.held, e.chamber
	}
	seats := percentages(counts, whole)
	if e.seats != wonInPart { // the game of forming a majority needs the whole chamber
		addPower(all, counts)
	}
	if e.seats == wonInWhole {
		addSeatVolatility(all, counts, e.last)
	}
	if e.votes == oneRound { // of which round the shares at the last election are is not known
		e.addVoteVolatility(all)
	}
	all["seat_share"] = floats(seats)
	seatSquares := sumOf(n, func(i int) *big.Rat { return times(seats[i], seats[i]) })
	all["effective_parties_seats"] = []float64{quotient(big.NewRat(10_000, 1), seatSquares)}
	all["fractionalisation_seats"] = []float64{1 - asFloat(seatSquares)/10_000}
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
	hundredSquared := big.NewRat(10_000, 1)
	withBounds := func(value float64, bounds ...float64) []float64 {
		if rest.Sign() == 0 {
			return []float64{value}
		}
		return append([]float64{value}, bounds...)
	}
	all["effective_parties_votes"] = withBounds(quotient(hundredSquared, plus(squares, times(rest, least))),
		quotient(hundredSquared, plus(squares, times(rest, rest))), quotient(hundredSquared, squares))
	all["fractionalisation_votes"] = withBounds(1-asFloat(plus(squares, times(rest, least)))/10_000,
		1-asFloat(plus(squares, times(rest, rest)))/10_000, 1-asFloat(squares)/10_000)
	all["vote_share"] = floats(votes)
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
	all["gallagher_rescaled"] = []float64{root(sumOf(n, func(i int) *big.Rat {
		rescaled := times(votes[i], new(big.Rat).Quo(big.NewRat(100, 1), listed))
		gap := new(big.Rat).Sub(rescaled, seats[i])
		return times(gap, gap)
	}))}
	all["rae_index"] = withBounds(rae,
		min(rae, asFloat(deviations)/(parties+unlisted)),
		max(rae, (asFloat(deviations)+asFloat(rest))/(parties+1)))
	return all
}

// floats returns fractions as floats.
func floats(all []*big.Rat) (values []float64) {
	for _, r := range all {
		values = append(values, asFloat(r))
	}
	return values
}

// addPower adds the measures of the game of forming a majority, by trying every coalition and every order of joining.
func addPower(all map[string][]float64, seats []int) {
	n, chamber := len(seats), 0
	var held []int // of those with seats
	var place []int
	for i, s := range seats {
		chamber += s
		if s > 0 {
			held, place = append(held, s), append(place, i)
		}
	}
	wins := func(coalition uint) bool {
		sum := 0
		for i, s := range held {
			if coalition>>i&1 == 1 {
				sum += s
			}
		}
		return 2*sum > chamber
	}
	swings, pivots := make([]float64, n), make([]float64, n)
	minimal, smallest, total := 0.0, n, 0.0
	for coalition := range uint(1) << len(held) {
		if !wins(coalition) {
			continue
		}
		isMinimal := true
		for i := range held {
			if coalition>>i&1 == 0 {
				continue
			}
			if without := coalition &^ (1 << i); !wins(without) {
				swings[place[i]]++
				total++
				pivots[place[i]] += 1 / ways(len(held), bits.OnesCount(without))
			} else {
				isMinimal = false
			}
		}
		if isMinimal {
			minimal++
		}
		smallest = min(smallest, bits.OnesCount(coalition))
	}
	share, absolute := make([]float64, n), make([]float64, n)
	for i := range swings {
		share[i], absolute[i] = swings[i]/total, swings[i]/float64(uint(1)<<(len(held)-1))
	}
	all["banzhaf"], all["banzhaf_absolute"], all["banzhaf_swings"] = share, absolute, swings
	all["shapley_shubik"], all["banzhaf_total_swings"] = pivots, []float64{total}
	all["minimal_winning_coalitions"], all["smallest_winning_coalition"] = []float64{minimal}, []float64{float64(smallest)}
}

// ways returns n × (n − 1 over k): one in so many orders of joining of n members has k given ones before a given one,
// and the others behind it.
func ways(n, k int) float64 {
	return float64(n) * asFloat(new(big.Rat).SetInt(new(big.Int).Binomial(int64(n-1), int64(k))))
}

// addSeatVolatility adds the volatility by seats of a chamber that is renewed as a whole. If it was smaller, the rest
// is that of parties that are gone.
func addSeatVolatility(all map[string][]float64, now, last []int) {
	sumNow, sumLast := 0, 0
	for i := range now {
		sumNow, sumLast = sumNow+now[i], sumLast+last[i]
	}
	changes := func(lastSize int) *big.Rat {
		a, b := percentages(now, sumNow), percentages(last, lastSize)
		return sumOf(len(now), func(i int) *big.Rat {
			d := new(big.Rat).Sub(a[i], b[i])
			return d.Abs(d)
		})
	}
	size := max(sumNow, sumLast)
	listed := asFloat(changes(size)) / 2
	gone := 100 * float64(size-sumLast) / float64(size)
	all["seat_volatility_listed"] = []float64{listed}
	all["seat_volatility"] = []float64{listed + gone/2}
	if sumLast < sumNow {
		value := listed + gone/2
		all["seat_volatility"] = []float64{value, min(value, asFloat(changes(sumLast))/2), value}
	}
}

// addVoteVolatility adds the volatility by votes. The rest of either election is of one party, or of different ones.
func (e *roundsElection) addVoteVolatility(all map[string][]float64) {
	changes := 0
	for i := range e.first {
		changes += max(e.first[i]-e.lastShares[i], e.lastShares[i]-e.first[i])
	}
	rest, gone := e.rest, e.lastRest
	if rest <= halfPercent {
		rest = 0
	}
	if gone <= halfPercent {
		gone = 0
	}
	low, high := float64(changes+max(rest-gone, gone-rest))/200, float64(changes+rest+gone)/200
	all["vote_volatility"] = []float64{low}
	if low < high {
		all["vote_volatility"] = []float64{low, low, high}
	}
}

// measureIDs returns the IDs of all measures, of elections and of contenders.
func measureIDs() (ids []string) {
	for _, k := range Measures() {
		ids = append(ids, k.ID)
	}
	for _, k := range ContenderMeasures() {
		ids = append(ids, k.ID)
	}
	return ids
}

// found returns a measure of an election as value, low and high, and one of contenders as a value of each.
func found(t *rapid.T, e *schemas.Election, id string) []float64 {
	m := measureOf(e, id)
	if m == nil {
		return contenderMeasureOf(e, id)
	}
	got := []float64{m.Value}
	if m.Low != nil {
		got = append(got, *m.Low, *m.High)
	}
	isOpen := id == "vote_volatility" && len(got) == 3 && got[2]-got[1] > 2
	if m.IsOpen != isOpen {
		t.Fatalf("that %s has no value is %t", id, m.IsOpen)
	}
	return got
}

// TestMeasuresOfRoundsAndBases compares the measures with those that are computed here, without the program's code and
// without rounding, for every way in which a box gives the votes of rounds and the seats of a part.
func TestMeasuresOfRoundsAndBases(t *testing.T) {
	seen, met := map[[2]int]bool{}, map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawRoundsElection(t)
		seen[[2]int{drawn.votes, drawn.seats}] = true
		e := judged((&checkCase{template: schemas.GeneralBox, box: drawn.box()}).page())
		want := drawn.expected()
		for _, id := range measureIDs() {
			got := found(t, e, id)
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
			met[id] = met[id] || len(got) > 0
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
	for _, id := range measureIDs() { // there are no independents
		if !met[id] && !strings.HasSuffix(id, "_independents_alone") {
			t.Errorf("%s was never computed", id)
		}
	}
	if len(seen) < waysOfVotes*waysOfSeats {
		t.Errorf("%d of %d ways were drawn", len(seen), waysOfVotes*waysOfSeats)
	}
}
