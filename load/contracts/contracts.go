// Package contracts writes the files that describe a version to people and to other programs: the dictionary of its
// tables, a data contract, a data package, a dataset for search engines and machine learning, and the sources of a dbt
// project. All of them are generated from the declaration of the tables in schemas/tables, from the manifest of the
// version and from what its pipeline agrees to.
//
// Start with Write. Each file is made by a Go file of its own, and the same version gives the same bytes.
package contracts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/schemas/tables"
)

// Agreement is what a pipeline agrees to.
type Agreement struct {
	Checks []Check
	// MaxErrors, MaxRejects, MaxIncomplete and MaxStale are how many error findings, rejects, incomplete sources and
	// pages in an older revision the pipeline allows.
	MaxErrors, MaxRejects, MaxIncomplete, MaxStale int64
	HasDatabase                                    bool // each version has a database
}

// Check is a check that the pipeline runs, with the severity that it has there.
type Check struct {
	ID       string
	Severity schemas.Status
	Meaning  string
}

// document is one file that describes a version.
type document struct {
	name   string // in the folder of the version
	encode func(m *version.Manifest, a *Agreement) ([]byte, error)
}

// documents are the files that describe a version, in the order in which the manifest lists them.
var documents = []document{
	{"dictionary.md", encodeDictionary},
	{"contract.yaml", encodeDataContract},
	{"datapackage.json", encodeDataPackage},
	{"dataset.jsonld", encodeDataset},
	{"sources.yml", encodeDBTSources},
	{"apply_changes.sql", encodeApplySQL},
}

// encodeApplySQL returns the script that applies the changes of a version to a copy of the version before.
func encodeApplySQL(*version.Manifest, *Agreement) ([]byte, error) {
	return []byte(tables.ApplySQL()), nil
}

// encodeDictionary returns the dictionary of the tables.
func encodeDictionary(*version.Manifest, *Agreement) ([]byte, error) {
	return []byte(tables.Dictionary()), nil
}

// Write writes the files that describe a version into its folder, and returns them for its manifest, which has the
// files of the tables already.
func Write(d disk.Disk, folder string, m *version.Manifest, a *Agreement) ([]version.File, error) {
	files := make([]version.File, 0, len(documents))
	for _, doc := range documents {
		content, err := doc.encode(m, a)
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

// encodeJSON returns a value as JSON. Characters that HTML gives a meaning are escaped, so that the document can stand
// in a page.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// What every description says of where the data is from.
const (
	sourceName     = "Wikipedia"
	sourceAddress  = "https://www.wikipedia.org/"
	licenceTitle   = "Creative Commons Attribution-ShareAlike 4.0 International"
	licenceAddress = "https://creativecommons.org/licenses/by-sa/4.0/"
	purpose        = "Election results that the infoboxes of Wikipedia's pages give, with the place in the page from which " +
		"each value was read, and with every doubt beside the numbers"
	limitations = "A value that the page does not give is NULL, never zero and never a guess. A page may be wrong: the " +
		"table findings says where it contradicts itself"
)

// timestamp returns a time as the formats write it.
func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// parquetFiles returns the Parquet files of a table.
func parquetFiles(m *version.Manifest, t *tables.Table) (files []version.File) {
	for _, f := range m.Files {
		if f.Table == t.Name && strings.HasSuffix(f.Path, ".parquet") {
			files = append(files, f)
		}
	}
	return files
}

// filePattern returns the pattern of the Parquet files of each table, from the folder of the table. In a version that
// is laid out by wiki, some tables have a folder for each wiki.
func filePattern(m *version.Manifest) string {
	if m.Layout != "" {
		return "**/*.parquet"
	}
	return "*.parquet"
}
