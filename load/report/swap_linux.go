package report

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// swapFolders puts a folder in another's place, or where nothing is, in one step: nobody meets a moment
// without a report. It returns where the other then is.
func swapFolders(from, to string) (old string, err error) {
	if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
		return from, os.Rename(from, to)
	}
	err = unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) { // a file system that cannot
		return moveFolders(from, to)
	}
	return from, err
}
