// Package votingpower computes the power of those who hold seats in a chamber: Banzhaf's index, that of Shapley
// and Shubik, and the minimal winning coalitions.
//
// Start with New, then Game.Solve. The figures are exact whole numbers until they are divided.
package votingpower

import (
	"math/big"
	"slices"
)

// MaxSize is the most that members² × majority may be: 40 groups in a chamber of 2,600 seats, or 8 in one
// of 65,000. The time that a chamber takes grows with it, so that no box can take more than some
// milliseconds.
const MaxSize = 1 << 21

// Game is the members of a chamber, each with its seats, who have a majority together from a quota on.
// Its figures are exact: they are counted by the weight of coalitions, which takes members² × quota steps,
// where listing the coalitions would take 2 to the power of members.
type Game struct {
	Quota       int64
	Members     int64        // with a seat
	weights     []int64      // of each member, the largest first, equals in the order of the box
	numbers     []int        // the position of the contender that a member is
	memberships []membership // by contender

	swings    []big.Int // of each member: winning coalitions that lose without it
	swingsSum big.Int
	pivots    []big.Int // of each member: orders of joining in which it brings the quota
	orders    big.Int   // of all: members!
	minimal   big.Int   // minimal winning coalitions
}

// membership is the members that a contender is: none without seats, several where independents are alone.
type membership struct {
	stated bool
	first  int
	count  int64
}

// Group is who holds seats together. Position names it in a coalition.
type Group struct {
	Position int
	Seats    *int64 // nil where they are not stated
	Apart    bool   // each of its seats is a member of the game by itself
}

// New makes the game of a chamber of so many seats. A majority is more than half of them.
func New(groups []Group, chamber int64) *Game {
	g := &Game{Quota: chamber/2 + 1, memberships: make([]membership, len(groups))}
	order := make([]int, 0, len(groups))
	weight := func(i int) int64 {
		if groups[i].Apart {
			return 1
		}
		return *groups[i].Seats
	}
	for i := range groups {
		seats := groups[i].Seats
		g.memberships[i].stated = seats != nil
		if seats == nil || *seats == 0 {
			continue
		}
		g.memberships[i].count = *seats / weight(i)
		g.Members += g.memberships[i].count
		order = append(order, i)
	}
	if g.TooLarge() {
		return g
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(weight(b) - weight(a)) })
	for _, i := range order {
		g.memberships[i].first = len(g.weights)
		for range g.memberships[i].count {
			g.weights = append(g.weights, weight(i))
			g.numbers = append(g.numbers, groups[i].Position)
		}
	}
	return g
}

// TooLarge reports whether the game is beyond what is computed.
func (g *Game) TooLarge() bool {
	return g.Members > MaxSize || g.Members*g.Members > MaxSize/g.Quota
}

// Solve counts swings, pivots and minimal winning coalitions, all from one table: how many coalitions of
// so many members have so many seats, below the quota. A member swings a losing coalition of the others,
// and is its pivot, where the others lack no more seats than it has.
func (g *Game) Solve() {
	m := len(g.weights)
	t := newCoalitionCounts(g.Quota, g.most(), m)
	for _, w := range g.weights {
		// The members come from the largest to the smallest, so that this one is the smallest of any
		// coalition that it completes: that is minimal just where it loses without it.
		for k := range t.rows {
			t.sum(&g.minimal, t.rows[k], w)
		}
		t.add(w)
	}
	g.swings, g.pivots = make([]big.Int, m), make([]big.Int, m)
	orders := ordersAround(m)
	var count, term big.Int
	for i, w := range g.weights {
		if i > 0 && w == g.weights[i-1] {
			g.swings[i].Set(&g.swings[i-1])
			g.pivots[i].Set(&g.pivots[i-1])
		} else {
			others := t.rows[0] // no member at all
			for k := range t.rows {
				if k > 0 {
					others = t.without(w, k, others)
				}
				count.SetInt64(0)
				t.sum(&count, others, w)
				g.swings[i].Add(&g.swings[i], &count)
				g.pivots[i].Add(&g.pivots[i], term.Mul(&count, &orders[k]))
			}
		}
		g.swingsSum.Add(&g.swingsSum, &g.swings[i])
	}
	g.orders.MulRange(1, int64(m))
}

// most is how many members a losing coalition can have.
func (g *Game) most() int {
	var sum int64
	for k := range g.weights {
		sum += g.weights[len(g.weights)-1-k]
		if sum >= g.Quota {
			return k
		}
	}
	return len(g.weights) // not where the members have all seats
}

// ordersAround is, for each k, the orders in which k given members of m come before one, and the others
// after it: k! (m − 1 − k)!.
func ordersAround(m int) []big.Int {
	orders := make([]big.Int, m)
	var after big.Int
	for k := range orders {
		orders[k].MulRange(1, int64(k))
		orders[k].Mul(&orders[k], after.MulRange(1, int64(m-1-k)))
	}
	return orders
}

// SmallestCoalition is how many members the smallest winning coalition has: the largest of them, until they win.
func (g *Game) SmallestCoalition() int {
	var sum int64
	for i, w := range g.weights {
		if sum += w; sum >= g.Quota {
			return i + 1
		}
	}
	return 0 // not where the members have all seats
}

// power is a figure of a contender's members together over a whole; false where its seats are not stated.
func (g *Game) power(i int, of []big.Int, whole *big.Int) (float64, bool) {
	r := g.memberships[i]
	if !r.stated || r.count == 0 {
		return 0, r.stated
	}
	if r.count == 1 && whole.BitLen() <= doubleBits && of[r.first].BitLen() <= doubleBits { // both exact, so one rounding
		return float64(of[r.first].Int64()) / float64(whole.Int64()), true
	}
	together := new(big.Int).Mul(&of[r.first], big.NewInt(r.count))
	// A quotient of integers beyond the range of a double is one of floats that hold them.
	quotient := new(big.Float).Quo(new(big.Float).SetPrec(quotientBits).SetInt(together), new(big.Float).SetPrec(quotientBits).SetInt(whole))
	f, _ := quotient.Float64()
	return f, true
}

// A quotient has so many bits before it becomes a double, which has fewer.
const (
	quotientBits = 128
	doubleBits   = 53
)

func (g *Game) Banzhaf(i int) (float64, bool) { return g.power(i, g.swings, &g.swingsSum) }

func (g *Game) ShapleyShubik(i int) (float64, bool) { return g.power(i, g.pivots, &g.orders) }

func (g *Game) Swings(i int) (float64, bool) { return g.power(i, g.swings, big.NewInt(1)) }

func (g *Game) BanzhafAbsolute(i int) (float64, bool) {
	return g.power(i, g.swings, new(big.Int).Lsh(big.NewInt(1), uint(g.Members-1)))
}

// MinimalCoalitions is how many minimal winning coalitions there are.
func (g *Game) MinimalCoalitions() float64 { return floatOfInt(&g.minimal) }

// TotalSwings is the swings of all members together.
func (g *Game) TotalSwings() float64 { return floatOfInt(&g.swingsSum) }

// floatOfInt is the double nearest to an integer.
func floatOfInt(n *big.Int) float64 {
	f, _ := n.Float64()
	return f
}
