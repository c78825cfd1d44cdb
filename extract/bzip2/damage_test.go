package bzip2

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// soundBlocks returns the blocks of a file with their data.
func soundBlocks(t testing.TB, file []byte) (blocks []Block) {
	t.Helper()
	for b := range Blocks(t.Context(), bytes.NewReader(file), []Span{{To: int64(len(file))}}, 2) {
		if b.Err != nil {
			t.Fatal(b.Err)
		}
		b.Data = bytes.Clone(b.Data)
		blocks = append(blocks, b)
	}
	return blocks
}

// holdsUndamagedBlocks holds that a damaged file yields every block without damaged bytes, with its data, and that it
// says which blocks are missing. The first argument is that of a test or of a check by rapid.
func holdsUndamagedBlocks(t interface {
	Errorf(string, ...any)
}, file []byte, blocks []Block, damaged []int64, workers int) {
	next := 0
	isFound := make([]bool, len(blocks))
	var lost []Block
	for b := range Blocks(context.Background(), bytes.NewReader(file), []Span{{To: int64(len(file))}}, workers) {
		if b.Err != nil {
			// A last block that does not end any more looks as if the file were cut.
			isCut := errors.Is(b.Err, ErrTruncated) && b.To == int64(len(file))
			if !isCut && !errors.Is(b.Err, ErrDamaged) && !errors.Is(b.Err, ErrChecksum) {
				t.Errorf("damaged at %v: %v", damaged, b.Err)
			}
			lost = append(lost, b)
			continue
		}
		for next < len(blocks) && blocks[next].Bit != b.Bit {
			next++
		}
		if next == len(blocks) || !bytes.Equal(blocks[next].Data, b.Data) {
			t.Errorf("damaged at %v: the block at bit %d is not one of the file, or its data is not", damaged, b.Bit)
			return
		}
		isFound[next] = true
		next++
	}
	for i := range blocks {
		b := &blocks[i]
		if isFound[i] {
			continue
		}
		if !slices.ContainsFunc(damaged, func(at int64) bool { return isHit(b, at) }) {
			t.Errorf("damaged at %v: the block of bytes %d to %d is lost", damaged, b.From, b.To)
		}
		if !slices.ContainsFunc(lost, func(l Block) bool { return saysLost(&l, b) }) {
			t.Errorf("damaged at %v: the block of bytes %d to %d is lost without a word", damaged, b.From, b.To)
		}
	}
}

// isHit reports whether a damaged byte belongs to a block. The header before a block belongs to it, too: it says how
// large the block may be.
func isHit(b *Block, at int64) bool { return at >= b.From-headerBytes && at < b.To }

// saysLost reports whether an error says that a block is lost.
func saysLost(l, b *Block) bool {
	return l.Bit <= b.Bit && b.End <= l.End && !errors.Is(l.Err, ErrChecksum)
}

// threeStreams returns three streams, of which the first and the last have several blocks.
func threeStreams(t testing.TB) []byte {
	return slices.Concat(
		stream(t, words(1, 200_000), 1), stream(t, words(2, 10_000), 9), stream(t, words(3, 150_000), 1),
	)
}

// A damaged byte costs the block that holds it and no other, wherever it is.
func TestDamageCostsItsBlock(t *testing.T) {
	file := threeStreams(t)
	blocks := soundBlocks(t, file)
	var places []int64
	for _, b := range blocks {
		// The ends of streams, headers, magic numbers, codes.
		for at := b.From - 14; at < b.From+60; at += 2 + int64(len(places)%5) {
			places = append(places, at)
		}
		places = append(places, (b.From+b.To)/2)
	}
	for at := int64(len(file)) - 12; at < int64(len(file)); at++ {
		places = append(places, at)
	}
	for i, at := range places {
		if at < 0 {
			continue
		}
		broken := bytes.Clone(file)
		broken[at] ^= byte(1 + i%255)
		holdsUndamagedBlocks(t, broken, blocks, []int64{at}, 1+i%3)
	}
}

// Several damaged bytes in any places cost the blocks that hold them and no others.
func TestDamagesCostTheirBlocks(t *testing.T) {
	file := threeStreams(t)
	blocks := soundBlocks(t, file)
	rapid.Check(t, func(t *rapid.T) {
		broken := bytes.Clone(file)
		var damaged []int64
		for range rapid.IntRange(1, 4).Draw(t, "how many") {
			at := rapid.IntRange(0, len(file)-1).Draw(t, "at")
			broken[at] ^= rapid.ByteRange(1, 255).Draw(t, "what")
			damaged = append(damaged, int64(at))
		}
		holdsUndamagedBlocks(t, broken, blocks, damaged, rapid.IntRange(1, 7).Draw(t, "workers"))
	})
}

// A missing range of a file costs the blocks that it was part of.
func TestMissingBytes(t *testing.T) {
	file := threeStreams(t)
	blocks := soundBlocks(t, file)
	first, after := blocks[1], blocks[3]
	cut := append(bytes.Clone(file[:(first.From+first.To)/2]), file[(after.From+after.To)/2:]...)
	var want []byte
	for i, b := range blocks {
		if i < 1 || i > 3 {
			want = append(want, b.Data...)
		}
	}
	data, read := readBlocks(t, cut, 2)
	if all := blockErrors(read); !bytes.Equal(data, want) || len(all) != 1 || !errors.Is(all[0], ErrDamaged) {
		t.Errorf("%d bytes, expected %d; %v", len(data), len(want), all)
	}
}

// A block that expands to much more than others is found after damage as they are.
func TestLargeBlockAfterDamage(t *testing.T) {
	large := make([]byte, 5_000_000)
	first := stream(t, words(1, 20_000), 1)
	file := append(bytes.Clone(first), stream(t, large, 9)...)
	file[100] ^= 1
	file[len(first)] ^= 1 // the header, without which the end before it does not count
	for _, workers := range []int{1, 2, 7} {
		data, blocks := readBlocks(t, append(bytes.Clone(file), file...), workers)
		if all := blockErrors(blocks); len(all) != 2 || !bytes.Equal(data, append(bytes.Clone(large), large...)) {
			t.Errorf("%d workers: %v, %d bytes", workers, all, len(data))
		}
	}
}

// A stream of which only the checksum is wrong loses nothing, and an error says so.
func TestStreamChecksum(t *testing.T) {
	data := words(1, 150_000)
	first := stream(t, data, 1)
	file := append(bytes.Clone(first), stream(t, data, 1)...)
	file[len(first)-3] ^= 1
	got, blocks := readBlocks(t, file, 2)
	if all := blockErrors(blocks); len(all) != 1 || !errors.Is(all[0], ErrChecksum) {
		t.Errorf("the errors are %v, expected a wrong checksum", all)
	}
	if !bytes.Equal(got, slices.Concat(data, data)) {
		t.Errorf("%d bytes, expected %d, or not the same", len(got), 2*len(data))
	}
}
