package version

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
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
	LicenceSPDX   string            `json:"licence_spdx,omitempty"`
	Counts        Counts            `json:"counts"`
	Tallies
	Inputs []Input `json:"inputs"`
	// Templates are the names of election boxes that were read, each with its template.
	Templates map[string]string `json:"templates"`
	// Missing are names that a source has for these templates and that were not read.
	Missing      map[string]string `json:"templates_missing,omitempty"`
	Expectations []Expectation     `json:"expectations"`
	// Changes says with what the table changes compares this version; nil if it is the first one.
	Changes *Comparison `json:"changes,omitempty"`
	// Plan is a digest of all that the version was made from: inputs, pipeline and program. A run with the same plan
	// would make the same version.
	Plan string `json:"plan,omitempty"`
	// Status is the exit status of the run.
	Status int `json:"status"`
	// Layout is partition.ByWiki if the files of a version are laid out by wiki; "" if they are not.
	Layout string `json:"layout,omitempty"`
	// Wikis are those of which the run made the rows, and Partitions all wikis of the version, of a version that is laid
	// out by wiki; "" among them stands for pages of no wiki.
	Wikis      []string    `json:"wikis,omitempty"`
	Partitions []Partition `json:"partitions,omitempty"`
	// EarlierRuns are the runs that made the rows of the other wikis.
	EarlierRuns []EarlierRun `json:"earlier_runs,omitempty"`
	// Files has every file of the version but the manifest and SHA256SUMS, with paths from the folder of the version.
	Files []File `json:"files"`
	// Digest is the SHA-256 of the file without it, in which nothing stands between its quotation marks.
	Digest string `json:"digest"`
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
	// Mirror says what was read of a live wiki.
	Mirror *schemas.MirrorScan `json:"live,omitempty"`
	// Snapshot says what became of the lines of a snapshot of Wikimedia Enterprise.
	Snapshot *schemas.SnapshotScan `json:"snapshot,omitempty"`
}

// Expectation says what a pipeline expected of a source, and what was found.
type Expectation struct {
	Source   string `json:"source"`
	Subject  string `json:"subject"`
	Expected string `json:"expected"`
	Observed string `json:"observed"`
	Met      bool   `json:"met"`
}

// Comparison says with which version the table changes compares a version.
type Comparison struct {
	Since         string `json:"since"` // the run of the version before
	Pipeline      string `json:"pipeline"`
	SchemaVersion string `json:"schema_version"`
	Rows          int64  `json:"rows"` // of the table changes
	// NotCompared names the tables and columns that only one of the versions has.
	NotCompared []string `json:"not_compared,omitempty"`
	// Failure says why the versions could not be compared. The table changes is then empty.
	Failure string `json:"failure,omitempty"`
}

// maxManifest is more bytes than any manifest has, which is some hundred for each file of the input and of the version.
const maxManifest = 1 << 30

// digestKey stands before the digest in the file.
const digestKey = `"digest": "`

// encode returns the manifest as it is written, with its digest.
func (m *Manifest) encode() ([]byte, error) {
	m.Digest = ""
	content, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	content = append(content, '\n')
	sum := sha256.Sum256(content)
	m.Digest = hex.EncodeToString(sum[:])
	i := bytes.LastIndex(content, []byte(digestKey)) + len(digestKey)
	return slices.Concat(content[:i], []byte(m.Digest), content[i:]), nil
}

// verifyDigest compares the bytes of a manifest, read from a path, with its digest. Versions of which the tables have a
// schema before 2.0 have none.
func (m *Manifest) verifyDigest(path string, content []byte) error {
	if numbers := schemaNumbers(m.SchemaVersion); m.Digest == "" && numbers[0] < 2 {
		return nil
	}
	before, rest, _ := bytes.Cut(content, []byte(digestKey+m.Digest))
	sum := sha256.Sum256(slices.Concat(before, []byte(digestKey), rest))
	if hex.EncodeToString(sum[:]) != m.Digest {
		return &Damage{Path: path, Found: "its own digest differs"}
	}
	return nil
}

