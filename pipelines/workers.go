package pipelines

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime/debug"

	"hemicycle/extract"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// inputStep is one step through the input: a document with its elections, a document that could not be
// read, or the end of a source with its account.
type inputStep struct {
	source    int               // of the pipeline
	document  *schemas.Document // nil for redirects alone and at the end of a source
	redirects []schemas.Redirect
	elections []*schemas.Election
	stage     string // that the document has entered: extract or transform
	err       error
	end       *schemas.Account
	next      *place // where the next part of the output begins, if one ends with this step
}

// documents ranges over all sources in order, beginning at a place. After the last document of each
// comes its account. A part of the output ends when so many documents were passed, at the next place
// from which a run can go on: between two files, and between two documents of a resumable source.
func documents(ctx context.Context, all [][]extract.Source, from place, partDocuments int) iter.Seq[inputStep] {
	return func(yield func(inputStep) bool) {
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
					step := inputStep{source: i, document: event.Document, redirects: event.Redirects, err: err}
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
				step := inputStep{source: i, end: &account}
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

// transformFunc is the type of transform.Transform.
type transformFunc func(*schemas.Document, *schemas.Infobox, transform.Options) *schemas.Election

// worker returns what a worker does with each step: it reads the boxes of the document and, unless the boxes are all
// that is asked for, makes elections of them. A nil election function means transform.Transform.
func (p *Pipeline) worker(boxesOnly bool, election transformFunc) func(*inputStep) {
	if election == nil {
		election = transform.Transform
	}
	readers, options := p.readers(boxesOnly), p.transformOptions()
	return func(s *inputStep) {
		s.readBoxes(readers[s.source])
		if !boxesOnly {
			s.makeElections(election, options)
		}
	}
}

// readBoxes completes the document with its boxes.
func (s *inputStep) readBoxes(reader *extract.Reader) {
	s.stage = "extract"
	if s.document != nil && s.err == nil {
		s.err = reader.Read(s.document)
	}
}

// makeElections makes an election of each box of the document.
func (s *inputStep) makeElections(election transformFunc, o transform.Options) {
	s.stage = "transform"
	if s.document == nil || s.err != nil {
		return
	}
	for i := range s.document.Boxes {
		s.elections = append(s.elections, election(s.document, &s.document.Boxes[i], o))
	}
}

// internalError is a panic of this program while it read or judged one document.
type internalError struct {
	message string // the text of the panic, on one line
	stack   []byte
}

func (e *internalError) Error() string {
	return "this document made the program fail, which is a fault of the program and not of the document; " +
		"please report it with the document and this message: " + e.message
}

// guard calls finish, and makes of a panic the error of the step's document. So a fault of the program costs the
// one document that it was met in, and not the run.
func (s *inputStep) guard(finish func(*inputStep)) {
	if s.document != nil {
		defer func() {
			if v := recover(); v != nil {
				s.elections = nil
				s.err = &internalError{message: oneLine(fmt.Sprint(v)), stack: debug.Stack()}
			}
		}()
	}
	finish(s)
}

// logInternalError logs the error of a step if it is an internal one, with the stack, which tables do not have.
func (s *inputStep) logInternalError(log *slog.Logger) {
	var internal *internalError
	if errors.As(s.err, &internal) {
		log.Error("internal error", "source", s.document.URI, "title", s.document.Title, "panic", internal.message,
			"stack", string(internal.stack))
	}
}

// underWay is how many steps a worker may be under way: taken from the input, and not yet done with.
const underWay = 4

// inOrder finishes the steps on so many workers and yields them in the order in which they came. No
// more than underWay steps a worker are held, so memory does not grow with the input. Steps share
// nothing. It ends with ctx, even while the input keeps it waiting.
func inOrder(ctx context.Context, steps iter.Seq[inputStep], workers int, finish func(*inputStep)) iter.Seq[inputStep] {
	return func(yield func(inputStep) bool) {
		type ticket struct {
			step inputStep
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
					t.step.guard(finish)
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
