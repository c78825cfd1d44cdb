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
	scanBytes      = 256 << 10 // the bytes that the scanner reads at a time
	aheadPerWorker = 2         // the candidates per worker that wait for the chain
	maxWorkerData  = 4 << 20   // a block with more bytes of data is expanded by the chain, one block at a time
	scanPadding    = 16        // zero bytes behind the last bytes, so that the scanner sees all of these
)

// candidate is a place with a magic number: it may be that of a block, that of the end of a stream, or there by chance.
// The last candidate of a span is not a place and says that no more will come.
type candidate struct {
	bit     int64
	last    bool
	end     bool  // the magic number is that of the end of a stream
	limit   int64 // the byte up to which it reaches if the next candidate is a block, too
	span    *spanState
	err     error         // why it is not a block
	broken  error         // why r could not be read
	done    chan struct{} // closed when the worker is done
	settled atomic.Bool   // set by the worker that has a result, or by the chain that needs none
	result  result
}

// spanState is a span while it is read.
type spanState struct {
	Span
	floor atomic.Int64 // candidates before this bit are no longer needed
}

// pool is what runs beside the chain: a scanner, and workers.
type pool struct {
	ctx   context.Context
	r     io.ReaderAt
	group sync.WaitGroup
	spans []spanState
	order chan *candidate // to the chain, in the order of the file
	queue chan *candidate // to the workers
	free  chan []byte     // the memory of blocks that are no longer needed
}

// newPool starts a scanner and workers. They end with ctx.
func newPool(ctx context.Context, r io.ReaderAt, spans []Span, workers int) *pool {
	p := &pool{
		ctx: ctx, r: r,
		spans: make([]spanState, len(spans)),
		order: make(chan *candidate, aheadPerWorker*workers),
		queue: make(chan *candidate),
		free:  make(chan []byte, (aheadPerWorker+1)*workers+1),
	}
	for i, s := range spans {
		p.spans[i].Span = s
	}
	p.group.Go(func() {
		defer close(p.queue)
		for i := range p.spans {
			if !p.scan(&p.spans[i]) {
				return
			}
		}
	})
	for range workers {
		p.group.Go(p.work)
	}
	return p
}

// scan sends the candidates of one span. It returns false if no more spans are to be scanned.
func (p *pool) scan(s *spanState) bool {
	var waiting *candidate // for the next one to be found
	buffer := make([]byte, 0, scanBytes+scanPadding)
	at := max(s.Bit, 0) / 8 // the offset of the first byte of the buffer
	var broken error
	for more := true; more; {
		from := len(buffer)
		size := max(0, min(int64(scanBytes-from), s.To-at-int64(from)))
		var n int
		n, broken = readUpTo(p.r, buffer[from:from+int(size)], at+int64(from))
		buffer = buffer[:from+n]
		if more = n == int(size) && at+int64(len(buffer)) < s.To; !more {
			buffer = append(buffer, make([]byte, scanPadding)...)
		}
		done, ok := scan(buffer, func(bit int, end bool) bool {
			found := at*8 + int64(bit)
			if found < s.Bit || found+magicBits > s.To*8 {
				return true
			}
			ok := p.send(waiting, (found+7)/8)
			waiting = &candidate{bit: found, end: end, span: s, done: make(chan struct{})}
			return ok
		})
		if !ok {
			return false
		}
		at += int64(done)
		buffer = buffer[:copy(buffer, buffer[done:])]
		if waiting != nil && at-waiting.bit/8 > maxCompressed {
			if !p.send(waiting, at) {
				return false
			}
			waiting = nil
		}
	}
	if !p.send(waiting, s.To) {
		return false
	}
	last := &candidate{bit: math.MaxInt64, last: true, span: s, broken: broken}
	return p.send(last, s.To) && broken == nil
}

// readUpTo reads bytes at an offset. The end of the file is not an error.
func readUpTo(r io.ReaderAt, b []byte, at int64) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n, err := r.ReadAt(b, at)
	switch {
	case n == len(b) || errors.Is(err, io.EOF):
		return n, nil
	case err == nil:
		return n, io.ErrUnexpectedEOF
	}
	return n, err
}

// send sends a candidate to the chain, and to the workers if it may be a block. It returns false if ranging is over.
// The limit is the byte where the next candidate is.
func (p *pool) send(c *candidate, limit int64) bool {
	if c == nil {
		return true
	}
	c.limit = min(limit, c.span.To)
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

// work decodes the blocks of candidates.
func (p *pool) work() {
	var d *decoder
	for c := range p.queue {
		if p.ctx.Err() == nil && c.bit >= c.span.floor.Load() {
			if d == nil {
				d = newDecoder()
			}
			p.decode(d, c)
		}
		if !c.settled.CompareAndSwap(false, true) {
			p.recycle(c.result.data)
		}
		close(c.done)
	}
}

// decode gives the decoder the bytes up to the next candidate. If that one is within the block by chance, it gives the
// decoder more bytes.
func (p *pool) decode(d *decoder, c *candidate) {
	from := c.bit / 8
	for size := c.limit - from; ; size *= 2 {
		size = min(size, maxCompressed)
		all := from+size >= c.span.To
		if all {
			size = c.span.To - from
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

// recycle keeps the memory of a block that is no longer needed for another one.
func (p *pool) recycle(data []byte) {
	if cap(data) == 0 || cap(data) > 4*maxWorkerData {
		return
	}
	select {
	case p.free <- data[:0]:
	default:
	}
}
