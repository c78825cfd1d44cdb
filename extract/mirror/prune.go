package mirror

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
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
	if _, err := Open(folder); err != nil { // before a lock makes a folder of what is none
		return Pruned{}, err
	}
	var d disk
	unlock, err := d.lock(folder, o.DryRun)
	if err != nil {
		return Pruned{}, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	m, err := Open(folder)
	if err != nil {
		return Pruned{}, err
	}
	isNeeded, err := neededTexts(d, folder, m)
	if err != nil {
		return Pruned{}, err
	}
	removed := map[string]bool{}
	err = filepath.WalkDir(filepath.Join(folder, textFolder), func(path string, entry fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || entry.IsDir() {
			return err
		}
		digest, isText := strings.CutSuffix(entry.Name(), textSuffix)
		if !isText || !isDigest(digest) || isNeeded[digest] || o.Keep != nil && o.Keep(digest) {
			return nil
		}
		info, err := entry.Info()
		if err != nil || !info.ModTime().Before(o.Before) {
			return err
		}
		removed[digest] = true
		pruned.Texts++
		pruned.Bytes += info.Size()
		if o.DryRun {
			return nil
		}
		return d.remove(path)
	})
	if err != nil || o.DryRun || len(removed) == 0 {
		return pruned, err
	}
	former := slices.DeleteFunc(readFormer(folder), func(p Page) bool { return removed[p.Text] })
	return pruned, d.writeFormer(folder, former)
}

// neededTexts returns the texts of the pages of a mirror, and of those that a sync fetched that was stopped.
func neededTexts(d disk, folder string, m *Mirror) (map[string]bool, error) {
	j, err := readJournal(d, folder)
	if err != nil {
		return nil, err
	}
	all := map[string]bool{}
	for _, pages := range [][]Page{m.Pages, j.pages} {
		for i := range pages {
			all[pages[i].Text] = true
		}
	}
	return all, nil
}
