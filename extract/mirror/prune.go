package mirror

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// PruneAge is how long a text stays that no page has any more, unless a caller wants it otherwise.
const PruneAge = 30 * 24 * time.Hour

// PruneOptions say which texts are removed.
type PruneOptions struct {
	// Before is the time before which a text must have been written.
	Before time.Time
	// Keep reports whether a text is needed, by its SHA-256, though no page of the mirror has it. It may be nil.
	Keep func(digest string) bool
	// DryRun counts and removes nothing.
	DryRun bool
}

// Pruned says what was removed.
type Pruned struct {
	Texts int
	Bytes int64 // on disk
}

// Prune removes the texts that no page of a mirror has any more and that are old enough. The error is a *BusyError if
// another process changes the mirror.
func Prune(ctx context.Context, folder string, o PruneOptions) (pruned Pruned, err error) {
	m, err := Open(folder)
	if err != nil {
		return Pruned{}, err
	}
	var d disk
	unlock, err := d.lock(folder, o.DryRun)
	if err != nil {
		return Pruned{}, err
	}
	defer func() {
		if e := unlock(); err == nil {
			err = e
		}
	}()
	journal, err := readJournal(d, folder)
	if err != nil {
		return Pruned{}, err
	}
	needed := map[string]bool{}
	for _, pages := range [][]Page{m.Pages, journal.pages} {
		for i := range pages {
			needed[pages[i].Text] = true
		}
	}
	err = filepath.WalkDir(filepath.Join(folder, textFolder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		digest, isText := strings.CutSuffix(entry.Name(), textSuffix)
		if !isText || !isDigest(digest) || needed[digest] || o.Keep != nil && o.Keep(digest) {
			return ctx.Err()
		}
		info, err := entry.Info()
		if err != nil || !info.ModTime().Before(o.Before) {
			return err
		}
		pruned.Texts++
		pruned.Bytes += info.Size()
		if o.DryRun {
			return ctx.Err()
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		return ctx.Err()
	})
	return pruned, err
}
