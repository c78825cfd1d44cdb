package enterprise

import (
	"bufio"
	"context"
	"io"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
)

// fileReader reads the bytes of a file once, from its first to its last.
type fileReader struct {
	ctx  context.Context
	r    *io.SectionReader
	hash io.Writer
	done *atomic.Int64
	at   int64
}

func (f *fileReader) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.r.Read(p)
	if f.hash != nil {
		f.hash.Write(p[:n])
	}
	f.at += int64(n)
	f.done.Add(int64(n))
	if err == io.EOF && f.at < f.r.Size() { // the file has become shorter
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// piece is a piece of the decompressed bytes.
type piece struct {
	data []byte
	from int64 // the byte of the file up to which was read before it
	err  error // of the bytes behind it
}

// piecesAhead is how many pieces are decompressed ahead of the reader.
const piecesAhead = 3

// aheadReader reads what a goroutine decompresses ahead of it.
type aheadReader struct {
	pieces chan piece
	free   chan []byte
	quit   chan struct{}
	ended  chan struct{}
	buffer []byte // of the piece that is read
	rest   []byte // of that piece
	from   int64  // the byte of the file up to which was read before that piece
	err    error  // of the bytes behind that piece

	isPacked bool // by gzip; known once a piece was loaded
}

// readAhead begins to read a file, which is decompressed if it is packed by gzip.
func readAhead(f *fileReader) *aheadReader {
	a := &aheadReader{
		pieces: make(chan piece, piecesAhead), free: make(chan []byte, piecesAhead),
		quit: make(chan struct{}), ended: make(chan struct{}),
	}
	for range piecesAhead {
		a.free <- nil // allocated when it is needed, since many files are small
	}
	go a.run(f)
	return a
}

// run decompresses until the end of the file or until stop is called.
func (a *aheadReader) run(f *fileReader) {
	defer close(a.ended)
	in := bufio.NewReaderSize(f, 64<<10)
	r, err := decompress(in)
	if err != nil {
		a.pieces <- piece{err: err}
		return
	}
	a.isPacked = r != io.Reader(in)
	for err == nil {
		var buffer []byte
		select {
		case buffer = <-a.free:
		case <-a.quit:
			return
		}
		if buffer == nil {
			buffer = make([]byte, pieceSize)
		}
		next := piece{data: buffer, from: f.at - int64(in.Buffered())}
		n := 0
		for n < len(buffer) && err == nil {
			var k int
			k, err = r.Read(buffer[n:])
			n += k
		}
		next.data, next.err = buffer[:n], err
		select {
		case a.pieces <- next:
		case <-a.quit:
			return
		}
	}
}

// decompress returns a reader of the decompressed bytes of a file, which need not be compressed.
func decompress(in *bufio.Reader) (io.Reader, error) {
	if magic, _ := in.Peek(len(gzipMagic)); string(magic) != gzipMagic {
		return in, nil
	}
	r, err := gzip.NewReader(in)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return r, err
}

// gzipMagic are the bytes with which a file of gzip begins.
const gzipMagic = "\x1f\x8b"

// stop ends the goroutine.
func (a *aheadReader) stop() {
	close(a.quit)
	<-a.ended
}

// load takes the next piece.
func (a *aheadReader) load() {
	if a.buffer != nil {
		a.free <- a.buffer[:cap(a.buffer)]
	}
	next := <-a.pieces
	a.buffer, a.rest, a.from, a.err = next.data, next.data, next.from, next.err
}

// peek returns the first bytes, as many as asked for if there are so many. It is called before Read.
func (a *aheadReader) peek(n int) []byte {
	a.load()
	return a.rest[:min(n, len(a.rest))]
}

func (a *aheadReader) Read(p []byte) (int, error) {
	if len(a.rest) == 0 && a.err == nil {
		a.load()
	}
	if len(a.rest) == 0 {
		return 0, a.err
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}
