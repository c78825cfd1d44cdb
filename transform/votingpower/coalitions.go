package votingpower

import (
	"math/bits"
	"slices"

	"hemicycle/schemas"
)

// MaxCoalitions is how many minimal winning coalitions of an election are listed.
const MaxCoalitions = 20

// Coalitions returns the first minimal winning coalitions: those with the fewest members first, then those with the
// fewest seats, then those with the larger smallest member, and so on for the next members; equal members count in the
// order of the groups. No step is in vain, since a table says which sums of seats the larger members can have.
func (g *Game) Coalitions(limit int) []schemas.Coalition {
	l := &coalitionLister{game: g, sums: g.reachable(), limit: limit}
	totals := make([]uint64, g.weights[0]/64+1) // a bit for each number of seats above the quota
	for size := 1; size <= l.sums.maxSize+1 && len(l.found) < limit; size++ {
		l.sums.extend(size - 1)
		clear(totals)
		for j, w := range g.weights {
			orShifted(totals, l.sums.row(j, size-1), w-g.quota)
		}
		for i, word := range totals {
			for ; word != 0 && len(l.found) < limit; word &= word - 1 {
				l.listOfSize(size, g.quota+int64(i*64+bits.TrailingZeros64(word)))
			}
		}
	}
	// The members of all coalitions share one array, which takes less memory than an array for each.
	rest := l.members
	for i := range l.found {
		size := l.found[i].Size
		l.found[i].Members, rest = rest[:size:size], rest[size:]
	}
	return l.found
}

// coalitionLister gathers coalitions up to a limit.
type coalitionLister struct {
	game    *Game
	sums    *reachableSums
	limit   int
	found   []schemas.Coalition
	members []int32 // the positions of the members of all coalitions found
	chosen  []int   // the members of the coalition that is being completed
}

// listOfSize lists the coalitions with size members and a number of seats. At most one member wins alone, so
// coalitions of one need no look at the limit.
func (l *coalitionLister) listOfSize(size int, seats int64) {
	for j, w := range l.game.weights { // the smallest member
		if seats-w < l.game.quota && seats >= w && l.sums.has(j, size-1, seats-w) {
			l.chosen = append(l.chosen[:0], j)
			l.complete(j, size-1, seats-w, size, seats)
		}
	}
}

// complete chooses the missing members of a coalition with size members and so many seats. It chooses them from the
// first j members, each larger than the one before, so that they have the missing seats together.
func (l *coalitionLister) complete(j, missing int, missingSeats int64, size int, seats int64) {
	if missing == 0 {
		l.add(size, seats)
		return
	}
	for i := missing - 1; i < j && len(l.found) < l.limit; i++ {
		if w := l.game.weights[i]; w <= missingSeats && l.sums.has(i, missing-1, missingSeats-w) {
			l.chosen = append(l.chosen, i)
			l.complete(i, missing-1, missingSeats-w, size, seats)
			l.chosen = l.chosen[:len(l.chosen)-1]
		}
	}
}

// add adds the coalition of the chosen members.
func (l *coalitionLister) add(size int, seats int64) {
	first := len(l.members)
	for _, i := range l.chosen {
		l.members = append(l.members, int32(l.game.positions[i]))
	}
	slices.Sort(l.members[first:])
	l.found = append(l.found, schemas.Coalition{Size: size, Seats: seats})
}

// reachableSums has a bit for each number of seats below the quota that k of the first j members can have together.
type reachableSums struct {
	weights []int64
	quota   int64
	maxSize int        // the largest k
	words   int        // of the bits for one j and k
	bySize  [][]uint64 // for each k that was asked for: the bits for every j
}

func (g *Game) reachable() *reachableSums {
	r := &reachableSums{weights: g.weights, quota: g.quota, maxSize: g.maxLosing(), words: int(g.quota+63) / 64}
	none := make([]uint64, len(g.weights)*r.words)
	r.bySize = append(r.bySize, none)
	for j := range g.weights {
		none[j*r.words] = 1 // no members have no seats
	}
	return r
}

// extend makes the bits for up to k members, which must be maxSize at most.
func (r *reachableSums) extend(k int) {
	belowQuota := ^uint64(0) >> (uint(r.words*64) - uint(r.quota)) // in the last word of a row
	for len(r.bySize) <= k {
		size := len(r.bySize)
		r.bySize = append(r.bySize, make([]uint64, len(r.weights)*r.words))
		for j := range len(r.weights) - 1 {
			to := r.row(j+1, size)
			copy(to, r.row(j, size))
			orShifted(to, r.row(j, size-1), r.weights[j])
			to[r.words-1] &= belowQuota
		}
	}
}

// row returns the bits of the sums that k of the first j members can have.
func (r *reachableSums) row(j, k int) []uint64 {
	return r.bySize[k][j*r.words : (j+1)*r.words]
}

// has reports whether k of the first j members can have so many seats together.
func (r *reachableSums) has(j, k int, sum int64) bool {
	return r.row(j, k)[sum/64]>>(sum%64)&1 != 0
}

// orShifted sets in to the bits of from, moved up by shift, or down if shift is negative. Bits that fall off either end
// are lost.
func orShifted(to, from []uint64, shift int64) {
	words, rest := int(shift>>6), uint(shift&63) // both round down
	for i := range from {
		if k := i + words; k >= 0 && k < len(to) {
			to[k] |= from[i] << rest
		}
		if k := i + words + 1; rest > 0 && k >= 0 && k < len(to) {
			to[k] |= from[i] >> (64 - rest)
		}
	}
}
