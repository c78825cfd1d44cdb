package bzip2

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
	"slices"
)

const (
	rowShift = 12  // the bits of an entry that hold its byte; the others, enough to count maxBlock rows, hold a row
	lanes    = 16  // more would gain nothing
	stride   = 256 // the rows from one start to the next
	maxStart = maxBlock/stride + 1
)

// inverseBWT undoes the Burrows-Wheeler transform, the sorting of rows, which is where most of the time is spent: each
// byte only tells where the next one is, anywhere in 4 MB of memory, and a decoder that follows it waits for memory at
// every byte. But every row is some place of the text. So the text is followed from many rows: as many pieces at a time
// as there are lanes, each up to the row where another piece starts. The pieces are then put into their order.
type inverseBWT struct {
	rows   []uint32 // for each sorted row: the row of what follows, shifted by rowShift, and its first byte
	lanes  []byte   // one lane after another, each as long as the text
	text   []byte
	pieces [maxStart]piece

	starts, begun, active int
	rest                  int        // a piece starts at each row that leaves this remainder when divided by stride
	idle                  uint32     // a row that follows itself, for lanes without a piece
	length                int        // of a lane
	piece, from           [lanes]int // for each lane: its piece, and where in the lane the piece begins
}

// piece is a part of the text: where it is in the bytes of the lanes, and the index of the piece that follows it.
type piece struct{ from, to, next int }

// invert returns the text, from the last column of the sorted rows and the row with which the text begins.
func (v *inverseBWT) invert(last []byte, origin int) []byte {
	n := len(last)
	if len(v.text) < n {
		v.rows, v.lanes, v.text = make([]uint32, n+2), make([]byte, lanes*n), make([]byte, n)
	}
	// Both halves are counted at the same time, since equal bytes one after another must wait for each other.
	half := n / 2
	low, high := last[:half], last[half:2*half]
	var next, after [256]uint32
	for i, b := range low {
		next[b]++
		after[high[i]]++
	}
	odd := n%2 == 1
	if odd {
		after[last[n-1]]++
	}
	sum := uint32(0)
	for i := range next {
		count, more := next[i], after[i]
		next[i], after[i] = sum, sum+count
		sum += count + more
	}
	rows := v.rows[:n]
	for i, b := range low {
		c := high[i]
		row, other := next[b], after[c]
		next[b], after[c] = row+1, other+1
		rows[row] = uint32(i)<<rowShift | uint32(b)
		rows[other] = uint32(half+i)<<rowShift | uint32(c)
	}
	if odd {
		b := last[n-1]
		rows[after[b]] = uint32(n-1)<<rowShift | uint32(b)
	}
	v.follow(n, origin)
	// If the text is a repetition of a shorter one, its rows form several circles, and one of them is passed through
	// several times.
	text := v.text[:0]
	for p := origin / stride; len(text) < n; p = v.pieces[p].next {
		from, to := v.pieces[p].from, v.pieces[p].to
		text = append(text, v.lanes[from:min(to, from+n-len(text))]...)
	}
	return text
}

// follow makes the pieces. No row is in two of them, so no lane is longer than the text.
func (v *inverseBWT) follow(n, origin int) {
	v.rest, v.length = origin%stride, n
	v.starts = (n - v.rest + stride - 1) / stride
	v.begun, v.active = 0, lanes
	v.idle = uint32(n)
	if n%stride == v.rest {
		v.idle++
	}
	rows, out := v.rows, v.lanes
	rows[v.idle] = v.idle << rowShift
	const mask = (stride - 1) << rowShift
	hit := uint32(v.rest) << rowShift
	var at [lanes]uint32
	for k := range at {
		at[k] = v.start(k, 0)
	}
	for j := 0; v.active > 0; j++ {
		place := j
		for k := range at {
			e := rows[at[k]]
			out[place] = byte(e)
			place += n
			at[k] = e >> rowShift
			if e&mask == hit {
				at[k] = v.turn(k, j, e>>rowShift)
			}
		}
	}
}

// turn ends the piece of a lane, at a row where the next piece starts, and gives the lane another piece. It returns the
// first row of that.
func (v *inverseBWT) turn(lane, j int, row uint32) uint32 {
	v.pieces[v.piece[lane]] = piece{lane*v.length + v.from[lane], lane*v.length + j + 1, int(row) / stride}
	return v.start(lane, j+1)
}

// start gives a lane a piece to follow, and returns its first row.
func (v *inverseBWT) start(lane, j int) uint32 {
	if v.begun == v.starts {
		v.active--
		return v.idle
	}
	v.piece[lane], v.from[lane] = v.begun, j
	v.begun++
	return uint32(v.piece[lane]*stride + v.rest)
}

// expand appends the text with its runs expanded: four equal bytes are followed by the number of further ones. It
// stops, and returns false, if that would be more than limit bytes.
func expand(out, text []byte, limit int) (_ []byte, done bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	out = slices.Grow(out, len(text)+len(text)/16+16)
	at := len(out)
	out = out[:cap(out)]
	i, run := 0, 0
	for i < len(text) {
		if at+12 > len(out) {
			out = slices.Grow(out, max(len(text), at, 256))
			out = out[:cap(out)]
		}
		if i+12 > len(text) {
			// The last bytes one by one.
			b := text[i]
			if out[at] = b; run > 0 && b == text[i-1] {
				run++
			} else {
				run = 1
			}
			at++
			i++
			if run < 4 {
				continue
			}
		} else {
			// A zero byte in differ is where four equal bytes begin.
			word := binary.LittleEndian.Uint64(text[i:])
			second := binary.LittleEndian.Uint64(text[i+1:])
			third := binary.LittleEndian.Uint64(text[i+2:])
			fourth := binary.LittleEndian.Uint64(text[i+3:])
			differ := (word ^ second) | (second ^ third) | (third ^ fourth)
			zero := (differ - ones) &^ differ & highs
			binary.LittleEndian.PutUint64(out[at:], word)
			if zero == 0 {
				at += 8
				i += 8
				continue
			}
			before := bits.TrailingZeros64(zero) / 8
			binary.LittleEndian.PutUint32(out[at+8:], binary.LittleEndian.Uint32(text[i+8:]))
			at += before + 4
			i += before + 4
		}
		run = 0
		if i == len(text) {
			break
		}
		b, more := text[i-1], int(text[i])
		i++
		if at+more > limit {
			return out[:at], false
		}
		if at+more > len(out) {
			out = slices.Grow(out, max(len(text), at, 256))
			out = out[:cap(out)]
		}
		fill := out[at : at+more]
		for k := range fill {
			fill[k] = b
		}
		at += more
	}
	return out[:at], at <= limit
}

// checksum returns the checksum of bzip2: that of IEEE with the bits of every byte, and of the sum, in the other order.
func checksum(data []byte) uint32 {
	var turned [1 << 12]byte
	sum := uint32(0)
	for len(data) > 0 {
		n := min(len(data), len(turned))
		i := 0
		for ; i+8 <= n; i += 8 {
			x := binary.LittleEndian.Uint64(data[i:])
			x = x>>1&0x5555555555555555 | x&0x5555555555555555<<1
			x = x>>2&0x3333333333333333 | x&0x3333333333333333<<2
			x = x>>4&0x0f0f0f0f0f0f0f0f | x&0x0f0f0f0f0f0f0f0f<<4
			binary.LittleEndian.PutUint64(turned[i:], x)
		}
		for ; i < n; i++ {
			turned[i] = bits.Reverse8(data[i])
		}
		sum = crc32.Update(sum, crc32.IEEETable, turned[:n])
		data = data[n:]
	}
	return bits.Reverse32(sum)
}
