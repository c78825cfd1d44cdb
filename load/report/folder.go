package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"hemicycle/load/disk"
)

// reportFolder is the folder into which a report is written, beside its final place.
type reportFolder struct {
	dir     string // the final place
	staging string
	mark    *flock.Flock
	names   *os.File // the mark, to which the names of the files are written
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
	mark := filepath.Join(staging, reportMark)
	f := &reportFolder{dir: dir, staging: staging, mark: flock.New(mark, flock.SetPermissions(0o644))}
	if _, err := f.mark.TryLock(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(staging))
	}
	if f.names, err = os.OpenFile(mark, os.O_RDWR|disk.NoFollow, 0); err == nil {
		_, err = f.names.WriteString(markHeader)
	}
	if err != nil {
		return nil, errors.Join(err, f.close())
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

// clearReports removes the folders that killed processes left behind. Folders that cannot be removed are left, since
// they do no harm, and so are those with a file that no report wrote.
func clearReports(parent, prefix string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		path := filepath.Join(parent, e.Name())
		if !strings.HasPrefix(e.Name(), prefix) || !e.IsDir() {
			continue
		}
		if _, _, err := ownFiles(path); err != nil {
			continue
		}
		mark := flock.New(filepath.Join(path, reportMark), flock.SetFlag(os.O_RDONLY|disk.NoFollow))
		if held, err := mark.TryLock(); err == nil && held {
			removeReport(path)
			mark.Close()
		}
	}
}

// create creates a file of the report, and the folders above it. Its name is in the mark before the file is there. The
// file is not synced: a report that a crash of the machine damages can be made again from the version.
func (f *reportFolder) create(name string) (*os.File, error) {
	if !reportFile.MatchString(name) {
		return nil, fmt.Errorf("a report has no file of the name %q", name)
	}
	if _, err := f.names.WriteString(name + "\n"); err != nil {
		return nil, err
	}
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
	if err := f.finishMark(); err != nil {
		return err
	}
	old, err := swapFolders(f.staging, f.dir)
	if err != nil {
		return fmt.Errorf("moving the report to its place: %w", err)
	}
	return errors.Join(f.mark.Close(), removeReport(old))
}

// finishMark sorts the names in the mark, so that the same version gives the same bytes, and syncs it: a mark that a
// crash of the machine cuts would name fewer files than there are.
func (f *reportFolder) finishMark() error {
	content, err := os.ReadFile(f.names.Name())
	if err != nil {
		return err
	}
	names := slices.Sorted(strings.Lines(strings.TrimPrefix(string(content), markHeader)))
	if _, err := f.names.WriteAt([]byte(strings.Join(names, "")), int64(len(markHeader))); err != nil {
		return err
	}
	return errors.Join(f.names.Sync(), f.names.Close())
}

// close removes a report that was not published. After publish it does nothing.
func (f *reportFolder) close() error {
	if !f.mark.Locked() {
		return nil
	}
	f.names.Close() // which publish may have done
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
