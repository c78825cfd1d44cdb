package dump

import (
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"
)

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
	if z.inside && len(z.head) < 3 {
		return
	}
	if z.inside {
		header := int64(z.head[0]) | int64(z.head[1])<<8 | int64(z.head[2])<<16
		isLast, isRepeated := header&1 != 0, header>>1&3 == 1
		if z.skip = header >> 3; isRepeated { // one byte stands for all
			z.skip = 1
		}
		if isLast {
			z.skip += z.sum
			z.ending = true
		}
		z.head = z.head[:0]
		return
	}
	var h zstd.Header
	err := h.Decode(z.head)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return
	case err != nil: // the decoder says that this is no frame
	case h.Skippable:
		z.skip, z.ending = int64(h.SkippableSize), true
	default:
		z.inside, z.sum = true, 0
		if h.HasCheckSum {
			z.sum = 4
		}
	}
	z.head = z.head[:0]
}
