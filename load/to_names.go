package load

import (
	"bufio"
	"encoding/json"
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

// nameSink keeps the parties and leaders of contenders until the input has ended. Only then is it known which of their
// pages are redirects, and the rows are written with the key of the page at which the redirects end. It is a sink, so
// that its files have the same parts as the tables. None of them is published.
type nameSink struct {
	disk       disk.Disk
	staging    string
	part       int
	files      []version.File // of the finished parts
	file       *disk.File     // of the open part; nil if it has no line yet
	compressor *zstd.Encoder
	out        *bufio.Writer

	titles *redirectSink     // it is told to which pages the names lead
	target map[string]string // the keys of pages to which redirects lead, by the key of the redirect
}

// keptNames is a line of the files: the names of an election, and its wiki.
type keptNames struct {
	Wiki  string
	Names *schemas.ContenderNames
}

// NewNameSink returns a sink that keeps names in a staging folder for WriteNames, after the finished parts there. The
// sink of redirects is told the pages of the names.
func NewNameSink(d disk.Disk, staging string, finished version.FinishedParts, redirects Sink) Sink {
	s := &nameSink{disk: d, staging: staging, part: finished.Parts + 1, target: map[string]string{}}
	s.titles, _ = redirects.(*redirectSink)
	for _, f := range finished.Files {
		if path.Dir(f.Path) == version.NamesName {
			s.files = append(s.files, f)
			number := 0
			if _, err := fmt.Sscanf(path.Base(f.Path), "part-%d.zst", &number); err == nil {
				s.part = max(s.part, number+1) // no file is written again, whatever the journal lacks
			}
		}
	}
	return s
}

// Write keeps the names of an election, and where a redirect leads.
func (s *nameSink) Write(r schemas.Record) error {
	if to := r.Redirect; to != nil {
		s.target[schemas.PageKey(to.Wiki, to.From)] = schemas.PageKey(to.Wiki, to.To)
	}
	if r.Election == nil {
		return nil
	}
	names := r.Election.Names()
	if len(names.Parties)+len(names.Leaders) == 0 {
		return nil
	}
	wiki := r.Election.Document.Wiki
	for _, all := range [][]schemas.ContenderName{names.Parties, names.Leaders} {
		for i := range all {
			if all[i].Page == "" || s.titles == nil {
				continue
			}
			if err := s.titles.writeLine(titleLine, wiki, all[i].Page); err != nil {
				return err
			}
		}
	}
	if err := s.open(); err != nil {
		return err
	}
	line, err := json.Marshal(keptNames{Wiki: wiki, Names: names})
	if err == nil {
		_, err = s.out.Write(append(line, '\n'))
	}
	return err
}

// open opens the file of the part unless it is open.
func (s *nameSink) open() (err error) {
	if s.file != nil {
		return nil
	}
	folder := filepath.Join(s.staging, version.NamesName)
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
func (s *nameSink) FinishPart() ([]version.File, error) {
	var part []version.File
	if s.file != nil {
		file := s.file
		s.file = nil
		written := errors.Join(s.out.Flush(), s.compressor.Close())
		f, err := version.FinishFile(file, s.staging)
		if err = errors.Join(written, err); err != nil {
			return nil, fmt.Errorf("finishing a part of the names: %w", err)
		}
		part = append(part, f)
		s.files = append(s.files, f)
	}
	s.part++
	return part, nil
}

// WriteNames writes the parties and leaders of all contenders into the sinks, in the order of the elections. It is
// called after WriteRedirects, so that the keys of their pages follow the redirects.
func WriteNames(sinks []Sink) error {
	for _, sink := range sinks {
		s, ok := sink.(*nameSink)
		if !ok {
			continue
		}
		if _, err := s.FinishPart(); err != nil {
			return err
		}
		for _, f := range s.files {
			if err := s.writeFile(f, sinks); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeFile writes the names in a file of a finished part into the sinks.
func (s *nameSink) writeFile(want version.File, sinks []Sink) error {
	name := filepath.Join(s.staging, filepath.FromSlash(want.Path))
	got, err := version.DescribeFile(s.staging, name)
	if err != nil {
		return fmt.Errorf("reading the names that were kept: %w", err)
	}
	if got.Bytes != want.Bytes || got.SHA256 != want.SHA256 {
		return fmt.Errorf("%s is not as it was written: it has %d bytes with the SHA-256 %s, "+
			"expected %d bytes with %s; the disk may be damaged: run again without --resume",
			name, got.Bytes, got.SHA256, want.Bytes, want.SHA256)
	}
	return readNames(name, func(kept *keptNames) error {
		s.followRedirects(kept)
		for _, sink := range sinks {
			if err := sink.Write(schemas.Record{Names: kept.Names}); err != nil {
				return err
			}
		}
		return nil
	})
}

// readNames calls visit with the lines of a file.
func readNames(name string, visit func(*keptNames) error) error {
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("reading the names that were kept: %w", err)
	}
	defer file.Close()
	decompressor, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return fmt.Errorf("reading the names that were kept in %s: %w", name, err)
	}
	defer decompressor.Close()
	lines := json.NewDecoder(decompressor)
	for {
		kept := &keptNames{}
		switch err := lines.Decode(kept); {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("reading the names that were kept in %s: %w", name, err)
		}
		if err := visit(kept); err != nil {
			return err
		}
	}
}

// followRedirects sets the keys of pages that are redirects to those of the pages at which they end.
func (s *nameSink) followRedirects(kept *keptNames) {
	for _, names := range [][]schemas.ContenderName{kept.Names.Parties, kept.Names.Leaders} {
		for i := range names {
			names[i].PageKey = s.endOf(names[i].PageKey)
		}
	}
}

// maxRedirects is how many redirects are followed one after another. MediaWiki makes of a chain of them single
// redirects, so that longer chains are circles.
const maxRedirects = 10

// endOf returns the key of the page at which the redirects from a page end, and that of the page itself if they end
// nowhere.
func (s *nameSink) endOf(key string) string {
	end := key
	for range maxRedirects {
		to, isRedirect := s.target[end]
		if !isRedirect {
			return end
		}
		end = to
	}
	return key
}

// Commit finishes nothing: no file of names is part of a version.
func (s *nameSink) Commit() ([]version.File, error) { return nil, s.Close() }

// Close implements Sink.
func (s *nameSink) Close() error {
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), s.disk.Remove(file.Name()))
}
