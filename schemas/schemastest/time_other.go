//go:build !linux

package schemastest

import "time"

// processorTime returns the time that a function takes.
func processorTime(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}
