package votingpower

import (
	"cmp"
	"errors"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// groupsOf returns groups with these seats, numbered from 1.
func groupsOf(seats ...int64) []Group {
	groups := make([]Group, len(seats))
	for i, n := range seats {
		groups[i] = Group{Position: i + 1, Seats: &n}
	}
	return groups
}

// gameOf returns the game of groups with these seats, which win from the quota on.
func gameOf(t rapid.TB, quota int64, seats ...int64) *Game {
	g, err := newGame(groupsOf(seats...), quota)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// indices returns an index of each group.
func (g *Game) indices(index func(*Game, int) (float64, bool)) []float64 {
	values := make([]float64, len(g.memberships))
	for i := range values {
		values[i], _ = index(g, i)
	}
	return values
}

// TestKnownGames has games whose power is known from the literature: the Council of the European Economic Community of
// 1958 and the Security Council of the United Nations, five members with a veto and ten without.
func TestKnownGames(t *testing.T) {
	council := []int64{7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	each := func(permanent, others float64) []float64 {
		return append(slices.Repeat([]float64{permanent}, 5), slices.Repeat([]float64{others}, 10)...)
	}
	third := 1.0 / 3
	for _, c := range []struct {
		name             string
		quota            int64
		weights          []int64
		banzhaf, shapley []float64
	}{
		{
			name: "EEC 1958", quota: 12, weights: []int64{4, 4, 4, 2, 2, 1},
			banzhaf: []float64{5.0 / 21, 5.0 / 21, 5.0 / 21, 3.0 / 21, 3.0 / 21, 0},
			shapley: []float64{14.0 / 60, 14.0 / 60, 14.0 / 60, 9.0 / 60, 9.0 / 60, 0},
		},
		{
			name: "United Nations", quota: 39, weights: council,
			banzhaf: each(106.0/635, 21.0/1270), shapley: each(421.0/2145, 4.0/2145),
		},
		{
			name: "a dictator", quota: 6, weights: []int64{6, 3, 2},
			banzhaf: []float64{1, 0, 0}, shapley: []float64{1, 0, 0},
		},
		{
			name: "all are needed", quota: 6, weights: []int64{3, 2, 1},
			banzhaf: []float64{third, third, third}, shapley: []float64{third, third, third},
		},
	} {
		g := gameOf(t, c.quota, c.weights...)
		if diff := gocmp.Diff(c.banzhaf, g.indices((*Game).Banzhaf), schemastest.Near); diff != "" {
			t.Errorf("%s, Banzhaf (-want +got):\n%s", c.name, diff)
		}
		if diff := gocmp.Diff(c.shapley, g.indices((*Game).ShapleyShubik), schemastest.Near); diff != "" {
			t.Errorf("%s, Shapley and Shubik (-want +got):\n%s", c.name, diff)
		}
	}
}

// listedGame is what listing every coalition of a game finds.
type listedGame struct {
	swings    []int64
	pivots    []float64 // as a share of all orders
	coalition []schemas.Coalition
}

func listGame(quota int64, seats []int64) listedGame {
	m := len(seats)
	l := listedGame{swings: make([]int64, m), pivots: make([]float64, m)}
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
		var members []int32
		var ranks []int
		for i, n := range seats {
			if set>>i&1 != 0 {
				sum += n
				least = min(least, n)
				members = append(members, int32(i+1))
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
			slices.SortFunc(ranks, func(a, b int) int { return b - a })
			coalition := schemas.Coalition{Size: len(members), Seats: sum, Members: members}
			minimal = append(minimal, ranked{coalition, ranks})
		}
	}
	slices.SortFunc(minimal, func(a, b ranked) int {
		return cmp.Or(
			cmp.Compare(a.Size, b.Size), cmp.Compare(a.Seats, b.Seats), slices.Compare(a.smallest, b.smallest))
	})
	for _, r := range minimal {
		l.coalition = append(l.coalition, r.Coalition)
	}
	return l
}

// TestGamesAgreeWithListing compares counting by weight with listing every coalition, for games of up to 14 members.
func TestGamesAgreeWithListing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		largest := rapid.SampledFrom([]int64{1, 3, 20, 200}).Draw(t, "largest")
		seats := rapid.SliceOfN(rapid.Int64Range(0, largest), 1, 12).Draw(t, "seats")
		if rapid.IntRange(0, 20).Draw(t, "rare") == 0 {
			seats = append(seats, 7, 8)
		}
		var sum int64
		none := 0 // groups without a seat: they are no members, and each doubles the coalitions that are listed
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
		g, want := gameOf(t, quota, seats...), listGame(quota, seats)
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
		if g.TotalSwings() != float64(total) {
			t.Fatalf("%v swings in all, expected %d", g.TotalSwings(), total)
		}
		if g.CoalitionCount() != float64(len(want.coalition)) {
			t.Fatalf("%v minimal coalitions, expected %d", g.CoalitionCount(), len(want.coalition))
		}
		if n := smallestCoalition(groupsOf(seats...), quota); n != int64(want.coalition[0].Size) {
			t.Fatalf("the smallest coalition has %d members, expected %d", n, want.coalition[0].Size)
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

// countGame returns swings and pivots by polynomials of unbounded integers, with a table of all other members for each
// member. Counting with several words must agree with it.
func countGame(quota int64, weights []int64) (swings, pivots []*big.Int) {
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

// TestSmallGamesAgreeWithLargeOnes solves games with figures of 64 bits and with figures of any size: every figure must
// have the same bits.
func TestSmallGamesAgreeWithLargeOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		largest := rapid.SampledFrom([]int64{1, 3, 20, 100}).Draw(t, "largest")
		seats := rapid.SliceOfN(rapid.Int64Range(1, largest), 1, maxSmallMembers).Draw(t, "seats")
		var sum int64
		for _, n := range seats {
			sum += n
		}
		quota := rapid.Int64Range(sum/2+1, sum).Draw(t, "quota")
		groups := groupsOf(seats...)
		if apart := rapid.IntRange(0, len(seats)-1).Draw(t, "apart"); len(seats)+int(seats[apart]) <= maxSmallMembers {
			groups[apart].Apart = true
		}
		small, err := newGame(groups, quota)
		if err != nil {
			t.Skip("the game is too large")
		}
		if small.small == nil {
			t.Fatalf("a game of %d members is not small", small.Members())
		}
		large := *small
		large.small = nil
		large.solve()
		figures := func(g *Game) []float64 {
			all := []float64{g.TotalSwings(), g.CoalitionCount()}
			for i := range groups {
				for _, figure := range []func(int) (float64, bool){
					g.Banzhaf, g.BanzhafAbsolute, g.Swings, g.ShapleyShubik,
				} {
					value, _ := figure(i)
					all = append(all, value)
				}
			}
			return all
		}
		if diff := gocmp.Diff(figures(&large), figures(small)); diff != "" {
			t.Fatalf("(-any size +64 bits):\n%s", diff)
		}
	})
}

// TestOrderUnits expects that the units of the largest small game are exact, and that they do not fit beyond it.
func TestOrderUnits(t *testing.T) {
	for members := 1; members <= maxSmallMembers; members++ {
		units, orders := orderUnits(members)
		exact := ordersAround(members)
		for k := range units {
			// units[k] / orders = exact[k] / members!
			left := new(big.Int).Mul(new(big.Int).SetUint64(units[k]), new(big.Int).MulRange(1, int64(members)))
			right := new(big.Int).Mul(new(big.Int).SetUint64(orders), &exact[k])
			if left.Cmp(right) != 0 {
				t.Errorf("%d members, %d before: %d units of %d", members, k, units[k], orders)
			}
		}
	}
	if _, orders := orderUnits(maxSmallMembers); orders < 1<<63 {
		t.Errorf("all orders are %d units: more members would fit", orders)
	}
}

// TestGamesOfManyMembers has games of more than 63 members, in which a count takes several words.
func TestGamesOfManyMembers(t *testing.T) {
	t.Run("equal", func(t *testing.T) {
		const m = 140
		g := gameOf(t, m/2+1, slices.Repeat([]int64{1}, m)...)
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
		var sum int64
		for i := range int64(67) {
			seats = append(seats, 5-(i*i)%5)
			sum += seats[i]
		}
		g := gameOf(t, sum/2+1, seats...)
		swings, pivots := countGame(g.quota, g.weights)
		for i := range g.weights {
			if g.swings[i].Cmp(swings[i]) != 0 || g.pivots[i].Cmp(pivots[i]) != 0 {
				t.Fatalf("member %d: %v swings and %v pivots, expected %v and %v",
					i+1, &g.swings[i], &g.pivots[i], swings[i], pivots[i])
			}
		}
	})
}

// TestHostileGames has games that claim any number of members and of seats. They must cost nothing.
func TestHostileGames(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	for name, c := range map[string]struct {
		groups  []Group
		chamber int64
	}{
		"400 of many seats":        {slices.Repeat([]Group{{Seats: n(2_000_000_000)}}, 400), 800_000_000_000},
		"4000 of one seat":         {slices.Repeat([]Group{{Seats: n(1)}}, 4000), 4000},
		"independents without end": {[]Group{{Seats: n(math.MaxInt64), Apart: true}}, math.MaxInt64},
		"one of many seats":        {[]Group{{Seats: n(math.MaxInt64)}}, math.MaxInt64},
	} {
		_, err := New(c.groups, c.chamber)
		e, ok := errors.AsType[*TooLargeError](err)
		if !ok || e.Quota != c.chamber/2+1 || !strings.Contains(err.Error(), strconv.FormatInt(e.Members, 10)) {
			t.Errorf("%s: the error is %v, expected that the game is too large", name, err)
		}
		if allocs := testing.AllocsPerRun(1, func() { _, _ = New(c.groups, c.chamber) }); allocs > 2 {
			t.Errorf("%s: %v allocations", name, allocs)
		}
	}
}

// TestLargestGames solves games that are just as large as they may be, and refuses those with a quota of one seat more.
func TestLargestGames(t *testing.T) {
	for _, c := range []struct {
		members int // of equal seats
		quota   int64
	}{{8, MaxSize / 64}, {1, MaxSize}, {128, MaxSize / (128 * 128)}} {
		seats := slices.Repeat([]int64{2 * c.quota / int64(c.members)}, c.members)
		if _, err := newGame(groupsOf(seats...), c.quota); err != nil {
			t.Errorf("%d members with a quota of %d: %v", c.members, c.quota, err)
		}
		if _, err := newGame(groupsOf(seats...), c.quota+1); err == nil {
			t.Errorf("%d members with a quota of %d: a game was made", c.members, c.quota+1)
		}
	}
}

// TestImpossibleChambers has groups that cannot be those of the chamber.
func TestImpossibleChambers(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		groups  []Group
		chamber int64
		want    string // a part of the error; "" if there is none
	}{
		{[]Group{{Seats: n(6)}, {Seats: n(-1)}}, 10, "group 1 has -1 seats"},
		{[]Group{{Seats: n(6)}, {Seats: n(5)}}, 10, "more seats than the chamber, which has 10"},
		{[]Group{{Seats: n(math.MaxInt64)}, {Seats: n(math.MaxInt64)}}, math.MaxInt64, "more seats than the chamber"},
		{[]Group{{Seats: n(3)}, {Seats: n(2)}, {}}, 10, "5 seats: expected at least a majority, which is 6"},
		{[]Group{{Seats: n(3)}, {Seats: n(3)}, {}}, 10, ""}, // 4 are vacant
		{[]Group{{Seats: n(5)}, {Seats: n(5)}, {Seats: n(0)}}, 10, ""},
		{nil, 0, "0 seats: expected at least a majority, which is 1"},
	} {
		_, err := New(c.groups, c.chamber)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d groups in a chamber of %d: the error is %v, expected %q",
				len(c.groups), c.chamber, err, c.want)
		}
	}
}

