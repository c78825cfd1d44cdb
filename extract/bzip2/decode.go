package bzip2

import (
	"encoding/binary"
	"errors"
)

const (
	maxBlock     = maxLevel * levelUnit
	maxCode      = 20 // bits of a code
	maxTrees     = 6
	groupLen     = 50        // symbols that are coded with one tree
	maxSelectors = 1<<15 - 1 // groups of a block, each with the number of its tree

	// A block takes fewer bytes: maxBlock+1 symbols, the numbers of the trees of maxSelectors groups, and a rest of
	// less than 64 KiB.
	maxCompressed = maxBlock*maxCode/8 + maxSelectors*maxTrees/8 + 64<<10

	fastBits = 10  // codes of at most so many bits are looked up in one step
	padding  = 256 // zero bytes behind the input: more than a group can take
)

// The reasons why bytes are not a block.
var (
	errShort     = errors.New("the input ends within the block")
	errEndless   = errors.New("the block does not end")
	errRandom    = errors.New("the block is randomised, as bzip2 before 0.9.5 could write it; such blocks are not read")
	errOrigin    = errors.New("the block's first row lies outside it")
	errSymbols   = errors.New("the block uses no symbols")
	errTrees     = errors.New("the block has an impossible number of codes")
	errSelectors = errors.New("the block names a code that it does not have, or none")
	errLengths   = errors.New("a code of the block has an impossible length")
	errCode      = errors.New("the block holds a code that stands for nothing")
	errSize      = errors.New("the block is larger than any may be")
	errChecksum  = errors.New("the block's checksum is not that of its data")
)

// result is a block that was read.
type result struct {
	data       []byte
	unexpanded bool   // the runs in data are not expanded, since it would be too large, and data is not proved yet
	kept       bool   // data belongs to the chain, and is not to be used for another block
	size       int    // the size before runs are expanded, which the header of the stream bounds
	sum        uint32 // the checksum
	end        int64  // the bit behind it
	work       int64  // what it took: bits read and bytes made
}

// huffmanTree is one of the Huffman codes of a block.
type huffmanTree struct {
	fast  [1 << fastBits]action // by the next fastBits bits; 0 if the code is longer
	limit [maxCode + 1]uint32   // by a number of bits: the first code that is longer, as maxCode bits
	base  [maxCode + 1]uint32   // by a number of bits: what to subtract from a code to get an index of order
	order [258]uint16           // the symbols in the order of their codes
}

// action is what a code asks for, as shifts and masks, so that no branch depends on it: bits 0 to 4 are the length of
// the code, the bits from 8 on are the place in the list of the byte to put out, bit 17 says that a run counts double,
// and bits 26 to 31 are ones if there is a run at all.
type action uint32

// newAction returns the action of a symbol whose code has a length. The last symbol ends the block.
func newAction(symbol, last, length int) action {
	switch symbol {
	case 0, 1:
		return action(length | symbol<<17 | 63<<26)
	case last:
		return action(length | endOfBlock<<8)
	}
	return action(length | (symbol-1)<<8)
}

// endOfBlock is given instead of a place in the list when the block ends.
const endOfBlock = 256

// decoder has the memory that is needed to decode a block.
type decoder struct {
	in        []byte
	pos       int // the current bit of the input
	valid     int // the number of bits that are not padding
	trees     [maxTrees]huffmanTree
	selectors [maxSelectors]uint8
	last      []byte // the last column of the sorted rows
	inverseBWT
}

// newDecoder returns a decoder without memory for input.
func newDecoder() *decoder {
	return &decoder{last: make([]byte, maxBlock+groupLen*8+8)}
}

// input returns memory for n bytes of input. The bytes behind it are zero.
func (d *decoder) input(n int) []byte {
	if cap(d.in) < n+padding {
		d.in = make([]byte, n+padding+n/4)
	}
	d.in = d.in[:n+padding]
	clear(d.in[n:])
	return d.in[:n]
}

