package pipelines

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime/debug"

	"hemicycle/extract"
	"hemicycle/extract/document"
	"hemicycle/load/partition"
	"hemicycle/schemas"
	"hemicycle/transform"
	"hemicycle/transform/contests"
)

// inputStep is one step through the input: a document with its elections, a document that could not be
// read, or the end of a source with its account.
type inputStep struct {
	source    int               // of the pipeline
	document  *schemas.Document // nil if something was only passed, and at the end of a source
	redirects []schemas.Redirect
	pages     []*schemas.Page // that are no documents
	elections []*schemas.Election
	contests  []*schemas.Contest
	stage     string // that the document has entered: extract or transform
	err       error
	// isMisnamed says that the name of the document's wiki cannot be that of a partition.
	isMisnamed bool
	end        *schemas.Account
	next       *inputPosition // where the next part of the output begins, if one ends with this step
}

// documents ranges over all sources in order, beginning at a position. After the last document of each file or dump
// comes its account. A part of the output ends as soon as it has passed partSize documents, at the next position
// from which a run can resume: between two files, or between two documents of a resumable source.
func documents(ctx context.Context, all [][]extract.Source, from inputPosition, partSize int) iter.Seq[inputStep] {
	return func(yield func(inputStep) bool) {
		part := partCounter{size: int64(partSize)}
		for i := from.Source; i < len(all); i++ {
			first := 0
			if i == from.Source {
				first = from.File
			}
			for j := first; j < len(all[i]); j++ {
				if !rangeSource(ctx, all[i][j], inputPosition{Source: i, File: j}, &part, yield) {
					return
				}
			}
		}
	}
}

// partCounter counts the documents that the present part of the output has passed.
type partCounter struct{ size, passed int64 }

// add counts n documents, and reports whether the part ends with them.
func (c *partCounter) add(n int64) bool {
	c.passed += n
	if c.passed < c.size {
		return false
	}
	c.passed = 0
	return true
}

// rangeSource yields the documents of one source, which stands at a position, and then its account. It reports
// whether to go on with the next one.
func rangeSource(
	ctx context.Context, s extract.Source, at inputPosition, part *partCounter, yield func(inputStep) bool,
) bool {
	resumable, _ := s.(extract.Resumable)
	last := int64(0) // the position in the source up to which documents were counted
	if resumable != nil {
		last = resumable.Position()
	}
	yielded := int64(0)
	for event, err := range s.Events(ctx) {
		yielded++
		step := inputStep{
			source: at.Source, document: event.Document, redirects: event.Redirects, pages: event.Pages, err: err,
		}
		if resumable != nil {
			passed := resumable.Position() - last
			last += passed
			if part.add(passed) {
				checkpoint := resumable.Checkpoint()
				step.next = &inputPosition{Source: at.Source, File: at.File, Checkpoint: &checkpoint}
			}
		}
		if ctx.Err() != nil || !yield(step) {
			return false
		}
	}
	if ctx.Err() != nil { // the range may have ended because of it
		return false
	}
	passed := yielded
	if resumable != nil {
		passed = resumable.Position() - last
	}
	end := s.Account()
	step := inputStep{source: at.Source, end: &end}
	if part.add(passed) {
		step.next = &inputPosition{Source: at.Source, File: at.File + 1}
	}
	return yield(step)
}

// transformFunc is the type of transform.Transform.
type transformFunc func(*schemas.Document, *schemas.Infobox, transform.Options) *schemas.Election

// worker returns what a worker does with each step: it reads the boxes of the document and, unless the boxes are all
// that is asked for, makes elections of them. A nil election function means transform.Transform.
func (p *Pipeline) worker(o extract.Options, election transformFunc) func(*inputStep) {
	if election == nil {
		election = transform.Transform
	}
	readers, options := p.readers(o), p.transformOptions()
	return func(s *inputStep) {
		s.readBoxes(readers[s.source])
		if p.Partition != "" {
			s.checkWiki()
		}
		if !o.BoxesOnly {
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

// checkWiki rejects a document with a name of a wiki that cannot be that of a partition.
func (s *inputStep) checkWiki() {
	if s.document == nil {
		return
	}
	err := partition.CheckWiki(s.document.Wiki)
	s.isMisnamed = err != nil
	if err != nil && s.err == nil {
		s.err = &document.Unreadable{
			Reason: schemas.ReasonNotUnderstood, Detail: "the wiki of the page cannot have rows of its own: " + err.Error(),
			Offset: -1,
		}
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
	s.contests = contests.Read(s.document)
	contests.Link(s.contests, s.elections)
	contests.Judge(s.contests, s.elections)
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
				s.elections, s.contests = nil, nil
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

// maxInFlight is how many steps each worker may have in flight: taken from the input, and not yet yielded.
const maxInFlight = 4

// pendingStep is a step that a worker finishes.
type pendingStep struct {
	step inputStep
	done chan struct{} // closed when the step is finished
}

// inOrder finishes the steps on that many workers and yields them in the order in which they came. It holds no more
// than maxInFlight steps per worker, so that memory does not grow with the input. Steps share nothing. It ends with
// ctx, even while it waits for the input.
func inOrder(ctx context.Context, steps iter.Seq[inputStep], workers int, finish func(*inputStep)) iter.Seq[inputStep] {
	return func(yield func(inputStep) bool) {
		queue := make(chan *pendingStep)
		// Two more are held: one on its way into the channel, and one that the caller has in hand.
		order := make(chan *pendingStep, maxInFlight*workers-2)
		stop := make(chan struct{})
		defer close(stop)
		for range workers {
			go func() {
				for p := range queue {
					p.step.guard(finish)
					close(p.done)
				}
			}()
		}
		go distribute(steps, order, queue, stop)
		for {
			var p *pendingStep
			select {
			case p = <-order:
			case <-ctx.Done():
				return
			}
			if p == nil {
				return
			}
			select {
			case <-p.done:
			case <-ctx.Done():
				return
			}
			if !yield(p.step) {
				return
			}
		}
	}
}

// distribute sends each step first to where their order is kept and then to the workers, until the input ends or
// stop is closed.
func distribute(steps iter.Seq[inputStep], order, queue chan<- *pendingStep, stop <-chan struct{}) {
	defer close(order)
	defer close(queue)
	for step := range steps {
		p := &pendingStep{step, make(chan struct{})}
		select {
		case order <- p:
		case <-stop:
			return
		}
		select {
		case queue <- p:
		case <-stop:
			return
		}
	}
}
