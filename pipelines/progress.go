package pipelines

import (
	"sync"
	"sync/atomic"
	"time"

	"hemicycle/extract"
)

// Progress is how far a run is.
type Progress struct {
	Documents   int64 // read and judged, without those that a source only counts
	Elections   int64
	Done, Total int64 // bytes of the inputs, as they are on disk
	Verifying   bool  // the inputs are compared with published digests, and Done counts how far that is
}

// progressInterval is how often the caller of a run is told its progress.
const progressInterval = 250 * time.Millisecond

// progressMeter knows how far a run is, and reports it while the run works.
type progressMeter struct {
	sources              [][]extract.Source
	from                 inputPosition // files before it were read by an earlier run
	documents, elections atomic.Int64
	verifying            atomic.Bool
}

// set takes over what the account says.
func (m *progressMeter) set(a *account) {
	total := a.soFar()
	m.documents.Store(total.WithBox + total.WithoutBox + total.Rejected)
	m.elections.Store(total.Elections)
}

func (m *progressMeter) progress() Progress {
	p := Progress{Documents: m.documents.Load(), Elections: m.elections.Load(), Verifying: m.verifying.Load()}
	for i, files := range m.sources {
		for j, s := range files {
			measured, ok := s.(extract.ProgressReporter)
			if !ok {
				continue
			}
			done, total := measured.Progress()
			before := i < m.from.Source || i == m.from.Source && j < m.from.File
			if before && !p.Verifying {
				done = total
			}
			p.Done += done
			p.Total += total
		}
	}
	return p
}

// start reports the progress now and then at every interval, always from one goroutine. stop, which may be called more
// than once, reports it for the last time.
func (m *progressMeter) start(report func(Progress)) (stop func()) {
	if report == nil {
		return func() {}
	}
	stopped, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(progressInterval)
		defer ticker.Stop()
		for {
			report(m.progress())
			select {
			case <-ticker.C:
			case <-stopped:
				report(m.progress())
				return
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(stopped)
		<-ended
	})
}
