package pipelines

import (
	"context"
	"iter"

	"hemicycle/extract"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// read is one step of the input, read: a document with its elections, a document that could not be
// read, or the end of a source with its account.
type read struct {
	source    int               // of the pipeline
	document  *schemas.Document // nil for redirects alone and at the end of a source
	redirects []schemas.Redirect
	elections []*schemas.Election
	err       error
	end       *schemas.Account
	next      *place // where the next part of the output begins, if one ends with this step
}

// documents ranges over all sources in order, beginning at a place. After the last document of each
// comes its account. A part of the output ends when so many documents were passed, at the next place
// from which a run can go on: between two files, and between two documents of a resumable source.
func documents(ctx context.Context, all [][]extract.Source, from place, partDocuments int) iter.Seq[read] {
	return func(yield func(read) bool) {
		passed := int64(0) // in the part, without the source being read
		for i := from.Source; i < len(all); i++ {
			first := 0
			if i == from.Source {
				first = from.File
			}
			for j := first; j < len(all[i]); j++ {
				s := all[i][j]
				resumable, _ := s.(extract.Resumable)
				before, yielded := int64(0), int64(0)
				if resumable != nil {
					before = resumable.Position()
				}
				for event, err := range s.Events(ctx) {
					yielded++
					step := read{source: i, document: event.Document, redirects: event.Redirects, err: err}
					if resumable != nil && passed+resumable.Position()-before >= int64(partDocuments) {
						mark := resumable.Checkpoint()
						step.next = &place{i, j, &mark}
						passed, before = 0, resumable.Position()
					}
					if ctx.Err() != nil || !yield(step) {
						return
					}
				}
				if ctx.Err() != nil { // the range may have ended because of it
					return
				}
				if resumable != nil {
					yielded = resumable.Position() - before
				}
				passed += yielded
				account := s.Account()
				step := read{source: i, end: &account}
				if passed >= int64(partDocuments) {
					step.next = &place{Source: i, File: j + 1}
					passed = 0
				}
				if !yield(step) {
					return
				}
			}
		}
	}
}

// extract reads a document's boxes.
func (r *read) extract(reader *extract.Reader) {
	if r.document != nil && r.err == nil {
		r.err = reader.Read(r.document)
	}
}

// judge makes the elections of a document's boxes.
func (r *read) judge(o transform.Options) {
	if r.document == nil || r.err != nil {
		return
	}
	for i := range r.document.Boxes {
		r.elections = append(r.elections, transform.Transform(r.document, &r.document.Boxes[i], o))
	}
}

// underWay is how many steps a worker may be under way: taken from the input, and not yet done with.
const underWay = 4

// inOrder finishes the steps on so many workers and yields them in the order in which they came. No
// more than underWay steps a worker are held, so memory does not grow with the input. Steps share
// nothing. It ends with ctx, even while the input keeps it waiting.
func inOrder(ctx context.Context, steps iter.Seq[read], workers int, finish func(*read)) iter.Seq[read] {
	return func(yield func(read) bool) {
		type ticket struct {
			step read
			done chan struct{}
		}
		queue := make(chan *ticket)
		// Two more are held: one on its way into the channel, one that the caller has in hand.
		order := make(chan *ticket, underWay*workers-2)
		stop := make(chan struct{})
		defer close(stop)
		for range workers {
			go func() {
				for t := range queue {
					finish(&t.step)
					close(t.done)
				}
			}()
		}
		go func() {
			defer close(order)
			defer close(queue)
			for step := range steps {
				t := &ticket{step, make(chan struct{})}
				select {
				case order <- t:
				case <-stop:
					return
				}
				select {
				case queue <- t:
				case <-stop:
					return
				}
			}
		}()
		for {
			var t *ticket
			select {
			case t = <-order:
			case <-ctx.Done():
				return
			}
			if t == nil {
				return
			}
			select {
			case <-t.done:
			case <-ctx.Done():
				return
			}
			if !yield(t.step) {
				return
			}
		}
	}
}
