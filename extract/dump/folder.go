package dump

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// A folder of Content File Exports holds one wiki in several files, which are named by their first and last pages. It
// is complete once the file _SUCCESS is in it. SHA256SUMS has the digest of each file.
//
// Source: https://wikitech.wikimedia.org/wiki/MediaWiki_Content_File_Exports.

// The files of such a folder that are not dumps.
const (
	completeName = "_SUCCESS"
	sumsName     = "SHA256SUMS"
)

// The names of dumps, of indexes beside them, and the numbers of their first and last pages.
var (
	indexName = regexp.MustCompile(`-index[^/]*\.txt(\.bz2)?$`)
	dumpName  = regexp.MustCompile(`\.xml(-p[0-9]+p[0-9]+)?(\.(bz2|gz|zst))?$`)
	pagesName = regexp.MustCompile(`-p([0-9]+)p([0-9]+)\.`)
)

// FindFiles returns the dumps of a folder of exports, in the order of their pages. A link is as good as the file that
// it leads to. It is an error if something that is named as a dump cannot be read. If the folder is to be verified, it
// is also one if a dump that SHA256SUMS lists is not there. FindFiles calls leftOut with everything else that is there
// and is not read.
func FindFiles(folder string, verify bool, leftOut func(path, reason string)) ([]FoundFile, error) {
	shown := schemas.Printable(folder)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown, document.WithoutPath(err))
	}
	var dumps []FoundFile
	var others []string
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		switch {
		case e.Name() == completeName || e.Name() == sumsName:
		case strings.HasPrefix(e.Name(), ".") || !dumpName.MatchString(e.Name()):
			others = append(others, path)
		default:
			info, err := regularFile(path)
			if err != nil {
				return nil, err
			}
			dumps = append(dumps, FoundFile{Path: path, Info: info})
		}
	}
	_, incomplete := regularFile(filepath.Join(folder, completeName))
	switch {
	case len(dumps) == 0:
		return nil, fmt.Errorf("%s: is a folder: "+
			"expected a file or a glob such as %s, or a folder of exports with %s in it",
			shown, schemas.Printable(filepath.Join(folder, "*.txt")), completeName)
	case incomplete != nil:
		return nil, fmt.Errorf("%s: the folder of exports is not complete: expected %s in it, which is written last; "+
			"wait for it, or name the files by a glob such as %s",
			shown, completeName, schemas.Printable(filepath.Join(folder, "*.xml.bz2")))
	}
	if verify {
		if err := verifyPresence(folder, dumps); err != nil {
			return nil, err
		}
	}
	for _, path := range others {
		if !indexName.MatchString(path) {
			leftOut(path, "it is not named as a dump")
		}
	}
	slices.SortStableFunc(dumps, func(a, b FoundFile) int {
		return cmp.Or(cmp.Compare(firstPage(a.Path), firstPage(b.Path)), strings.Compare(a.Path, b.Path))
	})
	return dumps, nil
}

// regularFile returns what the system knows of a file, or of the file that a link leads to. It is an error if there is
// no such file, or if it is something else.
func regularFile(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: the link leads nowhere: expected a dump", schemas.Printable(path))
	case err != nil:
		return nil, fmt.Errorf("%s: %w", schemas.Printable(path), document.WithoutPath(err))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: expected a dump, found something that is no regular file", schemas.Printable(path))
	}
	return info, nil
}

// verifyPresence returns an error if the SHA256SUMS of a folder lists a dump that is not among those found.
func verifyPresence(folder string, found []FoundFile) error {
	var missing []string
	err := eachDigest(filepath.Join(folder, sumsName), func(_, name string) {
		isFound := slices.ContainsFunc(found, func(f FoundFile) bool { return filepath.Base(f.Path) == name })
		if dumpName.MatchString(name) && !isFound && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	})
	if err != nil {
		return fmt.Errorf("%s cannot be verified: expected %s in it: %w",
			schemas.Printable(folder), sumsName, document.WithoutPath(err))
	}
	const shown = 3
	switch n := len(missing); {
	case n == 0:
		return nil
	case n <= shown:
		return fmt.Errorf("%s lacks what its %s lists: %s; fetch it",
			schemas.Printable(folder), sumsName, printableList(missing))
	default:
		return fmt.Errorf("%s lacks what its %s lists: %s and %d more; fetch them",
			schemas.Printable(folder), sumsName, printableList(missing[:shown]), n-shown)
	}
}

// printableList returns names as a message lists them.
func printableList(names []string) string {
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = schemas.Printable(name)
	}
	return strings.Join(shown, ", ")
}

// firstPage returns the number of the first page of a file, by its name, or 0 if the name does not say.
func firstPage(path string) int64 {
	m := pagesName.FindStringSubmatch(filepath.Base(path))
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseInt(m[1], 10, 64)
	return n
}

// FoundFile is a file that a pattern names, as it was when it was found.
type FoundFile struct {
	Path string
	Info fs.FileInfo
}
