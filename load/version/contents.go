package version

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// Contents is all of a version that a copy of it must have.
type Contents struct {
	Folder   string
	Manifest File // which no two versions share
	Files    []File
	Sums     File
	Pointer  []byte // the content of the pointer to the version
}

// CurrentContents returns what is in the current version, whose manifest is given, with paths from its folder. It reads
// the manifest and the digests, and looks at no other file.
func (o *Output) CurrentContents(m *Manifest) (*Contents, error) {
	c := &Contents{Folder: o.CurrentFolder(m)}
	_, content, err := readManifest(filepath.Join(c.Folder, manifestName))
	if err != nil {
		return nil, err
	}
	if c.Manifest, err = DescribeFile(c.Folder, filepath.Join(c.Folder, manifestName)); err != nil {
		return nil, err
	}
	c.Sums, err = DescribeFile(c.Folder, filepath.Join(c.Folder, SumsName))
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%s has no %s, since an older program made it: run once with --republish", c.Folder, SumsName)
	}
	if err != nil {
		return nil, err
	}
	for _, f := range m.Files {
		f.Path = filepath.ToSlash(m.pathInVersion(f))
		c.Files = append(c.Files, f)
	}
	c.Pointer, err = NewPointer(m.Run, content).Encode()
	return c, err
}
