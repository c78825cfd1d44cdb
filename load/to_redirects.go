package load

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"hemicycle/load/version"
	"hemicycle/schemas"
)

// redirectSink finds the redirects that boxes link by. Of a wiki's millions of redirects few are, and which is
// not known before the last page was read: a redirect can stand before the box or after it. So all are
// kept in the staging folder, beside the titles that the boxes link to; when the input has ended, the
// titles are held in memory, some 20 bytes each, and the redirects are read once. It is a sink, so that
// its files have the same parts as the tables; none of them is published.
type redirectSink struct {
	staging    string
	part       int
	file       *os.File
	compressor *zstd.Encoder
	out        *bufio.Writer
}

// NewRedirectSink is a sink that keeps redirects for WriteRedirects, below a staging folder, behind the parts
// that are finished there.
func NewRedirectSink(staging string, finished version.FinishedParts) Sink {
	return &redirectSink{staging: staging, part: finished.Parts + 1}
}

// What a line of the files is.
const (
	titleLine    = 't' // wiki, title
	redirectLine = 'r' // wiki, from, to
)

// Write takes redirects that a source passed, and the titles that an election links to: of its
// neighbours in time, and of its contenders.
func (l *redirectSink) Write(r schemas.Record) error {
	for i := range r.Passed {
		p := &r.Passed[i]
		if err := l.writeLine(redirectLine, p.Wiki, p.From, p.To); err != nil {
			return err
		}
	}
	e := r.Election
	if e == nil {
		return nil
	}
	titles := []string{e.PreviousPage, e.NextPage}
	for i := range e.Contenders {
		titles = append(titles, e.Contenders[i].Page, e.Contenders[i].PartyPage)
	}
	for _, title := range titles {
		if title == "" {
			continue
		}
		if err := l.writeLine(titleLine, e.Document.Wiki, e.Document.CanonicalTitle(title)); err != nil {
			return err
		}
	}
	return nil
}

func (l *redirectSink) writeLine(kind byte, texts ...string) error {
	if err := l.open(); err != nil {
		return err
	}
	line := []byte{kind}
	for _, s := range texts {
		line = binary.AppendUvarint(line, uint64(len(s)))
		line = append(line, s...)
	}
	_, err := l.out.Write(line)
	return err
}

func (l *redirectSink) path(part int) string {
	return filepath.Join(l.staging, version.RedirectsName, fmt.Sprintf("part-%05d.zst", part))
}

func (l *redirectSink) open() (err error) {
	if l.file != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(l.staging, version.RedirectsName), 0o755); err != nil {
		return err
	}
	if l.file, err = os.Create(l.path(l.part)); err != nil {
		return err
	}
	if l.compressor == nil {
		l.compressor, err = zstd.NewWriter(l.file, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
		l.out = bufio.NewWriterSize(l.compressor, 1<<16)
		return err
	}
	l.compressor.Reset(l.file)
	l.out.Reset(l.compressor)
	return nil
}

// FinishPart ends a part of the files.
func (l *redirectSink) FinishPart() ([]version.File, error) {
	var part []version.File
	if l.file != nil {
		file := l.file
		l.file = nil
		written := errors.Join(l.out.Flush(), l.compressor.Close())
		f, err := version.CloseSynced(file, l.staging)
		if err = errors.Join(written, err); err != nil {
			return nil, fmt.Errorf("finishing a part of the redirects: %w", err)
		}
		part = append(part, f)
	}
	l.part++
	return part, nil
}

// WriteRedirects writes the redirects that elections link by into the sinks, once the input has ended.
func WriteRedirects(sinks []Sink) error {
	for _, s := range sinks {
		l, ok := s.(*redirectSink)
		if !ok {
			continue
		}
		err := l.linkedRedirects(func(r *schemas.Redirect) error {
			for _, s := range sinks {
				if err := s.Write(schemas.Record{Redirect: r}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// linkedRedirects ends the last part and yields the redirects that were linked by, in the order in which they
// were kept, each title once.
func (l *redirectSink) linkedRedirects(yield func(*schemas.Redirect) error) error {
	if _, err := l.FinishPart(); err != nil {
		return err
	}
	linked := map[[16]byte]bool{}
	err := l.forEachLine(func(kind byte, texts []string) error {
		if kind == titleLine {
			linked[linkKey(texts[0], texts[1])] = true
		}
		return nil
	})
	if err != nil || len(linked) == 0 {
		return err
	}
	return l.forEachLine(func(kind byte, texts []string) error {
		if kind != redirectLine {
			return nil
		}
		key := linkKey(texts[0], texts[1])
		if !linked[key] {
			return nil
		}
		delete(linked, key)
		return yield(&schemas.Redirect{Wiki: texts[0], From: texts[1], To: texts[2]})
	})
}

// linkKey is a digest of a title as its wiki writes it, which is how a dump names its pages.
func linkKey(wiki, title string) [16]byte {
	digest := sha256.Sum256([]byte(wiki + "\x00" + title))
	return [16]byte(digest[:16])
}

// forEachLine reads the files, part by part.
func (l *redirectSink) forEachLine(take func(kind byte, texts []string) error) error {
	for part := 1; part < l.part; part++ {
		err := readRedirectLines(l.path(part), take)
		if err != nil && !errors.Is(err, os.ErrNotExist) { // a part without a link has no file
			return fmt.Errorf("reading the redirects kept: %w", err)
		}
	}
	return nil
}

func readRedirectLines(path string, take func(kind byte, texts []string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	unpacked, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return err
	}
	defer unpacked.Close()
	in := bufio.NewReader(unpacked)
	for {
		kind, err := in.ReadByte()
		if err == io.EOF {
			return nil
		}
		count := map[byte]int{titleLine: 2, redirectLine: 3}[kind]
		if err != nil || count == 0 {
			return errors.Join(err, fmt.Errorf("%s is not as it was written", path))
		}
		texts := make([]string, count)
		for i := range texts {
			size, err := binary.ReadUvarint(in)
			if err != nil {
				return err
			}
			text := make([]byte, size)
			if _, err := io.ReadFull(in, text); err != nil {
				return err
			}
			texts[i] = string(text)
		}
		if err := take(kind, texts); err != nil {
			return err
		}
	}
}

// Commit has no file of a version.
func (l *redirectSink) Commit() ([]version.File, error) { return nil, l.Close() }

// Close removes what belongs to no finished part.
func (l *redirectSink) Close() error {
	if l.file == nil {
		return nil
	}
	file := l.file
	l.file = nil
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
