//go:build !linux

package report

// swapFolders puts one folder in the place of another, if there is one. It returns the new place of the other folder.
func swapFolders(from, to string) (old string, err error) { return moveFolders(from, to) }
