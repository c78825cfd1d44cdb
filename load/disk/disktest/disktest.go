// Package disktest records what is done to a disk, for tests of what must be on disk at which moment.
package disktest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hemicycle/load/disk"
)

// Recorder models what a loss of power would leave. It knows of each file and folder whether it was synced after the
// last operation that changed it: the content and the mode of a file, the entries of a folder. What was written without
// its Disk counts as not synced.
type Recorder struct {
	// Before is called with each operation before it is carried out, while Unsynced tells what was synced until then.
	Before func(disk.Operation)
	// Operations are all operations so far.
	Operations []disk.Operation

	known  map[string]bool // paths that an operation named
	synced map[string]bool
}

// NewRecorder returns a Recorder.
func NewRecorder() *Recorder { return &Recorder{known: map[string]bool{}, synced: map[string]bool{}} }

// Disk returns the Disk that the Recorder observes.
func (r *Recorder) Disk() disk.Disk {
	return disk.Observed(func(op disk.Operation) {
		op.Path = filepath.Clean(op.Path)
		if r.Before != nil {
			r.Before(op)
		}
		r.Operations = append(r.Operations, op)
		r.apply(op)
	})
}

// apply notes what an operation changes and what it syncs.
func (r *Recorder) apply(op disk.Operation) {
	if _, err := os.Lstat(op.Path); op.Kind == disk.OpRemove && errors.Is(err, os.ErrNotExist) {
		return // nothing is removed
	}
	if !r.known[op.Path] && op.Kind != disk.OpSyncFolder {
		// It is about to be made, or another program made it.
		r.MarkUnsynced(filepath.Dir(op.Path))
		r.known[op.Path] = true
	}
	switch op.Kind {
	case disk.OpOpen, disk.OpWrite, disk.OpTruncate, disk.OpChmod, disk.OpMakeFolder, disk.OpHardLink:
		r.MarkUnsynced(op.Path)
	case disk.OpSync, disk.OpSyncFolder:
		r.synced[op.Path] = true
	case disk.OpLink:
		r.MarkUnsynced(filepath.Dir(op.Path))
	case disk.OpRemove:
		r.move(op.Path, "")
		r.MarkUnsynced(filepath.Dir(op.Path))
	case disk.OpRename:
		r.move(op.Path, filepath.Clean(op.Target))
		r.MarkUnsynced(filepath.Dir(op.Path))
		r.MarkUnsynced(filepath.Dir(op.Target))
	}
}

// move gives what is at a path, and below it, a new path; "" forgets it.
func (r *Recorder) move(from, to string) {
	for _, paths := range []map[string]bool{r.known, r.synced} {
		moved := map[string]bool{}
		for path := range paths {
			below, isBelow := strings.CutPrefix(path, from+string(filepath.Separator))
			switch {
			case path == from:
				moved[to] = paths[path]
			case isBelow:
				moved[filepath.Join(to, below)] = paths[path]
			default:
				continue
			}
			delete(paths, path)
		}
		if to != "" {
			for path, value := range moved {
				paths[path] = value
			}
		}
	}
}

// MarkUnsynced notes that a file or a folder was changed.
func (r *Recorder) MarkUnsynced(path string) { delete(r.synced, filepath.Clean(path)) }

// IsSynced reports whether a file or a folder was synced since it was last changed.
func (r *Recorder) IsSynced(path string) bool { return r.synced[filepath.Clean(path)] }

// Unsynced returns the files and folders below a folder, and the folder, that were not synced since they were last
// changed, except the named ones. The paths are those from the folder.
func (r *Recorder) Unsynced(t testing.TB, folder string, except ...string) (unsynced []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) { // a folder that was never made
			return nil
		}
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		isLink := entry.Type()&fs.ModeSymlink != 0 // which is an entry of its folder and nothing else
		if !isLink && !r.IsSynced(path) && !slices.Contains(except, filepath.ToSlash(relative)) {
			unsynced = append(unsynced, filepath.ToSlash(relative))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return unsynced
}
