package duckdb

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"

	duckdb "github.com/marcboeker/go-duckdb/v2"
)

// engineError is an error of the engine in one line. The engine adds a stack of its own functions, a list of its
// settings or the statement, with which nobody who runs the program can do anything.
type engineError struct {
	message string
	cause   error
}

func (e *engineError) Error() string { return e.message }

// Unwrap returns the error as the engine gave it.
func (e *engineError) Unwrap() error { return e.cause }

// diskErrors are the errors of a disk that the engine repeats in the words of the system.
var diskErrors = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EROFS, syscall.EIO}

// shorten returns an error of the engine in one line.
func shorten(err error) error {
	if err == nil {
		return nil
	}
	text := strings.ToLower(err.Error())
	for _, cause := range diskErrors {
		if strings.Contains(text, cause.Error()) {
			return &engineError{cause.Error(), errors.Join(cause, err)}
		}
	}
	message, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	if broken := (*duckdb.Error)(nil); errors.As(err, &broken) && broken.Type == duckdb.ErrorTypeOutOfMemory {
		message += fmt.Sprintf("; the engine may take %s: larger parts (--part-documents) need less, "+
			"and without the sink duckdb there is no database", buildMemoryLimit)
	}
	return &engineError{message, err}
}

// explain returns what an operator can do about an error that ended the building of the database in a folder of
// the output.
func explain(ctx context.Context, folder string, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("stopped while the database was built, and nothing was published: %w", context.Cause(ctx))
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("building the database: %w; free space on the disk of %s, or choose another output folder",
			err, filepath.Dir(folder))
	}
	return fmt.Errorf("building the database: %w", err)
}
