package dump

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// fileDigest computes the SHA-256 of a file beside the reader of the file and slightly behind it, so that the system
// reads the file from its disk only once.
type fileDigest struct {
	reached chan int64 // the offsets that the reader has reached
	sum     chan string
}

// maxLag is the number of chunks by which the digest may lag behind the reader.
const maxLag = 64

// newDigest begins to digest a file of a size.
func newDigest(ctx context.Context, f io.ReaderAt, size int64) *fileDigest {
	d := &fileDigest{make(chan int64, maxLag), make(chan string, 1)}
	go func() {
		h := sha256.New()
		buffer := make([]byte, pieceSize)
		at := int64(0)
		defer close(d.sum)
		for to := range d.reached {
			for at < to {
				n, err := f.ReadAt(buffer[:min(pieceSize, to-at)], at)
				h.Write(buffer[:n])
				at += int64(n)
				if err != nil && at < to || ctx.Err() != nil {
					for range d.reached { // so that the reader does not wait
					}
					return
				}
			}
		}
		if at == size {
			d.sum <- hex.EncodeToString(h.Sum(nil))
		}
	}()
	return d
}

// reach says how far the reader has come.
func (d *fileDigest) reach(to int64) {
	if d != nil {
		d.reached <- to
	}
}

// hexSum returns the digest if the whole file was reached, or "" if it was not.
func (d *fileDigest) hexSum() string {
	close(d.reached)
	return <-d.sum
}
