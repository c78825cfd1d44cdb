package dump

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// verifyDigest compares a file with the SHA256SUMS beside it, and counts the bytes that it has read.
func verifyDigest(ctx context.Context, path string, done *atomic.Int64) error {
	want, err := publishedDigest(path)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx: ctx, done: done, r: f}); err != nil {
		return fmt.Errorf("%s cannot be verified: %w", schemas.Printable(path), document.WithoutPath(err))
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		return fmt.Errorf("%s is not the file that was published: its SHA-256 is %s, %s says %s; fetch it again",
			schemas.Printable(path), got, sumsName, schemas.Printable(want))
	}
	return nil
}

// publishedDigest returns the digest of a file that the SHA256SUMS beside it gives.
func publishedDigest(path string) (string, error) {
	sums := filepath.Join(filepath.Dir(path), sumsName)
	published := ""
	err := eachDigest(sums, func(digest, name string) {
		if name == filepath.Base(path) {
			published = digest
		}
	})
	switch {
	case err != nil:
		return "", fmt.Errorf("%s cannot be verified: expected %s beside it: %w",
			schemas.Printable(path), sumsName, document.WithoutPath(err))
	case published == "":
		return "", fmt.Errorf("%s cannot be verified: %s has no line for it",
			schemas.Printable(path), schemas.Printable(sums))
	}
	return published, nil
}

// eachDigest calls visit with the digest and the name on every line of a SHA256SUMS.
func eachDigest(path string, visit func(digest, name string)) error {
	sums, err := os.Open(path)
	if err != nil {
		return err
	}
	defer sums.Close()
	lines := bufio.NewScanner(sums)
	for lines.Scan() {
		digest, name, _ := strings.Cut(lines.Text(), " ")
		visit(digest, strings.TrimPrefix(strings.TrimLeft(name, " *"), "./"))
	}
	return lines.Err()
}

// contextReader is a reader that counts, and fails once its context has ended.
type contextReader struct {
	ctx  context.Context
	done *atomic.Int64 // the bytes that were read
	r    io.Reader
}

// Read reads unless the context has ended.
func (s contextReader) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, errors.Join(err, context.Cause(s.ctx))
	}
	n, err := s.r.Read(p)
	s.done.Add(int64(n))
	return n, err
}