// decode reads the block whose magic number begins at a bit of the input, of which only the first valid bits count. The
// data is put into buffer if there is room.
func (d *decoder) decode(bit, valid int, buffer []byte) (result, error) {
	d.pos, d.valid = bit+magicBits, valid
	sum := uint32(d.takeBits(32))
	random := d.takeBits(1) == 1
	origin := int(d.takeBits(24))
	n, err := d.readColumn(random)
	r := result{sum: sum, size: n, end: int64(d.pos), work: int64(d.pos - bit + n)}
	switch {
	case d.pos > valid:
		return r, errShort
	case err != nil:
		return r, err
	case origin >= n:
		return r, errOrigin
	}
	text := d.invert(d.last[:n], origin)
	var done bool
	if r.data, done = expand(buffer[:0], text, maxWorkerData); !done {
		r.data, r.unexpanded = append(r.data[:0], text...), true
		return r, nil
	}
	if checksum(r.data) != sum {
		r.data = nil
		return r, errChecksum
	}
	return r, nil
}

// takeBits returns the next bits, 32 at most. Behind the input they are zero, as far as the padding goes: a caller that
// reads much must look at the position.
func (d *decoder) takeBits(n int) uint64 {
	at := min(d.pos>>3, len(d.in)-8)
	word := binary.BigEndian.Uint64(d.in[at:]) << (d.pos & 7)
	d.pos += n
	return word >> (64 - n)
}

// readColumn reads the last column of the sorted rows, and returns its length.
func (d *decoder) readColumn(random bool) (int, error) {
	if random {
		return 0, errRandom
	}
	list, used := d.readSymbols()
	if used == 0 {
		return 0, errSymbols
	}
	trees := int(d.takeBits(3))
	if trees < 2 || trees > maxTrees {
		return 0, errTrees
	}
	selectors := int(d.takeBits(15))
	if selectors == 0 {
		return 0, errSelectors
	}
	if err := d.readSelectors(selectors, trees); err != nil {
		return 0, err
	}
	for i := range trees {
		if err := d.readTree(&d.trees[i], used+2); err != nil {
			return 0, err
		}
	}
	return d.decodeSymbols(selectors, &list, used+1)
}

// readSymbols reads which bytes the block uses. It returns them, and their number.
func (d *decoder) readSymbols() (list [256]byte, used int) {
	ranges := d.takeBits(16)
	for i := range 16 {
		if ranges>>(15-i)&1 == 0 {
			continue
		}
		set := d.takeBits(16)
		for j := range 16 {
			if set>>(15-j)&1 == 1 {
				list[used] = byte(16*i + j)
				used++
			}
		}
	}
	return list, used
}

// readSelectors reads the number of the tree of each group. A tree is named by how many other trees were used since it
// was used last.
func (d *decoder) readSelectors(selectors, trees int) error {
	order := [maxTrees]uint8{0, 1, 2, 3, 4, 5}
	for i := range selectors {
		j := 0
		for d.takeBits(1) == 1 {
			if j++; j == trees {
				return errSelectors
			}
		}
		if d.pos > d.valid {
			return errShort
		}
		tree := order[j]
		copy(order[1:j+1], order[:j])
		order[0] = tree
		d.selectors[i] = tree
	}
	return nil
}

