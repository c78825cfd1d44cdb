package version

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// File is one file of a version.
type File struct {
	Table  string `json:"table,omitempty"` // "" for a file that holds all of them
	Path   string `json:"path"`            // from the folder of the version, with slashes
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// CloseSynced closes a file when its bytes are on disk, and describes it.
func CloseSynced(f *os.File, folder string) (File, error) {
	err := f.Sync()
	err = errors.Join(err, f.Close())
	if err != nil {
		return File{}, err
	}
	return DescribeFile(folder, f.Name())
}

// DescribeFile measures a finished file below a folder.
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
	h := sha256.New()
	n, err := io.Copy(h, f)
	return File{Path: filepath.ToSlash(relative), Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
