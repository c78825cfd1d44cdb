// Package version publishes a whole version or none, keeps the journal of a run that may be stopped, and reads a
// published version back.
//
// Start with OpenOutput, which takes hold of an output folder, and Open, which opens what is published there.
package version

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
// A run writes into a staging folder whose name is its plan, and lists its finished parts in a journal
// there, so that a run with the same plan can go on where one was stopped. Publishing renames it to its place under
// versions, where nobody looks yet, and then swaps current. Killed at any moment, it leaves the old
// version or the new one, whole.
type Output struct {
	dir     string
	staging string
	kept    bool // the staging folder stays, for a run that goes on
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
	nextSuffix    = ".next" // of a link that is about to be renamed over the one before
)

// linkNames is what stands in the output folder beside current, each leading through it.
var linkNames = []string{DatabaseName, "parquet", "jsonl", manifestName}

// OpenOutput takes hold of an output folder and makes a staging folder in it, named by the plan. It is
// empty unless the run resumes another with the same plan; those of other plans are removed.
func OpenOutput(dir, plan string, resume bool) (*Output, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the output folder: %w; expected a folder that this user may make and write", err)
	}
	o := &Output{dir: dir, staging: filepath.Join(dir, stagingPrefix+plan), lock: flock.New(filepath.Join(dir, ".lock"))}
	held, err := o.lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("locking the output folder: %w; expected a folder that this user may write", err)
	case !held:
		return nil, fmt.Errorf("%s: %w", dir, ErrHeld)
	}
	if err := o.prepare(resume); err != nil {
		return nil, errors.Join(err, o.lock.Close())
	}
	return o, nil
}

// prepare refuses a folder in which something of the user's stands where a link must, and clears what
// killed runs left.
func (o *Output) prepare(resume bool) error {
	for _, name := range append([]string{currentName}, linkNames...) {
		for _, path := range []string{filepath.Join(o.dir, name), filepath.Join(o.dir, name+nextSuffix)} {
			if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSymlink == 0 {
				return fmt.Errorf("%s is not a link of ours: move it away, or choose another output folder", path)
			}
		}
	}
	if err := o.clear(resume); err != nil {
		return fmt.Errorf("clearing what an earlier run left: %w", err)
	}
	if err := os.MkdirAll(o.staging, 0o755); err != nil {
		return fmt.Errorf("making the staging folder: %w", err)
	}
	return nil
}

// clear removes what killed runs left: staging folders but the one to resume, a version that was in its
// place and not yet current, links not yet renamed.
func (o *Output) clear(resume bool) error {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return err
	}
	var left []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), stagingPrefix) && !(resume && e.Name() == filepath.Base(o.staging)) {
			left = append(left, filepath.Join(o.dir, e.Name()))
		}
	}
	current := filepath.Join(o.dir, currentName)
	if next, err := os.Readlink(current + nextSuffix); err == nil && filepath.Clean(next) == next && filepath.Dir(next) == versionsName {
		if now, err := os.Readlink(current); err != nil || now != next {
			left = append(left, filepath.Join(o.dir, next))
		}
	}
	for _, name := range append([]string{currentName}, linkNames...) { // last, since one of them names the version
		left = append(left, filepath.Join(o.dir, name+nextSuffix))
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// Staging is the folder that the run writes its version into.
func (o *Output) Staging() string { return o.staging }

// NewRunID names a run by the time of its start; a second run in the same second takes another name.
func (o *Output) NewRunID(start time.Time) string {
	base := start.UTC().Format(runIDLayout)
	id := base
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(o.dir, versionsName, id)); err != nil {
			return id
		}
		id = fmt.Sprintf("%s-%d", base, n)
	}
}

