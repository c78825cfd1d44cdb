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
func (r *read) finish(o transform.Options) {
	if r.end != nil || r.err != nil {
		return
	}
	if r.err = extract.Read(r.document); r.err != nil {
		return
	}
	for i := range r.document.Boxes {
		r.elections = append(r.elections, transform.Transform(r.document, &r.document.Boxes[i], o))
	}
}

// inOrder finishes the steps on so many workers and yields them in the order in which they came. No
// more than four steps a worker are under way, so memory does not grow with the input. Each call of
// finish is given its index's own step; steps share nothing.
func inOrder(steps iter.Seq[read], workers int, finish func(*read)) iter.Seq[read] {
	return func(yield func(read) bool) {
		type ticket struct {
			step read
			done chan struct{}
		}
		queue := make(chan *ticket)
		order := make(chan *ticket, 4*workers)
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
		for t := range order {
			<-t.done
			if !yield(t.step) {
				return
			}
		}
	}
}
