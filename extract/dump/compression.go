package dump

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/klauspost/compress/zstd"

	"hemicycle/extract/bzip2"
	"hemicycle/extract/document"
)

// chunk is a piece of the bytes of an export, or of a file that cannot be read.
type chunk struct {
	data     []byte // valid until the next chunk
	bit      int64  // of the file, from which decompression yields data first; -1 if there is no such bit
	from, to int64  // the bytes of the file that the chunk was made of
	err      error  // why those bytes could not be read; nil if they were
	done     int64  // the bytes of the file that were read so far
	lossless bool   // despite the error, nothing before it was lost
	cut      bool   // the file ends in the middle of its compressed data
	failed   int64  // the byte at which the error was met, if what stands before it, from the byte from on, was read
	trailing bool   // the error is of bytes behind the last whole member, which need not be part of the export

	stream   bzip2.Stream    // what is known of the stream of bzip2 before the chunk
	unproven *bzip2.Unproven // the end of such a stream, of which a piece did not read the beginning; it has no data
}

// compression is a form in which a file can be compressed.
type compression struct {
	name       string
	magic      string // the bytes with which its files begin
	decompress func(ctx context.Context, f io.ReaderAt, size, bit int64, workers int) iter.Seq[chunk]
	refused    string // what to do with a file of a form that is not read; "" if it is read
}

// compressions has every form, the last of which is that of all other files.
var compressions = []compression{
	{name: "bzip2", magic: "BZh", decompress: decompressBzip2},
	{name: "gzip", magic: "\x1f\x8b", decompress: decompressGzip},
	{name: "zstd", magic: "\x28\xb5\x2f\xfd", decompress: decompressZstd},
	{
		name: "7z", magic: "7z\xbc\xaf\x27\x1c",
		refused: "unpack it with `7z x FILE`, or pipe it into another form with `7z x -so FILE | zstd >FILE.zst`",
	},
	{name: "xz", magic: "\xfd7zXZ\x00", refused: "unpack it with `xz -dk FILE`"},
	{name: "zip", magic: "PK\x03\x04", refused: "unpack it with `unzip FILE`"},
	{name: "plain", magic: "", decompress: readPlain},
}

// magicBytes is more than the bytes at the beginning of a file by which its form is recognised.
const magicBytes = 16

// compressionOf recognises a form by the first bytes of a file.
func compressionOf(head []byte) *compression {
	i := slices.IndexFunc(compressions, func(c compression) bool {
		return bytes.HasPrefix(head, []byte(c.magic)) || c.name == "zstd" && isSkippableFrame(head)
	})
	return &compressions[i] // every file begins with the magic of plain
}

// pieceSize is the number of bytes that are read at a time.
const pieceSize = 1 << 20

// readPlain reads a file that is not compressed, from a bit on. Its chunks end at the same bytes wherever it begins.
func readPlain(_ context.Context, f io.ReaderAt, size, bit int64, _ int) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		buffer := make([]byte, pieceSize)
		for at := bit / 8; at < size; {
			n, err := f.ReadAt(buffer[:min(pieceSize-at%pieceSize, size-at)], at)
			end := at + int64(n)
			if n > 0 && !yield(chunk{data: buffer[:n], bit: 8 * at, from: at, to: end, done: end}) {
				return
			}
			at = end
			if err != nil && at < size {
				yield(chunk{from: at, to: size, err: document.WithoutPath(err), cut: err == io.EOF})
				return
			}
		}
	}
}

// decompressGzip decompresses a file from its beginning.
func decompressGzip(_ context.Context, f io.ReaderAt, size, _ int64, _ int) iter.Seq[chunk] {
	return decompressStream(f, size, func(in *memberReader) (io.Reader, func(), error) {
		g, err := newGzipReader(in)
		return g, func() {}, err
	})
}

// gzipReader reads the members of a gzip file one after another. The checksum of a member stands at its end, so what
// was read of a member is proven only then.
type gzipReader struct {
	in     *memberReader
	buffer *bufio.Reader
	member *gzip.Reader
}