// readTree reads the lengths of a code for a number of symbols, and makes the tables of the tree.
func (d *decoder) readTree(t *huffmanTree, symbols int) error {
	var lengths [258]uint8
	var count [maxCode + 1]uint32
	length := int(d.takeBits(5))
	for i := range symbols {
		for {
			if length < 1 || length > maxCode {
				return errLengths
			}
			if d.pos > d.valid {
				return errShort
			}
			if d.takeBits(1) == 0 {
				break
			}
			length += 1 - 2*int(d.takeBits(1))
		}
		lengths[i] = uint8(length)
		count[length]++
	}
	var first, index [maxCode + 2]uint32
	for l := 1; l <= maxCode; l++ {
		end := first[l] + count[l]
		t.limit[l] = end << (maxCode - l)
		t.base[l] = first[l] - index[l]
		first[l+1] = end << 1
		index[l+1] = index[l] + count[l]
	}
	clear(t.fast[:])
	for symbol, l := range lengths[:symbols] {
		t.order[index[l]] = uint16(symbol)
		index[l]++
		code := first[l]
		first[l]++
		// If the lengths leave no room for all codes, the last codes are never met, as in bzip2.
		if l <= fastBits && code < 1<<l {
			from := code << (fastBits - l)
			for k := range uint32(1) << (fastBits - l) {
				t.fast[from+k] = newAction(symbol, symbols-1, int(l))
			}
		}
	}
	return nil
}

// slow finds a code that is longer than fastBits. It returns what the code asks for, or 0 if there is none.
func (t *huffmanTree) slow(word uint64, last int) action {
	code := uint32(word >> (64 - maxCode))
	for l := fastBits + 1; l <= maxCode; l++ {
		if code < t.limit[l] {
			return newAction(int(t.order[(code>>(maxCode-l)-t.base[l])%258]), last, l)
		}
	}
	return 0
}

// decodeSymbols reads the symbols up to the last one and undoes move-to-front: it returns the length of the column. The
// first eight bytes of the list are one word, since most symbols name one of them.
func (d *decoder) decodeSymbols(groups int, list *[256]byte, last int) (int, error) {
	const ones = 0x0101010101010101
	out := d.last
	in := d.in
	at := d.pos >> 3
	word := binary.BigEndian.Uint64(in[at:]) << (d.pos & 7)
	have := uint(64 - d.pos&7) // the number of valid bits of word
	at += 8
	// have is kept below 64, so that shifts by it need no test.
	have -= 8
	at--
	front := binary.LittleEndian.Uint64(list[:])
	n, power := 0, uint(0) // power is the number of symbols of the run so far
	position := func() int { return at*8 - int(have) }
	for _, selector := range d.selectors[:groups] {
		t := &d.trees[selector%maxTrees].fast
		if at+padding-64 > len(in) {
			d.pos = position()
			return n, errShort
		}
		if n > maxBlock {
			d.pos = position()
			return n, errSize
		}
		for range groupLen {
			word |= binary.BigEndian.Uint64(in[at:]) >> (have & 63)
			at += int((63 - have) >> 3)
			have |= 56
			code := t[word>>(64-fastBits)]
			if code == 0 {
				if code = d.trees[selector%maxTrees].slow(word, last); code == 0 {
					d.pos = position()
					return n, errCode
				}
			}
			word <<= code & 31
			have -= uint(code & 31)
			runs := uint(code >> 26)
			add := 1 << ((power&runs + uint(code>>17&1)) & 63)
			power = (power + 1) & runs
			k := uint(code >> 8 & 511)
			if k >= 8 {
				if k == endOfBlock {
					d.pos = position()
					if n > maxBlock {
						return n, errSize
					}
					return n, nil
				}
				b := list[k&0xff]
				copy(list[9:k+1], list[8:k])
				list[8] = byte(front >> 56)
				front = front<<8 | uint64(b)
				out[n] = b
				n++
				continue
			}
			shift := k * 8
			b := front >> (shift & 63) & 0xff
			moved := ^uint64(0) >> ((56 - shift) & 63)
			front = front&^moved | (front<<8)&moved | b
			if add <= 8 {
				binary.LittleEndian.PutUint64(out[n:], b*ones)
				n += add
				continue
			}
			if add > maxBlock-n {
				d.pos = position()
				return n, errSize
			}
			run := out[n : n+add]
			for i := range run {
				run[i] = byte(b)
			}
			n += add
		}
	}
	d.pos = position()
	return n, errSelectors
}
