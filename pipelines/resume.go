package pipelines

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"hemicycle/extract"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// place is where a part of the output ends: before a file, or in its middle.
type place struct {
	Source int     // of the pipeline
	File   int     // of the source: the next to be read, or the one that is being read
	Mark   *string // in the file, of a source that is resumable; nil at its beginning
}

// state is what a run knows when a part of its output ends: with it and the files of its parts it goes
// on as if it had never stopped. What grows with the input is of the part alone.
type state struct {
	Build   string // of the program: another may write other bytes
	Next    place
	Run     schemas.Run
	Sources []sourceAccount
	Current schemas.Account
	Inputs  []version.Input
	URIs    []string
	Seen    []byte // idBytes for each election
}

// idBytes is how many bytes an election takes in a state: the digest of its id, and its origin.
const idBytes = 16 + 3*4

// state is the state of the run at the end of a part.
func (a *account) state(next place) ([]byte, error) {
	build, err := a.build()
	if err != nil {
		return nil, fmt.Errorf("reading the program's own file: %w", err)
	}
	s := state{
		Build: build, Next: next, Run: a.run, Sources: a.sources, Current: a.current,
		Inputs: a.inputs[a.part.inputs:], URIs: a.uris[a.part.uris:], Seen: a.part.seen,
	}
	a.part = sincePart{inputs: len(a.inputs), uris: len(a.uris)}
	return json.Marshal(s)
}

// sincePart is what an account took in since a part of the output ended.
type sincePart struct {
	inputs, uris int // how many there were then
	seen         []byte
}

// note keeps an election's id for the next state.
func (p *sincePart) note(id [16]byte, o origin) {
	p.seen = append(p.seen, id[:]...)
	for _, n := range []int32{o.uri, o.box, o.line} {
		p.seen = binary.LittleEndian.AppendUint32(p.seen, uint32(n))
	}
}

// stateOf reads a state of this run.
func (a *account) stateOf(content []byte) (*state, error) {
	var s state
	if err := json.Unmarshal(content, &s); err != nil {
		return nil, fmt.Errorf("its state cannot be read: %w", err)
	}
	build, err := a.build()
	switch {
	case err != nil:
		return nil, fmt.Errorf("the program's own file cannot be read: %w", err)
	case s.Build != build:
		return nil, errors.New("another build of the program made it")
	case len(s.Seen)%idBytes != 0 || len(s.Sources) != len(a.sources):
		return nil, errors.New("its state is not one of this pipeline")
	}
	return &s, nil
}

// restore brings the account to the end of one more part.
func (a *account) restore(s *state) {
	a.run, a.sources, a.current = s.Run, s.Sources, s.Current
	a.inputs = append(a.inputs, s.Inputs...)
	a.uris = append(a.uris, s.URIs...)
	for seen := s.Seen; len(seen) > 0; seen = seen[idBytes:] {
		number := func(i int) int32 { return int32(binary.LittleEndian.Uint32(seen[16+4*i:])) }
		a.seen[[16]byte(seen)] = origin{number(0), number(1), number(2)}
	}
	a.part = sincePart{inputs: len(a.inputs), uris: len(a.uris)}
}

// find makes the source in whose middle the place lies, if it lies in one, begin there.
func (at place) find(all [][]extract.Source) error {
	inside := at.Source >= 0 && at.Source < len(all) && at.File >= 0 && at.File <= len(all[at.Source])
	switch {
	case !inside || at.Mark != nil && at.File == len(all[at.Source]):
		return errors.New("it ends at a place that this input does not have")
	case at.Mark == nil:
		return nil
	}
	s, ok := all[at.Source][at.File].(extract.Resumable)
	if !ok {
		return fmt.Errorf("%s cannot be gone on with in its middle", all[at.Source][at.File].URI())
	}
	if err := s.Resume(*at.Mark); err != nil {
		return fmt.Errorf("%s cannot be gone on with where it ends: %w", s.URI(), err)
	}
	return nil
}

// programDigest is the SHA-256 of the program's own file.
func programDigest() (string, error) {
	f, err := os.Open("/proc/self/exe") // the file that runs, even where another has taken its name
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

// goOn opens the journal of the staging folder, and brings the account and the sources to the end of
// the last finished part: the start of everything where there is none.
func goOn(o Options, output *version.Output, sources [][]extract.Source, a *account) (*version.Journal, place, error) {
	var from place
	journal, dropped, err := version.OpenJournal(output.Disk(), output.Staging(), func(content []byte) error {
		s, err := a.stateOf(content)
		if err == nil {
			err = s.Next.find(sources)
		}
		if err == nil {
			a.restore(s)
			from = s.Next
		}
		return err
	})
	if err != nil {
		return nil, from, fmt.Errorf("opening the journal of the run to resume: %w", err)
	}
	if dropped != nil {
		o.Log.Warn("not all that was finished can be kept", "reason", dropped)
	}
	parts := journal.Finished().Parts
	switch {
	case parts > 0:
		a.run.ID = output.NewRunID(a.run.StartedAt)
		total := a.soFar()
		o.Log.Info("resumed", "parts", parts, "documents", total.WithBox+total.WithoutBox+total.Rejected, "elections", total.Elections)
	case o.Resume:
		o.Log.Warn("there is nothing to resume: the run begins with its first document")
	}
	return journal, from, nil
}
