package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"

	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/schemas"
)

// StandardInput is the pattern that names standard input. A file of that name is ./-.
const StandardInput = "-"

// standardInputURI is where documents from standard input are said to be.
const standardInputURI = "<stdin>"

// maxStandardInput is the most bytes that are read from standard input: those of the largest response of the API. What
// is larger is a dump, which is read from a file, in parallel and so that a run can be resumed.
const maxStandardInput = 128 << 20

// standardInput is the source of what standard input holds: a page, an export or a response of the API. It is kept in
// a file that has no name, so that it is gone however the program ends.
type standardInput struct {
	Source
	file   *os.File // kept open, since it is found by its number
	digest string
}

// openStandardInput reads standard input to its end and returns its source.
func openStandardInput(ctx context.Context, in io.Reader, s dump.Selection) (Source, error) {
	switch {
	case s.Titles != nil:
		return nil, errors.New("-: titles can be selected only in a multistream dump, which has an index beside it: " +
			"name the file of the dump")
	case s.Verify:
		return nil, errors.New("-: standard input cannot be verified, since no SHA256SUMS is beside it: " +
			"name the file of the dump")
	}
	file, err := unnamedFile()
	if err != nil {
		return nil, fmt.Errorf("-: standard input cannot be kept in a temporary file: %w", err)
	}
	digest := sha256.New()
	n, err := copyUntilDone(ctx, io.MultiWriter(file, digest), io.LimitReader(in, maxStandardInput+1))
	if err == nil && n > maxStandardInput {
		err = fmt.Errorf("it has more than %d MiB: save it to a file and name that", maxStandardInput>>20)
	}
	var found dump.FoundFile
	if err == nil {
		found.Path = filepath.Join("/dev/fd", strconv.Itoa(int(file.Fd())))
		found.Info, err = file.Stat()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("-: standard input cannot be read: %w", document.WithoutPath(err)), file.Close())
	}
	source, err := openSource(nil, found, s)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &standardInput{Source: source, file: file, digest: hex.EncodeToString(digest.Sum(nil))}, nil
}

// unnamedFile makes a temporary file and removes its name.
func unnamedFile() (*os.File, error) {
	file, err := os.CreateTemp("", "hemicycle-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// copyUntilDone copies everything, unless the context ends first. A reader that never answers is then left waiting.
func copyUntilDone(ctx context.Context, w io.Writer, r io.Reader) (n int64, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		n, err = io.Copy(w, r)
	}()
	select {
	case <-done:
		return n, err
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
}

// URI returns the name of standard input.
func (s *standardInput) URI() string { return standardInputURI }

// Fingerprint returns a text that distinguishes what was read from standard input from anything else.
func (s *standardInput) Fingerprint() string { return "standard input, SHA-256 " + s.digest }

// Events yields the documents.
func (s *standardInput) Events(ctx context.Context) iter.Seq2[schemas.Event, error] {
	return func(yield func(schemas.Event, error) bool) {
		for event, err := range s.Source.Events(ctx) {
			if event.Document != nil {
				event.Document.URI = standardInputURI
			}
			if !yield(event, err) {
				return
			}
		}
	}
}

// Account returns the account of the documents.
func (s *standardInput) Account() schemas.Account {
	account := s.Source.Account()
	account.SourceURI = standardInputURI
	return account
}
