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
	"strings"
	"unicode"
	"unicode/utf8"

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
	staging string
	part    int
	file    *os.File
	packer  *zstd.Encoder
	out     *bufio.Writer
}

// NewRedirects is a sink that keeps redirects for WriteRedirects, below a staging folder, behind the parts
// that are finished there.
func NewRedirects(staging string, finished version.Finished) Sink {
	return &redirectSink{staging: staging, part: finished.Parts + 1}
}

// What a line of the files is.
const (
	aTitle    = 't' // wiki, title
	aRedirect = 'r' // wiki, from, to
)

// Write takes redirects that a source passed, and the titles that an election links to: of its
// neighbours in time, and of its contenders.
func (l *redirectSink) Write(r schemas.Record) error {
	for i := range r.Passed {
		p := &r.Passed[i]
		if err := l.line(aRedirect, p.Wiki, p.From, p.To); err != nil {
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
		if err := l.line(aTitle, e.Document.Wiki, title); err != nil {
			return err
		}
	}
	return nil
}

func (l *redirectSink) line(kind byte, texts ...string) error {
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
	if l.packer == nil {
		l.packer, err = zstd.NewWriter(l.file, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
		l.out = bufio.NewWriterSize(l.packer, 1<<16)
		return err
	}
	l.packer.Reset(l.file)
	l.out.Reset(l.packer)
	return nil
}

// Cut ends a part of the files.
func (l *redirectSink) Cut() ([]version.File, error) {
	var part []version.File
	if l.file != nil {
		file := l.file
		l.file = nil
		written := errors.Join(l.out.Flush(), l.packer.Close())
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
		err := l.redirects(func(r *schemas.Redirect) error {
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

// redirects ends the last part and yields the redirects that were linked by, in the order in which they
// were kept, each title once.
func (l *redirectSink) redirects(yield func(*schemas.Redirect) error) error {
	if _, err := l.Cut(); err != nil {
		return err
	}
	linked := map[[16]byte]bool{}
	err := l.each(func(kind byte, texts []string) error {
		if kind == aTitle {
			linked[linkKey(texts[0], texts[1])] = true
		}
		return nil
	})
	if err != nil || len(linked) == 0 {
		return err
	}
	return l.each(func(kind byte, texts []string) error {
		if kind != aRedirect {
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

// linkKey is a digest of a title as a wiki resolves it: spaces for underscores, without a section, its
// first letter upper case.
func linkKey(wiki, title string) [16]byte {
	title, _, _ = strings.Cut(title, "#")
	title = strings.Join(strings.Fields(strings.ReplaceAll(title, "_", " ")), " ")
	first, size := utf8.DecodeRuneInString(title)
	digest := sha256.Sum256([]byte(wiki + "\x00" + string(unicode.ToUpper(first)) + title[size:]))
	return [16]byte(digest[:16])
}

// each reads the files, part by part.
func (l *redirectSink) each(take func(kind byte, texts []string) error) error {
	for part := 1; part < l.part; part++ {
		err := eachLine(l.path(part), take)
		if err != nil && !errors.Is(err, os.ErrNotExist) { // a part without a link has no file
			return fmt.Errorf("reading the redirects kept: %w", err)
		}
	}
	return nil
}

func eachLine(path string, take func(kind byte, texts []string) error) error {
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
		count := map[byte]int{aTitle: 2, aRedirect: 3}[kind]
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
