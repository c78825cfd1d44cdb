package enterprise

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// pieceSize is the number of bytes that are decompressed at a time.
const pieceSize = 256 << 10

// maxLine is the most bytes that a line may have: a page of 2 MiB, as wikitext and as HTML, with the escapes of JSON,
// has a third of it.
const maxLine = 64 << 20

// snapshotLine is one line of a snapshot.
type snapshotLine struct {
	member    string // the file of the archive that it stands in; "" if there is no archive
	number    int    // in that file, from 1 on
	from      int64  // the byte of the whole file at which it begins; if that is compressed, up to which was read for it
	data      []byte // valid until the next line
	isTooLong bool   // it has more than maxLine bytes, and no data
	isOpen    bool   // the file ends behind it without the end of a line
	isMember  bool   // it stands for a file of the archive that is not read, and problem says why
	problem   *document.Unreadable
}

// stream is one reading of a snapshot, from its first byte to its last.
type stream struct {
	size  int64
	done  *atomic.Int64 // the bytes of the file that were read so far
	hash  io.Writer     // is given the bytes of the file; may be nil
	visit func(*snapshotLine) bool

	maxLine  int // the most bytes that a line may have
	ahead    *aheadReader
	inMember string // the file of the archive that is read
	inLine   int    // the line that is read
}

// errStopped is the error of a reading that the caller ended.
var errStopped = errors.New("the reading was ended")

// read calls visit with every line of a file. It returns what is wrong with the file as a whole, or nil. The error is
// errStopped if visit returned false or the context ended.
func (s *stream) read(ctx context.Context, f io.ReaderAt) (*document.Unreadable, error) {
	raw := &fileReader{ctx: ctx, r: io.NewSectionReader(f, 0, s.size), hash: s.hash, done: s.done}
	ahead := readAhead(raw)
	defer ahead.stop()
	s.ahead = ahead
	err := s.members(ctx, ahead)
	switch {
	case errors.Is(err, errStopped) || ctx.Err() != nil:
		return nil, errStopped
	case err == nil: // the checksum at the end is part of the file; what is behind it is not
		if _, err = io.Copy(io.Discard, ahead); errors.Is(err, gzip.ErrHeader) {
			err = nil
		}
	}
	if ctx.Err() != nil {
		return nil, errStopped
	}
	if err == nil {
		return nil, nil
	}
	problem := &document.Unreadable{
		Reason: schemas.ReasonDamaged, Offset: -1, Gap: &schemas.Gap{From: ahead.from, Bytes: s.size - ahead.from},
	}
	isOfFile := ahead.err != nil && ahead.err != io.EOF
	if isOfFile {
		err = ahead.err
	}
	switch from := ahead.from; {
	case !isOfFile:
		problem.Detail = err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF):
		detail := "the file ends in the middle of its data: its last %d bytes, from %d on, are not whole"
		problem.Detail = fmt.Sprintf(detail, s.size-from, from)
	default:
		problem.Detail = fmt.Sprintf("bytes %d to %d of the file cannot be read: %v", from, s.size,
			document.WithoutPath(err))
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		problem.Reason, problem.Gap.Bytes = schemas.ReasonCutShort, -1
	}
	if s.inLine > 0 {
		problem.Detail += fmt.Sprintf("; all from %s on is lost", placeOf(s.inMember, s.inLine))
	}
	return problem, nil
}

// placeOf returns the place of a line in words.
func placeOf(member string, number int) string {
	if member == "" {
		return fmt.Sprintf("line %d", number)
	}
	return fmt.Sprintf("line %d of %q", number, member)
}

// memberError is the error of an archive whose bytes can be read.
type memberError struct{ err error }

func (e *memberError) Error() string {
	if errors.Is(e.err, io.ErrUnexpectedEOF) {
		return "the archive ends before its end mark, and what should follow is missing"
	}
	return "the archive cannot be read any further: " + e.err.Error()
}

func (e *memberError) Unwrap() error { return e.err }

// members visits the lines of each file of an archive, or those of the file itself if it is none.
func (s *stream) members(ctx context.Context, r *aheadReader) error {
	head := r.peek(tarBlock)
	if !isTar(head) {
		return s.lines(ctx, "", r)
	}
	blocks := &lastBlock{r: r}
	archive := tar.NewReader(blocks)
	for {
		header, err := archive.Next()
		switch {
		case err == io.EOF && !blocks.isZero():
			return &memberError{io.ErrUnexpectedEOF}
		case err == io.EOF:
			return nil
		case err != nil:
			return &memberError{err}
		}
		if err := s.member(ctx, header, archive); err != nil {
			return err
		}
	}
}

// member visits the lines of one file of an archive. Folders, links, hidden files and empty files are passed.
func (s *stream) member(ctx context.Context, header *tar.Header, r io.Reader) error {
	name := memberName(header.Name)
	isHidden := strings.HasPrefix(path.Base(header.Name), ".")
	switch {
	case isSparse(header):
		return s.refuse(name, "it has holes, which a snapshot has not")
	case header.Typeflag != tar.TypeReg, isHidden, header.Size == 0:
		return nil
	}
	head := make([]byte, min(tarBlock, header.Size))
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if err == nil && !hasLines(header.Name, head) {
		return s.refuse(name, "it is no NDJSON: expected a page a line, each an object of JSON")
	}
	err = s.lines(ctx, name, io.MultiReader(bytes.NewReader(head), r))
	if err != nil && !errors.Is(err, errStopped) {
		return &memberError{err}
	}
	return err
}

