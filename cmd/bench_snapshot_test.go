package cmd

import (
	"archive/tar"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// BenchmarkSnapshot prints what the run of a snapshot takes, beside the run of a dump of the same pages, for
// HEMICYCLE_DUMP_MB megabytes of XML (default 100) and about ten times as many of JSON. Each figure is the lowest of
// HEMICYCLE_DUMP_RUNS runs (default 3), taken in turns.
func BenchmarkSnapshot(b *testing.B) {
	m := dumpBench{B: b, folder: b.TempDir(), size: envSetting(b, "HEMICYCLE_DUMP_MB", 100) * 1_000_000,
		runs: int(envSetting(b, "HEMICYCLE_DUMP_RUNS", 3))}
	m.binary = filepath.Join(m.folder, "hemicycle")
	m.must(exec.Command("go", "build", "-o", m.binary, ".."))
	for b.Loop() {
		m.snapshot()
	}
}

// snapshot compares the runs of a dump and of a snapshot of its pages.
func (m *dumpBench) snapshot() {
	made, dump := m.made(m.size)
	m.must(exec.Command("gzip", "-k", "-f", dump))
	lines := filepath.Join(m.folder, "enwiki.ndjson")
	size := m.packedSnapshot(dump, lines)
	var peak float64
	readOnly := func(path string) func() workCost {
		return func() workCost {
			r := m.run("--from", path)
			peak = max(peak, r.peak)
			return workCost{r.seconds, r.processor}
		}
	}
	works := []struct {
		what string
		size int64
		work func() workCost
	}{
		{"gzip -dc of the snapshot, once, to nothing", size, func() workCost {
			return m.timed(`gzip -dc "$0" >/dev/null`, lines+".tar.gz")
		}},
		{"the snapshot, tar.gz", size, readOnly(lines + ".tar.gz")},
		{"the snapshot, NDJSON that is not compressed", size, readOnly(lines)},
		{"the dump of its pages, gzip", made.bytes, readOnly(dump + ".gz")},
		{"the dump of its pages, not compressed", made.bytes, readOnly(dump)},
	}
	var costs []func() workCost
	for _, w := range works {
		costs = append(costs, w.work)
	}
	took := m.least(costs...)
	fmt.Printf("\n%d pages: %d MB of XML, %d MB of NDJSON; whole runs, to the published output\n", made.pages,
		made.bytes/1e6, size/1e6)
	m.row("", "seconds", "MB/s", "processor", "MB/s", "pages/s")
	for i, w := range works {
		m.row(w.what, took[i].clock, float64(w.size)/1e6/took[i].clock, took[i].processor,
			float64(w.size)/1e6/took[i].processor, float64(made.pages)/took[i].processor)
	}
	m.row("the largest size of the process, MB", peak)
}

// packedSnapshot writes a snapshot of a dump's pages, as lines and as an archive of them. It returns the size of the
// lines.
func (m *dumpBench) packedSnapshot(dump, path string) int64 {
	f, err := os.Create(path)
	if err != nil {
		m.Fatal(err)
	}
	size := writeSnapshot(m.B, dump, f)
	if err := f.Close(); err != nil {
		m.Fatal(err)
	}
	packed, err := os.Create(path + ".tar.gz")
	if err != nil {
		m.Fatal(err)
	}
	z := gzip.NewWriter(packed)
	w := tar.NewWriter(z)
	if err := w.WriteHeader(&tar.Header{Name: "enwiki_0.ndjson", Mode: 0o644, Size: size}); err != nil {
		m.Fatal(err)
	}
	content, err := os.Open(path)
	if err != nil {
		m.Fatal(err)
	}
	defer content.Close()
	if _, err := content.WriteTo(w); err != nil {
		m.Fatal(err)
	}
	for _, c := range []interface{ Close() error }{w, z, packed} {
		if err := c.Close(); err != nil {
			m.Fatal(err)
		}
	}
	return size
}
