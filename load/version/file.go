package version

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"hemicycle/load/disk"
)

// File describes a file of a version.
type File struct {
	Table  string `json:"table,omitempty"` // "" for a file that holds several tables
	Path   string `json:"path"`            // from the folder of the version, with slashes
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// FinishFile syncs and closes a file below a folder, and describes it.
func FinishFile(f *disk.File, folder string) (File, error) {
	if err := f.SyncAndClose(); err != nil {
		return File{}, err
	}
	return DescribeFile(folder, f.Name())
}

// DescribeFile reads a finished file below a folder to its end, and returns its path, its length and its digest.
func DescribeFile(folder, path string) (File, error) {
	relative, err := filepath.Rel(folder, path)
	if err != nil {
		return File{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	file, err := describe(f)
	if err != nil {
		return File{}, fmt.Errorf("reading %s to its end: %w", path, err)
	}
	file.Path = filepath.ToSlash(relative)
	return file, nil
}

// describe reads to the end, and returns the length and the digest.
func describe(r io.Reader) (File, error) {
	digest := sha256.New()
	n, err := io.Copy(digest, r)
	if err != nil {
		return File{}, err
	}
	return File{Bytes: n, SHA256: hex.EncodeToString(digest.Sum(nil))}, nil
}
