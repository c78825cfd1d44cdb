package bzip2

import (
	"context"
	"errors"
	"io"
	"math"
	"sync"
	"sync/atomic"
)

const (
	scanBytes      = 256 << 10 // bytes that the scanner takes at a time
	aheadPerWorker = 2         // candidates a worker that wait for the chain
	maxWorkerData  = 4 << 20   // bytes from which a block's data is made by the chain, one block at a time
)

// candidate is a place where a magic number stands: perhaps a block, perhaps the end of a stream,
// perhaps chance. Behind the last of each span comes one that is none: no more will come.
type candidate struct {
	bit    int64
	last   bool
	end    bool          // a stream's end, if it is one
	limit  int64         // the byte up to which it reaches, if the next candidate is a block, too
	part   *spanState    // that it belongs to
	err    error         // why it is no block
	broken error         // r could not be read
	done   chan struct{} // closed when the worker is
	settle atomic.Bool   // set by the worker that has a result, or by the chain that wants none
	result result
}

// spanState is a span while it is read.
type spanState struct {
	Span
	floor atomic.Int64 // candidates before this bit are of no use any more
}

// pool is what runs beside the chain: a scanner, and workers.
type pool struct {
	ctx   context.Context
	r     io.ReaderAt
	group sync.WaitGroup
	parts []spanState
	order chan *candidate
	queue chan *candidate
	free  chan []byte
}

func newPool(ctx context.Context, r io.ReaderAt, spans []Span, workers int) *pool {
	p := &pool{
		ctx: ctx, r: r,
		parts: make([]spanState, len(spans)),
		order: make(chan *candidate, aheadPerWorker*workers),
		queue: make(chan *candidate),
		free:  make(chan []byte, (aheadPerWorker+1)*workers+1),
	}
	for i, s := range spans {
		p.parts[i].Span = s
	}
	p.group.Go(func() {
		defer close(p.queue)
		for i := range p.parts {
			if !p.scan(&p.parts[i]) {
				return
			}
		}
	})
	for range workers {
		p.group.Go(p.work)
	}
	return p
}

// scan sends the candidates of one part, each when it is known where the next one stands.
func (p *pool) scan(s *spanState) bool {
	var waiting *candidate
	send := func(limit int64) bool {
		c := waiting
		waiting = nil
		if c == nil {
			return true
		}
		c.limit = min(limit, s.To)
		select {
		case p.order <- c:
		case <-p.ctx.Done():
			return false
		}
		if c.end || c.last {
			return true
		}
		select {
		case p.queue <- c:
		case <-p.ctx.Done():
			return false
		}
		return true
	}
	buffer := make([]byte, 0, scanBytes+16)
	at := max(s.Bit, 0) / 8 // of the buffer's first byte
	var failed error
	for more := true; more; {
		from := len(buffer)
		size := min(scanBytes-from, int(min(s.To-at-int64(from), scanBytes)))
		n := 0
		if size > 0 {
			buffer = buffer[:from+size]
			if n, failed = p.r.ReadAt(buffer[from:], at+int64(from)); n < size && failed == nil {
				failed = io.ErrUnexpectedEOF
			} else if n == size || errors.Is(failed, io.EOF) {
				failed = nil
			}
		}
		buffer = buffer[:from+n]
		if more = n == size && at+int64(len(buffer)) < s.To; !more {
			buffer = append(buffer, make([]byte, 16)...)
		}
		done, goOn := scan(buffer, func(bit int, end bool) bool {
			found := at*8 + int64(bit)
			if found < s.Bit || found+magicBits > s.To*8 {
				return true
			}
			ok := send((found + 7) / 8)
			waiting = &candidate{bit: found, end: end, part: s, done: make(chan struct{})}
			return ok
		})
		if !goOn {
			return false
		}
		at += int64(done)
		buffer = buffer[:copy(buffer, buffer[done:])]
		if waiting != nil && at-waiting.bit/8 > maxCompressed && !send(at) {
			return false
		}
	}
	if !send(s.To) {
		return false
	}
	waiting = &candidate{bit: math.MaxInt64, last: true, part: s, broken: failed}
	return send(s.To) && failed == nil
}

// work decodes what stands behind magic numbers.
func (p *pool) work() {
	var d *decoder
	for c := range p.queue {
		if p.ctx.Err() == nil && c.bit >= c.part.floor.Load() {
			if d == nil {
				d = newDecoder()
			}
			p.decode(d, c)
		}
		if !c.settle.CompareAndSwap(false, true) {
			p.recycle(c.result.data)
		}
		close(c.done)
	}
}

// decode gives the decoder the bytes up to the next candidate and, if that stands within this block by
// chance, more of them.
func (p *pool) decode(d *decoder, c *candidate) {
	from := c.bit / 8
	for size := c.limit - from; ; size *= 2 {
		size = min(size, maxCompressed)
		all := from+size >= c.part.To
		if all {
			size = c.part.To - from
		}
		in := d.input(int(size))
		n, err := p.r.ReadAt(in, from)
		if n < len(in) {
			if err != nil && !errors.Is(err, io.EOF) {
				c.broken = err
				return
			}
			clear(in[n:])
			all = true
		}
		var buffer []byte
		select {
		case buffer = <-p.free:
		default:
		}
		c.result, c.err = d.decode(int(c.bit%8), 8*n, buffer)
		c.result.end += from * 8
		if c.err == nil {
			return
		}
		p.recycle(buffer)
		if c.err != errShort || all || size == maxCompressed {
			if c.err == errShort && !all {
				c.err = errEndless
			}
			return
		}
	}
}

// recycle keeps the memory of a block that nobody needs any more for another.
func (p *pool) recycle(data []byte) {
	if cap(data) == 0 || cap(data) > 4*maxWorkerData {
		return
	}
	select {
	case p.free <- data[:0]:
	default:
	}
}
