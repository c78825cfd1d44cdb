package load

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// redirectSink finds the redirects through which boxes link. Of the millions of redirects of a wiki these are few, and
// which they are is not known before the last page was read, since a redirect can be before or after the box. So all
// redirects are kept in the staging folder, together with the titles to which boxes link. When the input has ended, the
// titles are held in memory, about 20 bytes each, and the redirects are read once, and once more for each step of those
// that lead to other redirects. It is a sink, so that its files have
// the same parts as the tables. None of them is published.
type redirectSink struct {
	disk       disk.Disk
	staging    string
	part       int
	files      []version.File // of the finished parts
	file       *disk.File     // of the open part; nil if it has no line yet
	compressor *zstd.Encoder
	out        *bufio.Writer
}

// NewRedirectSink returns a sink that keeps redirects in a staging folder for WriteRedirects, after the finished parts
// there.
func NewRedirectSink(d disk.Disk, staging string, finished version.FinishedParts) Sink {
	s := &redirectSink{disk: d, staging: staging, part: finished.Parts + 1}
	for _, f := range finished.Files {
		if path.Dir(f.Path) == version.RedirectsName {
			s.files = append(s.files, f)
		}
	}
	return s
}

// The first byte of a line says what it has. Each of the texts that follow has its length before it.
const (
	titleLine    = 't' // wiki, title
	redirectLine = 'r' // wiki, from, to
)

// textsOfLine is the number of texts in a line, by its first byte.
var textsOfLine = map[byte]int{titleLine: 2, redirectLine: 3}

// Write keeps the redirects that a source passed, and the titles to which an election links.
func (s *redirectSink) Write(r schemas.Record) error {
	for i := range r.Passed {
		p := &r.Passed[i]
		if err := s.writeLine(redirectLine, p.Wiki, p.From, p.To); err != nil {
			return err
		}
	}
	e := r.Election
	if e == nil {
		return nil
	}
	for _, title := range e.LinkedTitles() {
		if err := s.writeLine(titleLine, e.Document.Wiki, title); err != nil {
			return err
		}
	}
	return nil
}

// writeLine writes a line into the file of the part.
func (s *redirectSink) writeLine(kind byte, texts ...string) error {
	if err := s.open(); err != nil {
		return err
	}
	line := []byte{kind}
	for _, text := range texts {
		line = binary.AppendUvarint(line, uint64(len(text)))
		line = append(line, text...)
	}
	_, err := s.out.Write(line)
	return err
}

