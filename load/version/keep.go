package version

import (
	"cmp"
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

// Keep says which versions are kept when another one is published. A version that meets one of the two is kept.
type Keep struct {
	Versions int64 // the number of newest versions; 0 means DefaultVersions
	Days     int64 // versions that were published within so many days
}

// DefaultVersions is how many versions are kept if nobody says otherwise.
const DefaultVersions int64 = 3

// MaxKept bounds both numbers of a Keep.
const MaxKept = 100_000

// oldVersion is what decides whether a version is kept.
type oldVersion struct {
	name    string
	made    time.Time
	repeats bool // it has the same tables as the version before
}

// removable returns the names of the versions that are not kept. Versions that repeat the one before count as one with
// it, as far as the oldest of them is concerned, which has the changes: so a timer that publishes the same again and
// again pushes out neither the last real change nor the version before it.
func (k Keep) removable(current string, all []oldVersion, now time.Time) (names []string) {
	versions := cmp.Or(k.Versions, DefaultVersions)
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b oldVersion) int {
		switch { // the current one is the newest, whatever its age
		case a.name == current:
			return -1
		case b.name == current:
			return 1
		}
		return b.made.Compare(a.made)
	})
	states := int64(0) // different ones so far, each of which ends with the version that made it
	for i, v := range all {
		isNewest := int64(i) < versions
		isWithin := k.isWithin(now.Sub(v.made))
		isState := !v.repeats || i == len(all)-1
		if isState {
			states++
		}
		// The second state is the one before the last real change.
		isKeptState := isState && (states <= max(2, versions) || isWithin)
		if !isNewest && !isKeptState {
			names = append(names, v.name)
		}
	}
	return names
}

// isWithin reports whether a version of some age is kept for its age.
func (k Keep) isWithin(age time.Duration) bool {
	return k.Days > 0 && age <= time.Duration(k.Days)*24*time.Hour
}

// KeepsCopy reports whether a copy of a version is kept elsewhere: so many of the newer versions are there, and it has
// that age. What the versions have is not known there, so those that repeat the one before count like all others.
func (k Keep) KeepsCopy(newer int64, age time.Duration) bool {
	return newer < cmp.Or(k.Versions, DefaultVersions) || k.isWithin(age)
}

// HasVersion reports whether the output folder has the version of a run.
func (o *Output) HasVersion(run string) bool {
	return isVersion(filepath.Join(o.dir, versionsName, run))
}

// Prune removes the versions that are not to be kept, and the links to what the current version does not have. It
// removes no version that a reader holds open, as far as that can be seen, and returns the names of those.
func (o *Output) Prune(current string, keep Keep, now time.Time) (held []string, err error) {
	if err := o.removeBrokenLinks(); err != nil {
		return nil, fmt.Errorf("removing a link that leads nowhere: %w", err)
	}
	entries, err := os.ReadDir(filepath.Join(o.dir, versionsName))
	if err != nil {
		return nil, err
	}
	var all []oldVersion
	for _, e := range entries {
		folder := filepath.Join(o.dir, versionsName, e.Name())
		if isVersion(folder) {
			all = append(all, oldVersion{name: e.Name(), made: startedAt(e.Name()), repeats: repeats(folder)})
		}
	}
	for _, name := range keep.removable(current, all, now) {
		isHeld, err := o.removeUnlessHeld(name)
		if err != nil {
			return held, fmt.Errorf("removing an old version: %w", err)
		}
		if isHeld {
			held = append(held, name)
		}
	}
	return held, nil
}

// startedAt returns when a run began, as its ID says. The time of its folder changes with every copy, and with a report
// that is made in it. Of two runs of one second, the later one has the larger number.
func startedAt(run string) time.Time {
	instant, number, _ := strings.Cut(run, "-")
	started, err := time.Parse(runIDLayout, instant)
	if err != nil {
		return time.Time{}
	}
	n, _ := strconv.Atoi(number)
	return started.Add(time.Duration(n))
}

// repeats reports whether a version has the same tables as the one before.
func repeats(folder string) bool {
	m, _, err := readManifest(filepath.Join(folder, manifestName))
	return err == nil && m.Changes != nil && m.Changes.Rows == 0 && m.Changes.Failure == "" &&
		len(m.Changes.NotCompared) == 0
}

// removeUnlessHeld removes a version unless a reader holds it. Nobody can begin to hold it meanwhile.
func (o *Output) removeUnlessHeld(name string) (isHeld bool, err error) {
	folder := filepath.Join(o.dir, versionsName, name)
	if isLockedDatabase(filepath.Join(folder, DatabaseName)) {
		return true, nil
	}
	// On a file system without locks, no reader can be seen.
	lock := manifestLock(folder)
	if locked, err := lock.TryLock(); err == nil && !locked {
		return true, nil
	}
	return false, errors.Join(o.removeVersion(name), lock.Close())
}

// manifestLock returns the lock by which the readers of this program hold a version.
func manifestLock(folder string) *flock.Flock {
	return flock.New(filepath.Join(folder, manifestName), flock.SetFlag(os.O_RDONLY|disk.NoFollow))
}

// holdVersion holds a version, so that no run removes it before the lock is closed. If the file system has no locks, or
// the file may not be read, the version is read without.
func holdVersion(folder string) *flock.Flock {
	lock := manifestLock(folder)
	if info, err := os.Lstat(lock.Path()); err == nil && info.Mode().IsRegular() {
		_, _ = lock.TryRLock()
	}
	return lock
}

// isGone reports whether the folder of a version is no more where it was.
func isGone(folder string) bool {
	_, err := os.Lstat(folder)
	return errors.Is(err, fs.ErrNotExist)
}
