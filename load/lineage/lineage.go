// Package lineage tells an OpenLineage server, or a file, what a run reads and writes: an event when the run starts,
// and one when it ends.
//
// Start with NewRun.
// Source: https://openlineage.io/spec/2-0-2/OpenLineage.json.
package lineage

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"hemicycle/load/disk"
	"hemicycle/load/version"
)

// Ending is how a run ended, as OpenLineage calls it.
type Ending string

// The endings.
const (
	Complete Ending = "COMPLETE" // a version is current
	Fail     Ending = "FAIL"     // nothing was published
	Abort    Ending = "ABORT"    // a signal stopped the run
)

// Job is what runs.
type Job struct {
	Pipeline    string
	Description string
	Version     string // of the program
	Rules       []Rule // by which fields of a box fill columns
	Checks      []string
}

// Rule says which columns, as table.column, the parameters of a box fill.
type Rule struct{ Parameters, Columns []string }

// Outcome is what became of a run.
type Outcome struct {
	Ending  Ending
	Message string // of a run that did not complete
	// Manifest is that of the version; nil if there is none.
	Manifest *version.Manifest
	// Output is the output folder as an absolute path.
	Output string
}

// Run is a run that tells of itself.
type Run struct {
	to   string
	id   string
	job  Job
	disk disk.Disk
}

// NewRun returns a run whose events go to a file or to a server. Nothing is sent yet.
func NewRun(to string, job Job) (*Run, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	return &Run{to: to, id: id.String(), job: job}, nil
}

// IsDisabled reports whether the environment turns all clients of OpenLineage off.
func IsDisabled() bool { return strings.EqualFold(os.Getenv("OPENLINEAGE_DISABLED"), "true") }

// Start tells that the run starts.
func (r *Run) Start(ctx context.Context, now time.Time) error {
	return r.send(ctx, r.event("START", now))
}

// End tells how the run ended.
func (r *Run) End(ctx context.Context, now time.Time, o *Outcome) error {
	e := r.event(string(o.Ending), now)
	if o.Ending != Complete {
		e.Run.Facets["errorMessage"] = facet("facets/1-0-0/ErrorMessageRunFacet", map[string]any{
			"message": shorten(o.Message), "programmingLanguage": "Go",
		})
	}
	if o.Manifest != nil {
		e.Inputs, e.Outputs = r.inputs(o.Manifest), r.outputs(o)
	}
	return r.send(ctx, e)
}

func (r *Run) send(ctx context.Context, e *event) error {
	content, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return deliver(ctx, r.disk, r.to, content)
}

// maxMessage is how many bytes of a message are sent.
const maxMessage = 4000

// shorten returns the beginning of a message.
func shorten(message string) string {
	return strings.ToValidUTF8(message[:min(len(message), maxMessage)], "")
}
