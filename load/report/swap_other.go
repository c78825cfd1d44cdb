//go:build !linux

package report

// swapFolders puts a folder in another's place, or where nothing is. It returns where the other then is.
func swapFolders(from, to string) (old string, err error) { return moveFolders(from, to) }
