package document

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"
)

// MaxBytes is the size in bytes from which a file is no document: eight times what MediaWiki lets
// a page have ($wgMaxArticleSize, 2 MiB).
const MaxBytes = 16 << 20

// WithoutPath takes the path off an error of the file system: our messages name it already.
func WithoutPath(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

func FileURI(path string) string { return filepath.ToSlash(path) }

func Fingerprint(size int64, changed time.Time) string {
	return fmt.Sprintf("%d bytes, changed %s", size, changed.UTC().Format(time.RFC3339Nano))
}
