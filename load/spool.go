package load

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"

	"hemicycle/load/disk"
	"hemicycle/load/version"
)

// spool keeps lines of JSON in files of a folder of the staging folder until the input has ended. Its files have the
// same parts as the tables. None of them is published.
type spool struct {
	disk    disk.Disk
	staging string
	folder  string // in the staging folder
	what    string // it keeps, for messages
	part    int
	files   []version.File // of the finished parts
	file    *disk.File     // of the open part; nil if it has no line yet
	out     *bufio.Writer
}

// newSpool returns a spool that continues behind the finished parts.
func newSpool(d disk.Disk, staging, folder, what string, finished version.FinishedParts) *spool {
	s := &spool{disk: d, staging: staging, folder: folder, what: what, part: finished.Parts + 1}
	for _, f := range finished.Files {
		if path.Dir(f.Path) != folder {
			continue
		}
		s.files = append(s.files, f)
		number := 0
		if _, err := fmt.Sscanf(path.Base(f.Path), "part-%d.jsonl", &number); err == nil {
			s.part = max(s.part, number+1) // no file is written again, whatever the journal lacks
		}
	}
	return s
}

// keep writes a value into the file of the part, and opens that if it is not open.
func (s *spool) keep(v any) (err error) {
	if s.file == nil {
		folder := filepath.Join(s.staging, s.folder)
		if err := s.disk.MakeFolders(folder); err != nil {
			return err
		}
		s.file, err = s.disk.Create(filepath.Join(folder, fmt.Sprintf("part-%05d.jsonl", s.part)))
		if err != nil {
			return err
		}
		s.out = bufio.NewWriterSize(s.file, 1<<16)
	}
	line, err := json.Marshal(v)
	if err == nil {
		_, err = s.out.Write(append(line, '\n'))
	}
	return err
}

// FinishPart implements Sink.
func (s *spool) FinishPart() ([]version.File, error) {
	s.part++
	if s.file == nil {
		return nil, nil
	}
	file := s.file
	s.file = nil
	if err := s.out.Flush(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	f, err := version.FinishFile(file, s.staging)
	if err != nil {
		return nil, fmt.Errorf("finishing a part of %s: %w", s.what, err)
	}
	s.files = append(s.files, f)
	return []version.File{f}, nil
}

// verify ends the last part, and returns an error if a file is not as it was when its part ended.
func (s *spool) verify() error {
	if _, err := s.FinishPart(); err != nil {
		return err
	}
	for _, want := range s.files {
		got, err := version.DescribeFile(s.staging, s.path(want))
		if err != nil {
			return fmt.Errorf("reading %s that were kept: %w", s.what, err)
		}
		if got.Bytes != want.Bytes || got.SHA256 != want.SHA256 {
			return fmt.Errorf("%s is not as it was written: it has %d bytes with the SHA-256 %s, "+
				"expected %d bytes with %s; the disk may be damaged: run again without --resume",
				s.path(want), got.Bytes, got.SHA256, want.Bytes, want.SHA256)
		}
	}
	return nil
}

// path returns the path of a file of a finished part.
func (s *spool) path(f version.File) string {
	return filepath.Join(s.staging, filepath.FromSlash(f.Path))
}

// readLines calls visit with each value of a file, and with the bytes of the file in which it stands.
func readLines[T any](in io.Reader, visit func(v *T, from, to int64) error) error {
	lines := json.NewDecoder(in)
	from := int64(0)
	for {
		v := new(T)
		if err := lines.Decode(v); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		to := lines.InputOffset()
		if err := visit(v, from, to); err != nil {
			return err
		}
		from = to
	}
}

// Commit finishes nothing: no file of a spool is part of a version.
func (s *spool) Commit() ([]version.File, error) { return nil, s.Close() }

// Close implements Sink.
func (s *spool) Close() error {
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return errors.Join(file.Close(), s.disk.Remove(file.Name()))
}
