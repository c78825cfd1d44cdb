package bzip2

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
)

const (
	headerBytes = 4  // "BZh" and the size of the stream's blocks
	endBits     = 80 // magic number and checksum
	levelUnit   = 100_000
	maxLevel    = 9

	// After damage candidates are tried one after another until one proves itself. A file made for it
	// could hold a false one every few bytes, each as long to decode as a block. So the work that false
	// ones may take is bounded, in bits read and bytes made; a block takes about 3 a bit of its own.
	maxFalseWork    = 1 << 26
	falseWorkPerBit = 16
)

// chain follows one span from block to block.
type chain struct {
	pool  *pool
	part  *spanState
	index int
	yield func(Block) bool

	next     *candidate // the first that is not done with
	level    int        // a block of the stream has at most so many units
	sum      uint32     // of the stream's blocks
	whole    bool       // each block of the stream was seen
	expanded []byte     // the data of a block that is too large for a worker
}

// readSpan yields the span's blocks. It is false when ranging is over.
func (c *chain) readSpan() bool {
	at, to := c.part.Bit, c.part.To*8
	inStream, goOn := at > 0, true
	if inStream {
		if inStream, goOn = c.magicAt(at); !goOn {
			return false
		}
	}
	c.level = maxLevel
	for begun := inStream; ; begun = true {
		var wrong error
		if !inStream {
			if begun && at == to {
				return c.seek(math.MaxInt64)
			}
			if wrong, goOn = c.header(at, begun); !goOn {
				return false
			} else if wrong == nil {
				at, inStream = at+8*headerBytes, true
				continue
			}
		} else if !c.seek(at) {
			return false
		} else if at, inStream, wrong, goOn = c.step(at); !goOn {
			return false
		} else if wrong == nil {
			continue
		}
		found, goOn := c.resync(at, inStream, wrong)
		if !found || !goOn {
			return goOn
		}
		at, inStream = c.next.bit, true
	}
}

// step reads what should begin at a bit within a stream, a block or the stream's end, and tells where
// the next thing begins, and whether that is within the stream.
func (c *chain) step(at int64) (after int64, inStream bool, wrong error, goOn bool) {
	n, left := c.next, c.part.To*8-at
	switch {
	case n.bit != at && left < magicBits:
		return at, true, fmt.Errorf("%w: the file ends where a block or the end of the stream should begin", ErrTruncated), true
	case n.bit != at:
		return at, true, fmt.Errorf("%w: neither a block nor the end of the stream begins at bit %d", ErrDamaged, at), true
	case n.end && left < endBits:
		return at, true, fmt.Errorf("%w: the file ends within the end of a stream", ErrTruncated), true
	case n.end:
		after, goOn = c.streamEnd(at)
		return after, false, nil, goOn
	case !c.wait(n):
		return at, true, nil, false
	}
	if wrong = c.check(n); wrong != nil {
		return at, true, wrong, true
	}
	after = n.result.end
	c.sum = bits.RotateLeft32(c.sum, 1) ^ n.result.sum
	block := c.block(at, after, nil)
	block.Data = n.result.data
	goOn = c.yield(block)
	c.drop()
	return after, true, nil, goOn
}

// header reads the header of a stream.
func (c *chain) header(at int64, begun bool) (wrong error, goOn bool) {
	b, goOn := c.bytes(at, headerBytes)
	if !goOn {
		return nil, false
	}
	if at%8 == 0 && isHeader(b) {
		c.level, c.sum, c.whole = int(b[3]-'0'), 0, true
		return nil, true
	}
	switch {
	case at%8 == 0 && len(b) == 0:
		return fmt.Errorf("%w: the file is empty", ErrTruncated), true
	case at%8 == 0 && len(b) < headerBytes && string(b) == "BZh"[:len(b)]:
		return fmt.Errorf("%w: the file ends within the header of a stream", ErrTruncated), true
	case begun:
		return fmt.Errorf("%w: %q stands where a stream should begin or the file should end", ErrTrailing, b), true
	}
	return fmt.Errorf("%w: the file begins with %q; expected \"BZh\"", ErrNotBzip2, b), true
}

func isHeader(b []byte) bool {
	return len(b) >= headerBytes && string(b[:3]) == "BZh" && '1' <= b[3] && b[3] <= '9'
}

// streamEnd compares the checksum of a stream with those of its blocks and tells where the next begins.
func (c *chain) streamEnd(at int64) (after int64, goOn bool) {
	b, goOn := c.bytes(at, endBits/8+1)
	if !goOn {
		return 0, false
	}
	c.next = nil
	after = (at + endBits + 7) &^ 7
	var padded [8]byte
	copy(padded[:], b[magicBits/8:])
	sum := uint32(binary.BigEndian.Uint64(padded[:]) << (at % 8) >> 32)
	if c.whole && sum != c.sum {
		return after, c.yield(c.block(at, at+endBits, fmt.Errorf("%w: the stream says %08x, its blocks make %08x", ErrChecksum, sum, c.sum)))
	}
	return after, true
}

