// Package votingpower computes the power of those who hold seats in a chamber, by the indices of Banzhaf and of Shapley
// and Shubik, and their minimal winning coalitions.
//
// Start with New, which solves the game of a chamber. All figures are exact whole numbers until they are divided.
package votingpower

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"hemicycle/transform/figures"
)

// MaxSize is the most that members² × majority may be in a game: 40 members in a chamber of 2,600 seats, or 8 in one of
// 65,000. The time for a game grows with this product, so no game takes more than some milliseconds.
const MaxSize = 1 << 21

// Game is the game of forming a majority among the members of a chamber. A Game is solved when it is made, and is safe
// for concurrent use.
//
// It counts coalitions by their seats, which takes members² × quota steps; listing them would take 2 to the power of
// members.
type Game struct {
	quota       int64
	weights     []int64      // the seats of each member, the largest first, equal ones in the order of the groups
	positions   []int        // of the group that each member belongs to
	memberships []membership // of each group

	small *smallGame // the figures of a game of few members, which has none of the following

	swings    []big.Int // of each member: the winning coalitions that lose without it
	swingsSum big.Int
	pivots    []big.Int // of each member: the orders of joining in which it brings the quota
	orders    big.Int   // all orders of joining: members!
	minimal   big.Int   // the number of minimal winning coalitions
}

// membership is the members that a group consists of. They have equal weights, so they follow each other.
type membership struct {
	stated bool // the group's seats are
	first  int
	count  int64
}

// Group holds seats in a chamber together.
type Group struct {
	Position int    // names the group in a coalition
	Seats    *int64 // 0 or more; nil if they are not stated, and the group is then no member of the game
	Apart    bool   // each seat of the group is a member of the game by itself
}

// weight returns the seats of each member of the group.
func (g *Group) weight() int64 {
	if g.Apart {
		return 1
	}
	return *g.Seats
}

// members returns how many members of the game the group consists of.
func (g *Group) members() int64 {
	switch {
	case g.Seats == nil || *g.Seats == 0:
		return 0
	case g.Apart:
		return *g.Seats
	}
	return 1
}

// TooLargeError says that a game is too large to be solved.
type TooLargeError struct {
	Members int64 // with a seat
	Quota   int64 // the seats that win
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the game has %d members and a quota of %d seats: expected members² × quota up to %d",
		e.Members, e.Quota, MaxSize)
}

// New solves the game of a chamber. chamber is the number of all of its seats, and more than half of them win, whoever
// holds them. The groups must have at least a majority together, and at most all seats of the chamber; if they have
// fewer than all, the others are vacant.
//
// Time and memory grow with members² × majority. If this product is above MaxSize, New returns a *TooLargeError and
// allocates nothing that grows with it.
func New(groups []Group, chamber int64) (*Game, error) {
	var seats int64
	for i := range groups {
		switch n := groups[i].Seats; {
		case n == nil:
		case *n < 0:
			return nil, fmt.Errorf("group %d has %d seats: expected 0 or more", i, *n)
		case *n > chamber-seats:
			return nil, fmt.Errorf("the groups have more seats than the chamber, which has %d", chamber)
		default:
			seats += *n
		}
	}
	quota := figures.MajorityOf(chamber)
	if seats < quota {
		return nil, fmt.Errorf("the groups have %d seats: expected at least a majority, which is %d", seats, quota)
	}
	return newGame(groups, quota)
}

// newGame solves the game of groups that have the quota together.
func newGame(groups []Group, quota int64) (*Game, error) {
	var members int64
	for i := range groups {
		members += groups[i].members()
	}
	if members > MaxSize || members*members > MaxSize/quota {
		return nil, &TooLargeError{Members: members, Quota: quota}
	}
	g := &Game{quota: quota, memberships: make([]membership, len(groups))}
	for i := range groups {
		g.memberships[i].stated = groups[i].Seats != nil
	}
	for _, i := range byWeight(groups) {
		m := &g.memberships[i]
		m.first, m.count = len(g.weights), groups[i].members()
		for range m.count {
			g.weights = append(g.weights, groups[i].weight())
			g.positions = append(g.positions, groups[i].Position)
		}
	}
	if len(g.weights) <= maxSmallMembers {
		g.small = g.solveSmall()
	} else {
		g.solve()
	}
	return g, nil
}

// byWeight returns the indices of the groups with seats, in the order of the weight of their members, the largest
// first.
func byWeight(groups []Group) []int {
	order := make([]int, 0, len(groups))
	for i := range groups {
		if groups[i].members() > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(groups[b].weight(), groups[a].weight()) })
	return order
}

// SmallestCoalition returns how many members the smallest winning coalition of a chamber has. It takes what New takes,
// and games of any size. It returns 0 if the groups have no majority together.
func SmallestCoalition(groups []Group, chamber int64) int64 {
	return smallestCoalition(groups, figures.MajorityOf(chamber))
}

func smallestCoalition(groups []Group, quota int64) int64 {
	missing := quota
	var members int64
	for _, i := range byWeight(groups) {
		weight, count := groups[i].weight(), groups[i].members()
		if weight*count >= missing {
			return members + (missing+weight-1)/weight
		}
		missing -= weight * count
		members += count
	}
	return 0
}

