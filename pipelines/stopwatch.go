package pipelines

import (
	"log/slog"
	"time"
)

// Stage is how long one stage of a run took.
type Stage struct {
	Name string
	Took time.Duration
}

// stopwatch is the only clock of a run. It logs each stage when the stage ends.
type stopwatch struct {
	log    *slog.Logger
	last   time.Time
	stages []Stage
}

func newStopwatch(log *slog.Logger) *stopwatch { return &stopwatch{log: log, last: time.Now()} }

func (w *stopwatch) now() time.Time { return time.Now().UTC() }

// stage ends a stage and notes how long it took.
func (w *stopwatch) stage(name string) {
	now := time.Now()
	took := now.Sub(w.last)
	w.stages = append(w.stages, Stage{Name: name, Took: took})
	w.log.Info("stage", "name", name, "seconds", took.Seconds())
	w.last = now
}
