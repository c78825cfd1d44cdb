package version

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/apache/arrow/go/v15/arrow"

	"hemicycle/schemas"
)

// Manifest describes a version: what it was made from, how its expectations were met, and every file with its digest.
type Manifest struct {
	Run           string            `json:"run"`
	Pipeline      string            `json:"pipeline"`
	StartedAt     time.Time         `json:"started_at"`
	FinishedAt    time.Time         `json:"finished_at"`
	Version       string            `json:"version"`
	SchemaVersion string            `json:"schema_version"`
	Engines       map[string]string `json:"engines"`
	Source        string            `json:"source"`
	Licence       string            `json:"licence"`
	Counts        Counts            `json:"counts"`
	Inputs        []Input           `json:"inputs"`
	// Templates are the names of election boxes that were read, each with its template.
	Templates map[string]string `json:"templates"`
	// Missing are names that a source has for these templates and that were not read.
	Missing      map[string]string `json:"templates_missing,omitempty"`
	Expectations []Expectation     `json:"expectations"`
	Files        []File            `json:"files"`
}

// Counts has the account of a run, in which documents = with_box + without_box + rejected + other_namespaces +
// redirects and boxes = elections + rejected_boxes.
type Counts struct {
	Documents       int64 `json:"documents"`
	WithBox         int64 `json:"with_box"`
	WithoutBox      int64 `json:"without_box"`
	OtherNamespaces int64 `json:"other_namespaces"`
	Redirects       int64 `json:"redirects"`
	Rejected        int64 `json:"rejected"`
	Boxes           int64 `json:"boxes"`
	Elections       int64 `json:"elections"`
	RejectedBoxes   int64 `json:"rejected_boxes"`
	Incomplete      int64 `json:"incomplete_sources"`
	Sound           int64 `json:"sound_elections"`
	Notes           int64 `json:"notes"`
	Warnings        int64 `json:"warnings"`
	Errors          int64 `json:"errors"`
}

// Input describes a source that was read.
type Input struct {
	URI    string `json:"uri"`
	Format string `json:"format,omitempty"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256,omitempty"`
	Scan   string `json:"scan"`
	// Missing says what the source lacks; nil if it is complete.
	Missing *schemas.Missing `json:"missing,omitempty"`
	// Index says how much was read of a dump of which only the streams were read that an index names.
	Index *schemas.IndexScan `json:"index,omitempty"`
}

// Expectation says what a pipeline expected of a source, and what was found.
type Expectation struct {
	Source   string `json:"source"`
	Subject  string `json:"subject"`
	Expected string `json:"expected"`
	Observed string `json:"observed"`
	Met      bool   `json:"met"`
}

// maxManifest is more bytes than any manifest has, which is some hundred for each file of the input and of the version.
const maxManifest = 1 << 30

// CurrentManifest returns the manifest of the current version, nil if there is none.
func (o *Output) CurrentManifest() (*Manifest, error) {
	path := filepath.Join(o.dir, currentName, manifestName)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the manifest of the last version: %w", err)
	}
	defer f.Close()
	m := &Manifest{}
	if err := json.NewDecoder(io.LimitReader(f, maxManifest)).Decode(m); err != nil {
		return nil, fmt.Errorf("%s is not the manifest of a version: %w; publish once without share_of_last", path, err)
	}
	return m, nil
}

// NewManifest returns the manifest of a finished run, without its files.
func NewManifest(run *schemas.Run, engine string) *Manifest {
	t := run.Total
	return &Manifest{
		Run: run.ID, Pipeline: run.Pipeline, StartedAt: run.StartedAt, FinishedAt: run.FinishedAt,
		Version: run.Version, SchemaVersion: run.SchemaVersion,
		Engines: map[string]string{"duckdb": engine, "arrow": ArrowVersion, "go": runtime.Version()},
		Source:  schemas.Source, Licence: schemas.Licence,
		Counts: Counts{
			Documents: t.Documents, WithBox: t.WithBox, WithoutBox: t.WithoutBox, OtherNamespaces: t.OtherNamespaces,
			Redirects: t.Redirects, Rejected: t.Rejected, Boxes: t.Boxes, Elections: t.Elections,
			RejectedBoxes: t.RejectedBoxes, Incomplete: t.Incomplete, Sound: run.Sound, Notes: run.Notes, Warnings: run.Warnings,
			Errors: run.Errors,
		},
	}
}

// ArrowVersion is the version of the library that writes the Parquet files.
const ArrowVersion = "v" + arrow.PkgVersion
