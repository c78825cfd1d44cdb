package pipelines

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"hemicycle/extract"
	"hemicycle/extract/dump"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/pipelines/jobinput"
	"hemicycle/schemas"
)

// A job is a run that is cut into pieces. Planning writes what is to be read into one file, job.json. Each piece is
// then read on its own, on any machine that sees the folder of the job and the inputs under the same paths, any number
// of times (piece.go). Publishing makes one version of all pieces (gather.go). When and where a piece is read, and how
// often, is for others to decide: the job has no scheduler and no network.

// Job is what is to be read, and in which pieces.
type Job struct {
	Format  int    `json:"format"`
	ID      string `json:"id"` // a digest of everything else
	Version string `json:"version"`
	Build   string `json:"build"` // of the program that planned it, which alone reads and publishes it
	// Folder is the working folder in which the job was planned, from which relative paths start.
	Folder   string           `json:"folder"`
	Pipeline *Pipeline        `json:"pipeline"`
	Embedded bool             `json:"embedded,omitempty"` // the files of the pipeline are in the program
	Base     string           `json:"base,omitempty"`     // the folder from which the files of the pipeline start
	Inputs   []jobinput.Input `json:"inputs"`
	Pieces   []JobPiece       `json:"pieces"`

	dir string
}

// JobPiece is what is read at a time: some inputs, or a part of one.
type JobPiece struct {
	Input  int         `json:"input"` // the first
	Inputs int         `json:"inputs"`
	Part   *dump.Piece `json:"part,omitempty"`   // of the one input
	Digest bool        `json:"digest,omitempty"` // of the one input nothing but the digest is computed
}

// JobOptions are what the planner of a job decides.
type JobOptions struct {
	PieceBytes int64 // of a file that a piece has; the default is 256 MB
	NoDigest   bool  // the SHA-256 of dumps that are cut is left out of the tables
	Again      bool  // takes the place of another job in the folder
}

// jobName is the file of the job.
const jobName = "job.json"

// FinalError is the error of a job that a further try ends with too: another build, other inputs, a piece that there is
// not.
type FinalError struct{ Err error }

func (e *FinalError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *FinalError) Unwrap() error { return e.Err }

// finalf returns a FinalError.
func finalf(format string, args ...any) error { return &FinalError{fmt.Errorf(format, args...)} }

// ErrOtherJob means that the folder holds another job than the one that is planned.
var ErrOtherJob = errors.New("the folder holds another job")

// PlanJob cuts a pipeline into pieces and writes the job into a folder. If the folder holds the same job, nothing
// changes.
func PlanJob(ctx context.Context, p *Pipeline, o Options, dir string, jo JobOptions) (*Job, error) {
	if slices.Contains(p.Sinks, load.JSONLines) {
		return nil, fmt.Errorf("the pipeline %s writes JSON lines, which are one file that grows: a job writes Parquet "+
			"files and the database; leave %s out of sinks", schemas.Printable(p.Name), load.JSONLines)
	}
	if p.Partition != "" {
		return nil, fmt.Errorf("the pipeline %s lays its output out by wiki, and the pieces of a job do not know which "+
			"wikis the others read: leave the key partition out", schemas.Printable(p.Name))
	}
	for _, s := range p.Sources {
		if slices.Contains(s.Files, extract.StandardInput) && p.base == "" {
			return nil, errors.New("a job cannot read standard input, which is there only once: expected files")
		}
	}
	folder, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	build, err := o.build()
	if err != nil {
		return nil, fmt.Errorf("reading the program's own file: %w", err)
	}
	if p, err = p.withMirrors(o.Output); err != nil {
		return nil, err
	}
	j := &Job{
		Format: 1, Version: o.Version, Build: build, Folder: folder, Pipeline: p, Embedded: p.fsys != nil,
		Base: p.base, dir: dir,
	}
	if err := j.cut(ctx, o, &jo); err != nil {
		return nil, err
	}
	if j.ID, err = j.digest(); err != nil {
		return nil, err
	}
	return j, j.write(jo.Again)
}

// cut finds the inputs of the job and cuts them into pieces.
func (j *Job) cut(ctx context.Context, o Options, jo *JobOptions) error {
	sources, err := j.Pipeline.open(ctx, o.Log)
	if err != nil {
		return err
	}
	const defaultBytes = 256_000_000
	const maxInputs = 1000 // small files that are read in one piece
	size := cmp.Or(jo.PieceBytes, defaultBytes)
	open := int64(0) // bytes of the inputs in the last piece; 0 if nothing is added to it
	for i, files := range sources {
		open = 0
		for _, s := range files {
			input, err := jobinput.Describe(i, s)
			if err != nil {
				return err
			}
			j.Inputs = append(j.Inputs, input)
			n := len(j.Inputs) - 1
			if d, ok := s.(*dump.Source); ok {
				parts, err := d.Split(ctx, size)
				if err != nil {
					return err
				}
				for k := range parts {
					j.Pieces = append(j.Pieces, JobPiece{Input: n, Inputs: 1, Part: &parts[k]})
				}
				if open = 0; len(parts) > 0 {
					if !jo.NoDigest {
						j.Pieces = append(j.Pieces, JobPiece{Input: n, Inputs: 1, Digest: true})
					}
					continue
				}
			}
			bytes := max(1, input.Bytes())
			last := len(j.Pieces) - 1
			if open > 0 && open+bytes <= size && j.Pieces[last].Inputs < maxInputs {
				j.Pieces[last].Inputs++
				open += bytes
				continue
			}
			j.Pieces = append(j.Pieces, JobPiece{Input: n, Inputs: 1})
			open = bytes
		}
	}
	return context.Cause(ctx)
}