// refuse visits a file of an archive as one that is not read.
func (s *stream) refuse(name, why string) error {
	problem := &document.Unreadable{
		Reason: schemas.ReasonUnknownFormat, Offset: -1,
		Detail: fmt.Sprintf("the file %q of the archive is not read: %s", name, why),
	}
	if !s.visit(&snapshotLine{member: name, isMember: true, problem: problem}) {
		return errStopped
	}
	return nil
}

// maxMemberName bounds the name of a file of an archive in a message.
const maxMemberName = 120

// memberName returns the name of a file of an archive as a message shows it.
func memberName(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	if len(name) > maxMemberName {
		name = strings.ToValidUTF8(name[:maxMemberName], "") + "…"
	}
	return name
}

// isSparse reports whether a file of an archive has holes, which take no bytes in the archive and any number when they
// are read.
func isSparse(header *tar.Header) bool {
	if header.Typeflag == tar.TypeGNUSparse {
		return true
	}
	for key := range header.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// hasLines reports whether a file of an archive is read, by its name or by its first bytes.
func hasLines(name string, head []byte) bool {
	for _, ending := range []string{".ndjson", ".jsonl", ".json"} {
		if strings.HasSuffix(strings.ToLower(name), ending) {
			return true
		}
	}
	return bytes.HasPrefix(trimStart(head), []byte("{"))
}

// trimStart returns bytes without a byte order mark and white space before them.
func trimStart(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(b, []byte(document.ByteOrderMark)), " \t\r\n")
}

// tarBlock is the size of a block of a tar archive.
const tarBlock = 512

// isTar reports whether a file begins as a tar archive. Source: the field magic of the header in POSIX.1-1988, which
// GNU tar has in another version.
func isTar(head []byte) bool {
	return len(head) >= tarBlock && string(head[257:262]) == "ustar"
}

// lastBlock keeps the last block of what is read, by which the end of an archive is known: two blocks of zeros.
type lastBlock struct {
	r    io.Reader
	last []byte
}

func (b *lastBlock) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if n >= tarBlock {
		b.last = append(b.last[:0], p[n-tarBlock:n]...)
	} else if n > 0 {
		b.last = append(b.last, p[:n]...)
		b.last = b.last[:copy(b.last, b.last[max(0, len(b.last)-tarBlock):])]
	}
	return n, err
}

// isZero reports whether the last block is one of zeros.
func (b *lastBlock) isZero() bool {
	return len(b.last) == tarBlock && len(bytes.Trim(b.last, "\x00")) == 0
}

// lines visits every line of a file.
func (s *stream) lines(ctx context.Context, member string, r io.Reader) error {
	l := lineReader{r: r, maxLine: s.maxLine}
	for number := 1; ; number++ {
		from := l.position()
		s.inMember, s.inLine = member, number
		data, err := l.next()
		if ctx.Err() != nil {
			return errStopped
		}
		current := snapshotLine{member: member, number: number, data: data, isTooLong: l.isTooLong, isOpen: l.isOpen}
		if current.from = from; member != "" || s.ahead.isPacked {
			current.from = s.ahead.from
		}
		if number == 1 {
			current.data = bytes.TrimPrefix(data, []byte(document.ByteOrderMark))
		}
		switch {
		case err != nil && err != io.EOF:
			return err
		case err == io.EOF:
			return nil
		case len(bytes.TrimLeft(current.data, " \t\r")) == 0 && !l.isTooLong:
			continue
		case !s.visit(&current):
			return errStopped
		}
	}
}

// lineReader splits a stream into lines.
type lineReader struct {
	r         io.Reader
	maxLine   int
	buffer    []byte
	from, to  int   // what of the buffer was read and not yet returned
	base      int64 // the offset of the buffer in the stream
	err       error
	isTooLong bool // the line that was returned last is longer than maxLine; its data are lost
	isOpen    bool // the stream ends behind the line that was returned last
}

// next returns the next line without its end. After the last one it returns the error of the stream, io.EOF if it has
// none. A line in which the stream fails is lost.
func (l *lineReader) next() ([]byte, error) {
	l.isTooLong = false
	for searched := l.from; ; {
		i := bytes.IndexByte(l.buffer[searched:l.to], '\n')
		switch {
		case i >= 0:
			data := l.buffer[l.from : searched+i]
			l.from = searched + i + 1
			return l.bounded(data), nil
		case l.err != nil:
			data := l.buffer[l.from:l.to]
			l.from = l.to
			if l.err != io.EOF || len(data) == 0 && !l.isTooLong {
				return nil, l.err
			}
			l.isOpen = true
			return l.bounded(data), nil
		case l.isTooLong || l.to-l.from > l.maxLine: // only its end is looked for
			l.isTooLong, l.from = true, l.to
		}
		searched = l.fill()
	}
}

// position returns the offset in the stream of the next line.
func (l *lineReader) position() int64 { return l.base + int64(l.from) }

// bounded returns the data of a line unless it is too long.
func (l *lineReader) bounded(data []byte) []byte {
	if l.isTooLong = l.isTooLong || len(data) > l.maxLine; l.isTooLong {
		return nil
	}
	return data
}

// firstBuffer is the size of a buffer that holds most lines.
const firstBuffer = 64 << 10

// fill reads more into the buffer, and returns where in it the new bytes begin.
func (l *lineReader) fill() int {
	l.base += int64(l.from)
	l.to, l.from = copy(l.buffer, l.buffer[l.from:l.to]), 0
	if l.to == len(l.buffer) {
		grown := make([]byte, max(2*len(l.buffer), firstBuffer))
		copy(grown, l.buffer)
		l.buffer = grown
	}
	added := l.to
	n, err := l.r.Read(l.buffer[added:])
	l.to, l.err = added+n, err
	return added
}
