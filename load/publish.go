package load

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Output is a folder that versions are published into. One run holds it at a time:
//
//	versions/<run>/{parquet/, elections.duckdb, manifest.json}
//	current → versions/<run>         the only thing that is swapped
//	elections.duckdb, parquet, manifest.json → through current
//
// A run writes into a staging folder whose name is its plan. Publishing renames it to its place under
// versions, where nobody looks yet, and then swaps current. Killed at any moment, it leaves the old
// version or the new one, whole.
type Output struct {
	dir     string
	staging string
	lock    *flock.Flock
}

// ErrHeld means that another run holds the output.
var ErrHeld = errors.New("another run holds the output")

// keptVersions is how many versions stay for readers that have them open.
const keptVersions = 3

const (
	currentName   = "current"
	versionsName  = "versions"
	manifestName  = "manifest.json"
	stagingPrefix = ".staging-"
)

// links is what stands in the output folder beside current, each leading through it.
var links = []string{DatabaseName, "parquet", "jsonl", manifestName}

// OpenOutput takes hold of an output folder and makes an empty staging folder in it, named by the plan.
func OpenOutput(dir, plan string) (*Output, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the output folder: %w", err)
	}
	o := &Output{dir: dir, staging: filepath.Join(dir, stagingPrefix+plan), lock: flock.New(filepath.Join(dir, ".lock"))}
	held, err := o.lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("locking the output folder: %w", err)
	case !held:
		return nil, fmt.Errorf("%s: %w", dir, ErrHeld)
	}
	if err := o.prepare(); err != nil {
		return nil, errors.Join(err, o.lock.Close())
	}
	return o, nil
}

// prepare refuses a folder in which something of the user's stands where a link must, and clears what
// killed runs left.
func (o *Output) prepare() error {
	for _, name := range append([]string{currentName}, links...) {
		path := filepath.Join(o.dir, name)
		if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSymlink == 0 {
			return fmt.Errorf("%s is not a link of ours: move it away, or choose another output folder", path)
		}
	}
	left, err := filepath.Glob(filepath.Join(globEscaper.Replace(o.dir), stagingPrefix+"*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("clearing what an earlier run left: %w", err)
		}
	}
	return os.Mkdir(o.staging, 0o755)
}

var globEscaper = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`)

// Staging is the folder that the run writes its version into.
func (o *Output) Staging() string { return o.staging }

// NewRunID names a run by the time of its start; a second run in the same second takes another name.
func (o *Output) NewRunID(start time.Time) string {
	id := start.UTC().Format("20060102T150405Z")
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(o.dir, versionsName, id)); errors.Is(err, os.ErrNotExist) {
			return id
		}
		id = start.UTC().Format("20060102T150405Z") + fmt.Sprintf("-%d", n)
	}
}

// Publish makes the staging folder the current version of that name, with the manifest in it. It
// returns the version's folder.
func (o *Output) Publish(version string, m *Manifest) (string, error) {
	for i := range m.Files {
		m.Files[i].Path = versionsName + "/" + version + "/" + m.Files[i].Path
	}
	if err := writeManifest(filepath.Join(o.staging, manifestName), m); err != nil {
		return "", fmt.Errorf("writing the manifest: %w", err)
	}
	versions := filepath.Join(o.dir, versionsName)
	if err := os.MkdirAll(versions, 0o755); err != nil {
		return "", fmt.Errorf("making the folder of versions: %w", err)
	}
	if err := syncFolders(o.staging); err != nil {
		return "", fmt.Errorf("writing the version to disk: %w", err)
	}
	if err := os.Rename(o.staging, filepath.Join(versions, version)); err != nil {
		return "", fmt.Errorf("moving the version to its place: %w", err)
	}
	if err := errors.Join(syncFolder(versions), o.rescueLog(), o.link(version)); err != nil {
		return "", fmt.Errorf("publishing the version: %w", err)
	}
	return filepath.Join(versions, version), nil
}

// rescueLog moves the log that an engine before 1.5 wrote beside the link to the version it belongs to.
// Left there, every new session would replay it into the new database.
func (o *Output) rescueLog() error {
	log := filepath.Join(o.dir, DatabaseName+".wal")
	if _, err := os.Lstat(log); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	old, err := filepath.EvalSymlinks(filepath.Join(o.dir, DatabaseName))
	if errors.Is(err, os.ErrNotExist) { // its version is gone
		return os.Rename(log, filepath.Join(o.dir, versionsName, DatabaseName+".wal.orphan"))
	}
	if err != nil {
		return err
	}
	return os.Rename(log, old+".wal")
}

// link puts the links in their place, then swaps current, which makes the version seen.
func (o *Output) link(version string) error {
	for _, name := range links {
		inVersion := filepath.Join(o.dir, versionsName, version, name)
		if _, err := os.Lstat(inVersion); errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := swapLink(filepath.Join(o.dir, name), filepath.Join(currentName, name)); err != nil {
			return err
		}
	}
	if err := swapLink(filepath.Join(o.dir, currentName), filepath.Join(versionsName, version)); err != nil {
		return err
	}
	for _, name := range links { // a link to what this version does not have leads nowhere
		path := filepath.Join(o.dir, name)
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return syncFolder(o.dir)
}

// swapLink makes path a link to target in one step.
func swapLink(path, target string) error {
	if now, err := os.Readlink(path); err == nil && now == target {
		return nil
	}
	next := path + ".next"
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Symlink(target, next); err != nil {
		return err
	}
	return os.Rename(next, path)
}

// Prune removes all but the newest versions; the current one stays whatever its age.
func (o *Output) Prune(current string) error {
	entries, err := os.ReadDir(filepath.Join(o.dir, versionsName))
	if err != nil {
		return err
	}
	type version struct {
		name string
		made time.Time
	}
	var versions []version
	for _, e := range entries {
		if info, err := e.Info(); err == nil && e.IsDir() && e.Name() != current {
			versions = append(versions, version{e.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(versions, func(a, b version) int { return b.made.Compare(a.made) })
	for i, v := range versions {
		if i >= keptVersions-1 {
			if err := os.RemoveAll(filepath.Join(o.dir, versionsName, v.name)); err != nil {
				return fmt.Errorf("removing an old version: %w", err)
			}
		}
	}
	return nil
}

// Close lets go of the output; a version that was not published is gone.
func (o *Output) Close() error {
	return errors.Join(os.RemoveAll(o.staging), o.lock.Close())
}

func writeManifest(path string, m *Manifest) error {
	content, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(append(content, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// syncFolders writes every folder below root to disk, root included.
func syncFolders(root string) error {
	return filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return syncFolder(path)
	})
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
