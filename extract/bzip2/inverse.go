package bzip2

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
)

const (
	rowBits = 20 // enough to count maxBlock rows
	lanes   = 8
	stride  = 512 // rows between two where a lane can begin
	// A lane's bytes; not a multiple of a page, so that the lanes do not compete for the same cache lines.
	laneSize = maxBlock + 64 + 832
)

type inverse struct {
	rows  *[1 << rowBits]uint32 // of each sorted row: the row of what follows<<12, and its first byte
	lanes []byte
	text  []byte
}

func newInverse() inverse {
	return inverse{rows: new([1 << rowBits]uint32), text: make([]byte, maxBlock)}
}

// invert undoes the sorting of rows.
func (v *inverse) invert(last []byte, origin int) []byte {
	var next [256]uint32
	for _, b := range last {
		next[b]++
	}
	sum := uint32(0)
	for i, count := range next {
		next[i] = sum
		sum += count
	}
	for i, b := range last {
		row := next[b]
		next[b] = row + 1
		v.rows[row&(1<<rowBits-1)] = uint32(i)<<12 | uint32(b)
	}
	text := v.text[:len(last)]
	row := uint32(origin)
	for i := range text {
		e := v.rows[row]
		text[i] = byte(e)
		row = e >> 12
	}
	return text
}

// expand appends the text with its runs unpacked: behind four equal bytes stands how many more follow.
// It is not done when that would be more than limit bytes.
func expand(out, text []byte, limit int) (_ []byte, done bool) {
	run := 0
	for i, b := range text {
		switch {
		case run == 4:
			for range b {
				out = append(out, text[i-1])
			}
			run = 0
		case run > 0 && b == text[i-1]:
			out = append(out, b)
			run++
		default:
			out = append(out, b)
			run = 1
		}
		if len(out) > limit {
			return out, false
		}
	}
	return out, true
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
