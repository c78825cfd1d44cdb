package votingpower

import (
	"math/big"
	"sync"
)

// maxSmallMembers is the most members of a game of which every figure fits into 64 bits. The largest are the orders of
// joining, counted in units of which there are lcm(1, …, members) in all: lcm(1, …, 46) is below 2⁶⁴, lcm(1, …, 47) is
// not.
const maxSmallMembers = 46

// smallGame has the figures of a game of up to maxSmallMembers members.
type smallGame struct {
	swings    []uint64 // of each member, as those of Game
	swingsSum uint64
	pivots    []uint64 // of each member, in units of which all orders of joining have so many as orders says
	orders    uint64
	minimal   uint64
}

// solveSmall solves a game as solve does, from the same table. It finds the coalitions without a member by the sums of
// ranges of the table, instead of making the table without that member: if coalitions of k members with s seats are
// f(k, s), and v(k, s) are those without a member of weight w, then f(k, s) = v(k, s) + v(k−1, s−w). So v summed over
// the w seats below the quota is f summed over them, less f(k−1) summed over the w seats below those, and so on.
func (g *Game) solveSmall() *smallGame {
	members, quota, maxSize := len(g.weights), int(g.quota), g.maxLosing()
	figures := &smallGame{swings: make([]uint64, members), pivots: make([]uint64, members)}
	rows := make([][]uint64, maxSize+1)
	counts := newTable(len(rows) * quota)
	defer tablePool.Put(&counts)
	rest := counts
	lowest := make([]int, len(rows)) // the fewest seats that k of the members so far have, if below the quota
	for k := range rows {
		rows[k], rest = rest[:quota:quota], rest[quota:]
		lowest[k] = quota
	}
	rows[0][0], lowest[0] = 1, 0
	for i, weight := range g.weights {
		w := int(weight)
		for k := range min(i, maxSize) + 1 {
			for _, n := range rows[k][min(max(quota-w, lowest[k]), quota):] {
				figures.minimal += n
			}
		}
		for k := min(i+1, maxSize); k > 0; k-- {
			if low := lowest[k-1]; low+w < quota {
				from := rows[k-1][low : quota-w]
				to := rows[k][low+w:][:len(from)]
				for s, n := range from {
					to[s] += n
				}
				lowest[k] = low + w // members come from the largest to the smallest
			}
		}
	}
	for _, row := range rows { // from here on, a row has the sums up to each number of seats
		var sum uint64
		for s, n := range row {
			sum += n
			row[s] = sum
		}
	}
	var units []uint64
	units, figures.orders = orderUnits(members)
	for i, weight := range g.weights {
		if i > 0 && weight == g.weights[i-1] {
			figures.swings[i], figures.pivots[i] = figures.swings[i-1], figures.pivots[i-1]
		} else {
			for k := range rows {
				n := countWithout(rows, k, quota, int(weight))
				figures.swings[i] += n
				figures.pivots[i] += n * units[k]
			}
		}
		figures.swingsSum += figures.swings[i]
	}
	return figures
}

// tablePool has tables of games that are solved. They are as large as what else an election takes.
var tablePool sync.Pool

// newTable returns a table of so many zeros.
func newTable(size int) []uint64 {
	if used, ok := tablePool.Get().(*[]uint64); ok && cap(*used) >= size {
		table := (*used)[:size]
		clear(table)
		return table
	}
	return make([]uint64, size)
}

// countWithout returns how many losing coalitions of k members a member with a weight swings. The rows have sums.
func countWithout(rows [][]uint64, k, quota, weight int) (count uint64) {
	isAdded := true
	for end := quota; k >= 0 && end > 0; k, end = k-1, end-weight {
		n := rows[k][end-1]
		if start := end - weight; start > 0 {
			n -= rows[k][start-1]
		}
		if !isAdded {
			n = -n
		}
		count += n
		isAdded = !isAdded
	}
	return count
}

// orderUnits returns, for each k, in how many orders of joining k given members come before one and all others after
// it, k! (members − 1 − k)!, in units of which all orders have so many as orders says, which is lcm(1, …, members).
// That the units are whole numbers follows from lcm(C(n, 0), …, C(n, n)) = lcm(1, …, n + 1) / (n + 1): Farhi 2009, The
// American Mathematical Monthly 116:836–839.
func orderUnits(members int) (units []uint64, orders uint64) {
	orders = 1
	for n := uint64(2); n <= uint64(members); n++ {
		orders *= n / greatestDivisor(orders, n)
	}
	units = make([]uint64, members)
	binomial := uint64(1)
	for k := range units {
		units[k] = orders / (uint64(members) * binomial)
		binomial = binomial * uint64(members-1-k) / uint64(k+1)
	}
	return units, orders
}

// greatestDivisor returns the greatest common divisor of two numbers above 0.
func greatestDivisor(a, b uint64) uint64 {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// smallShare returns a figure of the members of a group together, divided by a whole, as share does.
func (g *Game) smallShare(i int, figures []uint64, whole uint64) (share float64, ok bool) {
	m := g.memberships[i]
	if m.count == 0 {
		return 0, m.stated
	}
	together := figures[m.first] * uint64(m.count)
	if together < 1<<doubleBits && whole < 1<<doubleBits {
		return float64(together) / float64(whole), true // both are exact, so this rounds once
	}
	quotient := new(big.Float).SetPrec(quotientBits).SetUint64(together)
	quotient.Quo(quotient, new(big.Float).SetPrec(quotientBits).SetUint64(whole))
	f, _ := quotient.Float64()
	return f, true
}
