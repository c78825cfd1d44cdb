package bzip2

import "encoding/binary"

// The magic numbers of blocks and of the ends of streams: the digits of pi and of its square root.
const (
	magicBlock = 0x314159265359
	magicEnd   = 0x177245385090
	magicBits  = 48
)

// magicPairs is the set of pairs of bytes that can be inside a magic number. A magic number at any bit fills at least
// five whole bytes. So of the pairs of bytes at every fourth offset, one is within it, at one of four places and eight
// shifts: 64 values of 65,536 are worth a second look.
var magicPairs = func() (set [1 << 11]uint32) {
	for _, magic := range []uint64{magicBlock, magicEnd} {
		for place := 1; place <= 4; place++ {
			for shift := range 8 {
				pair := uint16(magic >> (magicBits - 16 - (8*place - shift)))
				set[pair>>5] |= 1 << (pair & 31)
			}
		}
	}
	return set
}()

// scan calls found with each magic number that begins in b, in order: the bit where it begins, and whether it is that
// of the end of a stream. It returns how many bytes of b are done with. The others must come again, before the bytes
// that follow them. It returns false if found does.
func scan(b []byte, found func(bit int, end bool) bool) (done int, ok bool) {
	at := 4
	for ; at+8 <= len(b); at += 4 {
		pair := binary.BigEndian.Uint16(b[at:])
		if magicPairs[pair>>5]&(1<<(pair&31)) == 0 {
			continue
		}
		for first := at - 4; first < at; first++ {
			word := binary.BigEndian.Uint64(b[first:])
			for shift := range 8 {
				magic := word << shift >> (64 - magicBits)
				if (magic == magicBlock || magic == magicEnd) && !found(8*first+shift, magic == magicEnd) {
					return 0, false
				}
			}
		}
	}
	return at - 4, true
}
