//go:build linux || darwin

package version

import (
	"io"
	"os"
	"syscall"

	"hemicycle/load/disk"
)

// isLockedDatabase reports whether another process has a database open. DuckDB locks the whole file, also for reading.
func isLockedDatabase(path string) bool {
	f, err := os.OpenFile(path, os.O_RDONLY|disk.NoFollow|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart}
	return syscall.FcntlFlock(f.Fd(), syscall.F_GETLK, &lock) == nil && lock.Type != syscall.F_UNLCK
}