func newGzipReader(in *memberReader) (*gzipReader, error) {
	g := &gzipReader{in: in, buffer: bufio.NewReader(in)}
	var err error
	if g.member, err = gzip.NewReader(g.buffer); err == nil {
		g.member.Multistream(false)
	}
	return g, err
}

// Read reads up to the end of a member at most.
func (g *gzipReader) Read(p []byte) (int, error) {
	n, err := g.member.Read(p)
	if err != io.EOF {
		return n, err
	}
	g.in.endMember(int64(g.buffer.Buffered()))
	if err := g.skipPadding(); err != nil {
		return n, err
	}
	if magic, _ := g.buffer.Peek(1); magic[0] != 0x1f { // too short for a header, it would be a file that is cut
		return n, gzip.ErrHeader
	}
	err = g.member.Reset(g.buffer)
	g.member.Multistream(false)
	return n, err
}

// skipPadding skips zero bytes, with which a file may be padded to whole blocks, as gzip does.
func (g *gzipReader) skipPadding() error {
	for {
		b, err := g.buffer.ReadByte()
		if err != nil {
			return err
		}
		if b != 0 {
			return g.buffer.UnreadByte()
		}
	}
}

// maxWindow is the most bytes of a zstd stream that are kept to look back on: as many as its longest mode needs.
const maxWindow = 128 << 20

// decompressZstd decompresses a file from its beginning.
func decompressZstd(_ context.Context, f io.ReaderAt, size, _ int64, _ int) iter.Seq[chunk] {
	return decompressStream(f, size, func(in *memberReader) (io.Reader, func(), error) {
		frames := &zstdFrames{in: in}
		z, err := zstd.NewReader(frames, zstd.WithDecoderMaxWindow(maxWindow),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	})
}

// openDecompressor returns a reader of decompressed bytes, and what closes it.
type openDecompressor func(*memberReader) (r io.Reader, closeReader func(), err error)

// decompressStream decompresses a form that can only be read from its beginning. What is behind the first damaged byte
// is lost, and what was read of the same member may be wrong, since the checksum of a member stands at its end.
func decompressStream(f io.ReaderAt, size int64, open openDecompressor) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		in := &memberReader{r: io.NewSectionReader(f, 0, size)}
		yieldError := func(failed int64, err error) {
			isCut := errors.Is(err, io.ErrUnexpectedEOF)
			from := in.unproven(failed)
			isTrailing := from > 0 && (errors.Is(err, gzip.ErrHeader) || errors.Is(err, zstd.ErrMagicMismatch))
			yield(chunk{
				from: from, to: size, failed: failed, err: document.WithoutPath(err), cut: isCut, trailing: isTrailing,
			})
		}
		r, closeDecompressor, err := open(in)
		if err != nil {
			yieldError(0, err)
			return
		}
		defer closeDecompressor()
		buffer := make([]byte, pieceSize)
		for {
			from, n := in.n, 0
			for n < len(buffer) && err == nil {
				var k int
				k, err = r.Read(buffer[n:])
				n += k
			}
			if n > 0 && !yield(chunk{data: buffer[:n], bit: -1, from: from, to: in.n, done: in.n}) {
				return
			}
			if err != nil && err != io.EOF {
				yieldError(in.n, err)
			}
			if err != nil {
				return
			}
		}
	}
}

// memberReader reads a file that consists of members, or frames, and knows where those that are proven end.
type memberReader struct {
	r    io.Reader
	n    int64    // the bytes that were read
	ends [2]int64 // where the last two members ended
}

// Read reads and counts.
func (m *memberReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.n += int64(n)
	return n, err
}

// endMember notes that a member ended where the reader is, apart from the bytes that are buffered.
func (m *memberReader) endMember(buffered int64) {
	m.ends[0], m.ends[1] = m.ends[1], m.n-buffered
}

// unproven returns where the member begins in which an error was met, if the reader was at a place then.
func (m *memberReader) unproven(failed int64) int64 {
	if m.ends[1] < failed {
		return m.ends[1]
	}
	return m.ends[0]
}