// TestMajority holds that exactly half of a chamber does not win, and one seat more does.
func TestMajority(t *testing.T) {
	for _, c := range []struct {
		chamber int64
		seats   []int64
		quota   int64
		banzhaf []float64
	}{
		{10, []int64{5, 5}, 6, []float64{0.5, 0.5}},
		{10, []int64{6, 4}, 6, []float64{1, 0}},
		{11, []int64{6, 5}, 6, []float64{1, 0}},
		{11, []int64{5, 5, 1}, 6, []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}},
		{1, []int64{1}, 1, []float64{1}},
		{2, []int64{1, 1}, 2, []float64{0.5, 0.5}},
	} {
		g, err := New(groupsOf(c.seats...), c.chamber)
		if err != nil {
			t.Fatal(err)
		}
		if g.Quota() != c.quota || g.Members() != int64(len(c.seats)) {
			t.Errorf("%v of %d seats: %d members with a quota of %d, expected %d with %d",
				c.seats, c.chamber, g.Members(), g.Quota(), len(c.seats), c.quota)
		}
		if diff := gocmp.Diff(c.banzhaf, g.indices((*Game).Banzhaf)); diff != "" {
			t.Errorf("%v of %d seats, Banzhaf (-want +got):\n%s", c.seats, c.chamber, diff)
		}
	}
}

