package version

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"hemicycle/load/disk"
)

// Pointer says which version is the current one, for places that have no links. It is written as current.json beside
// the link current.
type Pointer struct {
	Run string `json:"run"`
	// Path is the folder of the version, from the folder that the pointer is in, with slashes.
	Path string `json:"path"`
	// ManifestSHA256 is the digest of the whole file manifest.json in that folder, as sha256sum prints it. The manifest
	// has the digest of every other file, so this one digest proves the whole version.
	ManifestSHA256 string `json:"manifest_sha256"`
}

// PointerName is the name of the file with the pointer in an output folder.
const PointerName = "current.json"

// maxPointer is more bytes than any pointer has.
const maxPointer = 4096

// NewPointer returns the pointer to the version of a run with a manifest.
func NewPointer(run string, manifest []byte) *Pointer {
	sum := sha256.Sum256(manifest)
	return &Pointer{Run: run, Path: versionsName + "/" + run, ManifestSHA256: hex.EncodeToString(sum[:])}
}

// Encode returns the pointer as it is written.
func (p *Pointer) Encode() ([]byte, error) {
	content, err := json.MarshalIndent(p, "", "  ")
	return append(content, '\n'), err
}

// ParsePointer reads a pointer. It accepts only what Encode writes of a pointer to a version, since whoever follows it
// goes where it leads.
func ParsePointer(content []byte) (*Pointer, error) {
	p := &Pointer{}
	if err := json.Unmarshal(content, p); err != nil {
		return nil, fmt.Errorf("not a pointer to a version: %w", err)
	}
	again, err := p.Encode()
	if err != nil {
		return nil, err
	}
	digest, err := hex.DecodeString(p.ManifestSHA256)
	if err != nil || len(digest) != sha256.Size || !isRunID(p.Run) || p.Path != versionsName+"/"+p.Run ||
		!bytes.Equal(again, content) {
		return nil, errors.New("not a pointer to a version")
	}
	return p, nil
}

// readPointer reads the pointer in a file. A link in its place is not followed.
func readPointer(path string) (*Pointer, error) {
	f, err := disk.OpenOwn(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxPointer))
	if err != nil {
		return nil, err
	}
	return ParsePointer(content)
}

// currentPointer returns the pointer to the version to which the link current leads; nil if there is no such version.
func (o *Output) currentPointer() *Pointer {
	target, err := os.Readlink(filepath.Join(o.dir, currentName))
	if err != nil || !isLinkTarget(currentName, target) {
		return nil
	}
	_, content, err := readManifest(filepath.Join(o.dir, target, manifestName))
	if err != nil {
		return nil
	}
	return NewPointer(filepath.Base(target), content)
}

// pointsToCurrent reports whether the pointer leads to the version to which the link current leads.
func (o *Output) pointsToCurrent() bool {
	want := o.currentPointer()
	got, err := readPointer(filepath.Join(o.dir, PointerName))
	return err == nil && want != nil && *got == *want
}

// mendPointer makes the pointer lead where the link current leads, and removes one that was about to replace it. They
// lead to different versions if a run was killed between the two renames by which it published, or if somebody went
// back to an older version. An output folder that never had a pointer gets one with the next version.
func (o *Output) mendPointer() error {
	path := filepath.Join(o.dir, PointerName)
	_, err := os.Lstat(path)
	_, nextErr := os.Lstat(path + nextSuffix)
	if errors.Is(err, fs.ErrNotExist) && errors.Is(nextErr, fs.ErrNotExist) {
		return nil
	}
	if want := o.currentPointer(); want != nil && !o.pointsToCurrent() {
		if err := o.stagePointer(want); err != nil {
			return err
		}
		return o.disk.Rename(path+nextSuffix, path)
	}
	return o.disk.Remove(path + nextSuffix)
}

// stagePointer writes the pointer that is about to replace the current one. It is written whole in the staging folder,
// where nobody looks, since a run finds only whole pointers to be its own.
func (o *Output) stagePointer(p *Pointer) error {
	written := filepath.Join(o.staging, PointerName)
	content, err := p.Encode()
	if err == nil {
		err = o.disk.WriteFile(written, content)
	}
	if err == nil {
		err = o.disk.Rename(written, filepath.Join(o.dir, PointerName+nextSuffix))
	}
	return err
}

// checkPointer returns an error if something other than a pointer has the name of one.
func (o *Output) checkPointer() error {
	for _, path := range []string{filepath.Join(o.dir, PointerName), filepath.Join(o.dir, PointerName+nextSuffix)} {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if _, err := readPointer(path); err != nil {
			return notOurs(path, "not a pointer of ours")
		}
	}
	return nil
}
