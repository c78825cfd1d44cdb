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
	source    int // of the pipeline
	document  *schemas.Document
	elections []*schemas.Election
	err       error
	end       *schemas.Account
}

// documents ranges over all sources in order. After the last document of each comes its account.
func documents(ctx context.Context, all [][]extract.Source) iter.Seq[read] {
	return func(yield func(read) bool) {
		for i, sources := range all {
			for _, s := range sources {
				for d, err := range s.Documents(ctx) {
					if ctx.Err() != nil || !yield(read{source: i, document: d, err: err}) {
						return
					}
				}
				account := s.Account()
				if !yield(read{source: i, end: &account}) {
					return
				}
			}
		}
	}
}

// finish reads a document's boxes and makes their elections.
func (r *read) finish(reader *extract.Reader, o transform.Options) {
	if r.end != nil || r.err != nil || r.document.Carrier {
		return
	}
	if r.err = reader.Read(r.document); r.err != nil {
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
