package version

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"hemicycle/load/disk"
)

// The output folder may be one into which others write, and what they plant there must not lead a run to other places.
// So a run follows, replaces and removes only what has exactly the form that a run makes: versions is a folder, each
// link has the target that a run gives it, and a version is one whose manifest says so. Anything else is refused.

// checkPlaces returns an error if something other than what a run makes has a name that a run uses.
func (o *Output) checkPlaces() error {
	versions := filepath.Join(o.dir, versionsName)
	if info, err := os.Lstat(versions); err == nil && !info.IsDir() {
		return notOurs(versions, "not a folder of versions")
	}
	for _, link := range o.linkPaths() {
		for _, path := range []string{link, link + nextSuffix} {
			info, err := os.Lstat(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			if info.Mode()&os.ModeSymlink == 0 {
				return notOurs(path, "not a link of ours")
			}
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			if !isLinkTarget(filepath.Base(link), target) {
				return notOurs(path, fmt.Sprintf("not a link of ours, since it leads to %q", target))
			}
		}
	}
	if err := o.checkPointer(); err != nil {
		return err
	}
	log := filepath.Join(o.dir, DatabaseName+logSuffix)
	if info, err := os.Lstat(log); err == nil && !info.Mode().IsRegular() {
		return notOurs(log, "not the log of a database")
	}
	return nil
}

// isLinkTarget reports whether a run gives the link with a name this target.
func isLinkTarget(name, target string) bool {
	if name == currentName {
		run := filepath.Base(target)
		return isRunID(run) && target == filepath.Join(versionsName, run)
	}
	return target == filepath.Join(currentName, name)
}

// notOurs returns the error of something that is in the way of a run and that no run made.
func notOurs(path, is string) error {
	return fmt.Errorf("%s is %s: move it away, or choose another output folder", path, is)
}

// isVersion reports whether a folder is the version of the run that its name says.
func isVersion(folder string) bool {
	name := filepath.Base(folder)
	info, err := os.Lstat(folder)
	if err != nil || !info.IsDir() || !isRunID(name) {
		return false
	}
	if info, err := os.Lstat(filepath.Join(folder, manifestName)); err != nil || !info.Mode().IsRegular() {
		return false
	}
	m, _, err := readManifest(filepath.Join(folder, manifestName))
	return err == nil && m.Run == name
}

// lockFile returns the lock of an output folder. Whoever may read the file can hold the lock, so that the members of a
// group can take it in turn. A link in its place is not followed.
func lockFile(path string) *flock.Flock {
	return flock.New(path, flock.SetPermissions(0o666), flock.SetFlag(os.O_CREATE|os.O_RDONLY|disk.NoFollow))
}

// checkLockFile returns an error if the lock is something other than a file. To open a FIFO could take for ever.
func checkLockFile(path string) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return notOurs(path, "not the lock of a run")
	}
	return nil
}