// runIDLayout is the time in the name of a run.
const runIDLayout = "20060102T150405Z"

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
	for _, name := range []string{journalName, RedirectsName} { // which only the run needs
		if err := os.RemoveAll(filepath.Join(o.staging, name)); err != nil {
			return "", fmt.Errorf("removing what is no part of a version: %w", err)
		}
	}
	if err := syncFolders(o.staging); err != nil {
		return "", fmt.Errorf("writing the version to disk: %w", err)
	}
	// Made before the version is in its place, the next link says that the version was never current,
	// should the run be killed between the two.
	current := filepath.Join(o.dir, currentName)
	if err := os.Symlink(filepath.Join(versionsName, version), current+nextSuffix); err != nil {
		return "", fmt.Errorf("making the link to the version: %w", err)
	}
	if err := os.Rename(o.staging, filepath.Join(versions, version)); err != nil {
		return "", fmt.Errorf("moving the version to its place: %w", err)
	}
	for _, step := range []func() error{
		func() error { return syncFolder(versions) },
		o.moveEngineLog,
		func() error { return o.link(version) },
		func() error { return os.Rename(current+nextSuffix, current) },
	} {
		if err := step(); err != nil {
			return "", fmt.Errorf("publishing the version: %w", err)
		}
	}
	if err := syncFolder(o.dir); err != nil {
		return "", fmt.Errorf("the version is current, but the disk did not confirm it: %w", err)
	}
	return filepath.Join(versions, version), nil
}

// moveEngineLog moves the log that an engine before 1.5 wrote beside the link to the version it belongs to.
// Left there, every new session would replay it into the new database. It follows the engine that has
// it open. What remains is root with such an engine, who opened the database to write and first writes
// after the swap: his log is then made beside the link. The file's mode keeps everyone else from it.
func (o *Output) moveEngineLog() error {
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
	place := old + ".wal"
	if _, err := os.Lstat(place); err == nil { // the log of another engine, which is not ours to overwrite
		place += ".orphan"
	}
	return os.Rename(log, place)
}

// link puts the links beside current in their place, for what a version has.
func (o *Output) link(version string) error {
	for _, name := range linkNames {
		inVersion := filepath.Join(o.dir, versionsName, version, name)
		if _, err := os.Lstat(inVersion); errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := swapLink(filepath.Join(o.dir, name), filepath.Join(currentName, name)); err != nil {
			return err
		}
	}
	return nil
}

// swapLink makes path a link to target in one step.
func swapLink(path, target string) error {
	if now, err := os.Readlink(path); err == nil && now == target {
		return nil
	}
	if err := os.Symlink(target, path+nextSuffix); err != nil {
		return err
	}
	return os.Rename(path+nextSuffix, path)
}

// Prune removes all but the newest versions, and the links to what the current version does not have.
// The current version stays whatever its age.
func (o *Output) Prune(current string) error {
	if err := o.unlinkMissing(); err != nil {
		return fmt.Errorf("removing a link that leads nowhere: %w", err)
	}
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
		info, err := e.Info()
		if err == nil && e.IsDir() && e.Name() != current && isRunID(e.Name()) {
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

// isRunID reports whether a folder's name is one that NewRunID gives; other folders are the user's.
func isRunID(name string) bool {
	instant, _, _ := strings.Cut(name, "-")
	_, err := time.Parse(runIDLayout, instant)
	return err == nil
}

// unlinkMissing removes the links to what the current version does not have.
func (o *Output) unlinkMissing() error {
	for _, name := range linkNames {
		path := filepath.Join(o.dir, name)
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// Keep keeps the staging folder when the output is closed, if a finished part is in it; it reports
// whether there is one.
func (o *Output) Keep() bool {
	_, err := os.Stat(filepath.Join(o.staging, journalName))
	o.kept = err == nil
	return o.kept
}

// Close lets go of the output; a version that was not published is gone, unless it is kept. A second Close does nothing:
// the staging folder may then be another run's.
func (o *Output) Close() error {
	if !o.lock.Locked() {
		return nil
	}
	if o.kept {
		return o.lock.Close()
	}
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

// DatabaseName is the database's file in a version and its link in the output folder.
const DatabaseName = "elections.duckdb"

// RedirectsName is the folder of the files in the staging folder; Publish removes it.
const RedirectsName = "redirects"