// TestDoubles holds that figures are the doubles nearest to the exact ones; a float32 holds none of these.
func TestDoubles(t *testing.T) {
	g := gameOf(t, 6, 4, 3, 3)
	banzhaf, _ := g.Banzhaf(0)
	shapleyShubik, _ := g.ShapleyShubik(0)
	if banzhaf != 1.0/3 || shapleyShubik != 1.0/3 {
		t.Errorf("the indices are %v and %v, expected %v", banzhaf, shapleyShubik, 1.0/3)
	}
	g = gameOf(t, 16, slices.Repeat([]int64{1}, 30)...)
	swings, _ := g.Swings(7)
	choose := func(n, k int64) float64 { return float64(new(big.Int).Binomial(n, k).Int64()) }
	want := []float64{choose(29, 15), 30 * choose(29, 15), choose(30, 16)}
	if got := []float64{swings, g.TotalSwings(), g.CoalitionCount()}; !slices.Equal(got, want) {
		t.Errorf("swings, all swings and coalitions are %v, expected %v", got, want)
	}
	absolute, _ := g.BanzhafAbsolute(7)
	if want := choose(29, 15) / (1 << 29); absolute != want {
		t.Errorf("the absolute index is %v, expected %v", absolute, want)
	}
	// Beyond 2⁵³, the quotient of two integers of many words.
	g = gameOf(t, 71, slices.Repeat([]int64{1}, 140)...)
	if shapleyShubik, _ := g.ShapleyShubik(7); shapleyShubik != 1.0/140 {
		t.Errorf("the index of Shapley and Shubik is %v, expected %v", shapleyShubik, 1.0/140)
	}
}

// TestSmallestCoalition counts the members of the smallest coalition; groups that are apart need not be listed for it.
func TestSmallestCoalition(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		groups  []Group
		chamber int64
		want    int64
	}{
		{groupsOf(6, 4), 10, 1},
		{groupsOf(5, 5), 10, 2},
		{groupsOf(1, 4, 5, 0), 10, 2},
		{[]Group{{Seats: n(3)}, {Seats: n(7), Apart: true}}, 10, 4},
		{[]Group{{Seats: n(5), Apart: true}, {Seats: n(5), Apart: true}}, 10, 6},
		{[]Group{{Seats: n(1)}, {Seats: n(math.MaxInt64 - 1), Apart: true}}, math.MaxInt64, 1 << 62},
		{[]Group{{}, {Seats: n(5)}}, 10, 0},
	} {
		if got := SmallestCoalition(c.groups, c.chamber); got != c.want {
			t.Errorf("chamber of %d: the smallest coalition has %d members, expected %d", c.chamber, got, c.want)
		}
	}
}
