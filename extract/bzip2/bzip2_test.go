package bzip2

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	dsnet "github.com/dsnet/compress/bzip2"
)

// stream returns one stream of bzip2 at a level.
func stream(t testing.TB, data []byte, level int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := dsnet.NewWriter(&out, &dsnet.WriterConfig{Level: level})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// words returns text that looks like text: some words, the common ones more often. It is always the same for a seed.
func words(seed uint64, size int) []byte {
	r := rand.New(rand.NewPCG(seed, 2007))
	var out bytes.Buffer
	for out.Len() < size {
		word := r.IntN(1 + r.IntN(2000))
		fmt.Fprintf(&out, "%x ", word*word+7)
		switch r.IntN(40) {
		case 0:
			out.WriteString("<page>\n  <title>")
		case 1:
			out.WriteString("=======\n")
		case 2:
			fmt.Fprintf(&out, "%0*d", r.IntN(300), 0)
		}
	}
	return out.Bytes()[:size]
}

// readBlocks returns the data of a file, and its blocks without data. It holds that blocks follow one another.
func readBlocks(t testing.TB, file []byte, workers int, spans ...Span) ([]byte, []Block) {
	t.Helper()
	if spans == nil {
		spans = []Span{{To: int64(len(file))}}
	}
	var data []byte
	var blocks []Block
	span, at := -1, int64(0)
	for b := range Blocks(context.Background(), bytes.NewReader(file), spans, workers) {
		if b.Span != span {
			span, at = b.Span, spans[b.Span].Bit
		}
		if b.Bit < at || b.End < b.Bit || b.From != b.Bit/8 || b.To != (b.End+7)/8 || b.To > spans[span].To {
			t.Errorf("a block from bit %d to %d, bytes %d to %d, after bit %d", b.Bit, b.End, b.From, b.To, at)
		}
		at = b.End
		data = append(data, b.Data...)
		b.Data = nil
		blocks = append(blocks, b)
	}
	return data, blocks
}

// blockErrors returns the errors of blocks.
func blockErrors(blocks []Block) (all []error) {
	for _, b := range blocks {
		if b.Err != nil {
			all = append(all, b.Err)
		}
	}
	return all
}

func TestFiles(t *testing.T) {
	some, more := words(1, 250_000), words(2, 1_000)
	nothing := stream(t, nil, 9)
	for _, test := range []struct {
		name string
		file []byte
		data []byte
		err  error
	}{
		{name: "one stream", file: stream(t, some, 1), data: some},
		{name: "level 9", file: stream(t, some, 9), data: some},
		{name: "an empty stream", file: nothing},
		{
			name: "levels one after another",
			file: bytes.Join([][]byte{stream(t, some, 1), stream(t, more, 9), stream(t, some, 2)}, nil),
			data: bytes.Join([][]byte{some, more, some}, nil),
		},
		{
			name: "empty streams around",
			file: bytes.Join([][]byte{nothing, nothing, stream(t, more, 3), nothing}, nil), data: more,
		},
		{name: "one byte", file: stream(t, []byte("a"), 9), data: []byte("a")},
		{
			name: "one byte some times", file: stream(t, bytes.Repeat([]byte("a"), 259), 9),
			data: bytes.Repeat([]byte("a"), 259),
		},
		{
			name: "one byte many times", file: stream(t, bytes.Repeat([]byte("a"), 5_000_000), 9),
			data: bytes.Repeat([]byte("a"), 5_000_000),
		},
		{
			name: "a short period", file: stream(t, bytes.Repeat([]byte("ab"), 200_000), 9),
			data: bytes.Repeat([]byte("ab"), 200_000),
		},
		{name: "no bytes", err: ErrTruncated},
		{name: "half a header", file: []byte("BZ"), err: ErrTruncated},
		{name: "a header", file: []byte("BZh9"), err: ErrTruncated},
		{name: "something else", file: []byte("<mediawiki>"), err: ErrNotBzip2},
		{name: "bytes behind", file: append(stream(t, more, 9), "\n"...), data: more, err: ErrTrailing},
		{name: "zeros behind", file: append(stream(t, more, 9), make([]byte, 1000)...), data: more, err: ErrTrailing},
		{name: "half a header behind", file: append(stream(t, more, 9), "BZh"...), data: more, err: ErrTruncated},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, workers := range []int{1, 2, 7} {
				data, blocks := readBlocks(t, test.file, workers)
				if !bytes.Equal(data, test.data) {
					t.Errorf("%d workers: %d bytes, expected %d, or not the same", workers, len(data), len(test.data))
				}
				if all := blockErrors(blocks); len(all) > 1 || !errors.Is(errors.Join(all...), test.err) {
					t.Errorf("%d workers: errors %v, expected %v", workers, all, test.err)
				}
			}
		})
	}
}

