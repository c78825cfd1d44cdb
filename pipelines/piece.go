package pipelines

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"hemicycle/extract"
	"hemicycle/extract/dump"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/pipelines/jobinput"
	"hemicycle/schemas"
)

// pieceResult is what was read of a piece. It is in the folder of the piece, beside the files.
type pieceResult struct {
	Job     string           `json:"job"`
	Piece   int              `json:"piece"`
	Host    string           `json:"host"`
	Seconds float64          `json:"seconds"`
	Files   []version.File   `json:"files"`
	State   *runState        `json:"state,omitempty"`
	Sources []pieceSource    `json:"sources,omitempty"`
	Ends    dump.PieceResult `json:"ends,omitzero"` // of a part of a dump
	SHA256  string           `json:"sha256,omitempty"`

	folder string
}

// pieceSource is the account of a source in a piece: what became of its documents, and what the source itself says.
type pieceSource struct {
	Current schemas.Account `json:"current"`
	End     schemas.Account `json:"end"`
}

const (
	resultName  = "result.json"
	piecePrefix = "pieces-" // of the folder with the pieces of a job
)

// piecesFolder returns the folder with the pieces.
func (j *Job) piecesFolder() string { return filepath.Join(j.dir, piecePrefix+j.ID[:12]) }

// pieceFolder returns the folder of a piece.
func (j *Job) pieceFolder(n int) string {
	return filepath.Join(j.piecesFolder(), fmt.Sprintf("%05d", n))
}

// PieceOutcome is what became of reading a piece.
type PieceOutcome struct {
	Pieces    int
	WasDone   bool // it was read before, by this reader or by another one
	Elections int64
}

// ReadPiece reads a piece of the job, counted from 1, unless it was read. Several readers of one piece do not disturb
// each other: each writes into a folder of its own, and the first that is done gives the piece its folder. What the
// others have written is the same.
func (j *Job) ReadPiece(ctx context.Context, n int, o Options) (*PieceOutcome, error) {
	if n < 1 || n > len(j.Pieces) {
		return nil, finalf("there is no piece %d: the job has the pieces 1 to %d", n, len(j.Pieces))
	}
	if err := j.checkBuild(&o); err != nil {
		return nil, err
	}
	outcome := &PieceOutcome{Pieces: len(j.Pieces)}
	if r, err := j.pieceResult(n); err == nil {
		outcome.WasDone, outcome.Elections = true, r.elections()
		return outcome, nil
	}
	p := j.Pieces[n-1]
	sources, err := j.openInputs(ctx, &o, p.Input, p.Inputs)
	if err != nil {
		return nil, err
	}
	d := disk.Disk{}
	host, _ := os.Hostname() // an unknown one is said to be none
	own := fmt.Sprintf(".%05d-%s-%d-%s", n, strings.ReplaceAll(host, "/", ""), os.Getpid(), rand.Text()[:8])
	folder := filepath.Join(j.piecesFolder(), own)
	if err := d.MakeFolders(folder); err != nil {
		return nil, err
	}
	defer d.Remove(folder)
	r, err := j.readPiece(ctx, n, &o, sources, folder, nil, nil)
	if err != nil {
		return nil, err
	}
	r.Host = host
	outcome.Elections = r.elections()
	content, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	if err := d.WriteFile(filepath.Join(folder, resultName), content); err != nil {
		return nil, err
	}
	if err := d.SyncFolders(folder); err != nil {
		return nil, err
	}
	if err := os.Remove(j.pieceFolder(n)); err == nil { // an empty folder is no piece
		o.Log.Warn("an empty folder was removed", "folder", j.pieceFolder(n))
	}
	err = d.Rename(folder, j.pieceFolder(n))
	if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.ENOTEMPTY) { // another reader was first
		if _, err := j.pieceResult(n); err != nil {
			return nil, fmt.Errorf("%s is in the place of the piece: %w", schemas.Printable(j.pieceFolder(n)), err)
		}
		outcome.WasDone = true
		return outcome, nil
	}
	if err != nil {
		return nil, err
	}
	return outcome, d.SyncFolder(j.piecesFolder())
}

// elections returns how many elections were read.
func (r *pieceResult) elections() (n int64) {
	for i := range r.Sources {
		n += r.Sources[i].Current.Elections
	}
	return n
}

// pieceResult returns what was read of a piece.
func (j *Job) pieceResult(n int) (*pieceResult, error) {
	folder := j.pieceFolder(n)
	content, err := os.ReadFile(filepath.Join(folder, resultName))
	if err != nil {
		return nil, err
	}
	r := &pieceResult{folder: folder}
	if err := json.Unmarshal(content, r); err != nil {
		return nil, fmt.Errorf("what was read of the piece %d is damaged: %w; remove %s and read the piece again", n, err,
			schemas.Printable(folder))
	}
	if r.Job != j.ID || r.Piece != n {
		return nil, fmt.Errorf("%s is not the piece %d of this job; remove it and read the piece again",
			schemas.Printable(folder), n)
	}
	return r, nil
}

