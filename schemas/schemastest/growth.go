// Package schemastest has what the tests of several packages share.
package schemastest

import (
	"runtime"
	"testing"
	"time"
)

// HoldsGrowth checks that the work of a reader grows in proportion to its input. It compares the bytes that the reader
// allocates for inputs of two sizes, since these grow with the work and do not depend on the machine. The function
// returns what reads an input of n bytes.
func HoldsGrowth(t *testing.T, of func(n int) (read func())) {
	cost := func(n int) uint64 {
		read := of(n)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		read()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	cost(1 << 12)
	small, large := max(cost(1<<14), 1<<18), cost(1<<17)
	if large > 24*small {
		t.Errorf("8 times the input took %d times the memory: %d bytes, then %d", large/small, small, large)
	}
}

// BenchmarkRatio reports the ratio of the times of two readings. If the large input has eight times the bytes of the
// small one, and time grows in proportion, the ratio is near eight.
func BenchmarkRatio(b *testing.B, small, large func()) {
	var first, second time.Duration
	for b.Loop() {
		start := time.Now()
		small()
		middle := time.Now()
		large()
		first, second = first+middle.Sub(start), second+time.Since(middle)
	}
	b.ReportMetric(float64(second)/float64(first), "ratio")
	b.ReportMetric(float64(second.Microseconds())/1000/float64(b.N), "ms/large")
}
