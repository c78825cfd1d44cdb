package votingpower

import (
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// gameOf is a solved game of contenders with these seats; 0 for the quota is more than half.
func gameOf(quota int64, seats ...int64) *Game {
	var sum int64
	groups := make([]Group, len(seats))
	for i, n := range seats {
		groups[i] = Group{Position: i + 1, Seats: &n}
		sum += n
	}
	g := New(groups, sum)
	if quota > 0 {
		g.Quota = quota
	}
	g.Solve()
	return g
}

func (g *Game) indices(of func(*Game, int) (float64, bool)) []float64 {
	values := make([]float64, len(g.memberships))
	for i := range values {
		values[i], _ = of(g, i)
	}
	return values
}

// Games whose power is known from the literature: the Council of the European Economic Community of 1958
// and the Security Council of the United Nations, five members with a veto and ten without.
func TestKnownGames(t *testing.T) {
	council := []int64{7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	each := func(permanent, others float64) []float64 {
		return append(slices.Repeat([]float64{permanent}, 5), slices.Repeat([]float64{others}, 10)...)
	}
	for _, c := range []struct {
		name             string
		quota            int64
		weights          []int64
		banzhaf, shapley []float64
	}{
		{"EEC 1958", 12, []int64{4, 4, 4, 2, 2, 1}, []float64{5.0 / 21, 5.0 / 21, 5.0 / 21, 3.0 / 21, 3.0 / 21, 0}, []float64{14.0 / 60, 14.0 / 60, 14.0 / 60, 9.0 / 60, 9.0 / 60, 0}},
		{"United Nations", 39, council, each(106.0/635, 21.0/1270), each(421.0/2145, 4.0/2145)},
		{"a dictator", 6, []int64{6, 3, 2}, []float64{1, 0, 0}, []float64{1, 0, 0}},
		{"all are needed", 6, []int64{3, 2, 1}, []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}, []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}},
	} {
		g := gameOf(c.quota, c.weights...)
		if diff := gocmp.Diff(c.banzhaf, g.indices((*Game).Banzhaf), schemastest.Near); diff != "" {
			t.Errorf("%s, Banzhaf (-want +got):\n%s", c.name, diff)
		}
		if diff := gocmp.Diff(c.shapley, g.indices((*Game).ShapleyShubik), schemastest.Near); diff != "" {
			t.Errorf("%s, Shapley and Shubik (-want +got):\n%s", c.name, diff)
		}
	}
}

// listed is a game by listing every coalition.
type listed struct {
	swings    []int64
	pivots    []float64 // as a share of all orders
	coalition []schemas.Coalition
}

func list(quota int64, seats []int64) listed {
	m := len(seats)
	l := listed{swings: make([]int64, m), pivots: make([]float64, m)}
	factorial := func(n int) float64 { return math.Gamma(float64(n) + 1) }
	type ranked struct {
		schemas.Coalition
		smallest []int // its members' ranks in the chamber, from the smallest member
	}
	rank := make([]int, m)
	order := make([]int, m)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(seats[b], seats[a]) })
	for r, i := range order {
		rank[i] = r
	}
	var minimal []ranked
	for set := range uint(1) << m {
		var sum, least int64 = 0, math.MaxInt64
		var members, ranks []int
		for i, n := range seats {
			if set>>i&1 != 0 {
				sum += n
				least = min(least, n)
				members = append(members, i+1)
				ranks = append(ranks, rank[i])
			}
		}
		if sum < quota {
			continue
		}
		for i, n := range seats {
			if set>>i&1 != 0 && sum-n < quota {
				l.swings[i]++
				k := bits.OnesCount(set) - 1
				l.pivots[i] += factorial(k) * factorial(m-1-k) / factorial(m)
			}
		}
		if sum-least < quota {
			text, _ := json.Marshal(members)
			slices.SortFunc(ranks, func(a, b int) int { return b - a })
			minimal = append(minimal, ranked{schemas.Coalition{Size: len(members), Seats: sum, Members: string(text)}, ranks})
		}
	}
	slices.SortFunc(minimal, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.Size, b.Size), cmp.Compare(a.Seats, b.Seats), slices.Compare(a.smallest, b.smallest))
	})
	for _, r := range minimal {
		l.coalition = append(l.coalition, r.Coalition)
	}
	return l
}

