package dump

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"

	"hemicycle/extract/bzip2"
)

func decompressBzip2(ctx context.Context, f io.ReaderAt, size, bit int64, workers int) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		for s := range decompressSpans(ctx, f, []bzip2.Span{{Bit: bit, To: size}}, workers) {
			s.done = s.to
			if !yield(s) {
				return
			}
		}
	}
}

// decompressSpans reads parts of a file. Bytes behind the last stream are no part of the export, and none is
// missed.
func decompressSpans(ctx context.Context, f io.ReaderAt, spans []bzip2.Span, workers int) iter.Seq[chunk] {
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(chunk) bool) {
		done, at := int64(0), int64(-1)
		for b := range bzip2.Blocks(ctx, f, spans, workers) {
			if errors.Is(b.Err, bzip2.ErrTrailing) || ctx.Err() != nil {
				continue
			}
			if done += b.To - max(at, spans[b.Span].Bit/8); b.To > at {
				at = b.To
			}
			s := chunk{data: b.Data, bit: b.Bit, from: b.From, to: b.To, done: done, err: b.Err}
			s.lossless, s.cut = errors.Is(b.Err, bzip2.ErrChecksum), errors.Is(b.Err, bzip2.ErrTruncated)
			if !yield(s) {
				return
			}
		}
	}
}
