package pipelines

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"hemicycle/extract"
	"hemicycle/schemas"
)

// Checked is one document as check and show see it, or the end of a source of which there is something to say.
type Checked struct {
	Document  *schemas.Document // nil at the end of a source
	Elections []*schemas.Election
	Contests  []*schemas.Contest // if they were asked for
	Reject    *schemas.Reject    // nil unless the document could not be read

	// At the end of a source:
	Source  string           // its URI
	Unnamed int64            // its articles that name no box, which are no documents
	Missing *schemas.Missing // what it lacks; nil if it is complete
}

// CheckOptions are what the caller of Check decides; the zero value is the default.
type CheckOptions struct {
	Workers   int          // documents read at a time; the default is one per core
	Wiki      string       // of the pages that do not name theirs: a name, or a wiki file; "" for none
	BoxesOnly bool         // read the boxes and judge nothing, so that there are no elections
	Contests  bool         // read the tables of results, too
	Log       *slog.Logger // of internal errors, with their stack, and of files left out; nil discards it

	election transformFunc // nil for transform.Transform
}

// Check reads and judges files and publishes nothing. It calls each with every document, in the order of the
// files, and with the end of each source that is incomplete or has articles without the name of a box. The error is
// that of a file that does not exist, of each, or of ctx.
func Check(ctx context.Context, files []string, o CheckOptions, each func(Checked) error) error {
	p, err := FromFiles(files)
	if err != nil {
		return err
	}
	if o.Wiki != "" {
		if p, err = p.WithWiki(o.Wiki); err != nil {
			return err
		}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	sources, err := p.open(ctx, o.Log)
	if err != nil {
		return err
	}
	return p.check(ctx, sources, o, each)
}

// CheckPages reads and judges pages of a live wiki, by their titles, as Check does files. It keeps nothing of them.
func CheckPages(
	ctx context.Context, p *Pipeline, titles []string, run Options, o CheckOptions, each func(Checked) error,
) error {
	p, err := p.WithPages(titles)
	if err != nil {
		return err
	}
	p.Sources[0].Live.Mirror = "" // the pages are no part of the mirror that runs keep
	p.Sources[0].Live.Redirects = false
	if run.Output, err = os.MkdirTemp("", "hemicycle-"); err != nil {
		return err
	}
	defer os.RemoveAll(run.Output)
	p, sources, _, err := p.openSynced(ctx, run)
	if err != nil {
		return err
	}
	return p.check(ctx, sources, o, each)
}

// check reads and judges the documents of sources.
func (p *Pipeline) check(
	ctx context.Context, sources [][]extract.Source, o CheckOptions, each func(Checked) error,
) error {
	work := p.worker(extract.Options{BoxesOnly: o.BoxesOnly, Candidates: true, Contests: o.Contests}, o.election)
	steps := documents(ctx, sources, inputPosition{}, defaultPartDocuments)
	var current schemas.Account // of the source being read, as far as it lacks something
	for step := range inOrder(ctx, steps, workerCount(o.Workers), work) {
		if step.end != nil {
			current.Bytes, current.Documents = step.end.Bytes, step.end.Documents
			current.CloseMissing()
			end := Checked{Source: step.end.SourceURI, Unnamed: step.end.WithoutBox, Missing: current.Missing}
			current = schemas.Account{}
			if end.Unnamed == 0 && end.Missing == nil {
				continue
			}
			if err := each(end); err != nil {
				return err
			}
		}
		if step.document == nil {
			continue
		}
		step.logInternalError(o.Log)
		checked := Checked{Document: step.document, Elections: step.elections, Contests: step.contests}
		if step.err != nil {
			checked.Reject = step.reject()
			if checked.Reject.IsIncomplete() {
				current.AddGap(checked.Reject, step.gap())
			}
		}
		if err := each(checked); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("stopped before the end of the input: %w", context.Cause(ctx))
	}
	return nil
}
