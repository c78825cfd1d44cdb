package version

import (
	"cmp"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"hemicycle/load/disk"
)

// SumsName is the name of the file with the digest of every other file of a version.
const SumsName = "SHA256SUMS"

// sumsEscaper writes the name of a file as sha256sum does. It begins a line with a backslash if it had to.
var sumsEscaper = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

// writeSums writes the digest of every file of a version into its folder, in the form that `sha256sum -c` reads. The
// digests that are known are not computed again. The file itself is not in it.
func writeSums(d disk.Disk, folder string, known []File) error {
	digests := make(map[string]string, len(known))
	for _, f := range known {
		digests[f.Path] = f.SHA256
	}
	var files []File
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		f := File{Path: filepath.ToSlash(relative)}
		if f.SHA256 = digests[f.Path]; f.SHA256 == "" {
			if f, err = DescribeFile(folder, path); err != nil {
				return err
			}
		}
		if f.Path != SumsName {
			files = append(files, f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	var b strings.Builder
	for _, f := range files {
		name := sumsEscaper.Replace(f.Path)
		if name != f.Path {
			b.WriteString(`\`)
		}
		b.WriteString(f.SHA256 + "  " + name + "\n")
	}
	return d.WriteFile(filepath.Join(folder, SumsName), []byte(b.String()))
}