// solve counts swings, pivots and minimal winning coalitions from one table: how many coalitions of k members have s
// seats, below the quota. A member swings a losing coalition of the others, and is its pivot, if the others miss the
// quota by no more seats than it has.
func (g *Game) solve() {
	m := len(g.weights)
	t := newCoalitionCounts(g.quota, g.maxLosing(), m)
	for _, w := range g.weights {
		// Members come from the largest to the smallest. So this one is the smallest of any coalition that it
		// completes, and that coalition is minimal, since it loses without this one.
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

// maxLosing returns how many members a losing coalition can have: the smallest ones, as long as they lose.
func (g *Game) maxLosing() int {
	members := 0
	for seats := int64(0); seats < g.quota; members++ {
		seats += g.weights[len(g.weights)-1-members]
	}
	return members - 1
}

// ordersAround returns, for each k, the number of orders in which k given members out of m come before one, and the
// others after it: k! (m − 1 − k)!.
func ordersAround(m int) []big.Int {
	orders := make([]big.Int, m)
	var after big.Int
	for k := range orders {
		orders[k].MulRange(1, int64(k))
		orders[k].Mul(&orders[k], after.MulRange(1, int64(m-1-k)))
	}
	return orders
}

// Members returns the number of members: groups with a seat, and each seat of a group that is apart.
func (g *Game) Members() int64 { return int64(len(g.weights)) }

// Quota returns the number of seats from which on a coalition wins.
func (g *Game) Quota() int64 { return g.quota }

// Banzhaf returns Banzhaf's index of the group with index i: its swings, as a share of those of all members, from 0 to
// 1. ok is false if the seats of the group are not stated. A group that is apart has the power of its members together;
// this also holds for the other indices.
func (g *Game) Banzhaf(i int) (index float64, ok bool) {
	if g.small != nil {
		return g.smallShare(i, g.small.swings, g.small.swingsSum)
	}
	return g.share(i, g.swings, &g.swingsSum)
}

// BanzhafAbsolute returns the chance, from 0 to 1, that the group with index i is decisive if every other member votes
// yes or no by the toss of a coin: its swings, divided by 2 to the power of members − 1.
func (g *Game) BanzhafAbsolute(i int) (index float64, ok bool) {
	if g.small != nil {
		return g.smallShare(i, g.small.swings, 1<<(g.Members()-1))
	}
	return g.share(i, g.swings, new(big.Int).Lsh(big.NewInt(1), uint(g.Members()-1)))
}

// Swings returns the number of winning coalitions that lose without the group with index i. It is exact up to 2⁵³.
func (g *Game) Swings(i int) (swings float64, ok bool) {
	if g.small != nil {
		return g.smallShare(i, g.small.swings, 1)
	}
	return g.share(i, g.swings, big.NewInt(1))
}

// ShapleyShubik returns the index of Shapley and Shubik of the group with index i: the share of all orders of joining
// in which it brings the majority, from 0 to 1.
func (g *Game) ShapleyShubik(i int) (index float64, ok bool) {
	if g.small != nil {
		return g.smallShare(i, g.small.pivots, g.small.orders)
	}
	return g.share(i, g.pivots, &g.orders)
}

// TotalSwings returns the number of swings of all members together. It is exact up to 2⁵³.
func (g *Game) TotalSwings() float64 {
	if g.small != nil {
		return float64(g.small.swingsSum)
	}
	return floatOfInt(&g.swingsSum)
}

// CoalitionCount returns the number of minimal winning coalitions. It is exact up to 2⁵³.
func (g *Game) CoalitionCount() float64 {
	if g.small != nil {
		return float64(g.small.minimal)
	}
	return floatOfInt(&g.minimal)
}

// The bits of a quotient before it becomes a double, and those of a double.
const (
	quotientBits = 128
	doubleBits   = 53
)

// share returns a figure of the members of a group together, divided by a whole. ok is false if the seats of the group
// are not stated.
func (g *Game) share(i int, ofMembers []big.Int, whole *big.Int) (share float64, ok bool) {
	m := g.memberships[i]
	if m.count == 0 {
		return 0, m.stated
	}
	figure := &ofMembers[m.first]
	if m.count == 1 && whole.BitLen() <= doubleBits && figure.BitLen() <= doubleBits {
		return float64(figure.Int64()) / float64(whole.Int64()), true // both are exact, so this rounds once
	}
	together := new(big.Int).Mul(figure, big.NewInt(m.count))
	// The integers may be beyond the range of a double, so floats that hold them are divided.
	quotient := new(big.Float).SetPrec(quotientBits).SetInt(together)
	quotient.Quo(quotient, new(big.Float).SetPrec(quotientBits).SetInt(whole))
	f, _ := quotient.Float64()
	return f, true
}

// floatOfInt returns the double nearest to an integer.
func floatOfInt(n *big.Int) float64 {
	f, _ := n.Float64()
	return f
}
