// Package version publishes a whole version or none, keeps the journal of a run that may be stopped, and reads a
// published version back.
//
// Start with OpenOutput, which takes hold of an output folder, and with Open, which opens what is published there.
package version

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"hemicycle/load/disk"
)

// Output is a folder that versions are published into. One run holds it at a time:
//
//	versions/<run>/{parquet/, elections.duckdb, manifest.json, SHA256SUMS}
//	current → versions/<run>         what is swapped
//	elections.duckdb, parquet, manifest.json → through current
//	current.json                     the same as current, for places without links; it is swapped right after it
//
// A run writes into a staging folder that is named by its plan, and lists its finished parts in a journal there, so
// that a run with the same plan can continue where one was stopped. Publishing renames the staging folder to its place
// under versions, where nobody looks yet, and then swaps current. A run that is killed at any moment, or a machine that
// loses power, leaves the old version or the new one, and leaves it whole: everything is synced before a later step
// relies on it.
type Output struct {
	disk    disk.Disk
	dir     string
	staging string
	kept    bool // Close leaves the staging folder for a run that resumes
	lock    *flock.Flock
}

// ErrHeld means that another run holds the output.
var ErrHeld = errors.New("another run holds the output")

// DatabaseName is the name of the database in a version, and of the link to it in the output folder.
const DatabaseName = "elections.duckdb"

// NamesName and FactsName are the names of the folders with the names of contenders, and with what is compared of
// elections, in a staging folder. Publish removes them.
const (
	NamesName = "names"
	FactsName = "facts"
)

// ComparedName is the name of the folder of a version that is laid out by wiki in which is what a later version compares
// of its elections.
const ComparedName = "compared"

// RedirectsName is the name of the folder with redirects in a staging folder. Publish removes it.
const RedirectsName = "redirects"

const (
	currentName   = "current"
	versionsName  = "versions"
	lockName      = ".lock"
	manifestName  = "manifest.json"
	stagingPrefix = ".staging-"
	nextSuffix    = ".next"   // of a link that is about to replace the link without it
	logSuffix     = ".wal"    // of the log that an engine writes beside a database
	orphanSuffix  = ".orphan" // of a log that belongs to no version, or to one that has a log
)

// linkNames are the names of the links in the output folder that lead through current.
var linkNames = []string{DatabaseName, "parquet", "jsonl", manifestName}

