package dump

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"hemicycle/extract/bzip2"
	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// A dump can be read in pieces, each on its own and on any machine. A page belongs to the piece in which its tag <page>
// begins, so the reader of a piece passes over the page that begins before it, and reads on behind its end up to the
// next <page>.
//
// What is before a piece is not read, so its reader assumes what is true of a sound file: that of the wiki and of the
// head of the export it knows what the planner read, and that the first <page> begins a page. At its end each reader
// says what it knows there. Pieces compares what one piece ended with and the next one began with. If they differ, as
// with damage or with two exports in one file, the next one is read again from where the one before it ended. So the
// pieces together are what the whole is, whatever the file holds, and the bits at which it is cut are only a guess.

// Piece is a part of a dump that is read on its own.
type Piece struct {
	Bit int64 `json:"bit"`           // of the file, at which it begins
	End int64 `json:"end,omitempty"` // of the file, at which the next piece begins; 0 for the last piece
	// Head is the state of the dump at its first page.
	Head string `json:"head,omitempty"`
	// Level is that of the first stream of a file of bzip2.
	Level int `json:"level,omitempty"`

	exact  string       // where the piece before ended; "" if that is not known
	stream bzip2.Stream // what is known of the stream there
}

// PieceResult is what the reader of a piece knows at its ends.
type PieceResult struct {
	// First is the state at the first page of the piece. It is "" if no page begins in the piece, so that its reader
	// has yielded nothing.
	First string `json:"first,omitempty"`
	// Next is the state at the first page behind the piece. It is "" if the reader came to the end of the file.
	Next string `json:"next,omitempty"`
	// Stream is what is known of the stream of bzip2 at Next, and Border at the first block behind the piece.
	Stream bzip2.Stream  `json:"stream,omitzero"`
	Border *bzip2.Stream `json:"border,omitempty"`
	// Unproven is the end of the stream in which the piece begins.
	Unproven *bzip2.Unproven `json:"unproven,omitempty"`
}

// pieceRange is the state of a range over a piece.
type pieceRange struct {
	Piece
	isSeeking bool // the first page was not met yet
	isOver    bool // the first page behind the piece was met, or there is none in it
	result    PieceResult
}

// SetPiece makes the next range that over a piece.
func (d *Source) SetPiece(p Piece) error {
	d.piece = &pieceRange{Piece: p}
	text := p.exact
	if text == "" && p.Bit > 0 {
		text = p.Head
	}
	d.from = checkpoint{}
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), &d.from); err != nil {
		return fmt.Errorf("the state %.100q of the dump cannot be read: %w", text, err)
	}
	if p.exact == "" {
		d.from.Bit, d.from.Skip, d.from.Passed = p.Bit, 0, 0
	}
	if d.inPlainFile() {
		d.from.Passed = d.from.Bit / 8
	}
	return nil
}

// PieceResult returns what is known at the ends of the piece that was ranged over.
func (d *Source) PieceResult() PieceResult { return d.piece.result }

// begin sets the state of a range to that at the beginning of the piece.
func (p *pieceRange) begin(d *Source) {
	*p = pieceRange{Piece: p.Piece, isSeeking: p.exact == "" && p.Bit > 0}
	if !p.isSeeking {
		p.result.First = p.exact
		if p.exact == "" {
			p.result.First = beginningOfFile
		}
	}
}

// beginningOfFile is the state at which the first piece of a file begins.
const beginningOfFile = "beginning"

// pieceChunks returns the chunks of a file from the beginning of the piece on.
func (d *Source) pieceChunks(ctx context.Context, f io.ReaderAt, form *compression) iter.Seq[chunk] {
	if d.inPlain {
		if d.piece.End > 0 {
			d.scan.limited, d.scan.limit = true, d.piece.End/8
		}
		return form.decompress(ctx, f, d.size, d.from.Bit, d.selection.Workers)
	}
	stream := &bzip2.Stream{Level: d.piece.Level, Unknown: true}
	switch {
	case d.piece.exact != "":
		stream = &d.piece.stream
	case d.piece.Bit == 0:
		stream = nil
	}
	rest := bzip2.Span{Bit: d.from.Bit, To: d.size, Stream: stream}
	return decompressSpans(ctx, f, []bzip2.Span{rest}, d.selection.Workers)
}

// meet looks at a chunk before it is read, at an offset of the export. It reports whether there is nothing to read in
// it.
func (p *pieceRange) meet(d *Source, c *chunk, offset int64) bool {
	if c.unproven != nil {
		if p.result.Unproven == nil && c.unproven.Blocks > 0 {
			p.result.Unproven = c.unproven
		}
		return true
	}
	if c.err != nil {
		if p.isSeeking {
			d.scan.resync(offset)
		}
		return p.isSeeking
	}
	if !d.inPlain && p.End > 0 && !d.scan.limited && c.bit >= p.End {
		d.scan.limited, d.scan.limit = true, offset
		stream := c.stream
		p.result.Border = &stream
	}
	if p.isSeeking && d.scan.limited && offset >= d.scan.limit { // a tag may have begun before the limit
		p.isOver = !d.scan.hasTag()
	}
	return p.isOver
}

// hasBegun searches for the first page of the piece, unless it was met, and reports whether the scanner stands at it.
func (p *pieceRange) hasBegun(d *Source) bool {
	if !p.isSeeking {
		return true
	}
	if !d.scan.seekPage() {
		return false
	}
	if d.scan.limited && d.scan.position() >= d.scan.limit {
		p.isOver = true
		return false
	}
	p.isSeeking = false
	d.scan.exportState = d.scan.stateAtPage()
	p.result.First = d.stateHere()
	return true
}

