package pipelines

import "time"

// Stage is how long one stage of a run took.
type Stage struct {
	Name string
	Took time.Duration
}

// stopwatch is the only clock of a run.
type stopwatch struct {
	last   time.Time
	stages []Stage
}

func newStopwatch() *stopwatch { return &stopwatch{last: time.Now()} }

func (w *stopwatch) now() time.Time { return time.Now().UTC() }

// stage ends a stage and notes how long it took.
func (w *stopwatch) stage(name string) {
	now := time.Now()
	w.stages = append(w.stages, Stage{Name: name, Took: now.Sub(w.last)})
	w.last = now
}
