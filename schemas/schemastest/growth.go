// Package schemastest has what the tests of several packages share.
package schemastest

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// HoldsGrowth checks that the work of a reader grows in proportion to its input: the bytes that it allocates, which do
// not depend on the machine, and the processor time, which also shows loops that allocate nothing. The function returns
// what reads an input of n bytes.
func HoldsGrowth(t *testing.T, of func(n int) (read func())) {
	t.Helper()
	holdsMemory(t, of)
	if !withRace { // the same tests run without the detector too
		holdsTime(t, of)
	}
}

// holdsMemory compares the bytes that are allocated for inputs of two sizes.
func holdsMemory(t *testing.T, of func(n int) (read func())) {
	t.Helper()
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

// How holdsTime measures. The bound lies between 4, which is linear, and 16, which is quadratic.
const (
	enoughTime   = 5 * time.Millisecond // a reading that takes as long can be compared
	largestInput = 1 << 22
	mostTimes    = 10
	mostGrowth   = 8
)

// holdsTime compares the processor time that is needed for inputs of two sizes, of which the larger one takes long
// enough to be measured. Of several readings the shortest counts, since everything that disturbs one makes it longer.
// Garbage is collected between the readings and not in them, since a large one would pay for more of it than its share.
func holdsTime(t *testing.T, of func(n int) (read func())) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	measure := func(read func()) time.Duration {
		runtime.GC()
		return processorTime(read)
	}
	n := 1 << 17
	read := of(n)
	large := measure(read)
	for large < enoughTime && n < largestInput {
		n *= 2
		read = of(n)
		large = measure(read)
	}
	readSmall := of(n / 4)
	small := measure(readSmall)
	for range mostTimes {
		if large <= mostGrowth*max(small, enoughTime/20) {
			return
		}
		small, large = min(small, measure(readSmall)), min(large, measure(read))
	}
	t.Errorf("4 times the input took %.1f times as long: %s for %d bytes, then %s",
		float64(large)/float64(small), small, n/4, large)
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
