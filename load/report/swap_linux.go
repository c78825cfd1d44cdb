package report

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// swapFolders puts one folder in the place of another in one step, so that a reader never finds no report. If there is
// no other folder, it moves the first. It returns the new place of the other folder.
func swapFolders(from, to string) (old string, err error) {
	if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
		return from, os.Rename(from, to)
	}
	err = unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) { // a file system that cannot exchange them
		return moveFolders(from, to)
	}
	return from, err
}
