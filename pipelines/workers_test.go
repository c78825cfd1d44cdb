package pipelines

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"hemicycle/schemas"
)

// counting yields steps without end and counts how many were taken.
func counting(taken *atomic.Int64) iter.Seq[inputStep] {
	return func(yield func(inputStep) bool) {
		for {
			n := taken.Add(1)
			if !yield(inputStep{document: &schemas.Document{URI: strconv.FormatInt(n, 10)}}) {
				return
			}
		}
	}
}

func TestInOrderHoldsNoMoreThanItsLimit(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		synctest.Test(t, func(t *testing.T) {
			var taken atomic.Int64
			given := int64(0)
			for range inOrder(t.Context(), counting(&taken), workers, func(*inputStep) {}) {
				given++
				synctest.Wait() // every goroutine has gone as far as it can while this step is in hand
				if held := taken.Load() - given + 1; held != int64(maxInFlight*workers) {
					t.Fatalf("%d workers hold %d steps: expected all of %d, and no more", workers, held,
						maxInFlight*workers)
				}
				if given == 50 {
					break
				}
			}
			// The bubble ends only when every goroutine of inOrder has.
		})
	}
}

// The first step is finished last and is still yielded first.
func TestInOrderKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		others := make(chan struct{})
		var finished atomic.Int64
		finish := func(r *inputStep) {
			if r.document.URI == "1" {
				<-others
			} else if finished.Add(1) == 5 {
				close(others)
			}
		}
		var taken atomic.Int64
		want := 1
		for step := range inOrder(t.Context(), counting(&taken), 2, finish) {
			if step.document.URI != strconv.Itoa(want) {
				t.Fatalf("the step %s came as number %d", step.document.URI, want)
			}
			if want++; want > 20 {
				break
			}
		}
	})
}

func TestInOrderEndsWithTheInput(t *testing.T) {
	for _, count := range []int{0, 1, 3, 100} {
		synctest.Test(t, func(t *testing.T) {
			steps := func(yield func(inputStep) bool) {
				for range count {
					if !yield(inputStep{}) {
						return
					}
				}
			}
			given, finished := 0, atomic.Int64{}
			for range inOrder(t.Context(), steps, 3, func(*inputStep) { finished.Add(1) }) {
				given++
			}
			if given != count || finished.Load() != int64(count) {
				t.Errorf("of %d steps %d were finished and %d came out", count, finished.Load(), given)
			}
		})
	}
}

// A source that never answers cannot keep a run from stopping.
func TestInOrderEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		answer := make(chan struct{})
		steps := func(yield func(inputStep) bool) {
			for range 2 {
				if !yield(inputStep{}) {
					return
				}
			}
			<-answer
			yield(inputStep{})
		}
		given := 0
		for range inOrder(ctx, steps, 2, func(*inputStep) {}) {
			if given++; given == 2 {
				go cancel()
			}
		}
		if given != 2 {
			t.Errorf("%d steps came out before the end: expected 2", given)
		}
		close(answer)
	})
}

// Neither can a worker that is not done.
func TestInOrderEndsWithItsContextWhileAWorkerIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		busy := make(chan struct{})
		var taken atomic.Int64
		finish := func(*inputStep) {
			cancel()
			<-busy
		}
		for range inOrder(ctx, counting(&taken), 2, finish) {
			t.Error("a step came out that was not finished")
		}
		close(busy)
	})
}

func TestCancelledRunPublishesNothing(t *testing.T) {
	stop := errors.New("told to stop")
	for _, after := range []int{1, 3, 20} {
		ctx, cancel := context.WithCancelCause(t.Context())
		output := t.TempDir()
		shown := 0
		outcome, err := Run(ctx, mixture(60).of("parquet"), Options{
			Output: output, Log: quiet(), Workers: 3,
			Each: func(r schemas.Record) {
				if r.Election != nil {
					shown++
				}
				if shown == after {
					cancel(stop)
				}
			},
		})
		if outcome != nil || !errors.Is(err, stop) {
			t.Errorf("after %d elections: the run gave %v and %v: expected the cause of its end", after, outcome, err)
		}
		if left := readFolder(t, output, ".parquet"); len(left) > 0 || published(t, output) != "" {
			t.Errorf("after %d elections: the run left %v", after, left)
		}
		cancel(nil)
	}
}
