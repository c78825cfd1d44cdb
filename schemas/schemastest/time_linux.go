package schemastest

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// processorTime returns the time that a function takes on the processor. That of other threads, such as the garbage
// collector and other tests, does not count.
func processorTime(f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var before, after unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &before)
	f()
	_ = unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &after)
	return time.Duration(after.Nano() - before.Nano())
}