// readPiece reads a piece into a folder. Of a part of a dump, another part can be read in its place, which begins
// elsewhere. The elections that were loaded before are given as seen.
func (j *Job) readPiece(
	ctx context.Context, n int, o *Options, sources []extract.Source, folder string, part *dump.Piece, known *account,
) (*pieceResult, error) {
	started := time.Now()
	p, d := j.Pieces[n-1], disk.Disk{}
	r := &pieceResult{Job: j.ID, Piece: n, folder: folder}
	own := sources[p.Input : p.Input+p.Inputs]
	if p.Digest {
		verify := j.Pipeline.Sources[j.Inputs[p.Input].Source].Verify
		return r, r.computeDigest(ctx, own[0], &j.Inputs[p.Input], verify, started)
	}
	if part == nil {
		part = p.Part
	}
	dumped, _ := own[0].(*dump.Source)
	if part != nil {
		if err := dumped.SetPiece(*part); err != nil {
			return nil, err
		}
	}
	pipeline := j.Pipeline.withNamesOf([][]extract.Source{sources})
	all := make([][]extract.Source, len(pipeline.Sources))
	all[j.Inputs[p.Input].Source] = own

	a := newAccount(pipeline, *o, version.NewOutput(d, folder), started)
	if known != nil {
		a.seen, a.uris = known.seen, known.uris
	}
	finished := version.FinishedParts{Parts: n - 1}
	sinks, err := openSinks(d, folder, pipeline, finished)
	if err != nil {
		return nil, err
	}
	defer load.CloseAll(sinks)
	sinks = append(sinks, a.rows)
	steps := documents(ctx, all, inputPosition{}, math.MaxInt)
	for step := range inOrder(ctx, steps, workerCount(o.Workers), pipeline.worker(extract.Options{}, o.election)) {
		if a.internalErrors() < maxLoggedErrors {
			step.logInternalError(o.Log)
		}
		if step.end != nil {
			source := pieceSource{Current: a.current, End: *step.end}
			source.End.Wikis = a.closeWikis(step.source, step.end.Wikis)
			r.Sources = append(r.Sources, source)
			a.current = schemas.Account{}
			continue
		}
		for _, record := range a.enter(step) {
			for _, s := range sinks {
				if err := s.Write(record); err != nil {
					return nil, err
				}
			}
			o.show(record)
		}
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("stopped, and nothing of the piece is kept: %w", context.Cause(ctx))
	}
	for _, s := range sinks {
		files, err := s.FinishPart()
		if err != nil {
			return nil, err
		}
		r.Files = append(r.Files, files...)
	}
	state, err := a.marshalState(inputPosition{})
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(state, &r.State); err != nil {
		return nil, err
	}
	if part != nil {
		r.Ends = dumped.PieceResult()
	}
	r.Seconds = time.Since(started).Seconds()
	return r, r.checkReadable()
}

// checkReadable returns an error if a file could not be opened or read at all: on another machine, or later, it may be.
// A run would publish what it says of the file as an incomplete source.
func (r *pieceResult) checkReadable() error {
	for i := range r.Sources {
		m := r.Sources[i].Current.Missing
		if m != nil && m.Reason == schemas.ReasonUnreadable && strings.HasPrefix(m.Detail, "the file cannot be ") {
			return fmt.Errorf("%s cannot be read here: %s", schemas.Printable(r.Sources[i].End.SourceURI), m.Detail)
		}
	}
	return nil
}

// computeDigest computes the digest of an input, and compares it with the published one if the pipeline asks for that.
func (r *pieceResult) computeDigest(
	ctx context.Context, s extract.Source, input *jobinput.Input, verify bool, started time.Time,
) (err error) {
	d, ok := s.(*dump.Source)
	if !ok {
		return finalf("%s is no dump any more", schemas.Printable(s.URI()))
	}
	if r.SHA256, err = d.Digest(ctx); err != nil {
		return err
	}
	if stated := input.Files[0].SHA256; verify && r.SHA256 != stated {
		return finalf("%s is not the file that was published: its SHA-256 is %s, SHA256SUMS says %s; fetch it again",
			schemas.Printable(s.URI()), r.SHA256, schemas.Printable(stated))
	}
	r.Seconds = time.Since(started).Seconds()
	return nil
}

// MissingPieces returns the numbers of the pieces that were not read yet.
func (j *Job) MissingPieces() []int {
	var missing []int
	for n := 1; n <= len(j.Pieces); n++ {
		if _, err := j.pieceResult(n); err != nil {
			missing = append(missing, n)
		}
	}
	return missing
}

// JobStatus is how far a job has come.
type JobStatus struct {
	Pieces  int           `json:"pieces"`
	Done    int           `json:"done"`
	Missing []int         `json:"missing"`
	Slowest []PieceTiming `json:"slowest"`
	Seconds float64       `json:"seconds"` // that all pieces took together
	Hosts   []string      `json:"hosts"`
}

// PieceTiming is how long the reading of a piece took.
type PieceTiming struct {
	Piece   int     `json:"piece"`
	Seconds float64 `json:"seconds"`
	Host    string  `json:"host"`
}

// Status returns how far the job has come.
func (j *Job) Status() *JobStatus {
	s := &JobStatus{Pieces: len(j.Pieces), Missing: []int{}, Hosts: []string{}, Slowest: []PieceTiming{}}
	for n := 1; n <= len(j.Pieces); n++ {
		r, err := j.pieceResult(n)
		if err != nil {
			s.Missing = append(s.Missing, n)
			continue
		}
		s.Done++
		s.Seconds += r.Seconds
		s.Slowest = append(s.Slowest, PieceTiming{n, r.Seconds, r.Host})
		if !slices.Contains(s.Hosts, r.Host) {
			s.Hosts = append(s.Hosts, r.Host)
		}
	}
	slices.SortStableFunc(s.Slowest, func(a, b PieceTiming) int {
		switch {
		case a.Seconds > b.Seconds:
			return -1
		case a.Seconds < b.Seconds:
			return 1
		}
		return 0
	})
	const shown = 3
	s.Slowest = s.Slowest[:min(len(s.Slowest), shown)]
	return s
}

// Clean removes the pieces of a job and the job itself, and nothing else from its folder.
func (j *Job) Clean() error {
	d := disk.Disk{}
	entries, err := os.ReadDir(j.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), piecePrefix) {
			if err := d.Remove(filepath.Join(j.dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return d.Remove(filepath.Join(j.dir, jobName))
}
