package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// reportMark is the file that says that a folder is a report of ours. While the report is written, it is
// locked: what is left of a report that was killed has one that nobody holds.
const reportMark = ".hemicycle-report"

// reportFolder is a report while it is written: a folder beside the one that it becomes.
type reportFolder struct {
	dir     string // where the report will stand
	staging string
	mark    *flock.Flock
}

// newReportFolder makes the folder to write into. It refuses to take the place of anything that is not a
// report of ours, and clears what killed ones left.
func newReportFolder(dir string) (*reportFolder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := isReplaceable(dir); err != nil {
		return nil, err
	}
	parent, prefix := filepath.Dir(dir), "."+filepath.Base(dir)+".report-"
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	clearReports(parent, prefix)
	staging, err := os.MkdirTemp(parent, prefix+"*")
	if err != nil {
		return nil, err
	}
	f := &reportFolder{dir: dir, staging: staging, mark: flock.New(filepath.Join(staging, reportMark), flock.SetPermissions(0o644))}
	if _, err := f.mark.TryLock(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(staging))
	}
	if err := os.Chmod(staging, 0o755); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// isReplaceable reports why a report may not take a folder's place.
func isReplaceable(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder: move it away, or choose another with --to", dir)
	}
	if _, err := os.Lstat(filepath.Join(dir, reportMark)); err == nil {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not a report of ours, and would be replaced whole: choose a new folder with --to", dir)
	}
	return err
}

// clearReports removes what killed reports left. What it cannot remove, it leaves: it is in nobody's way.
func clearReports(parent, prefix string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) {
			continue
		}
		path := filepath.Join(parent, e.Name())
		if _, err := os.Lstat(filepath.Join(path, reportMark)); err != nil {
			continue
		}
		mark := flock.New(filepath.Join(path, reportMark))
		if held, err := mark.TryLock(); err == nil && held {
			os.RemoveAll(path)
			mark.Close()
		}
	}
}

// create makes a file of the report, and the folders above it.
func (f *reportFolder) create(name string) (*os.File, error) {
	path := filepath.Join(f.staging, filepath.FromSlash(name))
	file, err := os.Create(path)
	if !errors.Is(err, os.ErrNotExist) {
		return file, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return os.Create(path)
}

// publish puts the report in its place in one step, and removes the one that stood there.
func (f *reportFolder) publish() error {
	if err := isReplaceable(f.dir); err != nil {
		return err
	}
	old, err := swapFolders(f.staging, f.dir)
	if err != nil {
		return fmt.Errorf("moving the report to its place: %w", err)
	}
	return errors.Join(f.mark.Close(), os.RemoveAll(old))
}

// close gives up a report that was not published; after publish it does nothing.
func (f *reportFolder) close() error {
	if !f.mark.Locked() {
		return nil
	}
	return errors.Join(os.RemoveAll(f.staging), f.mark.Close())
}

// moveFolders puts a folder in another's place in two steps, for a system that has no single one. It
// returns where the other then is.
func moveFolders(from, to string) (old string, err error) {
	old = from + "-old"
	err = os.Rename(to, old)
	if errors.Is(err, os.ErrNotExist) {
		return old, os.Rename(from, to)
	}
	if err != nil {
		return "", err
	}
	if err := os.Rename(from, to); err != nil {
		return "", errors.Join(err, os.Rename(old, to))
	}
	return old, nil
}