// endPiece yields what is left, and keeps what is known at the end of the piece.
func (d *Source) endPiece(yield yieldFunc) bool {
	if d.piece.isSeeking {
		return true
	}
	d.piece.result.Next = d.stateHere()
	if i := d.startBefore(d.scan.position()); i >= 0 {
		d.piece.result.Stream = d.starts[i].stream
	}
	if len(d.redirects) > 0 {
		return yield(schemas.Event{Redirects: d.drainRedirects()}, nil)
	}
	return true
}

// stateHere returns the state at the page that begins where the scanner is.
func (d *Source) stateHere() string {
	c := checkpoint{exportState: d.scan.stateAtPage(), Items: d.itemsState, Site: d.site}
	at := d.scan.position()
	if i := d.startBefore(at); i >= 0 && !d.inPlain {
		c.Bit, c.Skip = d.starts[i].bit, at-d.starts[i].offset
	} else {
		c.Bit = 8 * at
	}
	text, _ := json.Marshal(c) // no field has a value that JSON cannot express
	return string(text)
}

// Files returns the paths of the files that are read: the dump, the table of items beside it and the index.
func (d *Source) Files() []string {
	files := []string{d.path}
	if d.items != nil {
		files = append(files, d.items.path)
	}
	if d.index != "" {
		files = append(files, d.index)
	}
	return files
}

// Digest returns the SHA-256 of the dump.
func (d *Source) Digest(ctx context.Context) (string, error) {
	f, err := os.Open(d.path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx: ctx, done: &d.done, r: f}); err != nil {
		return "", fmt.Errorf("reading %s: %w", schemas.Printable(d.path), document.WithoutPath(err))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// PublishedDigest returns the SHA-256 that the SHA256SUMS beside the dump gives of it, "" if it gives none.
func PublishedDigest(path string) string {
	digest, _ := publishedDigest(path)
	return strings.ToLower(digest)
}

// inPlainFile reports whether the file is neither compressed nor UTF-16.
func (d *Source) inPlainFile() bool {
	head := make([]byte, magicBytes)
	f, err := os.Open(d.path)
	if err != nil {
		return false
	}
	defer f.Close()
	n, _ := f.ReadAt(head, 0) // an error comes up again when the source is read
	return compressionOf(head[:n]).name == "plain" && newUTF16Decoder(head[:n]) == nil
}

// minPiece is the least number of bytes of a piece. The pages of a block of bzip2 are read twice where a piece ends.
const minPiece = 1 << 10

// Split cuts the dump into pieces of a number of bytes of the file, the last of which can have up to twice as many. A
// dump that can only be read as a whole has none.
func (d *Source) Split(ctx context.Context, size int64) ([]Piece, error) {
	size = max(size, minPiece)
	var bits []int64
	for at := size; at+size <= d.size; at += size {
		bits = append(bits, 8*at)
	}
	return d.splitAt(ctx, bits)
}

// splitAt cuts the dump at some bits.
func (d *Source) splitAt(ctx context.Context, bits []int64) ([]Piece, error) {
	level, ok, err := d.canSplit(ctx)
	if err != nil || !ok || len(bits) == 0 {
		return nil, err
	}
	if err := d.SetPiece(Piece{End: 1}); err != nil { // the first page of all ends it
		return nil, err
	}
	for range d.Events(ctx) { // what is yielded here is yielded again by the first piece
	}
	head := d.piece.result.Next
	d.piece, d.from = nil, checkpoint{}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	if head == "" { // there is no page, or nobody knows the wiki of the pages
		return nil, nil
	}
	all := []Piece{{Level: level}}
	for _, bit := range bits {
		all[len(all)-1].End = bit
		all = append(all, Piece{Bit: bit, Head: head, Level: level})
	}
	return all, nil
}

// canSplit reports whether the dump can be read in pieces, and at which level its first stream is compressed.
func (d *Source) canSplit(ctx context.Context) (level int, ok bool, err error) {
	if d.index != "" {
		return 0, false, nil
	}
	f, err := os.Open(d.path)
	if err != nil {
		return 0, false, err
	}
	defer f.Close()
	head := make([]byte, magicBytes)
	n, _ := f.ReadAt(head, 0) // an error comes up again when the source is read
	switch form := compressionOf(head[:n]); form.name {
	case "plain":
		return 0, newUTF16Decoder(head[:n]) == nil, nil
	case "bzip2":
		for c := range form.decompress(ctx, f, d.size, 0, 1) {
			if c.err == nil {
				const levelAt = 3
				return int(head[levelAt] - '0'), newUTF16Decoder(c.data) == nil, nil
			}
		}
	}
	return 0, false, nil
}

// seekPage goes to the next tag <page>, whatever is before it, and reports whether it is in the buffer.
func (s *scanner) seekPage() bool {
	for {
		i := bytes.IndexByte(s.buffer[s.at:], '<')
		if i < 0 {
			s.at = len(s.buffer)
			return false
		}
		s.at += i
		e := elementAt(s.buffer[s.at:])
		if e.isPartial() {
			return false
		}
		if string(e.name) == "page" && !e.closing {
			return true
		}
		s.at += max(e.size, 1)
	}
}

// hasTag reports whether the buffer ends in the middle of a tag.
func (s *scanner) hasTag() bool { return s.at < len(s.buffer) }

// stateAtPage returns the state of the export if a page begins where the scanner is.
func (s *scanner) stateAtPage() exportState {
	e := s.exportState
	if s.inSite {
		e.loseHead()
	}
	e.HasPage, e.Headed, e.Closed, e.Misaligned = true, true, false, false
	return e
}
