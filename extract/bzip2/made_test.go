package bzip2

import (
	"bytes"
	stdlib "compress/bzip2"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
)

// bitWriter writes a stream bit by bit, so that it can hold what no compressor would write.
type bitWriter struct {
	bytes []byte
	n     int // bits
}

func (m *bitWriter) put(value uint64, bits int) {
	for i := bits - 1; i >= 0; i-- {
		if m.n%8 == 0 {
			m.bytes = append(m.bytes, 0)
		}
		m.bytes[m.n/8] |= byte(value>>i&1) << (7 - m.n%8)
		m.n++
	}
}

// block writes a block whose code gives each of the 256 symbols a byte, so that the symbols can be any bytes but the
// last symbol, 255. With the checksum of its data, and one of its rows as the first one, it is a block like any other.
func (m *bitWriter) block(sum uint32, origin int, symbols []byte) {
	m.put(magicBlock, magicBits)
	m.put(uint64(sum), 32)
	m.put(0, 1) // not randomised
	m.put(uint64(origin), 24)
	m.put(0xffff, 16) // bytes of all ranges are used
	for range 15 {
		m.put(0xffff, 16)
	}
	m.put(0xfffc, 16) // but for the last two
	m.put(2, 3)       // codes
	groups := len(symbols)/groupLen + 1
	m.put(uint64(groups), 15)
	for range groups {
		m.put(0, 1) // the first code
	}
	for range 2 {
		m.put(8, 5) // all lengths are 8
		for range 256 {
			m.put(0, 1)
		}
	}
	for _, s := range symbols {
		m.put(uint64(s), 8)
	}
	m.put(255, 8)
}

// streamOfBlock returns a stream of one such block, and the data of the block. If the first row is not one of the
// block, the data is that of another row.
func streamOfBlock(t testing.TB, origin int, symbols []byte) (file, data []byte) {
	t.Helper()
	var first bitWriter
	first.block(0, origin, symbols)
	d := newDecoder()
	copy(d.input(len(first.bytes)), first.bytes)
	d.pos, d.valid = magicBits+32+1+24, first.n
	n, err := d.readColumn(false)
	if err != nil {
		t.Fatal(err)
	}
	data, _ = expand(nil, d.invert(d.last[:n], min(origin, n-1)), 1<<30)
	sum := checksum(data)
	var m bitWriter
	m.put(uint64(binary.BigEndian.Uint32([]byte("BZh9"))), 32)
	m.block(sum, origin, symbols)
	m.put(magicEnd, magicBits)
	m.put(uint64(sum), 32)
	return m.bytes, data
}

// symbolsAround returns symbols that contain the planted bits, at a shift.
func symbolsAround(r *rand.Rand, planted *bitWriter, shift int) []byte {
	for {
		var m bitWriter
		for range 400 {
			m.put(2+r.Uint64N(200), 8)
		}
		m.put(r.Uint64N(1<<shift), shift)
		for i := range planted.n {
			m.put(uint64(planted.bytes[i/8]>>(7-i%8)&1), 1)
		}
		m.put(r.Uint64N(1<<16), 16+(8-m.n%8)%8)
		for range 400 {
			m.put(2+r.Uint64N(200), 8)
		}
		if bytes.IndexByte(m.bytes, 255) < 0 {
			return m.bytes
		}
	}
}

// A magic number that is in a block by chance does not break the block, nor does a whole block there.
func TestMagicByChance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var block, end, magic bitWriter
	inner, _ := streamOfBlock(t, 0, bytes.Repeat([]byte{2, 7}, 40))
	block.bytes, block.n = inner[4:len(inner)-10], 8*(len(inner)-14)
	end.put(magicEnd, magicBits)
	magic.put(magicBlock, magicBits)
	before, after := words(1, 20_000), words(2, 20_000)
	for name, planted := range map[string]*bitWriter{"block": &block, "magic": &magic, "end": &end} {
		for shift := range 8 {
			if planted == &block && bytes.IndexByte(shifted(&block, shift), 255) >= 0 {
				continue
			}
			file, data := streamOfBlock(t, 0, symbolsAround(r, planted, shift))
			if countMagics(file) != 3 {
				t.Fatalf("%s: %d magic numbers in the file, expected 3", name, countMagics(file))
			}
			independent, err := io.ReadAll(stdlib.NewReader(bytes.NewReader(file)))
			if err != nil || !bytes.Equal(independent, data) {
				t.Fatalf("%s: the made file is wrong: %v", name, err)
			}
			file = slices.Concat(stream(t, before, 1), file, stream(t, after, 1))
			for _, workers := range []int{1, 2, 7} {
				got, blocks := readBlocks(t, file, workers)
				if err := blockErrors(blocks); err != nil || !bytes.Equal(got, slices.Concat(before, data, after)) {
					t.Errorf("%s shifted by %d, %d workers: %v, %d bytes", name, shift, workers, err, len(got))
				}
			}
		}
	}
}

func shifted(m *bitWriter, shift int) []byte {
	var s bitWriter
	s.put(0, shift)
	for i := range m.n {
		s.put(uint64(m.bytes[i/8]>>(7-i%8)&1), 1)
	}
	return s.bytes
}

