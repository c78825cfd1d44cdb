package cmd

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// BenchmarkDiff compares two versions of invented elections with the built program, as a user would: of which one
// election in a hundred has other values, and of which all have. Compare the figures of 3,000 and of 30,000 elections:
// the peak of memory must not grow by more than some 50 bytes for each election.
func BenchmarkDiff(b *testing.B) {
	binary := buildProgram(b, b.TempDir())
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	publish := func(b *testing.B, n, every int) string {
		output := b.TempDir()
		publisher := exec.Command(self, "-test.run", "^$", "-test.bench", "^BenchmarkPublishInvented$",
			"-test.benchtime", "1x")
		publisher.Env = append(os.Environ(), "HEMICYCLE_INVENTED="+output, "HEMICYCLE_INVENTED_COUNT="+strconv.Itoa(n),
			"HEMICYCLE_INVENTED_CHANGED="+strconv.Itoa(every))
		if out, err := publisher.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		return output
	}
	for _, n := range []int{3_000, 30_000} {
		before := publish(b, n, 0)
		for name, every := range map[string]int{"one in a hundred changed": 100, "all changed": 1} {
			after := publish(b, n, every)
			b.Run(strconv.Itoa(n)+"/"+name, func(b *testing.B) {
				var largest int64
				rows := 0
				for range b.N {
					c := exec.Command(binary, "diff", before, after, "--format", "json")
					out, err := c.Output()
					if err != nil {
						b.Fatal(err)
					}
					rows = bytes.Count(out, []byte("\n"))
					if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
						largest = max(largest, usage.Maxrss)
					}
				}
				b.ReportMetric(float64(largest)*1024/1e6, "peak-MB")
				b.ReportMetric(float64(rows), "changes")
			})
		}
	}
}
