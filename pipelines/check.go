package pipelines

import (
	"context"
	"fmt"

	"hemicycle/schemas"
)

// Checked is one document as check and show see it, or the end of a dump.
type Checked struct {
	Document  *schemas.Document // nil at the end of a dump
	Elections []*schemas.Election
	Reject    *schemas.Reject // nil unless the document could not be read
	Unnamed   int64           // at the end of a dump: its articles that name no box, which are no documents
}

// Check reads and judges files and publishes nothing; each is told of every document, in the order of
// the files, and of the end of each dump that has articles without the name of a box. The error is that of a file which is not there, or of ctx.
func Check(ctx context.Context, files []string, workers int, each func(Checked) error) error {
	return look(ctx, files, workers, false, each)
}

// Boxes reads files as Check does and judges nothing: documents have their boxes, and no elections.
func Boxes(ctx context.Context, files []string, workers int, each func(Checked) error) error {
	return look(ctx, files, workers, true, each)
}

func look(ctx context.Context, files []string, workers int, boxesOnly bool, each func(Checked) error) error {
	p, err := FromFiles(files)
	if err != nil {
		return err
	}
	sources, err := p.open(ctx)
	if err != nil {
		return err
	}
	o := Options{Workers: workers}
	readers := p.readers(boxesOnly)
	finish := func(r *read) {
		if r.extract(readers[r.source]); !boxesOnly {
			r.judge(p.judging())
		}
	}
	for step := range inOrder(ctx, documents(ctx, sources, place{}, o.partDocuments()), o.workers(), finish) {
		if step.end != nil && step.end.WithoutBox > 0 {
			if err := each(Checked{Unnamed: step.end.WithoutBox}); err != nil {
				return err
			}
		}
		if step.document == nil {
			continue
		}
		checked := Checked{Document: step.document, Elections: step.elections}
		if step.err != nil {
			checked.Reject = rejectOf(step.document, step.err)
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