// OpenOutput takes hold of an output folder and makes a staging folder in it that is named by the plan. The staging
// folder is empty unless resume is true and a run with the same plan left one. Those of other plans are removed.
func OpenOutput(d disk.Disk, dir, plan string, resume bool) (*Output, error) {
	o := NewOutput(d, dir)
	if err := o.Prepare(plan, resume); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// NewOutput returns an output folder that is not held yet, and of which nothing is looked at.
func NewOutput(d disk.Disk, dir string) *Output {
	return &Output{disk: d, dir: dir, lock: lockFile(filepath.Join(dir, lockName))}
}

// HoldExisting takes hold of an output folder if there is a lock in it. If there is none, no run holds the folder, and
// it stays as it is until Prepare. So a run finds out that another one is under way before it opens its sources, and a
// run whose sources cannot be opened leaves no folder.
func (o *Output) HoldExisting() error {
	if _, err := os.Lstat(filepath.Join(o.dir, lockName)); err != nil {
		return nil
	}
	return o.hold()
}

// Prepare takes hold of the output folder, if it is not held yet, and makes the staging folder as OpenOutput does.
func (o *Output) Prepare(plan string, resume bool) error {
	if err := o.makeFolder(); err != nil {
		return fmt.Errorf("making the output folder: %w; expected a folder that this user may make and write", err)
	}
	if err := o.hold(); err != nil {
		return err
	}
	o.staging = filepath.Join(o.dir, stagingPrefix+plan)
	if err := o.prepare(resume); err != nil {
		o.staging = "" // which is not this run's before the folder is found to be in order
		return err
	}
	return nil
}

// hold locks the output folder, unless this run has locked it.
func (o *Output) hold() error {
	if err := checkLockFile(o.lock.Path()); err != nil {
		return err
	}
	held, err := o.lock.TryLock()
	switch {
	case err != nil:
		return fmt.Errorf("locking the output folder: %w; expected a folder that this user may write, "+
			"and no %s in it that this user may not read", err, lockName)
	case !held:
		return fmt.Errorf("%s: %w", o.dir, ErrHeld)
	}
	return nil
}

// makeFolder makes the output folder if there is none, and syncs the folders in which it makes one, so that a version
// cannot get lost with the folder that it is in.
func (o *Output) makeFolder() error {
	var parents []string
	for path := filepath.Clean(o.dir); ; path = filepath.Dir(path) {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		parents = append(parents, filepath.Dir(path))
	}
	if err := o.disk.MakeFolders(o.dir); err != nil {
		return err
	}
	for _, path := range parents {
		// A folder that this user may write but not read cannot be synced.
		if err := o.disk.SyncFolder(path); err != nil && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return nil
}

// prepare refuses a folder in which something else is where a link must be, removes what killed runs left, and makes
// the staging folder.
func (o *Output) prepare(resume bool) error {
	if err := o.checkPlaces(); err != nil {
		return err
	}
	if err := o.clear(resume); err != nil {
		return fmt.Errorf("clearing what an earlier run left: %w", err)
	}
	if err := o.disk.MakeFolders(o.staging); err != nil {
		return fmt.Errorf("making the staging folder: %w", err)
	}
	if err := o.mendPointer(); err != nil {
		return fmt.Errorf("mending the pointer to the current version: %w", err)
	}
	return nil
}

// linkPaths returns the paths of all links in the output folder.
func (o *Output) linkPaths() []string {
	paths := []string{filepath.Join(o.dir, currentName)}
	for _, name := range linkNames {
		paths = append(paths, filepath.Join(o.dir, name))
	}
	return paths
}

// clear removes what killed runs left: staging folders except the one to resume, a version that was moved to its place
// and never became current, and links that were not renamed.
func (o *Output) clear(resume bool) error {
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		isResumed := resume && e.Name() == filepath.Base(o.staging) && e.IsDir()
		if !strings.HasPrefix(e.Name(), stagingPrefix) || isResumed {
			continue
		}
		if err := o.disk.Remove(filepath.Join(o.dir, e.Name())); err != nil {
			return err
		}
	}
	if next := o.neverCurrent(); next != "" {
		if !isVersion(next) {
			return notOurs(next,
				"not a version that a run was about to publish, as a link "+currentName+nextSuffix+" says")
		}
		// A half of it would not be known as a version by the run after one that is killed here.
		if err := o.removeVersion(filepath.Base(next)); err != nil {
			return err
		}
	}
	for _, path := range o.linkPaths() { // after the version, since one of these links names it
		if err := o.disk.Remove(path + nextSuffix); err != nil {
			return err
		}
	}
	return nil
}

// neverCurrent returns the folder of a version that was about to become current when its run was killed; "" if there is
// none.
func (o *Output) neverCurrent() string {
	current := filepath.Join(o.dir, currentName)
	next, err := os.Readlink(current + nextSuffix)
	if err != nil {
		return ""
	}
	if now, err := os.Readlink(current); err == nil && now == next {
		return ""
	}
	folder := filepath.Join(o.dir, next)
	if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return folder
}

// Disk returns the disk that the version is written with.
func (o *Output) Disk() disk.Disk { return o.disk }

// Staging returns the folder that the run writes its version into.
func (o *Output) Staging() string { return o.staging }

// runIDLayout is the layout of the time in the ID of a run.
const runIDLayout = "20060102T150405Z"

// NewRunID returns an ID for a run that is made of the time at which it started. A second run in the same second gets
// another one, and so does one that would have an ID that is taken.
func (o *Output) NewRunID(start time.Time, taken ...string) string {
	base := start.UTC().Format(runIDLayout)
	id := base
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(o.dir, versionsName, id)); err != nil && !slices.Contains(taken, id) {
			return id
		}
		id = fmt.Sprintf("%s-%d", base, n)
	}
}

// isRunID reports whether the name of a folder is one that NewRunID returns. Other folders belong to the user.
func isRunID(name string) bool {
	instant, number, isNumbered := strings.Cut(name, "-")
	if _, err := time.Parse(runIDLayout, instant); err != nil {
		return false
	}
	n, err := strconv.Atoi(number)
	return !isNumbered || err == nil && n > 1 && strconv.Itoa(n) == number
}

// Publish makes the staging folder the current version, under the ID of its run and with the manifest in it. It returns
// the folder of the version.
func (o *Output) Publish(run string, m *Manifest) (folder string, err error) {
	versions := filepath.Join(o.dir, versionsName)
	folder = filepath.Join(versions, run)
	if err := o.checkPlaces(); err != nil { // others may have planted something since the run began
		return "", err
	}
	if err := o.completeStaging(run, m); err != nil {
		return "", err
	}
	if err := o.disk.MakeFolders(versions); err != nil {
		return "", fmt.Errorf("making the folder of versions: %w", err)
	}
	// The next link is made before the version is moved to its place. If the run is killed between the two, it tells
	// the next run that the version was never current.
	current := filepath.Join(o.dir, currentName)
	if err := o.disk.Link(current+nextSuffix, filepath.Join(versionsName, run)); err != nil {
		return "", fmt.Errorf("making the link to the version: %w", err)
	}
	if err := o.disk.Rename(o.staging, folder); err != nil {
		return "", fmt.Errorf("moving the version to its place: %w", err)
	}
	for _, step := range []func() error{
		func() error { return o.disk.SyncFolder(versions) },
		o.moveEngineLog,
		func() error { return o.linkFiles(folder) },
		func() error { return o.disk.SyncFolder(o.dir) },
		func() error { return o.disk.Rename(current+nextSuffix, current) },
		// Between these two renames the pointer leads to the version before, which is still there.
		func() error {
			pointer := filepath.Join(o.dir, PointerName)
			return o.disk.Rename(pointer+nextSuffix, pointer)
		},
	} {
		if err := step(); err != nil {
			return "", fmt.Errorf("publishing the version: %w", err)
		}
	}
	if err := o.disk.SyncFolder(o.dir); err != nil {
		return "", fmt.Errorf("the version is current, but the disk did not confirm it: %w", err)
	}
	return folder, nil
}