// digest returns the digest of the job.
func (j *Job) digest() (string, error) {
	unnamed := *j
	unnamed.ID = ""
	content, err := json.Marshal(unnamed)
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])[:32], err
}

// write writes the job into its folder, unless it is there.
func (j *Job) write(again bool) error {
	d := disk.Disk{}
	if err := d.MakeFolders(j.dir); err != nil {
		return err
	}
	path := filepath.Join(j.dir, jobName)
	switch other, err := readJob(j.dir); {
	case errors.Is(err, fs.ErrNotExist):
	case err == nil && other.ID == j.ID:
		return nil
	case !again:
		return fmt.Errorf("%s: %w: other inputs, another pipeline, another build or other pieces; name another folder, "+
			"or plan with --again in its place", schemas.Printable(j.dir), ErrOtherJob)
	}
	content, err := json.MarshalIndent(j, "", " ")
	if err != nil {
		return err
	}
	if err := d.WriteFile(path, append(content, '\n')); err != nil {
		return err
	}
	return d.SyncFolder(j.dir)
}

// readJob reads the job of a folder.
func readJob(dir string) (*Job, error) {
	content, err := os.ReadFile(filepath.Join(dir, jobName))
	if err != nil {
		return nil, err
	}
	j := &Job{dir: dir}
	if err := json.Unmarshal(content, j); err != nil {
		return nil, fmt.Errorf("%s is no job: %w", schemas.Printable(filepath.Join(dir, jobName)), err)
	}
	switch id, err := j.digest(); {
	case err != nil:
		return nil, err
	case j.Format != 1 || j.Pipeline == nil || id != j.ID:
		return nil, finalf("%s is not as it was planned: plan the job again",
			schemas.Printable(filepath.Join(dir, jobName)))
	}
	if j.Pipeline.base = j.Base; j.Embedded {
		j.Pipeline.fsys = embeddedFiles
	}
	return j, nil
}

// OpenJob opens the job of a folder.
func OpenJob(dir string) (*Job, error) {
	j, err := readJob(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no job: expected %s in it, which `hemicycle job plan` writes; "+
			"on a machine of a cluster, is the folder mounted?", schemas.Printable(dir), jobName)
	}
	return j, err
}

// HasRelativePaths reports whether the inputs are where they are only for a process in the folder of the plan.
func (j *Job) HasRelativePaths() bool {
	for i := range j.Inputs {
		for _, f := range j.Inputs[i].Files {
			if !filepath.IsAbs(f.Path) {
				return true
			}
		}
	}
	isRelative := func(s Source) bool { return s.Live != nil && !filepath.IsAbs(s.Live.Mirror) }
	return slices.ContainsFunc(j.Pipeline.Sources, isRelative)
}

// checkBuild refuses a job that another build of the program has planned.
func (j *Job) checkBuild(o *Options) error {
	build, err := o.build()
	switch {
	case err != nil:
		return fmt.Errorf("reading the program's own file: %w", err)
	case build != j.Build:
		return finalf("this is another build of the program than the one that planned the job, version %s: "+
			"other builds may write other bytes; install the same on every machine, or plan the job again", j.Version)
	}
	return nil
}

// openInputs opens the inputs of the job, and refuses those that are not what was planned. Of the inputs only some are
// looked at: as many, from the first on.
func (j *Job) openInputs(ctx context.Context, o *Options, first, count int) ([]extract.Source, error) {
	all, err := j.Pipeline.open(ctx, o.Log)
	if err != nil {
		return nil, err
	}
	var sources []extract.Source
	for _, files := range all {
		sources = append(sources, files...)
	}
	if len(sources) != len(j.Inputs) {
		return nil, finalf("the job was planned with %d inputs, and %d are here: plan it again", len(j.Inputs), len(sources))
	}
	for i := first; i < first+count; i++ {
		want := &j.Inputs[i]
		got, err := jobinput.Describe(want.Source, sources[i])
		if err != nil {
			return nil, err
		}
		if diff := want.DiffersFrom(&got); diff != "" {
			return nil, finalf("%s is not the input that the job was planned with: %s; plan the job again",
				schemas.Printable(want.URI), diff)
		}
	}
	return sources, nil
}