// open opens the file of the part unless it is open.
func (s *redirectSink) open() (err error) {
	if s.file != nil {
		return nil
	}
	folder := filepath.Join(s.staging, version.RedirectsName)
	if err := s.disk.MakeFolders(folder); err != nil {
		return err
	}
	if s.file, err = s.disk.Create(filepath.Join(folder, fmt.Sprintf("part-%05d.zst", s.part))); err != nil {
		return err
	}
	if s.compressor == nil {
		s.compressor, err = zstd.NewWriter(s.file, zstd.WithEncoderLevel(zstd.SpeedFastest),
			zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
		s.out = bufio.NewWriterSize(s.compressor, 1<<16)
		return err
	}
	s.compressor.Reset(s.file)
	s.out.Reset(s.compressor)
	return nil
}

// FinishPart implements Sink.
func (s *redirectSink) FinishPart() ([]version.File, error) {
	var part []version.File
	if s.file != nil {
		file := s.file
		s.file = nil
		written := errors.Join(s.out.Flush(), s.compressor.Close())
		f, err := version.FinishFile(file, s.staging)
		if err = errors.Join(written, err); err != nil {
			return nil, fmt.Errorf("finishing a part of the redirects: %w", err)
		}
		part = append(part, f)
		s.files = append(s.files, f)
	}
	s.part++
	return part, nil
}

// WriteRedirects writes the redirects through which elections link into the sinks, once the input has ended.
func WriteRedirects(sinks []Sink) error {
	for _, sink := range sinks {
		s, ok := sink.(*redirectSink)
		if !ok {
			continue
		}
		err := s.linkedRedirects(func(r *schemas.Redirect) error {
			for _, sink := range sinks {
				if err := sink.Write(schemas.Record{Redirect: r}); err != nil {
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

// linkedRedirects ends the last part and yields the redirects to which elections link, in the order in which they were
// kept, each with the title at the end of the redirects that follow it. Of several redirects with one title, it yields
// the first. It leaves out those that lead back to themselves, and so to no page, and those that lead on through more
// than maxSteps others.
func (s *redirectSink) linkedRedirects(yield func(*schemas.Redirect) error) error {
	if _, err := s.FinishPart(); err != nil {
		return err
	}
	if err := s.verify(); err != nil {
		return err
	}
	linked := map[[16]byte]bool{}
	err := s.forEachLine(func(kind byte, texts []string) error {
		if kind == titleLine {
			linked[linkKey(texts[0], texts[1])] = true
		}
		return nil
	})
	if err != nil || len(linked) == 0 {
		return err
	}
	found, err := s.redirectsFrom(linked)
	if err != nil {
		return err
	}
	next, err := s.following(found)
	if err != nil {
		return err
	}
	for i := range found {
		r := &found[i]
		to, isPage := lastOf(next, r.Wiki, r.To)
		if !isPage {
			continue
		}
		r.To = to
		if err := yield(r); err != nil {
			return err
		}
	}
	return nil
}

// redirectsFrom returns the first redirect of each title whose key is wanted, in the order in which they were kept. It
// removes their keys from those that are wanted.
func (s *redirectSink) redirectsFrom(wanted map[[16]byte]bool) ([]schemas.Redirect, error) {
	var found []schemas.Redirect
	err := s.forEachLine(func(kind byte, texts []string) error {
		if kind != redirectLine {
			return nil
		}
		key := linkKey(texts[0], texts[1])
		if wanted[key] {
			delete(wanted, key)
			found = append(found, schemas.Redirect{Wiki: texts[0], From: texts[1], To: texts[2]})
		}
		return nil
	})
	return found, err
}

// following returns the targets of the redirects to which redirects lead, by the keys of their titles, and of those to
// which these lead in turn. They are few, since a wiki mends them.
func (s *redirectSink) following(redirects []schemas.Redirect) (map[[16]byte]string, error) {
	next := map[[16]byte]string{}
	for range maxSteps + 1 { // the last of which shows that those end that are no longer
		if len(redirects) == 0 {
			break
		}
		wanted := map[[16]byte]bool{}
		for i := range redirects {
			key := linkKey(redirects[i].Wiki, redirects[i].To)
			if _, isKnown := next[key]; !isKnown {
				wanted[key] = true
			}
		}
		if len(wanted) == 0 {
			break
		}
		var err error
		if redirects, err = s.redirectsFrom(wanted); err != nil {
			return nil, err
		}
		for i := range redirects {
			next[linkKey(redirects[i].Wiki, redirects[i].From)] = redirects[i].To
		}
	}
	return next, nil
}

// maxSteps is how many redirects may follow another. A reader is led through none, and a wiki's bots mend them, so that
// chains are short; each step reads all redirects once.
const maxSteps = 8

// lastOf returns the title to which the redirects from a title lead. It reports false if they lead in a circle, or on
// and on.
func lastOf(next map[[16]byte]string, wiki, title string) (string, bool) {
	for range maxSteps + 1 {
		to, isRedirect := next[linkKey(wiki, title)]
		if !isRedirect {
			return title, true
		}
		title = to
	}
	return "", false
}

// linkKey returns a digest of a title in the form in which its wiki writes it, which is how a dump names its pages.
func linkKey(wiki, title string) [16]byte {
	digest := sha256.Sum256([]byte(wiki + "\x00" + title))
	return [16]byte(digest[:16])
}

// path returns the path of a file of a finished part.
func (s *redirectSink) path(f version.File) string {
	return filepath.Join(s.staging, filepath.FromSlash(f.Path))
}

// verify returns an error if a file is not as it was when its part ended. After it, the lengths in the lines can be
// relied on.
func (s *redirectSink) verify() error {
	for _, want := range s.files {
		got, err := version.DescribeFile(s.staging, s.path(want))
		if err != nil {
			return fmt.Errorf("reading the redirects that were kept: %w", err)
		}
		if got.Bytes != want.Bytes || got.SHA256 != want.SHA256 {
			return fmt.Errorf("%s is not as it was written: it has %d bytes with the SHA-256 %s, "+
				"expected %d bytes with %s; the disk may be damaged: run again without --resume",
				s.path(want), got.Bytes, got.SHA256, want.Bytes, want.SHA256)
		}
	}
	return nil
}

// forEachLine calls visit with the lines of the finished parts, in the order in which they were written.
func (s *redirectSink) forEachLine(visit func(kind byte, texts []string) error) error {
	for _, f := range s.files {
		if err := readRedirectLines(s.path(f), visit); err != nil {
			return err
		}
	}
	return nil
}

// readRedirectLines calls visit with the lines of a file. An error that is not one of visit names the file.
func readRedirectLines(name string, visit func(kind byte, texts []string) error) error {
	damaged := func(err error) error {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("reading the redirects that were kept in %s: %w", name, err)
	}
	file, err := os.Open(name)
	if err != nil {
		return damaged(err)
	}
	defer file.Close()
	decompressor, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return damaged(err)
	}
	defer decompressor.Close()
	in := bufio.NewReader(decompressor)
	for {
		kind, texts, err := readRedirectLine(in)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if err := visit(kind, texts); err != nil {
			return err
		}
	}
}

// readRedirectLine reads a line. It returns io.EOF only where a line could begin.
func readRedirectLine(in *bufio.Reader) (kind byte, texts []string, err error) {
	if kind, err = in.ReadByte(); err != nil {
		return 0, nil, err
	}
	texts = make([]string, textsOfLine[kind])
	if len(texts) == 0 {
		return 0, nil, fmt.Errorf("a line begins with %q, expected %q or %q", kind, titleLine, redirectLine)
	}
	for i := range texts {
		if texts[i], err = readText(in); err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, nil, err
		}
	}
	return kind, texts, nil
}

// maxRedirectText is more bytes than a title has, since it is more than a page of a dump has.
const maxRedirectText = 64 << 20

// readText reads a text that has its length before it.
func readText(in *bufio.Reader) (string, error) {
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return "", err
	}
	if size > maxRedirectText {
		return "", fmt.Errorf("a text has %d bytes, expected %d at most", size, maxRedirectText)
	}
	text := make([]byte, size)
	_, err = io.ReadFull(in, text)
	return string(text), err
}

// Commit finishes nothing: no file of redirects is part of a version.
func (s *redirectSink) Commit() ([]version.File, error) { return nil, s.Close() }

// Close implements Sink.
func (s *redirectSink) Close() error {
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), s.disk.Remove(file.Name()))
}
