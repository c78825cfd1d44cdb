// Package jobinput describes the inputs of a job by what is the same of them on every machine that has a copy: the
// paths, the sizes and digests of some bytes, and not when a file was changed.
package jobinput

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hemicycle/extract"
	"hemicycle/extract/dump"
	"hemicycle/extract/mirror"
	"hemicycle/schemas"
)

// Input is one source of a job, with the files that it reads.
type Input struct {
	Source int    `json:"source"` // of the pipeline
	URI    string `json:"uri"`
	Files  []File `json:"files,omitempty"`
	State  string `json:"state,omitempty"` // of an input that is no file
}

// File is a file by what is the same in each copy of it.
type File struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256,omitempty"` // that the SHA256SUMS beside it gives
	Sample string `json:"sample"`           // the digest of some of its bytes
}

// Bytes returns how many bytes the files of an input have.
func (i *Input) Bytes() (n int64) {
	for _, f := range i.Files {
		n += f.Bytes
	}
	return n
}

// Describe returns what is the same of an input on every machine that has it.
func Describe(source int, s extract.Source) (Input, error) {
	input := Input{Source: source, URI: s.URI()}
	var files []string
	switch s := s.(type) {
	case *mirror.Source:
		input.State = s.Fingerprint()
		return input, nil
	case interface{ Files() []string }:
		files = s.Files()
	default:
		if strings.HasPrefix(s.URI(), "embedded:") { // the build has it
			return input, nil
		}
		files = []string{filepath.FromSlash(s.URI())}
	}
	for _, path := range files {
		f, err := describeFile(path)
		if err != nil {
			return input, err
		}
		input.Files = append(input.Files, f)
	}
	return input, nil
}

// The bytes of a file by which it is known.
const (
	samples     = 32
	sampleBytes = 64 << 10
)

// describeFile returns what is the same of a file in each copy of it.
func describeFile(path string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return File{}, err
	}
	file := File{Path: path, Bytes: info.Size(), SHA256: dump.PublishedDigest(path)}
	h := sha256.New()
	step := max(sampleBytes, (file.Bytes-sampleBytes)/(samples-1))
	for at := int64(0); at < file.Bytes; at += step {
		if at+step >= file.Bytes { // the last bytes, whatever the step
			at = max(at, file.Bytes-sampleBytes)
		}
		if _, err := io.Copy(h, io.NewSectionReader(f, at, sampleBytes)); err != nil {
			return file, err
		}
	}
	file.Sample = hex.EncodeToString(h.Sum(nil))[:32]
	return file, nil
}

// DiffersFrom says how an input differs from what is there; "" if it does not.
func (i *Input) DiffersFrom(got *Input) string {
	switch {
	case i.URI != got.URI:
		return "in its place is " + schemas.Printable(got.URI)
	case i.State != got.State:
		return "its mirror has another state"
	case len(i.Files) != len(got.Files):
		return fmt.Sprintf("it has %d files, and %d are here", len(i.Files), len(got.Files))
	}
	for k, want := range i.Files {
		switch is := got.Files[k]; {
		case want.Path != is.Path:
			return fmt.Sprintf("in place of %s there is %s", schemas.Printable(want.Path), schemas.Printable(is.Path))
		case want.Bytes != is.Bytes:
			return fmt.Sprintf("%s has %d bytes, expected %d", schemas.Printable(want.Path), is.Bytes, want.Bytes)
		case want.SHA256 != is.SHA256:
			return fmt.Sprintf("SHA256SUMS has another digest of %s", schemas.Printable(want.Path))
		case want.Sample != is.Sample:
			return schemas.Printable(want.Path) + " has other bytes"
		}
	}
	return ""
}
