package bzip2

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
)

// The parts of a stream.
const (
	headerBytes = 4  // "BZh" and the level of the stream
	endBits     = 80 // magic number and checksum
	levelUnit   = 100_000
	maxLevel    = 9
)

// After damage, candidates are tried one after another until one is proved. A file that is made for it could hold a
// false candidate every few bytes, each of which takes as long to decode as a block. So the work for false candidates
// is bounded, counted in bits read and bytes made. A block takes about 3 of these per bit of its own.
const (
	maxFalseWork    = 1 << 26
	falseWorkPerBit = 16
)

// chain follows one span from block to block. The methods that return ok or more return false if ranging is over: the
// caller has stopped, the context has ended, or the file cannot be read.
type chain struct {
	pool  *pool
	span  *spanState
	index int
	yield func(Block) bool

	next     *candidate // the first candidate that is not done with
	stream   Stream     // what is known of the stream so far
	expanded []byte     // the data of a block that is too large for a worker
}

// readSpan yields the blocks of the span. It returns false if ranging is over.
func (c *chain) readSpan() bool {
	at, to := c.span.Bit, c.span.To*8
	inStream, ok := at > 0, true
	if inStream {
		if inStream, ok = c.magicAt(at); !ok {
			return false
		}
	}
	c.stream = Stream{Level: maxLevel}
	if c.span.Stream != nil {
		c.stream = *c.span.Stream
	}
	for hasBegun := inStream; ; hasBegun = true {
		var err error
		switch {
		case inStream:
			if at, inStream, err, ok = c.step(at); !ok {
				return false
			}
		case hasBegun && at == to:
			return c.seek(math.MaxInt64)
		default:
			if err, ok = c.header(at, hasBegun); !ok {
				return false
			}
			if err == nil {
				at, inStream = at+8*headerBytes, true
			}
		}
		if err == nil {
			continue
		}
		found, ok := c.resync(at, inStream, err)
		if !found || !ok {
			return ok
		}
		at, inStream = c.next.bit, true
	}
}

// step reads what should begin at a bit within a stream, which is a block or the end of the stream. It returns where
// the next thing begins, and whether that is within the stream, or what is wrong.
func (c *chain) step(at int64) (after int64, inStream bool, wrong error, ok bool) {
	if !c.seek(at) {
		return at, true, nil, false
	}
	n, left := c.next, c.span.To*8-at
	switch {
	case n.bit != at && left < magicBits:
		wrong = fmt.Errorf("%w: the file ends where a block or the end of the stream should begin", ErrTruncated)
		return at, true, wrong, true
	case n.bit != at:
		wrong = fmt.Errorf("%w: neither a block nor the end of the stream begins at bit %d", ErrDamaged, at)
		return at, true, wrong, true
	case n.end && left < endBits:
		return at, true, fmt.Errorf("%w: the file ends within the end of a stream", ErrTruncated), true
	case n.end:
		after, ok = c.streamEnd(at)
		return after, false, nil, ok
	case !c.wait(n):
		return at, true, nil, false
	}
	if wrong = c.check(n); wrong != nil {
		return at, true, wrong, true
	}
	after = n.result.end
	block := c.block(at, after, nil)
	block.Data = n.result.data
	c.stream.Sum = bits.RotateLeft32(c.stream.Sum, 1) ^ n.result.sum
	c.stream.Blocks++
	ok = c.yield(block)
	c.drop()
	return after, true, nil, ok
}

// header reads the header of a stream.
func (c *chain) header(at int64, hasBegun bool) (wrong error, ok bool) {
	b, ok := c.bytes(at, headerBytes)
	if !ok {
		return nil, false
	}
	if at%8 == 0 && isHeader(b) {
		c.stream = Stream{Level: int(b[3] - '0'), Whole: true}
		return nil, true
	}
	switch {
	case at%8 == 0 && len(b) == 0:
		return fmt.Errorf("%w: the file is empty", ErrTruncated), true
	case at%8 == 0 && len(b) < headerBytes && string(b) == "BZh"[:len(b)]:
		return fmt.Errorf("%w: the file ends within the header of a stream", ErrTruncated), true
	case hasBegun:
		return fmt.Errorf("%w: %q stands where a stream should begin or the file should end", ErrTrailing, b), true
	}
	return fmt.Errorf("%w: the file begins with %q; expected \"BZh\"", ErrNotBzip2, b), true
}

// isHeader reports whether bytes begin with the header of a stream.
func isHeader(b []byte) bool {
	if len(b) < headerBytes || string(b[:3]) != "BZh" {
		return false
	}
	return '1' <= b[3] && b[3] <= '0'+maxLevel
}

