package version

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hemicycle/schemas"
)

// Published is a published version that is open for reading. The link current is resolved once, when the version is
// opened, so that everything read is of one run whatever is published meanwhile.
type Published struct {
	Manifest *Manifest
	output   string // the output folder that the version is in; "" if the version was opened by its own folder
	folder   string // of the version
}

// Open opens the current version of an output folder, or the version that a folder holds. It only reads.
func Open(dir string) (*Published, error) {
	output := dir
	folder, err := filepath.EvalSymlinks(filepath.Join(dir, currentName))
	if errors.Is(err, os.ErrNotExist) {
		output = ""
		folder, err = filepath.EvalSymlinks(dir)
	}
	var p *Published
	if err == nil {
		p, err = openVersion(folder)
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: nothing was published here: expected an output folder with a current version; "+
			"`hemicycle run --output %s` makes one", dir, dir)
	}
	if err != nil {
		return nil, err
	}
	p.output = output
	return p, nil
}

// openVersion opens a version by its own folder.
func openVersion(folder string) (*Published, error) {
	path := filepath.Join(folder, manifestName)
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &Published{Manifest: &Manifest{}, folder: folder}
	if err := json.Unmarshal(content, p.Manifest); err != nil {
		return nil, fmt.Errorf("%s: expected the manifest of a version: %w", path, err)
	}
	if major, _, _ := strings.Cut(schemas.Version, "."); !strings.HasPrefix(p.Manifest.SchemaVersion, major+".") {
		return nil, fmt.Errorf("%s: the tables have schema version %s, and this program reads %s.x: publish them anew",
			path, p.Manifest.SchemaVersion, major)
	}
	return p, nil
}

// Previous opens the newest version that is older than this one. It returns nil if there is none.
func (p *Published) Previous() (*Published, error) {
	if p.output == "" {
		return nil, nil
	}
	versions := filepath.Join(p.output, versionsName)
	entries, err := os.ReadDir(versions)
	if err != nil {
		return nil, err
	}
	var last *Published
	for _, e := range entries {
		if !e.IsDir() || !isRunID(e.Name()) || e.Name() == filepath.Base(p.folder) {
			continue
		}
		v, err := openVersion(filepath.Join(versions, e.Name()))
		if err != nil { // it is being removed, or has tables of another schema: there is nothing to compare with
			continue
		}
		isOlder := v.Manifest.StartedAt.Before(p.Manifest.StartedAt)
		if isOlder && (last == nil || last.Manifest.StartedAt.Before(v.Manifest.StartedAt)) {
			last = v
		}
	}
	return last, nil
}

// Folder returns the folder of the version.
func (p *Published) Folder() string { return p.folder }

// parts returns the paths of the Parquet files of a table, in the order in which they were written.
func (p *Published) parts(table string) (paths []string) {
	for _, f := range p.Manifest.Files {
		if f.Table == table && strings.HasSuffix(f.Path, ".parquet") {
			inVersion := strings.TrimPrefix(f.Path, versionsName+"/"+p.Manifest.Run+"/")
			paths = append(paths, filepath.Join(p.folder, filepath.FromSlash(inVersion)))
		}
	}
	return paths
}
