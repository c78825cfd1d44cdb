// Package bzip2 decompresses bzip2 files block by block, on several cores, and loses to damage no more
// than the blocks that are damaged.
//
//	for b := range bzip2.Blocks(ctx, file, []bzip2.Span{{To: size}}, workers) {
//		if b.Err != nil {
//			// the compressed bytes from b.From to b.To are lost, or nothing is: see Block
//			continue
//		}
//		out.Write(b.Data) // b.Data is valid until the next block
//	}
//	if ctx.Err() != nil { … }
//
// Blocks come in the order of the file, whatever the number of workers, and none is passed over in
// silence. Memory grows with the number of workers and never with the file.
//
// A file is one stream or several, one after another. A stream is a header of four bytes, blocks of up
// to 900,000 bytes, and an end with a checksum; blocks and ends begin with a magic number of 48 bits, at
// any bit. So the scanner looks for magic numbers, the workers decode what stands behind each, and the
// chain tells which of them are blocks: each block tells the bit where it ends, and there the next one
// begins. A magic number that stands in a block's data by chance is never on the chain. Where the chain
// breaks, it goes on at the next block that its own checksum proves.
//
// It is a decoder of its own, since with the libraries there are the whole run would wait for it. An archive
// of Go's sources (137 MB, by bzip2 -9) took these seconds of processor time on one core: lbzip2 2.5,
// bzip2 3.3, github.com/dsnet/compress 4.3, compress/bzip2 5.4, this package 1.4; BenchmarkBeside prints
// them for any file that HEMICYCLE_BZIP2 names. What makes the difference stands at inverse and action.
//
// The format: https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf. Blocks that are
// randomised, as versions before 0.9.5 (1999) could write them, are refused with a word.
package bzip2

import (
	"context"
	"errors"
	"io"
	"iter"
)

// Span is a part of a file that is read like a file of its own: the whole of it, or some streams of it,
// or what is left from a block on.
type Span struct {
	Bit int64 // where it begins: a stream (eight times its byte offset), or a block, as in Block
	To  int64 // the byte offset of its end
}

// Block is one block decompressed, or what is wrong where one should be.
type Block struct {
	Span     int    // the span that it belongs to, counted from 0
	Bit, End int64  // where it stands, in bits from the file's begin; of a sound one, a span can begin at either
	From, To int64  // the bytes that hold these bits; neighbours can share one
	Data     []byte // valid until the next block
	Err      error  // one of the errors below, with words on what is wrong; then there is no data
}

// What is wrong in a file. After ErrDamaged and ErrChecksum the next block follows; the others are the
// last of their span.
var (
	ErrDamaged   = errors.New("damaged")        // what stood from Bit to End is lost
	ErrChecksum  = errors.New("wrong checksum") // of a stream, each of whose blocks was sound: nothing is lost
	ErrTruncated = errors.New("cut short")      // the file ends within a stream
	ErrTrailing  = errors.New("trailing bytes") // behind the last stream; nothing is lost
	ErrNotBzip2  = errors.New("not bzip2")      // neither a header nor a block anywhere
)

// Blocks decompresses the spans of a file one after another, on so many workers (at least one). Ranging
// ends with ctx, early, and with an error of r other than io.EOF, which is the last block's Err. When it
// has ended, nothing reads r any more.
func Blocks(ctx context.Context, r io.ReaderAt, spans []Span, workers int) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		ctx, stop := context.WithCancel(ctx)
		p := newPool(ctx, r, spans, max(workers, 1))
		defer p.group.Wait()
		defer stop()
		for i := range spans {
			c := chain{pool: p, part: &p.parts[i], index: i, yield: yield}
			if !c.readSpan() {
				return
			}
		}
	}
}
