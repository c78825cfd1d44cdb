package version

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"hemicycle/load/disk"
	"hemicycle/schemas"
)

// Published is a published version that is open for reading. The link current is resolved once, when the version is
// opened, so that everything read is of one run whatever is published meanwhile.
type Published struct {
	Manifest *Manifest
	folder   string // of the version
	hold     *flock.Flock
}

// Open opens the current version of an output folder, or the version that a folder holds. It only reads. In a copy of
// an output folder that has no links, it follows the pointer.
func Open(dir string) (*Published, error) {
	link := filepath.Join(dir, currentName)
	folder, err := filepath.EvalSymlinks(link)
	for range 3 { // a run may remove the version before it is held
		if err != nil {
			break
		}
		p, openErr := openVersion(folder)
		if openErr == nil {
			return p, nil
		}
		if !isGone(folder) {
			return nil, openErr
		}
		folder, err = filepath.EvalSymlinks(link)
	}
	if _, linkErr := os.Lstat(link); linkErr == nil {
		return nil, &Damage{Path: link, Found: "it leads to no version: " + withoutPath(err).Error(), Cause: err}
	}
	if pointer, err := readPointer(filepath.Join(dir, PointerName)); err == nil {
		return openPointed(dir, pointer)
	}
	if folder, err = filepath.EvalSymlinks(dir); err == nil {
		_, err = os.Stat(filepath.Join(folder, manifestName))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: nothing was published here: expected an output folder with a current version; "+
			"`hemicycle run --output %s` makes one", dir, dir)
	}
	return openVersion(folder)
}

// openPointed opens the version to which a pointer in a folder leads.
func openPointed(dir string, pointer *Pointer) (*Published, error) {
	folder := filepath.Join(dir, filepath.FromSlash(pointer.Path))
	p, err := openVersion(folder)
	if err != nil {
		return nil, err
	}
	_, content, err := readManifest(filepath.Join(folder, manifestName))
	if err != nil {
		return nil, err
	}
	if *NewPointer(p.Manifest.Run, content) != *pointer {
		return nil, p.manifestDamage("it is not the one to which " + PointerName + " points")
	}
	return p, nil
}

// Current opens the current version for reading. It returns nil if there is none.
func (o *Output) Current() (*Published, error) {
	if _, err := os.Lstat(filepath.Join(o.dir, currentName)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return Open(o.dir)
}

// Close ends the use of the version. A run may then remove it.
func (p *Published) Close() error {
	if p == nil || p.hold == nil {
		return nil
	}
	return p.hold.Close()
}

// openVersion opens a version by its own folder, and holds it.
func openVersion(folder string) (p *Published, err error) {
	hold := holdVersion(folder)
	defer func() {
		if err != nil {
			_ = hold.Close()
		}
	}()
	path := filepath.Join(folder, manifestName)
	m, content, err := readManifest(path)
	if err != nil {
		return nil, err
	}
	if m.SchemaVersion == "" {
		return nil, &Damage{Path: path, Found: "it names no schema version, as the manifest of a version does"}
	}
	if major, _, _ := strings.Cut(schemas.Version, "."); !strings.HasPrefix(m.SchemaVersion, major+".") {
		return nil, fmt.Errorf("%s: %w %s, and this program reads %s.x: publish them anew", path, ErrOtherSchema,
			m.SchemaVersion, major)
	}
	p = &Published{Manifest: m, folder: folder, hold: hold}
	if name := filepath.Base(folder); isRunID(name) && name != m.Run { // a copy may have a name of its own
		return nil, p.manifestDamage("it is that of the run " + m.Run + ", expected " + name)
	}
	if err := m.verifyDigest(path, content); err != nil {
		return nil, err
	}
	return p, nil
}

// ErrOtherSchema means that the tables of a version have other meanings than those of this program.
var ErrOtherSchema = errors.New("the tables have schema version")

// readManifest reads the manifest of a version, and returns its bytes too.
func readManifest(path string) (m *Manifest, content []byte, err error) {
	f, err := disk.OpenRegular(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	defer f.Close()
	content, err = io.ReadAll(io.LimitReader(f, maxManifest))
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	m = &Manifest{}
	if err := json.Unmarshal(content, m); err != nil {
		return nil, nil, &Damage{Path: path, Found: "it is not the manifest of a version", Cause: err}
	}
	if m.Run == "" {
		return nil, nil, &Damage{Path: path, Found: "it names no run, as the manifest of a version does"}
	}
	return m, content, nil
}

// isOfOlderSchema reports whether the version was published with an older schema than that of this program. Only then
// may it lack a table or a column.
func (p *Published) isOfOlderSchema() bool {
	older, newer := schemaNumbers(p.Manifest.SchemaVersion), schemaNumbers(schemas.Version)
	return slices.Compare(older[:], newer[:]) < 0
}

// schemaNumbers returns the two numbers of a schema version.
func schemaNumbers(version string) (numbers [2]int) {
	major, minor, _ := strings.Cut(version, ".")
	numbers[0], _ = strconv.Atoi(major)
	numbers[1], _ = strconv.Atoi(minor)
	return numbers
}

// Unpublished returns what was written so far of the version that the run is about to publish.
func (o *Output) Unpublished(files []File) *Published {
	return &Published{Manifest: &Manifest{SchemaVersion: schemas.Version, Files: files}, folder: o.staging}
}

// Folder returns the folder of the version.
func (p *Published) Folder() string { return p.folder }

// parts returns the Parquet files of a table, in the order in which they were written. Every version has a file for
// each table of its schema, be it empty.
func (p *Published) parts(table string) (parts []tablePart, err error) {
	for _, f := range p.Manifest.Files {
		if f.Table != table || !strings.HasSuffix(f.Path, ".parquet") {
			continue
		}
		inVersion := p.Manifest.pathInVersion(f)
		if !filepath.IsLocal(inVersion) {
			return nil, p.manifestDamage("it names the file " + f.Path + ", which is not in the version")
		}
		parts = append(parts, tablePart{path: filepath.Join(p.folder, inVersion), File: f})
	}
	if len(parts) == 0 && !p.isOfOlderSchema() {
		return nil, p.manifestDamage("it lists no Parquet file of the table " + table)
	}
	return parts, nil
}

// manifestDamage returns the error of a manifest that is not as it was published.
func (p *Published) manifestDamage(found string) error {
	return &Damage{Path: filepath.Join(p.folder, manifestName), Found: found}
}
