package load

import (
	"sync"
	_ "unsafe" // for go:linkname

	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/klauspost/compress/zstd"
)

// reusedZstd compresses pages with one encoder for each level. The codec of the library makes an encoder for every
// page, which takes a megabyte or more: for small files that was most of the memory and of the time of the sink.
type reusedZstd struct {
	compress.Codec
	encoders sync.Map // by level: a *zstd.Encoder
}

// EncodeLevel implements compress.Codec. Encoders are safe for concurrent use.
func (c *reusedZstd) EncodeLevel(dst, src []byte, level int) []byte {
	encoder, ok := c.encoders.Load(level)
	if !ok {
		made, err := zstd.NewWriter(nil, zstd.WithZeroFrames(true), zstd.WithEncoderConcurrency(1),
			zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(level)))
		if err != nil {
			panic(err) // the options are right for every level
		}
		encoder, _ = c.encoders.LoadOrStore(level, made)
	}
	return encoder.(*zstd.Encoder).EncodeAll(src, dst[:0])
}

// parquetCodecs is the registry of the library, which this version does not let others add to. Later versions have
// compress.RegisterCodec: https://pkg.go.dev/github.com/apache/arrow-go/v18/parquet/compress#RegisterCodec.
//
//go:linkname parquetCodecs github.com/apache/arrow/go/v15/parquet/compress.codecs
var parquetCodecs map[compress.Compression]compress.Codec

func init() {
	parquetCodecs[compress.Codecs.Zstd] = &reusedZstd{Codec: parquetCodecs[compress.Codecs.Zstd]}
}