// streamEnd compares the checksum of a stream with those of its blocks. It returns where the next stream begins.
func (c *chain) streamEnd(at int64) (after int64, ok bool) {
	b, ok := c.bytes(at, endBits/8+1)
	if !ok {
		return 0, false
	}
	c.next = nil
	after = (at + endBits + 7) &^ 7
	var padded [8]byte
	copy(padded[:], b[magicBits/8:])
	sum := uint32(binary.BigEndian.Uint64(padded[:]) << (at % 8) >> 32)
	switch {
	case c.stream.Unknown:
		block := c.block(at, at+endBits, nil)
		block.Unproven = &Unproven{Blocks: c.stream.Blocks, Sum: c.stream.Sum, Stated: sum}
		c.stream.Unknown = false
		return after, c.yield(block)
	case c.stream.Whole && sum != c.stream.Sum:
		err := fmt.Errorf("%w: the stream says %08x, its blocks make %08x", ErrChecksum, sum, c.stream.Sum)
		return after, c.yield(c.block(at, at+endBits, err))
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
	case n.result.size > c.stream.Level*levelUnit:
		return fmt.Errorf("%w: a block of %d bytes; the stream says at most %d",
			ErrDamaged, n.result.size, c.stream.Level*levelUnit)
	case !n.result.unexpanded:
		return nil
	}
	c.expanded, _ = expand(c.expanded[:0], n.result.data, math.MaxInt)
	if checksum(c.expanded) != n.result.sum {
		return fmt.Errorf("%w: %w", ErrDamaged, errChecksum)
	}
	c.pool.recycle(n.result.data)
	n.result.data, n.result.unexpanded, n.result.kept = c.expanded, false, true
	return nil
}

// resync searches behind the bit where the chain broke for the next block that is proved by its checksum, or for the
// next end of a stream that is followed by another stream or by nothing. It yields what is lost.
func (c *chain) resync(at int64, inStream bool, wrong error) (found, ok bool) {
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
			return false, c.yield(c.block(at, c.span.To*8, wrong))
		case n.end:
			if found, ok = c.isEnd(n.bit); !ok {
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
	unread := c.stream.Unknown && c.span.Bit == at // where a span begins anywhere, nothing of the stream is lost to it
	c.stream = Stream{Level: maxLevel}
	if unread {
		c.stream = *c.span.Stream
	}
	if !errors.Is(wrong, ErrDamaged) {
		wrong = fmt.Errorf("%w: neither a block nor a stream begins here that can be read", ErrDamaged)
	}
	return true, c.yield(c.block(at, c.next.bit, wrong))
}

// isEnd reports whether a magic number is certainly that of the end of a stream.
func (c *chain) isEnd(bit int64) (found, ok bool) {
	after := (bit + endBits + 7) &^ 7
	if after >= c.span.To*8 {
		return after == c.span.To*8, true
	}
	b, ok := c.bytes(after, headerBytes)
	if !ok || !isHeader(b) {
		return false, ok
	}
	return c.magicAt(after + 8*headerBytes)
}

// magicAt reports whether the magic number of a block or of the end of a stream is at a bit.
func (c *chain) magicAt(bit int64) (found, ok bool) {
	b, ok := c.bytes(bit, 8)
	if !ok || int64(len(b)*8) < bit%8+magicBits {
		return false, ok
	}
	var padded [8]byte
	copy(padded[:], b)
	magic := binary.BigEndian.Uint64(padded[:]) << (bit % 8) >> (64 - magicBits)
	return magic == magicBlock || magic == magicEnd, true
}

// bytes reads up to n bytes, fewer at the end of the span. The first is the byte that holds a bit.
func (c *chain) bytes(bit int64, n int) (b []byte, ok bool) {
	from := bit / 8
	b = make([]byte, max(0, min(int64(n), c.span.To-from)))
	k, err := c.pool.r.ReadAt(b, from)
	if k < len(b) && err != nil && !errors.Is(err, io.EOF) {
		return nil, c.fail(err)
	}
	return b[:k], true
}

// seek drops the candidates before a bit. Then the next candidate is at that bit or behind it, or is the last.
func (c *chain) seek(bit int64) bool {
	c.span.floor.Store(bit)
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

// drop gives up the next candidate, or is done with it.
func (c *chain) drop() {
	if !c.next.settled.CompareAndSwap(false, true) && !c.next.result.kept {
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

// fail yields an error of the reader, and ends ranging.
func (c *chain) fail(err error) bool {
	c.yield(c.block(c.span.Bit, c.span.To*8, err))
	return false
}

// block returns a block from one bit to another, without data.
func (c *chain) block(bit, end int64, err error) Block {
	return Block{
		Span: c.index, Bit: bit, End: end, From: bit / 8, To: (end + 7) / 8, Err: err, Stream: c.stream,
	}
}
