package bzip2

import (
	stdlib "compress/bzip2"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	dsnet "github.com/dsnet/compress/bzip2"
)

// The benchmarks read the file that HEMICYCLE_BZIP2 names. Without it, they make one of Go's own sources.
const (
	envFile  = "HEMICYCLE_BZIP2"
	envAlone = "HEMICYCLE_BZIP2_ALONE" // set by BenchmarkBeside for TestAlone: the reader to use
)

// benchFile returns the path of the file that the benchmarks read.
func benchFile(b *testing.B) string {
	b.Helper()
	if name := os.Getenv(envFile); name != "" {
		return name
	}
	name := filepath.Join(b.TempDir(), "sources.tar.bz2")
	if err := os.WriteFile(name, stream(b, sources(b, 20<<20), 9), 0o600); err != nil {
		b.Fatal(err)
	}
	return name
}

// decompress reads a file to its end and returns how many bytes it holds.
func decompress(t testing.TB, name string, workers int) (n int64) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for block := range Blocks(context.Background(), f, []Span{{To: info.Size()}}, workers) {
		if block.Err != nil {
			t.Fatal(block.Err)
		}
		n += int64(len(block.Data))
	}
	return n
}

// decompressWith reads a file to its end with a reader that reads one stream after another.
func decompressWith(t testing.TB, name string, open func(io.Reader) (io.Reader, error)) int64 {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := open(f)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, r)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// readers are the decoders that are compared.
var readers = []struct {
	name string
	read func(t testing.TB, name string) int64
}{
	{"workers-1", func(t testing.TB, name string) int64 { return decompress(t, name, 1) }},
	{"workers-2", func(t testing.TB, name string) int64 { return decompress(t, name, 2) }},
	{"standard", func(t testing.TB, name string) int64 {
		return decompressWith(t, name, func(r io.Reader) (io.Reader, error) { return stdlib.NewReader(r), nil })
	}},
	{"dsnet", func(t testing.TB, name string) int64 {
		return decompressWith(t, name, func(r io.Reader) (io.Reader, error) { return dsnet.NewReader(r, nil) })
	}},
}

// BenchmarkBlocks decompresses the same file with one worker, with two, with the standard library and with dsnet's. The
// bytes are those that come out.
func BenchmarkBlocks(b *testing.B) {
	name := benchFile(b)
	for _, r := range readers {
		b.Run(r.name, func(b *testing.B) {
			for b.Loop() {
				b.SetBytes(r.read(b, name))
			}
		})
	}
}

// TestAlone decompresses a file and does nothing else: it is a process of its own for BenchmarkBeside.
func TestAlone(t *testing.T) {
	alone := os.Getenv(envAlone)
	if alone == "" {
		t.Skip("only for BenchmarkBeside")
	}
	for _, r := range readers {
		if r.name == alone {
			r.read(t, os.Getenv(envFile))
		}
	}
}

// BenchmarkBeside compares decompression with lbzip2, bzip2 and the libraries: it reports the best of several runs,
// each a process of its own. Processor time (cpu-s) is disturbed less by a busy machine than wall time (s). The ratios
// are to lbzip2 with as many threads.
func BenchmarkBeside(b *testing.B) {
	name := benchFile(b)
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	runs := [][]string{{"lbzip2", "-n1", "-dc", name}, {"lbzip2", "-n2", "-dc", name}, {"bzip2", "-dc", name}}
	labels := []string{"lbzip2-1", "lbzip2-2", "bzip2"}
	for _, run := range runs {
		if _, err := exec.LookPath(run[0]); err != nil {
			b.Skipf("%s is not installed: nothing to compare with", run[0])
		}
	}
	for _, r := range readers {
		runs, labels = append(runs, []string{self, "-test.run", "^TestAlone$"}), append(labels, r.name)
	}
	clock, processor := map[string]time.Duration{}, map[string]time.Duration{}
	for b.Loop() {
		for i, run := range runs {
			command := exec.Command(run[0], run[1:]...) // its output is discarded
			command.Env = append(os.Environ(), envFile+"="+name, envAlone+"="+labels[i])
			start := time.Now()
			if err := command.Run(); err != nil {
				b.Fatalf("%v: %v", command.Args, err)
			}
			least(clock, labels[i], time.Since(start))
			least(processor, labels[i], command.ProcessState.UserTime()+command.ProcessState.SystemTime())
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, label := range labels {
		b.ReportMetric(clock[label].Seconds(), label+"-s")
		b.ReportMetric(processor[label].Seconds(), label+"-cpu-s")
	}
	for _, n := range []string{"1", "2"} {
		b.ReportMetric(float64(clock["workers-"+n])/float64(clock["lbzip2-"+n]), "ratio-"+n)
		b.ReportMetric(float64(processor["workers-"+n])/float64(processor["lbzip2-"+n]), "cpu-ratio-"+n)
	}
}

// least keeps the smallest duration of a label.
func least(durations map[string]time.Duration, label string, took time.Duration) {
	if before, found := durations[label]; !found || took < before {
		durations[label] = took
	}
}
