package dump

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"hemicycle/extract/document"
)

// The bytes of an export, out of whatever they are packed in.

// chunk is a piece of an export's bytes, or of a file that cannot be read.
type chunk struct {
	data     []byte // until the next is asked for
	bit      int64  // of the file, from which decoding yields data first; -1 where there is none such
	from, to int64  // the bytes of the file that it was made of
	err      error  // why they could not be read; nil where they were
	done     int64  // bytes of the file that were read to have it
	lossless bool   // with an error: nothing before it was lost
	cut      bool   // the file ends in the middle of what is packed in it
}

// compression is a form in which a file can be packed.
type compression struct {
	name       string
	magic      []string // what its files begin with
	decompress func(ctx context.Context, f io.ReaderAt, size, bit int64, workers int) iter.Seq[chunk]
	refused    string // what to do with a form that is not read
}

var compressions = []compression{
	{"bzip2", []string{"BZh"}, decompressBzip2, ""},
	{"gzip", []string{"\x1f\x8b"}, decompressGzip, ""},
	{"zstd", []string{"\x28\xb5\x2f\xfd"}, decompressZstd, ""},
	{"7z", []string{"7z\xbc\xaf\x27\x1c"}, nil, "unpack it with `7z x FILE`, or pipe it into another form with `7z x -so FILE | zstd >FILE.zst`"},
	{"xz", []string{"\xfd7zXZ\x00"}, nil, "unpack it with `xz -dk FILE`"},
	{"zip", []string{"PK\x03\x04"}, nil, "unpack it with `unzip FILE`"},
	{"plain", []string{""}, readPlain, ""},
}

// compressionOf tells a form by the first bytes of a file.
func compressionOf(head []byte) *compression {
	for i := range compressions {
		for _, magic := range compressions[i].magic {
			if bytes.HasPrefix(head, []byte(magic)) {
				return &compressions[i]
			}
		}
	}
	return nil // never: every file begins with ""
}

// pieceSize is how much is read at a time.
const pieceSize = 1 << 20

func readPlain(_ context.Context, f io.ReaderAt, size, bit int64, _ int) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		buffer := make([]byte, pieceSize)
		for at := bit / 8; at < size; {
			n, err := f.ReadAt(buffer[:min(pieceSize, size-at)], at)
			if n > 0 && !yield(chunk{data: buffer[:n], bit: 8 * at, from: at, to: at + int64(n), done: at + int64(n)}) {
				return
			}
			at += int64(n)
			if err != nil && at < size {
				yield(chunk{from: at, to: size, err: document.WithoutPath(err), cut: err == io.EOF})
				return
			}
		}
	}
}

func decompressGzip(_ context.Context, f io.ReaderAt, size, _ int64, _ int) iter.Seq[chunk] {
	return decompressStream(f, size, func(r io.Reader) (io.Reader, func(), error) {
		g, err := gzip.NewReader(r)
		return g, func() {}, err
	})
}

// maxWindow is the largest part of a zstd stream that is kept to look back on: that of its longest mode.
const maxWindow = 128 << 20

func decompressZstd(_ context.Context, f io.ReaderAt, size, _ int64, _ int) iter.Seq[chunk] {
	return decompressStream(f, size, func(r io.Reader) (io.Reader, func(), error) {
		z, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	})
}

// decompressStream reads a form that can only be read from its beginning. What is behind its first damaged
// byte is lost.
func decompressStream(f io.ReaderAt, size int64, open func(io.Reader) (io.Reader, func(), error)) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		in := &countingReader{r: io.NewSectionReader(f, 0, size)}
		lost := func(from int64, err error) {
			yield(chunk{from: from, to: size, err: document.WithoutPath(err), cut: errors.Is(err, io.ErrUnexpectedEOF)})
		}
		r, done, err := open(in)
		if err != nil {
			lost(0, err)
			return
		}
		defer done()
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
				lost(from, err)
			}
			if err != nil {
				return
			}
		}
	}
}

// countingReader counts the bytes read.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// decodeUTF16 is stretches of UTF-16 as UTF-8, and others as they are. The first stretch says which it is by
// its byte order mark. What is recoded has no place of its own to begin decoding at.
func decodeUTF16(stretches iter.Seq[chunk]) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		var r *utf16Decoder
		first := true
		for s := range stretches {
			if first && len(s.data) > 0 {
				first = false
				r = newUTF16Decoder(s.data)
			}
			if r != nil {
				s.bit = -1
				if s.err != nil {
					r.resync()
				}
				s.data = r.decode(s.data)
			}
			if !yield(s) {
				return
			}
		}
	}
}

// utf16Decoder makes UTF-8 of UTF-16.
type utf16Decoder struct {
	low        int // which of two bytes is the lower
	kept       []byte
	high       rune // of a pair of surrogates; 0 where none is open
	misaligned bool // whether a unit begins here is not known
	out        []byte
}

// newUTF16Decoder is nil where the bytes do not begin with the mark of UTF-16.
func newUTF16Decoder(head []byte) *utf16Decoder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return &utf16Decoder{low: 0}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return &utf16Decoder{low: 1}
	}
	return nil
}

// resync says that bytes are missing before the next.
func (r *utf16Decoder) resync() { r.kept, r.high, r.misaligned = r.kept[:0], 0, true }

func (r *utf16Decoder) decode(data []byte) []byte {
	if r.misaligned && len(data) > 1 { // most characters of an export are ASCII: their upper byte is zero
		r.misaligned = false
		zeros := [2]int{}
		for i, b := range data[:min(len(data), 4096)] {
			if b == 0 {
				zeros[i%2]++
			}
		}
		if zeros[r.low] > zeros[1-r.low] {
			data = data[1:]
		}
	}
	r.kept = append(r.kept, data...)
	r.out = r.out[:0]
	i := 0
	for ; i+1 < len(r.kept); i += 2 {
		c := rune(r.kept[i+r.low]) | rune(r.kept[i+1-r.low])<<8
		switch {
		case r.high != 0:
			pair := utf16.DecodeRune(r.high, c)
			r.high = 0
			r.out = utf8.AppendRune(r.out, pair)
			if pair != utf8.RuneError {
				continue
			}
			fallthrough
		default:
			if utf16.IsSurrogate(c) && c < 0xdc00 {
				r.high = c
				continue
			}
			r.out = utf8.AppendRune(r.out, c) // U+FFFD for the second half of a pair alone
		}
	}
	r.kept = r.kept[:copy(r.kept, r.kept[i:])]
	return r.out
}

// damagedRange is a range of a file that could not be read.
type damagedRange struct {
	from, to int64
	err      error
	cut      bool
	title    []byte // of the page that it cut; empty where none is known
	inside   bool   // it cut a page
}

func (d *damagedRange) detail() string {
	what := fmt.Sprintf("bytes %d to %d of the file cannot be read: %v", d.from, d.to, d.err)
	if d.cut {
		what = fmt.Sprintf("the file is cut short: its last %d bytes, from %d on, are not whole: %v", d.to-d.from, d.from, d.err)
	}
	switch {
	case len(d.title) > 0:
		what += fmt.Sprintf("; the page %q is lost, with any that stood there whole", d.title)
	case d.inside:
		what += "; the page there is lost, with any that stood there whole"
	}
	return what
}
