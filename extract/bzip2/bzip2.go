// Package bzip2 decompresses bzip2 files block by block, on several cores, and loses to damage no more than the blocks
// that are damaged.
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
// Blocks come in the order of the file for any number of workers, and none is skipped silently. Memory grows with the
// number of workers and never with the file.
//
// A file is one stream or several, one after another. A stream is a header of four bytes, blocks of up to 900,000
// bytes, and an end with a checksum. Blocks and ends begin with a magic number of 48 bits, at any bit. So the scanner
// searches for magic numbers, the workers decode what follows each of them, and the chain decides which of them are
// blocks: each block tells the bit where it ends, and there the next one begins. A magic number that is in the data of
// a block by chance is never on the chain. Where the chain breaks, it continues at the next block that is proved by its
// own checksum.
//
// The program has a decoder of its own because with the available libraries the whole run would wait for it. An archive
// of Go's sources (137 MB, by bzip2 -9) took these seconds of processor time on one core: lbzip2 2.5, bzip2 3.3,
// github.com/dsnet/compress 4.3, compress/bzip2 5.4, this package 1.4. BenchmarkBeside prints them for any file that
// HEMICYCLE_BZIP2 names. The reasons for the difference are explained at inverse and action.
//
// The format: https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf. Blocks that are randomised, as
// versions before 0.9.5 (1999) could write them, are refused with an error that says so.
package bzip2

import (
	"context"
	"errors"
	"io"
	"iter"
)

// Span is a part of a file that is read like a file of its own: the whole file, some streams of it, or what is left
// from a block on.
type Span struct {
	Bit int64 // where it begins: the bit of a stream (eight times its byte offset) or of a block, as in Block
	To  int64 // the byte offset of its end

	// Stream is what is known of the stream in which the span begins, if it begins at a block. Nil means nothing: then
	// the checksum of that stream is not compared.
	Stream *Stream
}

// Block is one decompressed block, or the error of a part of the file that is not one.
type Block struct {
	Span     int    // the index of its span
	Bit, End int64  // where it begins and ends, in bits of the file; if there is no error, a span can begin at either
	From, To int64  // the bytes that hold these bits; neighbours can share one
	Data     []byte // valid until the next block; nil if there is an error
	Err      error  // wraps one of the errors below, or is one of the reader

	Stream   Stream    // what is known of the stream before the block
	Unproven *Unproven // the end of a stream of which the beginning was not read; such a block has neither data nor error
}

// What can be wrong in a file. ErrDamaged and ErrChecksum are followed by the next block, the others end their span.
var (
	ErrDamaged   = errors.New("damaged")        // what was from Bit to End is lost
	ErrChecksum  = errors.New("wrong checksum") // of a stream whose blocks were all sound: nothing is lost
	ErrTruncated = errors.New("cut short")      // the file ends within a stream
	ErrTrailing  = errors.New("trailing bytes") // behind the last stream; nothing is lost
	ErrNotBzip2  = errors.New("not bzip2")      // there is neither a header nor a block anywhere
)

// Blocks decompresses the spans of a file one after another, with a number of workers (at least one). The iteration
// ends early if ctx ends, or with an error of r other than io.EOF, which is the Err of the last block. Once it has
// ended, nothing reads r any more.
func Blocks(ctx context.Context, r io.ReaderAt, spans []Span, workers int) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		ctx, stop := context.WithCancel(ctx)
		p := newPool(ctx, r, spans, max(workers, 1))
		defer p.group.Wait()
		defer stop()
		for i := range spans {
			c := chain{pool: p, span: &p.spans[i], index: i, yield: yield}
			if !c.readSpan() {
				return
			}
		}
	}
}
