package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"hemicycle/load/disk"
)

// reportMark is the name of the file that marks a folder as a report of this program. It is locked while the report is
// written. So the mark that a killed process left behind is one that nobody holds.
const reportMark = ".hemicycle-report"

// reportFolder is the folder into which a report is written, beside its final place.
type reportFolder struct {
	dir     string // the final place
	staging string
	mark    *flock.Flock
}

// newReportFolder makes the folder to write into. It refuses to replace anything that is not a report of this program,
// and removes the folders that killed processes left behind.
func newReportFolder(dir string) (*reportFolder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := checkReplaceable(dir); err != nil {
		return nil, err
	}
	parent, prefix := filepath.Dir(dir), "."+filepath.Base(dir)+".report-"
	if err := (disk.Disk{}).MakeFolders(parent); err != nil {
		return nil, err
	}
	clearReports(parent, prefix)
	staging, err := os.MkdirTemp(parent, prefix+"*")
	if err != nil {
		return nil, err
	}
	mark := flock.New(filepath.Join(staging, reportMark), flock.SetPermissions(0o644))
	f := &reportFolder{dir: dir, staging: staging, mark: mark}
	if _, err := f.mark.TryLock(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(staging))
	}
	mode := fs.FileMode(0o755)
	if disk.IsShared(parent) {
		mode = 0o775 | fs.ModeSetgid
	}
	if err := os.Chmod(staging, mode); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

// checkReplaceable returns an error if a report may not take the place of a folder.
func checkReplaceable(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder: move it away, or choose another folder with --to", dir)
	}
	if _, err := os.Lstat(filepath.Join(dir, reportMark)); err == nil {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not a report of this program, and all of it would be replaced: "+
			"choose a new folder with --to", dir)
	}
	return err
}

// clearReports removes the folders that killed processes left behind. Folders that cannot be removed are left, since
// they do no harm.
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

// create creates a file of the report, and the folders above it. The file is not synced: a report that a crash of the
// machine damages can be made again from the version.
func (f *reportFolder) create(name string) (*os.File, error) {
	path := filepath.Join(f.staging, filepath.FromSlash(name))
	file, err := os.Create(path)
	if !errors.Is(err, os.ErrNotExist) {
		return file, err
	}
	if err := (disk.Disk{}).MakeFolders(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return os.Create(path)
}

// publish moves the report to its place in one step, and removes the report that was there before.
func (f *reportFolder) publish() error {
	if err := checkReplaceable(f.dir); err != nil {
		return err
	}
	old, err := swapFolders(f.staging, f.dir)
	if err != nil {
		return fmt.Errorf("moving the report to its place: %w", err)
	}
	return errors.Join(f.mark.Close(), os.RemoveAll(old))
}

// close removes a report that was not published. After publish it does nothing.
func (f *reportFolder) close() error {
	if !f.mark.Locked() {
		return nil
	}
	return errors.Join(os.RemoveAll(f.staging), f.mark.Close())
}

// moveFolders puts one folder in the place of another in two steps, for systems that cannot exchange them in one. It
// returns the new place of the other folder.
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
