package extract

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/schemas"
)

// globMarks are the characters that make a glob of a path.
const globMarks = "*?["

// fileFinder finds files in the file system of the machine, or in another one. It reports whatever matches a pattern
// and is no file, so that nothing is left out silently.
type fileFinder struct {
	separator string
	join      func(elements ...string) string
	stat      func(name string) (fs.FileInfo, error)
	lstat     func(name string) (fs.FileInfo, error) // of a link itself
	readDir   func(name string) ([]fs.DirEntry, error)
	leftOut   func(path, reason string)
}

// newFileFinder returns a finder for fsys, or for the machine if fsys is nil.
func newFileFinder(fsys fs.FS, leftOut func(path, reason string)) *fileFinder {
	if fsys == nil {
		return &fileFinder{
			separator: string(filepath.Separator), join: filepath.Join, stat: os.Stat, lstat: os.Lstat,
			readDir: os.ReadDir, leftOut: leftOut,
		}
	}
	f := &fileFinder{separator: "/", join: path.Join, leftOut: leftOut}
	f.stat = func(name string) (fs.FileInfo, error) { return fs.Stat(fsys, name) }
	f.lstat = f.stat // no embedded file is a link
	f.readDir = func(name string) ([]fs.DirEntry, error) { return fs.ReadDir(fsys, name) }
	return f
}

// regularFiles returns the regular files that match a glob. Everything else that matches is left out.
func (f *fileFinder) regularFiles(pattern string) ([]dump.FoundFile, error) {
	paths, err := f.glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%s: this glob cannot be read: %w", schemas.Printable(pattern), err)
	}
	var files []dump.FoundFile
	hint := ""
	for _, name := range paths {
		info, err := f.stat(name)
		reason := ""
		switch {
		case isAbsent(err):
			reason = "the link leads nowhere"
		case err != nil:
			reason = document.WithoutPath(err).Error()
		case info.IsDir():
			reason = "it is a folder, and a glob names files"
		case !info.Mode().IsRegular():
			reason = "it is no regular file"
		default:
			files = append(files, dump.FoundFile{Path: name, Info: info})
			continue
		}
		hint = fmt.Sprintf("; %s matches and is left out: %s", schemas.Printable(name), reason)
		f.leftOut(name, reason)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no file matches this glob%s", schemas.Printable(pattern), hint)
	}
	return files, nil
}

// glob returns the paths that match a pattern, in lexical order. The syntax is that of filepath.Match between two
// separators. As in a shell, a mark does not stand for the dot at the beginning of a hidden name.
func (f *fileFinder) glob(pattern string) ([]string, error) {
	elements := strings.Split(pattern, f.separator)
	for _, element := range elements {
		if _, err := filepath.Match(element, ""); err != nil {
			return nil, err
		}
	}
	if elements[0] == "" { // the pattern is absolute
		return f.below(f.separator, elements[1:]), nil
	}
	return f.below("", elements), nil
}

// below returns the paths in a folder that match the elements of a pattern.
func (f *fileFinder) below(folder string, elements []string) []string {
	if len(elements) == 0 {
		return []string{folder}
	}
	element, rest := elements[0], elements[1:]
	if !strings.ContainsAny(element, globMarks+`\`) {
		next := f.join(folder, element)
		if _, err := f.lstat(next); len(rest) == 0 && isAbsent(err) {
			return nil
		}
		return f.below(next, rest)
	}
	opened := cmp.Or(folder, ".")
	entries, err := f.readDir(opened)
	if err != nil {
		if !isAbsent(err) {
			f.leftOut(opened, "the folder cannot be read: "+document.WithoutPath(err).Error())
		}
		return nil
	}
	var found []string
	for _, entry := range entries {
		isHidden := strings.HasPrefix(entry.Name(), ".") && !strings.HasPrefix(strings.TrimPrefix(element, `\`), ".")
		if matches, _ := filepath.Match(element, entry.Name()); matches && !isHidden {
			found = append(found, f.below(f.join(folder, entry.Name()), rest)...)
		}
	}
	return found
}

// isAbsent reports whether an error says that there is nothing of that name.
func isAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