// completeStaging removes what only the run needs, writes the manifest and the digests of all files into the staging
// folder and the next pointer beside it, and syncs every folder. The files were synced when they were finished.
func (o *Output) completeStaging(run string, m *Manifest) error {
	for _, name := range []string{journalName, NamesName, FactsName, RedirectsName} {
		if err := o.disk.Remove(filepath.Join(o.staging, name)); err != nil {
			return fmt.Errorf("removing what is no part of a version: %w", err)
		}
	}
	m.Run = run // by which the version is known as one of ours
	content, err := m.encode()
	if err == nil {
		err = o.disk.WriteFile(filepath.Join(o.staging, manifestName), content)
	}
	if err != nil {
		return fmt.Errorf("writing the manifest: %w", err)
	}
	if err := writeSums(o.disk, o.staging, m.Files); err != nil {
		return fmt.Errorf("writing the digests of the files: %w", err)
	}
	if err := o.stagePointer(NewPointer(run, content)); err != nil {
		return fmt.Errorf("writing the pointer to the version: %w", err)
	}
	if err := o.disk.SyncFolders(o.staging); err != nil {
		return fmt.Errorf("writing the version to disk: %w", err)
	}
	return nil
}

// moveEngineLog moves the log that DuckDB before 1.5 wrote beside the link to the version that it belongs to. If it
// were left there, every new session would replay it into the new database. The log follows the engine that has it
// open. What remains is a root user with such an engine who opened the database for writing before the swap and first
// writes after it: that log is then made beside the link. The mode of the database prevents it for all other users.
func (o *Output) moveEngineLog() error {
	log := filepath.Join(o.dir, DatabaseName+logSuffix)
	if _, err := os.Lstat(log); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	// The links were checked. They are not followed any further than they lead.
	current, err := os.Readlink(filepath.Join(o.dir, currentName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	place := filepath.Join(o.dir, current, DatabaseName+logSuffix)
	if _, linkErr := os.Lstat(filepath.Join(o.dir, current)); err != nil || linkErr != nil { // the version is gone
		place = filepath.Join(o.dir, versionsName, DatabaseName+logSuffix+orphanSuffix)
	} else if _, err := os.Lstat(place); err == nil { // the log of another engine, which must not be overwritten
		place += orphanSuffix
	}
	if err := o.disk.Rename(log, place); err != nil {
		return err
	}
	return o.disk.SyncFolder(filepath.Dir(place))
}

// linkFiles makes the links beside current that lead to what the version in a folder has.
func (o *Output) linkFiles(folder string) error {
	for _, name := range linkNames {
		if _, err := os.Lstat(filepath.Join(folder, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := o.replaceLink(filepath.Join(o.dir, name), filepath.Join(currentName, name)); err != nil {
			return err
		}
	}
	return nil
}

// replaceLink makes path a link to target in one step.
func (o *Output) replaceLink(path, target string) error {
	if now, err := os.Readlink(path); err == nil && now == target {
		return nil
	}
	if err := o.disk.Link(path+nextSuffix, target); err != nil {
		return err
	}
	return o.disk.Rename(path+nextSuffix, path)
}

// removeVersion removes a version. It is first moved to where the next run removes it if this one is killed: nobody
// finds a half of a version in the folder of versions.
func (o *Output) removeVersion(name string) error {
	aside := filepath.Join(o.dir, stagingPrefix+"old-"+name)
	if err := o.disk.Rename(filepath.Join(o.dir, versionsName, name), aside); err != nil {
		return err
	}
	return o.disk.Remove(aside)
}

// removeBrokenLinks removes the links to what the current version does not have.
func (o *Output) removeBrokenLinks() error {
	for _, name := range linkNames {
		path := filepath.Join(o.dir, name)
		target, err := os.Readlink(path)
		if err != nil || !isLinkTarget(name, target) {
			continue
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			if err := o.disk.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// Keep makes Close leave the staging folder if a finished part is in it. It reports whether there is one.
func (o *Output) Keep() bool {
	if o.staging == "" {
		return false
	}
	info, err := os.Lstat(filepath.Join(o.staging, journalName))
	o.kept = err == nil && info.Mode().IsRegular()
	return o.kept
}

// Close releases the output, and removes a version that was not published unless it is kept. A second Close does
// nothing, since the staging folder may then belong to another run.
func (o *Output) Close() error {
	if !o.lock.Locked() {
		return nil
	}
	if o.kept || o.staging == "" {
		return o.lock.Close()
	}
	return errors.Join(o.disk.Remove(o.staging), o.lock.Close())
}
