package bzip2

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
	"slices"
)

const (
	rowBits  = 20 // enough to count maxBlock rows
	rowShift = 32 - rowBits
	lanes    = 8
	stride   = 512 // rows from one start to the next
	laneSize = maxBlock + 64
	maxStart = maxBlock/stride + 1
)

// inverse undoes the sorting of rows, which is where the time goes: each byte tells only where the next
// one is found, anywhere in memory of 4 MB. So the text is not followed from its begin alone. Every row
// is some place of the text, so it is begun at many rows, and lanes follow as many pieces at a time, each
// to the row where another piece begins. The pieces are then put together in their order.
type inverse struct {
	rows   *[1 << rowBits]uint32 // of each sorted row: the row of what follows<<rowShift, and its first byte
	lanes  *[lanes * laneSize]byte
	pieces [maxStart]piece
	text   []byte

	starts, begun, active int
	rest                  int // a piece starts at each row that leaves this rest when divided by stride
	idle                  uint32
	piece, from           [lanes]int // what each lane follows, and since where
}

// piece is a part of the text.
type piece struct {
	from, to int // among the bytes of the lanes
	next     int // the piece that follows
}

func newInverse() inverse {
	return inverse{
		rows:  new([1 << rowBits]uint32),
		lanes: new([lanes * laneSize]byte),
		text:  make([]byte, maxBlock),
	}
}

// invert makes the text of the last column and the row where it begins.
func (v *inverse) invert(last []byte, origin int) []byte {
	// Two halves at a time, since equal bytes one after another must wait for each other.
	half := len(last) / 2
	low, high := last[:half], last[half:2*half]
	var next, after [256]uint32
	for i, b := range low {
		next[b]++
		after[high[i]]++
	}
	if len(last) > 2*half {
		after[last[2*half]]++
	}
	sum := uint32(0)
	for i := range next {
		count, more := next[i], after[i]
		next[i], after[i] = sum, sum+count
		sum += count + more
	}
	rows := v.rows
	for i, b := range low {
		c := high[i]
		row, other := next[b], after[c]
		next[b], after[c] = row+1, other+1
		rows[row&(1<<rowBits-1)] = uint32(i)<<rowShift | uint32(b)
		rows[other&(1<<rowBits-1)] = uint32(half+i)<<rowShift | uint32(c)
	}
	if len(last) > 2*half {
		b := last[2*half]
		rows[after[b]] = uint32(2*half)<<rowShift | uint32(b)
	}
	v.follow(len(last), origin)
	// Where the text repeats itself throughout, its rows are several circles, and one is passed through
	// several times.
	text := v.text[:0]
	for p := origin / stride; len(text) < len(last); p = v.pieces[p].next {
		from, to := v.pieces[p].from, v.pieces[p].to
		text = append(text, v.lanes[from:min(to, from+len(last)-len(text))]...)
	}
	return text
}

// follow makes the pieces.
func (v *inverse) follow(n, origin int) {
	v.rest = origin % stride
	v.starts = (n - v.rest + stride - 1) / stride
	v.begun, v.active = 0, lanes
	v.idle = 1<<rowBits - 1
	if v.rest == stride-1 {
		v.idle--
	}
	rows, out := v.rows, v.lanes
	rows[v.idle] = v.idle << rowShift
	const mask = (stride - 1) << rowShift
	hit := uint32(v.rest) << rowShift
	p0 := v.start(0, 0)
	p1 := v.start(1, 0)
	p2 := v.start(2, 0)
	p3 := v.start(3, 0)
	p4 := v.start(4, 0)
	p5 := v.start(5, 0)
	p6 := v.start(6, 0)
	p7 := v.start(7, 0)
	for j := 0; j < laneSize && v.active > 0; j++ {
		e0 := rows[p0]
		out[0*laneSize+j] = byte(e0)
		p0 = e0 >> rowShift
		e1 := rows[p1]
		out[1*laneSize+j] = byte(e1)
		p1 = e1 >> rowShift
		e2 := rows[p2]
		out[2*laneSize+j] = byte(e2)
		p2 = e2 >> rowShift
		e3 := rows[p3]
		out[3*laneSize+j] = byte(e3)
		p3 = e3 >> rowShift
		e4 := rows[p4]
		out[4*laneSize+j] = byte(e4)
		p4 = e4 >> rowShift
		e5 := rows[p5]
		out[5*laneSize+j] = byte(e5)
		p5 = e5 >> rowShift
		e6 := rows[p6]
		out[6*laneSize+j] = byte(e6)
		p6 = e6 >> rowShift
		e7 := rows[p7]
		out[7*laneSize+j] = byte(e7)
		p7 = e7 >> rowShift
		if e0&mask == hit {
			p0 = v.turn(0, j, p0)
		}
		if e1&mask == hit {
			p1 = v.turn(1, j, p1)
		}
		if e2&mask == hit {
			p2 = v.turn(2, j, p2)
		}
		if e3&mask == hit {
			p3 = v.turn(3, j, p3)
		}
		if e4&mask == hit {
			p4 = v.turn(4, j, p4)
		}
		if e5&mask == hit {
			p5 = v.turn(5, j, p5)
		}
		if e6&mask == hit {
			p6 = v.turn(6, j, p6)
		}
		if e7&mask == hit {
			p7 = v.turn(7, j, p7)
		}
	}
}

// turn ends the piece of a lane and gives it another; the row that comes next starts the piece after.
func (v *inverse) turn(lane, j int, row uint32) uint32 {
	v.pieces[v.piece[lane]] = piece{lane*laneSize + v.from[lane], lane*laneSize + j + 1, int(row) / stride}
	return v.start(lane, j+1)
}

func (v *inverse) start(lane, j int) uint32 {
	if v.begun == v.starts {
		v.active--
		return v.idle
	}
	p := v.begun
	v.begun++
	v.piece[lane], v.from[lane] = p, j
	return uint32(p*stride + v.rest)
}

// expand appends the text with its runs unpacked: behind four equal bytes stands how many more follow.
// It is not done when that would be more than limit bytes.
func expand(out, text []byte, limit int) (_ []byte, done bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	out = slices.Grow(out, len(text)+len(text)/16+16)
	at := len(out)
	out = out[:cap(out)]
	i, run := 0, 0
	for i < len(text) {
		if at+12 > len(out) {
			out = slices.Grow(out, len(text))
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
			out = slices.Grow(out, len(text))
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

// checksum is bzip2's: that of IEEE with the bits of every byte, and of the sum, in the other order.
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
