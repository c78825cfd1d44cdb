package document

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"
)

// MaxBytes is the most bytes that a document may have: eight times what MediaWiki lets a page have ($wgMaxArticleSize,
// 2 MiB).
const MaxBytes = 16 << 20

// WithoutPath returns an error of the file system without the path, since our messages name the file already.
func WithoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// FileURI returns the URI of a file: its path with slashes, whatever the system.
func FileURI(path string) string { return filepath.ToSlash(path) }

// Fingerprint returns a text that distinguishes one state of a file from a later one.
func Fingerprint(size int64, changed time.Time) string {
	return fmt.Sprintf("%d bytes, changed %s", size, changed.UTC().Format(time.RFC3339Nano))
}
