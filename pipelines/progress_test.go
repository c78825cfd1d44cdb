package pipelines

import (
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract"
	"hemicycle/load"
)

// A run reports how far it is, never goes back, and ends with everything done.
func TestProgress(t *testing.T) {
	m := mixture(30)
	var all []Progress
	mustRun(t, m.of(load.Parquet), Options{Progress: func(p Progress) { all = append(all, p) }})
	for i, p := range all[1:] {
		before := all[i]
		back := p.Documents < before.Documents || p.Elections < before.Elections || p.Done < before.Done
		if back || p.Total != before.Total {
			t.Errorf("progress went from %+v to %+v", before, p)
		}
	}
	want := Progress{Documents: 30, Elections: m.account.Elections, Done: m.account.Bytes, Total: m.account.Bytes}
	if diff := cmp.Diff(want, all[len(all)-1]); diff != "" {
		t.Errorf("the last progress (-want +got):\n%s", diff)
	}
}

// Whatever is before the place at which a run resumes counts as done.
func TestProgressOfAResumedRun(t *testing.T) {
	m := mixture(6)
	sources, err := m.of(load.Parquet).open(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	sources = [][]extract.Source{sources[0][:2], sources[0][2:]}
	var sizes []int64
	for _, s := range append(sources[0], sources[1]...) {
		_, size := s.(extract.ProgressReporter).Progress()
		sizes = append(sizes, size)
	}
	meter := progressMeter{sources: sources, from: inputPosition{Source: 1, File: 1}}
	if got, want := meter.progress().Done, sizes[0]+sizes[1]+sizes[2]; got != want || want == 0 {
		t.Errorf("%d bytes are done, expected %d", got, want)
	}
}

// The progress is reported at every interval, even if nothing is read, and no more after the end.
func TestProgressIsToldByTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		told := 0
		m := &progressMeter{}
		stop := m.start(func(Progress) { told++ })
		synctest.Wait()
		if told != 1 {
			t.Errorf("told %d times at the start", told)
		}
		m.documents.Add(1)
		time.Sleep(10*progressInterval + progressInterval/2) // the bubble's clock, which does not wait
		synctest.Wait()
		if told != 11 {
			t.Errorf("told %d times after ten intervals", told)
		}
		stop()
		stop()
		time.Sleep(10 * progressInterval)
		if told != 12 {
			t.Errorf("told %d times after the end", told)
		}
	})
}
