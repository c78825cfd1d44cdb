package pipelines

import "time"

// Stage is how long a part of a run took.
type Stage struct {
	Name string
	Took time.Duration
}

// stopwatch is the run's only clock.
type stopwatch struct {
	last   time.Time
	stages []Stage
}

func newStopwatch() *stopwatch { return &stopwatch{last: time.Now()} }

func (w *stopwatch) now() time.Time { return time.Now().UTC() }

func (w *stopwatch) lap(name string) {
	now := time.Now()
	w.stages = append(w.stages, Stage{name, now.Sub(w.last)})
	w.last = now
}