// check proves a block, and makes its data if that was too much for the worker.
func (c *chain) check(n *candidate) error {
	switch {
	case errors.Is(n.err, errShort):
		return fmt.Errorf("%w: the file ends within a block", ErrTruncated)
	case n.err != nil:
		return fmt.Errorf("%w: %w", ErrDamaged, n.err)
	case n.result.size > c.level*levelUnit:
		return fmt.Errorf("%w: a block of %d bytes; the stream says at most %d", ErrDamaged, n.result.size, c.level*levelUnit)
	case !n.result.unexpanded:
		return nil
	}
	var sum uint32
	c.expanded, _ = expand(c.expanded[:0], n.result.data, math.MaxInt)
	if sum = checksum(c.expanded); sum != n.result.sum {
		return fmt.Errorf("%w: %w", ErrDamaged, errChecksum)
	}
	c.pool.recycle(n.result.data)
	n.result.data, n.result.unexpanded, n.result.kept = c.expanded, false, true
	return nil
}

// resync looks behind the bit where the chain broke for the next block that its checksum proves, or the
// next end of a stream behind which there is another stream or nothing. It yields what is lost.
func (c *chain) resync(at int64, inStream bool, wrong error) (found, goOn bool) {
	if !c.seek(at) {
		return false, false
	}
	spent := int64(0)
	if inStream && c.next.bit == at {
		spent += c.next.result.work
		c.drop()
	}
	for {
		if !c.seek(at + max(0, spent-maxFalseWork)/falseWorkPerBit) {
			return false, false
		}
		n := c.next
		switch {
		case n.last:
			return false, c.yield(c.block(at, c.part.To*8, wrong))
		case n.end:
			if found, goOn = c.isEnd(n.bit); !goOn {
				return false, false
			}
		case !c.wait(n):
			return false, false
		default:
			found = n.err == nil && c.check(n) == nil
			spent += n.result.work
		}
		if found {
			break
		}
		c.drop()
	}
	c.level, c.whole = maxLevel, false
	if !errors.Is(wrong, ErrDamaged) {
		wrong = fmt.Errorf("%w: neither a block nor a stream begins here that can be read", ErrDamaged)
	}
	return true, c.yield(c.block(at, c.next.bit, wrong))
}

// isEnd is whether a magic number ends a stream for certain.
func (c *chain) isEnd(bit int64) (found, goOn bool) {
	after := (bit + endBits + 7) &^ 7
	if after >= c.part.To*8 {
		return after == c.part.To*8, true
	}
	b, goOn := c.bytes(after, headerBytes)
	if !goOn || !isHeader(b) {
		return false, goOn
	}
	return c.magicAt(after + 8*headerBytes)
}

// magicAt is whether a block or the end of a stream begins at a bit.
func (c *chain) magicAt(bit int64) (found, goOn bool) {
	b, goOn := c.bytes(bit, 8)
	if !goOn || int64(len(b)*8) < bit%8+magicBits {
		return false, goOn
	}
	var padded [8]byte
	copy(padded[:], b)
	magic := binary.BigEndian.Uint64(padded[:]) << (bit % 8) >> (64 - magicBits)
	return magic == magicBlock || magic == magicEnd, true
}

// bytes reads up to n bytes from the one that holds a bit on, fewer where the span ends.
func (c *chain) bytes(bit int64, n int) (b []byte, goOn bool) {
	from := bit / 8
	b = make([]byte, max(0, min(int64(n), c.part.To-from)))
	read, err := c.pool.r.ReadAt(b, from)
	if read < len(b) && err != nil && !errors.Is(err, io.EOF) {
		return nil, c.fail(err)
	}
	return b[:read], true
}

// seek drops the candidates before a bit; the next one stands there or behind it, or is none.
func (c *chain) seek(bit int64) bool {
	c.part.floor.Store(bit)
	for c.pool.ctx.Err() == nil {
		if c.next == nil {
			select {
			case c.next = <-c.pool.order:
			case <-c.pool.ctx.Done():
				return false
			}
		}
		if c.next.last {
			return c.next.broken == nil || c.fail(c.next.broken)
		}
		if c.next.bit >= bit {
			return true
		}
		c.drop()
	}
	return false
}

// drop is done with the next candidate.
func (c *chain) drop() {
	if !c.next.settle.CompareAndSwap(false, true) && !c.next.result.kept {
		c.pool.recycle(c.next.result.data)
	}
	c.next = nil
}

// wait waits until the worker is done with a candidate.
func (c *chain) wait(n *candidate) bool {
	select {
	case <-n.done:
		return c.pool.ctx.Err() == nil && (n.broken == nil || c.fail(n.broken))
	case <-c.pool.ctx.Done():
		return false
	}
}

// fail yields that the file cannot be read on this machine, and ends ranging.
func (c *chain) fail(err error) bool {
	c.yield(c.block(c.part.Bit, c.part.To*8, err))
	return false
}

func (c *chain) block(bit, end int64, err error) Block {
	return Block{Span: c.index, Bit: bit, End: end, From: bit / 8, To: (end + 7) / 8, Err: err}
}
