package dump

import "encoding/binary"

// zstdFrames passes a zstd file to its decoder, and notes where each frame ends, which the decoder does not tell. A
// frame is a header, blocks that begin with their sizes, and a checksum if the header says so.
//
// The format: https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.
type zstdFrames struct {
	in     *memberReader
	head   []byte // the part that was read of the header of a frame or a block
	skip   int64  // the bytes to pass until the next header
	inside bool   // the next header is that of a block
	sum    int64  // the size of the checksum at the end of the frame
	ending bool   // the frame ends behind the bytes to pass
}

// The magic numbers of frames. Those of skippable frames differ in their last four bits.
const (
	zstdFrameMagic = 0xFD2FB528
	skippableMagic = 0x184D2A50
)

// Read reads and follows the frames.
func (z *zstdFrames) Read(p []byte) (int, error) {
	n, err := z.in.Read(p)
	z.follow(p[:n])
	return n, err
}

// follow follows the frames through the next bytes.
func (z *zstdFrames) follow(b []byte) {
	for {
		if z.skip > 0 {
			passed := min(z.skip, int64(len(b)))
			z.skip -= passed
			b = b[passed:]
		}
		if z.skip > 0 {
			return
		}
		if z.ending {
			z.ending, z.inside = false, false
			z.in.endMember(int64(len(b)))
		}
		if len(b) == 0 {
			return
		}
		z.head = append(z.head, b[0])
		b = b[1:]
		z.parseHeader()
	}
}

// parseHeader reads the header of a frame or a block once enough of it was read.
func (z *zstdFrames) parseHeader() {
	switch {
	case z.inside && len(z.head) < 3, !z.inside && len(z.head) < 5:
		return
	case z.inside:
		header := int64(z.head[0]) | int64(z.head[1])<<8 | int64(z.head[2])<<16
		isLast, isRepeated := header&1 != 0, header>>1&3 == 1
		if z.skip = header >> 3; isRepeated { // one byte stands for all
			z.skip = 1
		}
		if isLast {
			z.skip += z.sum
			z.ending = true
		}
	default:
		switch magic := binary.LittleEndian.Uint32(z.head); {
		case magic == zstdFrameMagic:
			z.parseFrame(z.head[4])
		case magic&^0xF == skippableMagic && len(z.head) < 8:
			return
		case magic&^0xF == skippableMagic:
			z.skip, z.ending = int64(binary.LittleEndian.Uint32(z.head[4:])), true
		default: // the decoder says that this is no frame
		}
	}
	z.head = z.head[:0]
}

// parseFrame reads the descriptor of a frame, the byte behind its magic number.
func (z *zstdFrames) parseFrame(descriptor byte) {
	isSingle := descriptor>>5&1 != 0
	z.skip = []int64{0, 1, 2, 4}[descriptor&3] + []int64{0, 2, 4, 8}[descriptor>>6]
	if !isSingle || descriptor>>6 == 0 { // a window, or a size of one byte
		z.skip++
	}
	z.sum = 4 * int64(descriptor>>2&1)
	z.inside = true
}
