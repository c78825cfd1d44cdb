//go:build !linux && !darwin

package version

// isLockedDatabase reports that no other process is seen to have a database open.
func isLockedDatabase(string) bool { return false }
