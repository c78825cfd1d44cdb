package pipelines

import (
	"sync"
	"sync/atomic"
	"time"

	"hemicycle/extract"
)

// Progress is how far a run has come.
type Progress struct {
	Documents   int64 // read and judged; those that a source only counts are not among them
	Elections   int64
	Done, Total int64 // bytes of the inputs, as they are on disk
}

// tellEvery is how often the caller of a run is told its progress.
const tellEvery = 250 * time.Millisecond

// meter knows how far a run has come, and tells it while the run works.
type meter struct {
	sources              [][]extract.Source
	from                 place // files before it are done
	documents, elections atomic.Int64
}

// set takes what the account says.
func (m *meter) set(a *account) {
	total := a.soFar()
	m.documents.Store(total.WithBox + total.WithoutBox + total.Rejected)
	m.elections.Store(total.Elections)
}

func (m *meter) progress() Progress {
	p := Progress{Documents: m.documents.Load(), Elections: m.elections.Load()}
	for i, files := range m.sources {
		for j, s := range files {
			measured, ok := s.(extract.ProgressReporter)
			if !ok {
				continue
			}
			done, total := measured.Progress()
			if i < m.from.Source || i == m.from.Source && j < m.from.File {
				done = total
			}
			p.Done += done
			p.Total += total
		}
	}
	return p
}

// start tells the progress now, then again and again, always from one goroutine; stop, which may be
// called more than once, tells it for the last time.
func (m *meter) start(tell func(Progress)) (stop func()) {
	if tell == nil {
		return func() {}
	}
	stopped, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(tellEvery)
		defer ticker.Stop()
		for {
			tell(m.progress())
			select {
			case <-ticker.C:
			case <-stopped:
				tell(m.progress())
				return
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(stopped)
		<-ended
	})
}