// A file that is cut anywhere is said to be cut, and what is before the cut comes back.
func TestTruncation(t *testing.T) {
	some, more := words(1, 500), words(2, 200)
	first := stream(t, some, 9)
	file := append(bytes.Clone(first), stream(t, more, 9)...)
	for n := range len(file) {
		var want []byte
		if n >= len(first)-10 {
			want = some // the end of a stream comes after its last block
		}
		data, blocks := readBlocks(t, file[:n], 2)
		all := blockErrors(blocks)
		if n == len(first) {
			if len(all) > 0 {
				t.Errorf("a whole stream: %v", all)
			}
		} else if len(all) != 1 || !errors.Is(all[0], ErrTruncated) {
			t.Errorf("cut after %d of %d bytes: %v, expected ErrTruncated", n, len(file), all)
		}
		if !bytes.HasPrefix(append(bytes.Clone(some), more...), data) || len(data) < len(want) {
			t.Errorf("cut after %d of %d bytes: %d bytes of data", n, len(file), len(data))
		}
	}
}

// A reader can begin at every block that was yielded, and at its end.
func TestRestart(t *testing.T) {
	some := words(1, 300_000)
	file := append(stream(t, some, 1), stream(t, some, 2)...)
	all := append(bytes.Clone(some), some...)
	_, blocks := readBlocks(t, file, 2)
	if len(blocks) < 3 {
		t.Fatalf("%d blocks", len(blocks))
	}
	at := 0
	for b := range Blocks(context.Background(), bytes.NewReader(file), []Span{{To: int64(len(file))}}, 2) {
		data, again := readBlocks(t, file, 2, Span{Bit: b.Bit, To: int64(len(file))})
		if err := blockErrors(again); err != nil || !bytes.Equal(data, all[at:]) {
			t.Errorf("from bit %d: %v", b.Bit, err)
		}
		at += len(b.Data)
		data, again = readBlocks(t, file, 2, Span{Bit: b.End, To: int64(len(file))})
		if err := blockErrors(again); err != nil || !bytes.Equal(data, all[at:]) {
			t.Errorf("from bit %d: %v", b.End, err)
		}
	}
}

// Spans are read one after another, each like a file.
func TestSpans(t *testing.T) {
	var file, want []byte
	var spans []Span
	for i := range 40 {
		data := words(uint64(i), 5_000*i)
		compressed := stream(t, data, 1+i%9)
		if i%3 == 0 {
			spans = append(spans, Span{Bit: 8 * int64(len(file)), To: int64(len(file) + len(compressed))})
			want = append(want, data...)
		}
		file = append(file, compressed...)
	}
	for _, workers := range []int{1, 2, 7} {
		data, blocks := readBlocks(t, file, workers, spans...)
		if err := blockErrors(blocks); err != nil || !bytes.Equal(data, want) {
			t.Errorf("%d workers: %v, or not the same data", workers, err)
		}
	}
}

// When ranging stops early, or the context ends, nothing reads the file any more.
func TestStops(t *testing.T) {
	file := stream(t, words(1, 900_000), 1)
	for _, workers := range []int{1, 2, 7} {
		for stopAt := range 5 {
			ctx, cancel := context.WithCancel(context.Background())
			r := &closableReader{Reader: bytes.NewReader(file)}
			n := 0
			for range Blocks(ctx, r, []Span{{To: int64(len(file))}}, workers) {
				if n++; n > stopAt {
					if workers == 2 {
						cancel()
					} else {
						break
					}
				}
			}
			r.closed = true // the race detector finds a read after that
			cancel()
			if n > stopAt+1 {
				t.Errorf("%d blocks after the end", n-stopAt-1)
			}
		}
	}
}

type closableReader struct {
	*bytes.Reader
	closed bool
}

func (c *closableReader) ReadAt(b []byte, at int64) (int, error) {
	if c.closed {
		return 0, errors.New("read after the end")
	}
	return c.Reader.ReadAt(b, at)
}

// brokenFile is a file that cannot be read from an offset on.
type brokenFile struct {
	*bytes.Reader
	from int64
}

func (b brokenFile) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > b.from {
		return 0, errBroken
	}
	return b.Reader.ReadAt(p, at)
}

var errBroken = errors.New("input/output error")

func TestReadError(t *testing.T) {
	file := stream(t, words(1, 3_000_000), 1)
	var last error
	r := brokenFile{bytes.NewReader(file), int64(len(file) - 10)}
	for b := range Blocks(t.Context(), r, []Span{{To: int64(len(file))}}, 2) {
		if last != nil {
			t.Errorf("the iteration continues after %v", last)
		}
		last = b.Err
	}
	if !errors.Is(last, errBroken) {
		t.Errorf("%v, expected %v", last, errBroken)
	}
}

var _ io.ReaderAt = brokenFile{}
