package votingpower

import (
	"math/big"
	"math/bits"
)

// coalitionCounts says how many coalitions of k members have s seats, for every k and every s below the quota. A count
// can be as large as 2 to the power of members, so it takes as many words as that number, the lowest first.
type coalitionCounts struct {
	quota int
	words int        // of a count
	rows  [][]uint64 // by k; a row has the counts by s
	spare [2][]uint64
	word  big.Int
}

// newCoalitionCounts returns the counts of coalitions of no members yet, with room for those of up to maxSize members.
func newCoalitionCounts(quota int64, maxSize, members int) *coalitionCounts {
	t := &coalitionCounts{quota: int(quota), words: members/64 + 1}
	size := t.quota * t.words
	all := make([]uint64, (maxSize+3)*size)
	for k := range maxSize + 1 {
		t.rows = append(t.rows, all[k*size:(k+1)*size])
	}
	t.spare = [2][]uint64{all[(maxSize+1)*size : (maxSize+2)*size], all[(maxSize+2)*size:]}
	t.rows[0][0] = 1
	return t
}

// add adds a member: each coalition so far is also one with it.
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
		for start := 0; start < len(to); start += t.words {
			var carry uint64
			for i := start; i < start+t.words; i++ {
				to[i], carry = bits.Add64(to[i], from[i], carry)
			}
		}
	}
}

// without returns the counts of coalitions of k members that a given member does not belong to. fewer has those of k −
// 1 members. The result is valid until without has been called twice more.
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
	for start := shift; start < len(to); start += t.words {
		var borrow uint64
		for i := start; i < start+t.words; i++ {
			to[i], borrow = bits.Sub64(row[i], fewer[i-shift], borrow)
		}
	}
	return to
}

// sum adds to n the coalitions of a row that miss the quota by no more than so many seats.
func (t *coalitionCounts) sum(n *big.Int, row []uint64, missing int64) {
	if missing < int64(t.quota) {
		row = row[len(row)-int(missing)*t.words:]
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
	for start := 0; start < len(row); start += t.words {
		var carry uint64
		for i := range sum {
			sum[i], carry = bits.Add64(sum[i], row[start+i], carry)
		}
	}
	var total big.Int
	for i := len(sum) - 1; i >= 0; i-- {
		total.Or(total.Lsh(&total, 64), t.word.SetUint64(sum[i]))
	}
	n.Add(n, &total)
}
