package pipelines

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"hemicycle/extract"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// inputPosition is where a part of the output ends: before a file, or in the middle of one.
type inputPosition struct {
	Source     int     // of the pipeline
	File       int     // of the source: the next to be read, or the one that is being read
	Checkpoint *string // in the middle of a file that is resumable; nil at its beginning
}

// runState is what a run knows when a part of its output ends. With it and the files of its parts, a run continues as
// if it had never stopped. What grows with the input is kept for the one part only.
type runState struct {
	Build   string // of the program; another build may write other bytes
	Next    inputPosition
	Run     schemas.Run
	Sources []sourceAccount
	Current schemas.Account
	Inputs  []version.Input
	URIs    []string
	Pages   doubtfulPages
	Seen    []byte           // idBytes for each election
	Rows    map[string]int64 // of each table, of all parts so far
	Wikis   []string         // of all documents of the files that were read to their end
	OfFile  []string         // of the documents so far of the file that is being read
	Tallies version.Tallies
}

// idBytes is how many bytes an election takes in a state: the digest of its id, and where it was first seen.
const idBytes = 16 + 3*4

// marshalState returns the state of the run at the end of a part; next is where the part after it begins.
func (a *account) marshalState(next inputPosition) ([]byte, error) {
	build, err := a.build()
	if err != nil {
		return nil, fmt.Errorf("reading the program's own file: %w", err)
	}
	s := runState{
		Build: build, Next: next, Run: a.run, Sources: a.sources, Current: a.current, Pages: a.pages,
		Inputs: a.inputs[a.unsaved.inputs:], URIs: a.uris[a.unsaved.uris:], Seen: a.unsaved.seen,
		Rows: a.rows, Wikis: slices.Sorted(maps.Keys(a.read)), OfFile: slices.Sorted(maps.Keys(a.ofFile)), Tallies: a.tallies,
	}
	a.unsaved = unsavedPart{inputs: len(a.inputs), uris: len(a.uris)}
	return json.Marshal(s)
}

// unsavedPart is what an account has taken in since the last part of the output ended.
type unsavedPart struct {
	inputs, uris int // how many there were at that end
	seen         []byte
}

// add keeps an election's id for the next state.
func (p *unsavedPart) add(id [16]byte, o firstSeen) {
	p.seen = append(p.seen, id[:]...)
	for _, n := range []int32{o.uri, o.box, o.line} {
		p.seen = binary.LittleEndian.AppendUint32(p.seen, uint32(n))
	}
}

// unmarshalState reads a state of this run.
func (a *account) unmarshalState(content []byte) (*runState, error) {
	var s runState
	if err := json.Unmarshal(content, &s); err != nil {
		return nil, fmt.Errorf("its state cannot be read: %w", err)
	}
	build, err := a.build()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the program's own file cannot be read: %w", err)
	case s.Build != build:
		return nil, errors.New("another build of the program made it")
	case len(s.Seen)%idBytes != 0 || len(s.Sources) != len(a.sources) || !s.namesItsFiles(len(a.uris)):
		return nil, errors.New("its state is not one of this pipeline")
	}
	return &s, nil
}

// namesItsFiles reports whether every id was seen in a file that is known, if so many are known from earlier states.
func (s *runState) namesItsFiles(known int) bool {
	for seen := s.Seen; len(seen) > 0; seen = seen[idBytes:] {
		if uri := int32(binary.LittleEndian.Uint32(seen[16:])); uri < 0 || int(uri) >= known+len(s.URIs) {
			return false
		}
	}
	return true
}

// restore brings the account to the end of one more part.
func (a *account) restore(s *runState) {
	a.run, a.sources, a.current, a.pages, a.tallies = s.Run, s.Sources, s.Current, s.Pages, s.Tallies
	a.inputs = append(a.inputs, s.Inputs...)
	a.uris = append(a.uris, s.URIs...)
	for seen := s.Seen; len(seen) > 0; seen = seen[idBytes:] {
		number := func(i int) int32 { return int32(binary.LittleEndian.Uint32(seen[16+4*i:])) }
		a.seen[[16]byte(seen)] = firstSeen{number(0), number(1), number(2)}
	}
	clear(a.rows)
	maps.Copy(a.rows, s.Rows)
	for _, known := range []struct {
		wikis map[string]bool
		named []string
	}{{a.read, s.Wikis}, {a.ofFile, s.OfFile}} {
		clear(known.wikis)
		for _, wiki := range known.named {
			known.wikis[wiki] = true
		}
	}
	a.unsaved = unsavedPart{inputs: len(a.inputs), uris: len(a.uris)}
}

// seek makes the source begin at the position if the position is in the middle of one.
func (at inputPosition) seek(all [][]extract.Source) error {
	knownSource := at.Source >= 0 && at.Source < len(all)
	knownFile := knownSource && at.File >= 0 && at.File <= len(all[at.Source])
	switch {
	case !knownFile || at.Checkpoint != nil && at.File == len(all[at.Source]):
		return errors.New("it ends at a position that this input does not have")
	case at.Checkpoint == nil:
		return nil
	}
	s, ok := all[at.Source][at.File].(extract.Resumable)
	if !ok {
		return fmt.Errorf("%s cannot be resumed in its middle", schemas.Printable(all[at.Source][at.File].URI()))
	}
	if err := s.Resume(*at.Checkpoint); err != nil {
		return fmt.Errorf("%s cannot be resumed at this place: %w", schemas.Printable(s.URI()), err)
	}
	return nil
}

// programDigest returns the SHA-256 of the program's own file.
func programDigest() (string, error) {
	f, err := os.Open("/proc/self/exe") // the file that runs, even if another one has taken its name
	if err != nil {
		path, err := os.Executable()
		if err != nil {
			return "", err
		}
		if f, err = os.Open(path); err != nil {
			return "", err
		}
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// openJournal opens the journal of the staging folder, and brings the account and the sources to the end of the last
// finished part. It returns where the input continues, which is its beginning if no part is finished.
func (r *activeRun) openJournal(sources [][]extract.Source) (inputPosition, error) {
	var from inputPosition
	a, o := r.account, r.options
	journal, dropped, err := version.OpenJournal(r.output.Disk(), r.output.Staging(), func(content []byte) error {
		s, err := a.unmarshalState(content)
		if err == nil {
			err = s.Next.seek(sources)
		}
		if err == nil {
			a.restore(s)
			from = s.Next
		}
		return err
	})
	if err != nil {
		return from, fmt.Errorf("opening the journal of the run to resume: %w", err)
	}
	r.journal = journal
	if dropped != nil {
		o.Log.Warn("some finished parts cannot be reused", "reason", dropped)
	}
	parts := journal.Finished().Parts
	switch {
	case parts > 0:
		a.run.ID = r.output.NewRunID(a.run.StartedAt)
		total := a.soFar()
		o.Log.Info("resumed", "parts", parts, "documents", total.WithBox+total.WithoutBox+total.Rejected,
			"elections", total.Elections)
	case o.Resume:
		o.Log.Warn("there is nothing to resume: the run begins with its first document")
	}
	return from, nil
}
