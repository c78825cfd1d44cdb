// Package contracts writes what describes a version to other programs and to people: the dictionary of its tables. All
// of it is generated from the declaration of the tables in schemas/tables and from the manifest of the version.
//
// Start with Write. Each file is made by the Go file of its name, and the same version gives the same bytes.
package contracts

import (
	"errors"
	"fmt"
	"path/filepath"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas/tables"
)

// document is one file that describes a version.
type document struct {
	name   string // in the folder of the version
	encode func(m *version.Manifest) ([]byte, error)
}

// documents are the files that describe a version, in the order in which the manifest lists them.
var documents = []document{
	{"dictionary.md", func(*version.Manifest) ([]byte, error) { return []byte(tables.Dictionary()), nil }},
}

// Write writes the files that describe a version into its folder, and returns them for its manifest, of which the files
// so far are known.
func Write(d disk.Disk, folder string, m *version.Manifest) ([]version.File, error) {
	files := make([]version.File, 0, len(documents))
	for _, doc := range documents {
		content, err := doc.encode(m)
		if err != nil {
			return nil, fmt.Errorf("describing the version in %s: %w", doc.name, err)
		}
		f, err := d.Create(filepath.Join(folder, doc.name))
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(content); err != nil {
			return nil, errors.Join(fmt.Errorf("writing %s: %w", doc.name, err), f.Close())
		}
		file, err := version.FinishFile(f, folder)
		if err != nil {
			return nil, fmt.Errorf("finishing %s: %w", doc.name, err)
		}
		files = append(files, file)
	}
	return files, nil
}
