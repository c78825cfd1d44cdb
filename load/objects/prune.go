package objects

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Rule returns which versions stay, of the runs of all whole versions from the newest to the oldest and the run that
// the pointer names.
type Rule func(runs []Run, current string) (kept []string)

// Run is the run of a version.
type Run struct {
	Name    string
	Started time.Time // which its name says
	number  int       // of the runs that started in that second
}

// compare returns which of two runs is the older one, as cmp.Compare does.
func (r Run) compare(o Run) int {
	return cmp.Or(r.Started.Compare(o.Started), cmp.Compare(r.number, o.number))
}

// runName matches the names of runs. Other folders belong to others.
var runName = regexp.MustCompile(`^([0-9]{8}T[0-9]{6}Z)(?:-([1-9][0-9]{0,8}))?$`)

// runOf returns the run that the name of a folder is of.
func runOf(name string) (Run, bool) {
	m := runName.FindStringSubmatch(name)
	if m == nil {
		return Run{}, false
	}
	started, err := time.Parse("20060102T150405Z", m[1])
	if err != nil {
		return Run{}, false
	}
	number := 1
	if m[2] != "" {
		number, err = strconv.Atoi(m[2])
	}
	return Run{Name: name, Started: started, number: number}, err == nil
}

// prune removes the versions that the rule does not keep, and what uploads left that were never completed. It leaves
// every version that is newer than the one that the pointer names, since it may be on its way, and that one itself.
func (s *Store) prune(ctx context.Context, keep Rule, last string) (removed int, err error) {
	now, err := s.readPointer(ctx)
	if err != nil || !now.found {
		return 0, err
	}
	current, ok := runOf(now.run)
	if !ok {
		return 0, fmt.Errorf("%s names %q, which is no run of ours", s.key(PointerName), now.run)
	}
	names, err := s.folders(ctx, s.key(versionsName+"/"))
	if err != nil {
		return 0, err
	}
	var whole []Run
	var old []string
	for _, name := range names {
		run, ok := runOf(name)
		switch {
		case !ok:
		case name == now.run:
			whole = append(whole, run)
		case run.compare(current) > 0:
		default:
			isWhole, err := s.exists(ctx, s.folder(name)+last)
			if err != nil {
				return 0, err
			}
			if isWhole {
				whole = append(whole, run)
			} else {
				old = append(old, name)
			}
		}
	}
	slices.SortFunc(whole, func(a, b Run) int { return b.compare(a) })
	kept := keep(whole, now.run)
	for _, run := range whole {
		if run.Name != now.run && !slices.Contains(kept, run.Name) {
			old = append(old, run.Name)
		}
	}
	for _, name := range old {
		if err := s.removeVersion(ctx, name, last); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// exists reports whether there is an object.
func (s *Store) exists(ctx context.Context, key string) (bool, error) {
	sizes, err := s.list(ctx, key)
	_, ok := sizes[key]
	return ok, err
}

// errPointed means that the pointer names a version that was about to be removed.
var errPointed = errors.New("the pointer names an old version again, so that it stays")

// removeVersion removes the objects of a version: first the one by which it is known as whole.
func (s *Store) removeVersion(ctx context.Context, run, last string) error {
	now, err := s.readPointer(ctx)
	if err != nil {
		return err
	}
	if now.run == run {
		return errPointed
	}
	if err := s.remove(ctx, s.folder(run)+last); err != nil {
		return err
	}
	sizes, err := s.list(ctx, s.folder(run))
	if err != nil {
		return err
	}
	var keys []string
	for key := range sizes {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	if err := inParallel(ctx, len(keys), parallelObjects, func(ctx context.Context, i int) error {
		return s.remove(ctx, keys[i])
	}); err != nil {
		return err
	}
	return s.abortParts(ctx, s.folder(run))
}
