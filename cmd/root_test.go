package cmd

import (
	"runtime/debug"
	"testing"
)

// GOGC and GOMEMLIMIT take precedence over what the program sets for itself, in report too.
func TestCollectorSettings(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	defer debug.SetGCPercent(percent)
	defer debug.SetMemoryLimit(limit)
	for _, c := range []struct {
		gogc, gomemlimit   string
		percent, ofReports int
		limit              int64
	}{
		{"", "", 1600, 50, 256 << 20},
		{"100", "", 100, 100, 256 << 20},
		{"off", "", 100, 100, 256 << 20},
		{"", "1GiB", 1600, 50, 1 << 30},
		{"100", "1GiB", 100, 100, 1 << 30},
	} {
		t.Setenv("GOGC", c.gogc)
		t.Setenv("GOMEMLIMIT", c.gomemlimit)
		debug.SetGCPercent(100) // as the runtime has done with a GOGC that is set
		debug.SetMemoryLimit(1 << 30)
		tuneCollector()
		if got := debug.SetMemoryLimit(-1); got != c.limit {
			t.Errorf("%+v: the limit is %d", c, got)
		}
		got := debug.SetGCPercent(100)
		debug.SetGCPercent(got)
		setGCPercent(50) // as report does
		if ofReports := debug.SetGCPercent(100); got != c.percent || ofReports != c.ofReports {
			t.Errorf("%+v: %d percent, of report %d", c, got, ofReports)
		}
	}
}
