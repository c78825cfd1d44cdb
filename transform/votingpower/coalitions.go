package votingpower

import (
	"math/bits"
	"slices"
	"strconv"

	"hemicycle/schemas"
)

// MaxCoalitions is how many minimal winning coalitions of an election are listed.
const MaxCoalitions = 1000

// Coalitions is the first minimal winning coalitions: fewest members first, then fewest seats, then by
// their smallest members, the larger first, equals in the order of the box. They are found without a step
// in vain, since a table says which sums the larger members can make.
func (g *Game) Coalitions(limit int) []schemas.Coalition {
	l := &coalitionLister{game: g, sums: g.reachable(), limit: limit}
	totals := make([]uint64, g.weights[0]/64+1) // by how far they pass the quota
	for size := 1; size <= l.sums.most+1 && len(l.found) < limit; size++ {
		clear(totals)
		for j, w := range g.weights {
			orShifted(totals, l.sums.row(j, size-1), w-g.Quota)
		}
		for at, word := range totals {
			for ; word != 0 && len(l.found) < limit; word &= word - 1 {
				l.listOfSize(size, g.Quota+int64(at*64+bits.TrailingZeros64(word)))
			}
		}
	}
	// The members of all stand in one text, which is less to keep than a text each.
	text := string(l.text)
	start := 0
	for i, end := range l.ends {
		l.found[i].Members = text[start:end]
		start = end
	}
	return l.found
}

// coalitionLister is the coalitions found so far.
type coalitionLister struct {
	game   *Game
	sums   *reachableSums
	limit  int
	found  []schemas.Coalition
	text   []byte
	ends   []int
	chosen []int // members of the coalition at work
	sorted []int
}

// listOfSize lists the coalitions of a size that have so many seats.
func (l *coalitionLister) listOfSize(size int, seats int64) {
	for j, w := range l.game.weights { // the smallest member
		if seats-w < l.game.Quota && seats >= w && l.sums.has(j, size-1, seats-w) {
			l.chosen = append(l.chosen[:0], j)
			l.complete(j, size-1, seats-w, size, seats)
		}
	}
}

// complete chooses the members that lack, each larger than the one before: so many, with so many seats,
// of the first j.
func (l *coalitionLister) complete(j, lack int, lackSeats int64, size int, seats int64) {
	if lack == 0 {
		l.add(size, seats)
		return
	}
	for i := lack - 1; i < j && len(l.found) < l.limit; i++ {
		if w := l.game.weights[i]; w <= lackSeats && l.sums.has(i, lack-1, lackSeats-w) {
			l.chosen = append(l.chosen, i)
			l.complete(i, lack-1, lackSeats-w, size, seats)
			l.chosen = l.chosen[:len(l.chosen)-1]
		}
	}
}

func (l *coalitionLister) add(size int, seats int64) {
	if len(l.found) == l.limit {
		return
	}
	l.sorted = l.sorted[:0]
	for _, i := range l.chosen {
		l.sorted = append(l.sorted, l.game.numbers[i])
	}
	slices.Sort(l.sorted)
	separator := byte('[')
	for _, n := range l.sorted {
		l.text = strconv.AppendInt(append(l.text, separator), int64(n), 10)
		separator = ','
	}
	l.text = append(l.text, ']')
	l.ends = append(l.ends, len(l.text))
	l.found = append(l.found, schemas.Coalition{Size: size, Seats: seats})
}

// reachableSums says, for the first j members, which sums below the quota k of them can have: a bit each.
type reachableSums struct {
	most  int // the largest k
	words int
	bits  []uint64
}

func (g *Game) reachable() *reachableSums {
	r := &reachableSums{most: g.most(), words: int(g.Quota+63) / 64}
	r.bits = make([]uint64, len(g.weights)*(r.most+1)*r.words)
	r.row(0, 0)[0] = 1
	beyond := ^uint64(0) >> (uint(r.words*64) - uint(g.Quota)) // the last word's bits that count
	for j := range len(g.weights) - 1 {
		for k := range r.most + 1 {
			to := r.row(j+1, k)
			copy(to, r.row(j, k))
			if k > 0 {
				orShifted(to, r.row(j, k-1), g.weights[j])
				to[r.words-1] &= beyond
			}
		}
	}
	return r
}

// row is the sums of k of the first j members.
func (r *reachableSums) row(j, k int) []uint64 {
	at := (j*(r.most+1) + k) * r.words
	return r.bits[at : at+r.words]
}

func (r *reachableSums) has(j, k int, sum int64) bool {
	return r.row(j, k)[sum/64]>>(sum%64)&1 != 0
}

// orShifted sets in to the bits of from, moved up by shift, or down where it is negative; what falls off
// either end is gone.
func orShifted(to, from []uint64, shift int64) {
	words, rest := int(shift>>6), uint(shift&63) // both shifts and masks round down
	for i := range from {
		if at := i + words; at >= 0 && at < len(to) {
			to[at] |= from[i] << rest
		}
		if at := i + words + 1; rest > 0 && at >= 0 && at < len(to) {
			to[at] |= from[i] >> (64 - rest)
		}
	}
}