// verifyExpectations returns an error if something is missing from the expectations of a manifest, read from a path.
// Every run writes at least one for each source.
func (m *Manifest) verifyExpectations(path string) error {
	if m.Pipeline == "" || len(m.Expectations) == 0 {
		return &Damage{Path: path, Found: "it names no pipeline or no expectations"}
	}
	for _, e := range m.Expectations {
		if _, err := strconv.ParseInt(e.Observed, 10, 64); err != nil || e.Source == "" || e.Subject == "" {
			return &Damage{Path: path, Cause: err, Found: fmt.Sprintf(
				"it says that %.40q of the source %.40q was %.40q, expected a number", e.Subject, e.Source, e.Observed)}
		}
	}
	return nil
}

// CurrentManifest returns the manifest of the current version, nil if there is no such version. A current version
// without a manifest, or with one that is damaged, is an error: a run must not take itself for the first one.
func (o *Output) CurrentManifest() (*Manifest, error) {
	current := filepath.Join(o.dir, currentName)
	if _, err := os.Lstat(current); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	path := filepath.Join(current, manifestName)
	m, content, err := readManifest(path)
	if err == nil {
		err = m.verifyDigest(path, content)
	}
	if err == nil {
		err = m.verifyExpectations(path)
	}
	var damage *Damage
	switch {
	case errors.As(err, &damage):
		return nil, fmt.Errorf("the current version is damaged, and a run that is expected to find a share of it "+
			"cannot be compared: %s: %s; restore the version from a copy, or remove the link %s to publish as if for "+
			"the first time", damage.Path, damage.Found, current)
	case err != nil:
		return nil, fmt.Errorf("comparing with the last version: %w", err)
	}
	return m, nil
}

// CurrentFolder returns the folder of the current version, whose manifest is given.
func (o *Output) CurrentFolder(m *Manifest) string { return filepath.Join(o.dir, versionsName, m.Run) }

// HasFiles reports whether the files of the current version, whose manifest is given, are where readers look for them:
// the manifest and every file it lists, with its size, behind the links of the output folder, and a pointer that leads
// where they lead.
func (o *Output) HasFiles(m *Manifest) bool {
	if !o.pointsToCurrent() {
		return false
	}
	if _, err := os.Stat(filepath.Join(o.dir, manifestName)); err != nil {
		return false
	}
	for _, f := range m.Files {
		inVersion := m.pathInVersion(f)
		top, _, _ := strings.Cut(filepath.ToSlash(inVersion), "/")
		path := filepath.Join(o.dir, inVersion)
		if !slices.Contains(linkNames, top) {
			path = filepath.Join(o.dir, currentName, inVersion)
		}
		info, err := os.Stat(path)
		if err != nil || info.Size() != f.Bytes {
			return false
		}
	}
	return true
}

// pathInVersion returns the path of a file from the folder of its version, or from the output folder through a link.
// The manifests of older versions have paths from the output folder.
func (m *Manifest) pathInVersion(f File) string {
	return filepath.FromSlash(strings.TrimPrefix(f.Path, versionsName+"/"+m.Run+"/"))
}

// NewManifest returns the manifest of a finished run, without its files.
func NewManifest(run *schemas.Run, engine string) *Manifest {
	t := run.Total
	return &Manifest{
		Run: run.ID, Pipeline: run.Pipeline, StartedAt: run.StartedAt, FinishedAt: run.FinishedAt,
		Version: run.Version, SchemaVersion: run.SchemaVersion,
		Engines: map[string]string{"duckdb": engine, "arrow": ArrowVersion, "go": runtime.Version()},
		Source:  schemas.Source, Licence: schemas.Licence, LicenceSPDX: schemas.LicenceSPDX,
		Counts: Counts{
			Documents: t.Documents, WithBox: t.WithBox, WithoutBox: t.WithoutBox, OtherNamespaces: t.OtherNamespaces,
			Redirects: t.Redirects, Rejected: t.Rejected, Boxes: t.Boxes, Elections: t.Elections,
			RejectedBoxes: t.RejectedBoxes, Incomplete: t.Incomplete, Sound: run.Sound,
			Notes: run.Notes, Warnings: run.Warnings, Errors: run.Errors,
		},
	}
}

// ArrowVersion is the version of the library that writes the Parquet files.
const ArrowVersion = "v" + arrow.PkgVersion
