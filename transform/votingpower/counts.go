package votingpower

import (
	"math/big"
	"math/bits"
)

// coalitionCounts is how many coalitions of k members have s seats, for every k and every s below the
// quota. A count can be as large as 2 to the power of members, so it takes as many words as that does, the
// lowest first.
type coalitionCounts struct {
	quota int
	words int
	rows  [][]uint64 // by k; a row is the counts by s
	spare [2][]uint64
	word  big.Int
}

func newCoalitionCounts(quota int64, most, members int) *coalitionCounts {
	t := &coalitionCounts{quota: int(quota), words: members/64 + 1}
	size := t.quota * t.words
	all := make([]uint64, (most+3)*size)
	for k := range most + 1 {
		t.rows = append(t.rows, all[k*size:(k+1)*size])
	}
	t.spare = [2][]uint64{all[(most+1)*size : (most+2)*size], all[(most+2)*size:]}
	t.rows[0][0] = 1
	return t
}

// add enters a member: every coalition is there with it, too.
func (t *coalitionCounts) add(weight int64) {
	if weight >= int64(t.quota) {
		return
	}
	shift := int(weight) * t.words
	for k := len(t.rows) - 1; k > 0; k-- {
		to, from := t.rows[k][shift:], t.rows[k-1]
		if t.words == 1 {
			for i := range to {
				to[i] += from[i]
			}
			continue
		}
		for at := 0; at < len(to); at += t.words {
			var carry uint64
			for i := at; i < at+t.words; i++ {
				to[i], carry = bits.Add64(to[i], from[i], carry)
			}
		}
	}
}

// without is the counts of k members, a given one not among them, from those of k − 1. It is good until
// it is called twice more.
func (t *coalitionCounts) without(weight int64, k int, fewer []uint64) []uint64 {
	row := t.rows[k]
	if weight >= int64(t.quota) {
		return row
	}
	shift := int(weight) * t.words
	to := t.spare[k%2]
	copy(to[:shift], row)
	if t.words == 1 {
		rest := row[shift:]
		for i := range rest {
			to[shift+i] = rest[i] - fewer[i]
		}
		return to
	}
	for at := shift; at < len(to); at += t.words {
		var borrow uint64
		for i := at; i < at+t.words; i++ {
			to[i], borrow = bits.Sub64(row[i], fewer[i-shift], borrow)
		}
	}
	return to
}

// sum adds to n the coalitions of a row that lack no more than so many seats.
func (t *coalitionCounts) sum(n *big.Int, row []uint64, lack int64) {
	if lack < int64(t.quota) {
		row = row[len(row)-int(lack)*t.words:]
	}
	if t.words == 1 {
		var sum uint64
		for _, c := range row {
			sum += c
		}
		if sum > 0 {
			n.Add(n, t.word.SetUint64(sum))
		}
		return
	}
	sum := make([]uint64, t.words)
	for at := 0; at < len(row); at += t.words {
		var carry uint64
		for i := range sum {
			sum[i], carry = bits.Add64(sum[i], row[at+i], carry)
		}
	}
	var total big.Int
	for i := len(sum) - 1; i >= 0; i-- {
		total.Or(total.Lsh(&total, 64), t.word.SetUint64(sum[i]))
	}
	n.Add(n, &total)
}