// Counting by weight agrees with listing every coalition, for any game of up to 14 members.
func TestGamesAgreeWithListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats := rapid.SliceOfN(rapid.Int64Range(0, rapid.SampledFrom([]int64{1, 3, 20, 200}).Draw(t, "largest")), 1, 12).Draw(t, "seats")
		if rapid.IntRange(0, 20).Draw(t, "rare") == 0 {
			seats = append(seats, 7, 8)
		}
		var sum int64
		none := 0 // who has no seat is no member, and doubles what is listed
		for _, n := range seats {
			sum += n
			if n == 0 {
				none++
			}
		}
		if sum == 0 {
			return
		}
		quota := rapid.Int64Range(sum/2+1, sum).Draw(t, "quota")
		g, want := gameOf(quota, seats...), list(quota, seats)
		var total int64
		for i, n := range want.swings {
			n >>= none
			if got, _ := g.Swings(i); got != float64(n) {
				t.Fatalf("member %d has %v swings, expected %d", i+1, got, n)
			}
			if got, _ := g.ShapleyShubik(i); math.Abs(got-want.pivots[i]) > 1e-12 {
				t.Fatalf("member %d has Shapley and Shubik's index %v, expected %v", i+1, got, want.pivots[i])
			}
			total += n
		}
		if !g.swingsSum.IsInt64() || g.swingsSum.Int64() != total {
			t.Fatalf("%v swings in all, expected %d", &g.swingsSum, total)
		}
		if g.minimal.Int64() != int64(len(want.coalition)) || g.SmallestCoalition() != want.coalition[0].Size {
			t.Fatalf("%v minimal coalitions, the smallest of %d; expected %d of %d", &g.minimal, g.SmallestCoalition(), len(want.coalition), want.coalition[0].Size)
		}
		if diff := gocmp.Diff(want.coalition, g.Coalitions(1<<14)); diff != "" {
			t.Fatalf("coalitions (-want +got):\n%s", diff)
		}
		limit := rapid.IntRange(1, len(want.coalition)).Draw(t, "limit")
		if diff := gocmp.Diff(want.coalition[:limit], g.Coalitions(limit)); diff != "" {
			t.Fatalf("the first %d coalitions (-want +got):\n%s", limit, diff)
		}
	})
}

// counted is swings, pivots and minimal coalitions by polynomials of whole numbers without end, a table
// for each member that has all the others: what counting with several words must agree with.
func counted(quota int64, weights []int64) (swings, pivots []*big.Int) {
	type key struct {
		size  int
		seats int64
	}
	orders := ordersAround(len(weights))
	for i, own := range weights {
		table := map[key]*big.Int{{}: big.NewInt(1)}
		for j, w := range weights {
			if j == i {
				continue
			}
			next := map[key]*big.Int{}
			for k, n := range table {
				for _, to := range []key{k, {k.size + 1, k.seats + w}} {
					if next[to] == nil {
						next[to] = new(big.Int)
					}
					next[to].Add(next[to], n)
				}
			}
			table = next
		}
		swing, pivot := new(big.Int), new(big.Int)
		for k, n := range table {
			if k.seats < quota && k.seats+own >= quota {
				swing.Add(swing, n)
				pivot.Add(pivot, new(big.Int).Mul(n, &orders[k.size]))
			}
		}
		swings, pivots = append(swings, swing), append(pivots, pivot)
	}
	return swings, pivots
}

// Beyond 63 members a count takes several words.
func TestGamesOfManyMembers(t *testing.T) {
	t.Run("equal", func(t *testing.T) {
		const m = 140
		g := gameOf(0, slices.Repeat([]int64{1}, m)...)
		choose := func(n, k int64) *big.Int { return new(big.Int).Binomial(n, k) }
		if want := choose(m-1, m/2); g.swings[0].Cmp(want) != 0 || g.swings[m-1].Cmp(want) != 0 {
			t.Errorf("%v swings, expected %v", &g.swings[0], want)
		}
		if want := choose(m, m/2+1); g.minimal.Cmp(want) != 0 {
			t.Errorf("%v minimal coalitions, expected %v", &g.minimal, want)
		}
		if power, _ := g.ShapleyShubik(7); math.Abs(power-1.0/m) > 1e-15 {
			t.Errorf("power %v, expected %v", power, 1.0/m)
		}
		if n := len(g.Coalitions(MaxCoalitions)); n != MaxCoalitions {
			t.Errorf("%d coalitions are listed, expected %d", n, MaxCoalitions)
		}
	})
	t.Run("unequal", func(t *testing.T) {
		var seats []int64
		for i := range int64(67) {
			seats = append(seats, 5-(i*i)%5)
		}
		g := gameOf(0, seats...)
		swings, pivots := counted(g.Quota, g.weights)
		for i := range g.weights {
			if g.swings[i].Cmp(swings[i]) != 0 || g.pivots[i].Cmp(pivots[i]) != 0 {
				t.Fatalf("member %d: %v swings and %v pivots, expected %v and %v", i+1, &g.swings[i], &g.pivots[i], swings[i], pivots[i])
			}
		}
	})
}

// A box can claim any number of contenders and of seats; what it takes stays within the bound.
func TestHostileGames(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	for name, g := range map[string]*Game{
		"400 of many seats":        New(slices.Repeat([]Group{{Seats: n(2_000_000_000)}}, 400), 800_000_000_000),
		"4000 of one seat":         New(slices.Repeat([]Group{{Seats: n(1)}}, 4000), 4000),
		"independents without end": New([]Group{{Seats: n(math.MaxInt32), Apart: true}}, math.MaxInt32),
		"one of many seats":        New([]Group{{Seats: n(math.MaxInt32)}}, math.MaxInt32),
	} {
		if !g.TooLarge() || len(g.weights) != 0 {
			t.Errorf("%s: a game of %d members was made", name, len(g.weights))
		}
	}
}
