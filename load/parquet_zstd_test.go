package load

import (
	"bytes"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/klauspost/compress/zstd"
)

// TestPagesShareAnEncoder expects the bytes that a new encoder makes of each page, whatever pages came before, and no
// new encoder for each page.
func TestPagesShareAnEncoder(t *testing.T) {
	codec, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := codec.(*reusedZstd); !ok {
		t.Fatalf("the library compresses with %T", codec)
	}
	pages := [][]byte{
		nil, []byte("a"), bytes.Repeat([]byte("page "), 1000), []byte(strings.Repeat("another page ", 200_000)),
		bytes.Repeat([]byte("page "), 1000), bytes.Repeat([]byte{0}, 5), []byte("a"),
	}
	for _, level := range []int{compressionLevel, 3} {
		for i, page := range pages {
			fresh, err := zstd.NewWriter(nil, zstd.WithZeroFrames(true),
				zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(level)))
			if err != nil {
				t.Fatal(err)
			}
			got := codec.EncodeLevel(nil, page, level)
			if !bytes.Equal(got, fresh.EncodeAll(page, nil)) {
				t.Errorf("level %d, page %d: other bytes than those of a new encoder", level, i)
			}
			if decoded := codec.Decode(nil, got); !bytes.Equal(decoded, page) {
				t.Errorf("level %d, page %d is not what it was", level, i)
			}
		}
	}
	room := make([]byte, 0, 1<<16)
	page := bytes.Repeat([]byte("page "), 1000)
	if n := testing.AllocsPerRun(100, func() { codec.EncodeLevel(room, page, compressionLevel) }); n > 1 {
		t.Errorf("a page takes %v allocations", n)
	}
}