// countMagics returns the number of magic numbers in a file.
func countMagics(file []byte) (n int) {
	scan(append(bytes.Clone(file), make([]byte, 16)...), func(int, bool) bool { n++; return true })
	return n
}

// The scanner finds what a search at every bit finds.
func TestScan(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var m bitWriter
		type place struct {
			bit int
			end bool
		}
		var want []place
		for range 20 {
			for range r.IntN(40) {
				m.put(r.Uint64N(2), 1)
			}
			end := r.IntN(2) == 1
			want = append(want, place{m.n, end})
			m.put(map[bool]uint64{true: magicEnd, false: magicBlock}[end], magicBits)
		}
		var got []place
		scan(append(m.bytes, make([]byte, 16)...), func(bit int, end bool) bool {
			got = append(got, place{bit, end})
			return true
		})
		if len(got) != len(want) {
			t.Fatalf("found %v, expected %v", got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("found %v, expected %v", got, want)
			}
		}
	}
}

// In a file of false blocks, each of which would take as long as a block of 900,000 bytes, most are not decoded. The
// test counts how often a worker reads one.
func TestFalseBegins(t *testing.T) {
	var m bitWriter
	m.put(uint64(binary.BigEndian.Uint32([]byte("BZh9"))), 32)
	const begins = 1_500
	for range begins {
		m.block(1, 0, append(bytes.Repeat([]byte{1}, 18), 0)) // a run of over 500,000 bytes, and a wrong checksum
	}
	r := &countingReader{Reader: bytes.NewReader(m.bytes)}
	var blocks []Block
	for b := range Blocks(t.Context(), r, []Span{{To: int64(len(m.bytes))}}, 1) {
		blocks = append(blocks, b)
	}
	if len(blocks) != 1 || blocks[0].Err == nil || blocks[0].To != int64(len(m.bytes)) {
		t.Errorf("%d blocks, the first %+v", len(blocks), blocks[0])
	}
	if bound := int64(maxFalseWork+falseWorkPerBit*m.n)/500_000 + 100; r.n.Load() > bound || bound > begins/2 {
		t.Errorf("%d reads for %d false begins, expected at most %d", r.n.Load(), begins, bound)
	}
}

type countingReader struct {
	*bytes.Reader
	n atomic.Int64
}

func (c *countingReader) ReadAt(b []byte, at int64) (int, error) {
	c.n.Add(1)
	return c.Reader.ReadAt(b, at)
}

// The first row of a block is one of its rows: it can be the last one, but not the one behind it.
func TestOrigin(t *testing.T) {
	symbols := make([]byte, 300) // more than a piece of the inverse transform
	for i := range symbols {
		symbols[i] = byte(2 + i*i%251) // never a run: each symbol is one byte of the column
	}
	n := len(symbols)
	for _, origin := range []int{0, 1, n - 2, n - 1} {
		file, want := streamOfBlock(t, origin, symbols)
		data, blocks := readBlocks(t, file, 1)
		if err := blockErrors(blocks); err != nil || !bytes.Equal(data, want) {
			t.Errorf("row %d of %d: %v, or not the same data", origin, n, err)
		}
		independent, err := io.ReadAll(stdlib.NewReader(bytes.NewReader(file)))
		if err != nil || !bytes.Equal(independent, want) {
			t.Errorf("row %d of %d: the standard library reads other data: %v", origin, n, err)
		}
	}
	for _, origin := range []int{n, n + 1, 1<<24 - 1} {
		file, _ := streamOfBlock(t, origin, symbols)
		_, blocks := readBlocks(t, file, 1)
		all := blockErrors(blocks)
		if len(all) != 1 || !errors.Is(all[0], ErrDamaged) || !errors.Is(all[0], errOrigin) {
			t.Errorf("row %d of %d: the errors are %v, expected %v", origin, n, all, errOrigin)
		}
	}
}

// A block has at most as many units of 100,000 bytes as its stream says.
func TestLevel(t *testing.T) {
	for _, c := range []struct {
		level byte
		size  int
		ok    bool
	}{
		{1, levelUnit, true},
		{1, levelUnit + 1, false},
		{2, levelUnit + 1, true},
		{9, 9 * levelUnit, true},
	} {
		symbols := make([]byte, c.size)
		for i := range symbols {
			symbols[i] = byte(2 + i*i%251) // never a run: each symbol is one byte of the column
		}
		file, want := streamOfBlock(t, 0, symbols)
		file[3] = '0' + c.level
		data, blocks := readBlocks(t, file, 2)
		all := blockErrors(blocks)
		switch {
		case c.ok && (all != nil || !bytes.Equal(data, want)):
			t.Errorf("%d bytes at level %d: %v, or not the same data", c.size, c.level, all)
		case !c.ok && (len(all) != 1 || !errors.Is(all[0], ErrDamaged) || len(data) > 0):
			t.Errorf("%d bytes at level %d: the errors are %v, expected damage", c.size, c.level, all)
		}
	}
}
