package iceberg

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// version is a published version: its manifest, and the folder that it is in.
type version struct {
	folder        string
	Run           string         `json:"run"`
	Pipeline      string         `json:"pipeline"`
	SchemaVersion string         `json:"schema_version"`
	Files         []manifestFile `json:"files"`
	Digest        string         `json:"digest"` // the SHA-256 of the manifest without it
}

// manifestFile is a file of a version as its manifest describes it.
type manifestFile struct {
	Table  string `json:"table"`
	Path   string `json:"path"` // from the folder of the version, with slashes
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

const manifestName = "manifest.json"

// openVersion opens the version in a folder, or the current version of an output folder. The folder is resolved, so
// that the warehouse names files that stay where they are whatever is published later.
func openVersion(folder string) (*version, error) {
	for _, candidate := range []string{filepath.Join(folder, "current"), folder} {
		resolved, err := filepath.EvalSymlinks(candidate)
		if err != nil {
			continue
		}
		if resolved, err = filepath.Abs(resolved); err != nil {
			return nil, err
		}
		content, err := os.ReadFile(filepath.Join(resolved, manifestName))
		if err != nil {
			continue
		}
		v := &version{folder: resolved}
		return v, v.parse(content)
	}
	return nil, fmt.Errorf("%s: there is no version here: expected the folder of a version, or an output folder with a "+
		"current version", folder)
}

// parse parses a manifest, and compares it with its own digest.
func (v *version) parse(content []byte) error {
	path := filepath.Join(v.folder, manifestName)
	if err := json.Unmarshal(content, v); err != nil || v.Run == "" || v.Digest == "" {
		return fmt.Errorf("%s is not the manifest of a version with tables of schema version 2 or later", path)
	}
	const key = `"digest": "`
	before, rest, _ := bytes.Cut(content, []byte(key+v.Digest))
	if sum := sha256.Sum256(slices.Concat(before, []byte(key), rest)); hex.EncodeToString(sum[:]) != v.Digest {
		return fmt.Errorf("%s is damaged: its own digest differs", path)
	}
	for _, f := range v.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			return fmt.Errorf("%s names the file %q, which is not in the version", path, f.Path)
		}
	}
	if len(v.tables()) == 0 {
		return fmt.Errorf("%s lists no Parquet file", path)
	}
	return nil
}

// isParquet reports whether a file is a Parquet file of a table.
func (f *manifestFile) isParquet() bool {
	return f.Table != "" && strings.HasSuffix(f.Path, ".parquet")
}

// tables returns the names of the tables, in the order of the manifest.
func (v *version) tables() (names []string) {
	for i := range v.Files {
		if f := &v.Files[i]; f.isParquet() && !slices.Contains(names, f.Table) {
			names = append(names, f.Table)
		}
	}
	return names
}

// filesOf returns the Parquet files of a table.
func (v *version) filesOf(name string) (files []manifestFile) {
	for i := range v.Files {
		if f := &v.Files[i]; f.isParquet() && f.Table == name {
			files = append(files, *f)
		}
	}
	return files
}

// path returns the path of a file.
func (v *version) path(f manifestFile) string {
	return filepath.Join(v.folder, filepath.FromSlash(f.Path))
}

// verifyFiles compares every Parquet file with its digest.
func (v *version) verifyFiles(ctx context.Context) error {
	for i := range v.Files {
		f := &v.Files[i]
		if !f.isParquet() {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := v.verifyFile(f); err != nil {
			return err
		}
	}
	return nil
}

// verifyFile compares a file with its digest.
func (v *version) verifyFile(f *manifestFile) error {
	path := v.path(*f)
	opened, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("a file of the version cannot be read: %w", err)
	}
	defer opened.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, opened); err != nil {
		return fmt.Errorf("a file of the version cannot be read: %w", err)
	}
	if hex.EncodeToString(digest.Sum(nil)) != f.SHA256 {
		return fmt.Errorf("%s is damaged: it has another SHA-256 than %s says", path, manifestName)
	}
	return nil
}
