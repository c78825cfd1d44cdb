package dump

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
)

// The ends of frames are met whatever the headers of the frames have, of which blocks they consist and in what pieces
// they are read.
func TestFrameEnds(t *testing.T) {
	random := make([]byte, 300<<10)
	source := rand.NewChaCha8([32]byte{1})
	_, _ = source.Read(random) // it never fails
	contents := [][]byte{
		nil, []byte("short"), bytes.Repeat([]byte("a"), 400<<10), random, slices.Concat(random, random[:9]),
	}
	var file []byte
	var want []int64
	endFrame := func(frame []byte) {
		file = append(file, frame...)
		want = append(want, int64(len(file)))
	}
	for _, options := range [][]zstd.EOption{
		nil, {zstd.WithEncoderCRC(false)}, {zstd.WithSingleSegment(true)}, {zstd.WithZeroFrames(true)},
		{zstd.WithEncoderDictRaw(7, random[:1000])}, {zstd.WithEncoderDictRaw(1<<20, random[:1000])},
	} {
		encoder, err := zstd.NewWriter(nil, options...)
		if err != nil {
			t.Fatal(err)
		}
		for _, content := range contents {
			if frame := encoder.EncodeAll(content, nil); len(frame) > 0 {
				endFrame(frame)
			}
			var stream bytes.Buffer // the size of its content is not in its header
			encoder.Reset(&stream)
			if _, err := encoder.Write(content); err != nil {
				t.Fatal(err)
			}
			if err := encoder.Close(); err != nil {
				t.Fatal(err)
			}
			if stream.Len() > 0 {
				endFrame(stream.Bytes())
			}
		}
		endFrame(binary.LittleEndian.AppendUint32([]byte("\x5f\x2a\x4d\x18"), 0))
		endFrame([]byte(skippedFrame))
	}
	frames := &zstdFrames{in: &memberReader{r: iotest.OneByteReader(bytes.NewReader(file))}}
	var got []int64
	for {
		n, err := frames.Read(make([]byte, 1))
		if end := frames.in.ends[1]; n > 0 && (len(got) == 0 && end > 0 || len(got) > 0 && end != got[len(got)-1]) {
			got = append(got, end)
		}
		if err == io.EOF {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("frames end at\n%v, expected\n%v", got, want)
	}
	whole := &zstdFrames{in: &memberReader{r: bytes.NewReader(file)}}
	if _, err := io.ReadFull(whole, make([]byte, len(file))); err != nil {
		t.Fatal(err)
	}
	if n := len(want); !slices.Equal(whole.in.ends[:], want[n-2:]) {
		t.Errorf("read at once, the last frames end at %v, expected %v", whole.in.ends, want[n-2:])
	}
}
