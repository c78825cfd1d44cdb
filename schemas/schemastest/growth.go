// Package schemastest holds what tests of several packages share.
package schemastest

import (
	"runtime"
	"testing"
	"time"
)

// HoldsGrowth holds a reader to what it allows itself on hostile input: no failure, bounded memory, and time
// that grows as the input does. What is measured is the bytes that it allocates for n bytes of input, for they
// grow with the work and do not depend on the machine.
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

// BenchmarkRatio shows that reading takes time in proportion to the input: for eight times the input, of some
// MiB, the ratio of the times stays near eight.
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
