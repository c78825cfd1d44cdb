package dump

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// fileDigest takes the SHA-256 of a file beside the one who reads it, a little behind, so that the
// system reads the file from its disk once.
type fileDigest struct {
	reached chan int64 // how far the reader has come
	sum     chan string
}

// maxLag is how many pieces of the file the digest may lag behind its reader.
const maxLag = 64

// newDigest digests a file of so many bytes.
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
					for range d.reached { // the reader must not wait
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

// reach tells how far the reader has come. No digest is taken of a file that is not read whole.
func (d *fileDigest) reach(to int64) {
	if d != nil {
		d.reached <- to
	}
}

// hexSum is the digest, once the whole file was reached; "" where it was not.
func (d *fileDigest) hexSum() string {
	close(d.reached)
	return <-d.sum
}
