package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// BenchmarkReport makes reports of invented elections with twelve contenders each, with the built program, as a user
// would. Compare the figures of 3,000 and of 30,000 elections: the peak of memory must not grow by more than the index
// does. HEMICYCLE_REPORT names a folder in which the last report stays, so that it can be looked at.
func BenchmarkReport(b *testing.B) {
	binary := buildProgram(b, b.TempDir())
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1_000, 3_000, 30_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			output := b.TempDir()
			publisher := exec.Command(self, "-test.run", "^$", "-test.bench", "^BenchmarkPublishInvented$",
				"-test.benchtime", "1x")
			publisher.Env = append(os.Environ(), "HEMICYCLE_INVENTED="+output,
				"HEMICYCLE_INVENTED_COUNT="+strconv.Itoa(n))
			if out, err := publisher.CombinedOutput(); err != nil {
				b.Fatalf("%v: %s", err, out)
			}
			to := os.Getenv("HEMICYCLE_REPORT")
			if to == "" {
				to = filepath.Join(b.TempDir(), "report")
			}
			var largest int64
			b.ResetTimer()
			for range b.N {
				c := exec.Command(binary, "report", "--from", output, "--to", to)
				if out, err := c.CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
				if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
					largest = max(largest, usage.Maxrss)
				}
			}
			b.ReportMetric(float64(largest)*1024/1e6, "peak-MB")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/election")
		})
	}
}

// BenchmarkPublishInvented publishes invented elections of 200 countries into the folder that HEMICYCLE_INVENTED
// names. It runs in a separate process, since the system counts the memory of a process into the peak of those that it
// starts.
func BenchmarkPublishInvented(b *testing.B) {
	dir := os.Getenv("HEMICYCLE_INVENTED")
	if dir == "" {
		b.Skip("it publishes for BenchmarkReport")
	}
	n, err := strconv.Atoi(os.Getenv("HEMICYCLE_INVENTED_COUNT"))
	if err != nil {
		b.Fatal(err)
	}
	every, _ := strconv.Atoi(os.Getenv("HEMICYCLE_INVENTED_CHANGED")) // one election in so many has other values
	output, err := version.OpenOutput(disk.Disk{}, dir, "invented", false)
	if err != nil {
		b.Fatal(err)
	}
	defer output.Close()
	sinks, err := load.Sinks(disk.Disk{}, output.Staging(), []string{load.Parquet}, version.FinishedParts{})
	if err != nil {
		b.Fatal(err)
	}
	defer load.CloseAll(sinks)
	run := schemas.Run{ID: "20260203T040506Z", Pipeline: "invented",
		StartedAt: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC), SchemaVersion: schemas.Version, Version: programVersion}
	run.FinishedAt = run.StartedAt
	write := func(r schemas.Record) {
		if err := sinks[0].Write(r); err != nil {
			b.Fatal(err)
		}
	}
	for i := range n {
		d := inventedPage(i)
		if err := extract.Read(d); err != nil {
			b.Fatal(err)
		}
		e := transform.Transform(d, &d.Boxes[0], transform.Options{})
		e.Country = "Land " + strconv.Itoa(i%200)
		if every > 0 && i%every == 0 && len(e.Contenders) > 0 {
			e.Country, e.Contenders[0].Name = "Ruritania", "Renamed "+strconv.Itoa(i)
		}
		run.Total.Add(&schemas.Account{Documents: 1, WithBox: 1, Boxes: 1, Elections: 1, Bytes: int64(len(d.Text))})
		write(schemas.Record{Election: e})
	}
	account := run.Total
	account.SourceURI, account.Scan = "invented", schemas.ScanWhole
	write(schemas.Record{Account: &account})
	write(schemas.Record{Run: &run})
	m := version.NewManifest(&run, "none")
	if m.Files, err = sinks[0].Commit(); err != nil {
		b.Fatal(err)
	}
	if _, err := output.Publish(run.ID, m); err != nil {
		b.Fatal(err)
	}
}
