package cmd

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hemicycle/schemas"
)

// withPrintableNames returns the message of an error in which the names that others chose are printable: the arguments
// of the command, and the paths that the system gave back. Otherwise the name of a file could end the message and begin
// another one, which says that all is well. Other names are made printable where they are put into a message.
func withPrintableNames(err error, args []string) string {
	message := err.Error()
	var names []string
	for _, arg := range args {
		_, value, _ := strings.Cut(arg, "=")
		for _, name := range []string{arg, value} {
			names = append(names, name, filepath.Clean(name), filepath.Base(name))
		}
	}
	names = append(names, pathsOf(err)...)
	// The longest first, since a name can be a part of another one.
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, name := range names {
		if shown := schemas.Printable(name); shown != name {
			message = strings.ReplaceAll(message, name, shown)
		}
	}
	return message
}

// pathsOf returns the paths in the errors of the file system that an error is made of.
func pathsOf(err error) []string {
	var paths []string
	switch e := err.(type) { // each of the chain is looked at, not the first that fits
	case *fs.PathError:
		paths = []string{e.Path}
	case *os.LinkError:
		paths = []string{e.Old, e.New}
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			paths = append(paths, pathsOf(inner)...)
		}
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			paths = append(paths, pathsOf(inner)...)
		}
	}
	return paths
}
