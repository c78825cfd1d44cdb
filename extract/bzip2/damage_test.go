package bzip2

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// soundBlocks is a file's blocks and what each of them holds.
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

// holdsUndamagedBlocks holds that a damaged file gives every block that holds none of the damaged bytes, with its
// data, and that what is missing is said to be.
func holdsUndamagedBlocks(t interface {
	Errorf(string, ...any)
}, file []byte, blocks []Block, damaged []int64, workers int) {
	next := 0
	var lost []Block
	for b := range Blocks(context.Background(), bytes.NewReader(file), []Span{{To: int64(len(file))}}, workers) {
		if b.Err != nil {
			// A last block that does not end any more looks as if the file did.
			cut := errors.Is(b.Err, ErrTruncated) && b.To == int64(len(file))
			if !cut && !errors.Is(b.Err, ErrDamaged) && !errors.Is(b.Err, ErrChecksum) {
				t.Errorf("damaged at %v: %v", damaged, b.Err)
			}
			lost = append(lost, b)
			continue
		}
		for next < len(blocks) && blocks[next].Bit != b.Bit {
			next++
		}
		if next == len(blocks) || !bytes.Equal(blocks[next].Data, b.Data) {
			t.Errorf("damaged at %v: the block at bit %d is none of the file's, or its data is not", damaged, b.Bit)
			return
		}
		blocks[next].Span = -1
		next++
	}
	for i, b := range blocks {
		if b.Span == -1 {
			blocks[i].Span = 0
			continue
		}
		hit, said := false, false
		for _, at := range damaged {
			// A header belongs to the block behind it: it says how large that may be.
			hit = hit || b.From <= at && at < b.To || at >= b.From-headerBytes && at < b.From
		}
		for _, l := range lost {
			said = said || l.Bit <= b.Bit && b.End <= l.End && !errors.Is(l.Err, ErrChecksum)
		}
		if !hit {
			t.Errorf("damaged at %v: the block of bytes %d to %d is lost", damaged, b.From, b.To)
		}
		if !said {
			t.Errorf("damaged at %v: the block of bytes %d to %d is lost without a word", damaged, b.From, b.To)
		}
	}
}

// threeStreams is three streams of several blocks.
func threeStreams(t testing.TB) []byte {
	return bytes.Join([][]byte{stream(t, words(1, 200_000), 1), stream(t, words(2, 10_000), 9), stream(t, words(3, 150_000), 1)}, nil)
}

// A damaged byte costs the block that holds it, and no other, wherever it is.
func TestDamageCostsItsBlock(t *testing.T) {
	file := threeStreams(t)
	blocks := soundBlocks(t, file)
	var places []int64
	for _, b := range blocks {
		for at := b.From - 14; at < b.From+60; at += 2 + int64(len(places)%5) { // the ends of streams, headers, magic numbers, codes
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

// So do some of them, in any place.
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

// A stretch of a file that is missing costs the blocks that it was part of.
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

// A block that unpacks to much more than others is found again after damage like them.
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

// A stream whose checksum alone is wrong loses nothing, and says so.
func TestStreamChecksum(t *testing.T) {
	data := words(1, 150_000)
	first := stream(t, data, 1)
	file := append(bytes.Clone(first), stream(t, data, 1)...)
	file[len(first)-3] ^= 1
	got, blocks := readBlocks(t, file, 2)
	if all := blockErrors(blocks); len(all) != 1 || !errors.Is(all[0], ErrChecksum) || !bytes.Equal(got, append(bytes.Clone(data), data...)) {
		t.Errorf("%v, %d bytes", all, len(got))
	}
}
