package dump

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"

	"hemicycle/extract/bzip2"
)

// decompressBzip2 decompresses a file from a bit on.
func decompressBzip2(ctx context.Context, f io.ReaderAt, size, bit int64, workers int) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		for c := range decompressSpans(ctx, f, []bzip2.Span{{Bit: bit, To: size}}, workers) {
			c.done = c.to
			if !yield(c) {
				return
			}
		}
	}
}

// decompressSpans decompresses parts of a file. Bytes behind the last stream are not part of the export, so they are
// not missed.
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
			c := chunk{
				data: b.Data, bit: b.Bit, from: b.From, to: b.To, done: done, err: b.Err,
				lossless: errors.Is(b.Err, bzip2.ErrChecksum), cut: errors.Is(b.Err, bzip2.ErrTruncated),
				stream: b.Stream, unproven: b.Unproven,
			}
			if !yield(c) {
				return
			}
		}
	}
}
