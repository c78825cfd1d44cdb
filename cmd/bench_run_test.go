package cmd

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hemicycle/extract"
	"hemicycle/load"
	"hemicycle/load/disk"
	"hemicycle/load/duckdb"
	"hemicycle/load/version"
	"hemicycle/schemas"
	"hemicycle/transform"
)

// inventedPage returns a page about an invented election with twelve contenders. Each number gives another page.
func inventedPage(n int) *schemas.Document {
	var b strings.Builder
	year := 1900 + n%120
	fmt.Fprintf(&b,
		"= %d election of land %d =\n\nInfobox\n- Country: Land %d\n- Previous Election: %d\n- Next Election: %d\n- "+
			"Election Date: %d May %d\n", year, n, n, year-4, year+4, 1+n%28, year)
	total := 0
	for i := 1; i <= 12; i++ {
		seats := 3 + (n*i)%40
		total += seats
		fmt.Fprintf(&b,
			"- Party%d: Party %d of Land %d\n- Leader%d: Leader %d of Land %d\n- Colour%d: #%06X\n"+
				"- Percentage%d: %d.%02d\n- Seats%d: %d\n- Last Election%d: %d\n",
			i, i, n, i, i, n, i, (n*i)%(1<<24), i, 8, (n+i)%33, i, seats, i, (seats+n)%40)
	}
	fmt.Fprintf(&b,
		"- Seats For Election: %d seats in the Chamber\n- Majority Seats: %d\n- Turnout: %d.%d%%\n"+
			"- Title: Prime Minister\n- Before Election: Leader 2 of Land %d\n- After Election: Leader 1 of Land %d\n"+
			"- After Party: Party 1 of Land %d\n\nThe election was held on %d May %d. Turnout was %d%%.\n",
		total, total/2+1, 40+n%50, n%10, n, n, n, 1+n%28, year, 40+n%50)
	return &schemas.Document{URI: "invented:" + strconv.Itoa(n), Text: b.String(), SHA256: fmt.Sprintf("%064x", n)}
}

// electionOf reads an invented page.
func electionOf(b *testing.B, d *schemas.Document) *schemas.Election {
	if err := extract.Read(d); err != nil {
		b.Fatal(err)
	}
	return transform.Transform(d, &d.Boxes[0], transform.Options{})
}

// BenchmarkDefaultRun runs the built program, as a user would. It stands first, since the system counts the memory of
// this process into the peak of those that it starts.
func BenchmarkDefaultRun(b *testing.B) {
	binary := buildProgram(b, b.TempDir())
	output := b.TempDir()
	var largest int64
	for b.Loop() {
		c := exec.Command(binary, "run", "--republish", "--output", output)
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
			largest = max(largest, usage.Maxrss)
		}
	}
	b.ReportMetric(float64(largest)*1024/1e6, "peak-MB")
}

func BenchmarkExtract(b *testing.B) {
	d := inventedPage(7)
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		d.Boxes, d.Prose = nil, nil
		if err := extract.Read(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTransform(b *testing.B) {
	d := inventedPage(7)
	electionOf(b, d)
	b.ReportAllocs()
	for b.Loop() {
		transform.Transform(d, &d.Boxes[0], transform.Options{})
	}
}

// BenchmarkElections takes elections through every stage, one at a time as in a run. Compare the figures of 10,000 and
// of 100,000 elections: the seconds of each stage, the peak of the Go heap (which must not grow), and the peak of the
// process while the database is built.
func BenchmarkElections(b *testing.B) {
	for _, n := range []int{10_000, 40_000, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				runStages(b, n)
			}
		})
	}
}

func runStages(b *testing.B, n int) {
	folder := b.TempDir()
	sinks, err := load.Sinks(disk.Disk{}, folder, []string{load.Parquet}, version.FinishedParts{})
	if err != nil {
		b.Fatal(err)
	}
	defer load.CloseAll(sinks)
	var made, extracting, transforming, writing time.Duration
	var heap uint64
	last := time.Now()
	lap := func(d *time.Duration) {
		now := time.Now()
		*d += now.Sub(last)
		last = now
	}
	for i := range n {
		d := inventedPage(i)
		lap(&made)
		if err := extract.Read(d); err != nil {
			b.Fatal(err)
		}
		lap(&extracting)
		e := transform.Transform(d, &d.Boxes[0], transform.Options{})
		lap(&transforming)
		if err := sinks[0].Write(schemas.Record{Election: e}); err != nil {
			b.Fatal(err)
		}
		if i%50_000 == 49_999 { // as a run does
			if _, err := sinks[0].FinishPart(); err != nil {
				b.Fatal(err)
			}
		}
		lap(&writing)
		if i%1000 == 999 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heap = max(heap, m.HeapInuse)
			last = time.Now()
		}
	}
	files, err := sinks[0].Commit()
	if err != nil {
		b.Fatal(err)
	}
	lap(&writing)
	resetPeak()
	if _, err := duckdb.Build(context.Background(), disk.Disk{}, folder, files); err != nil {
		b.Fatal(err)
	}
	var building time.Duration
	lap(&building)
	per := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(n) }
	b.ReportMetric(per(extracting), "extract-µs/election")
	b.ReportMetric(per(transforming), "transform-µs/election")
	b.ReportMetric(per(writing), "parquet-µs/election")
	b.ReportMetric(per(building), "database-µs/election")
	b.ReportMetric(float64(heap)/1e6, "heap-MB")
	b.ReportMetric(peakBytes()/1e6, "build-peak-MB")
}

// resetPeak makes the system measure the peak size of the process anew. It works on Linux only.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakBytes returns the peak size of the process since then, or 0 if the system does not say.
func peakBytes() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb * 1024
		}
	}
	return 0
}

// BenchmarkPages reads the pages in the folder that HEMICYCLE_PAGES names, from wikitext in memory: to typed elections
// only, as other readers do, and with claims, findings and measures, as a run does.
func BenchmarkPages(b *testing.B) {
	tuneCollector() // as the program does
	b.Run("typed", func(b *testing.B) {
		readPages(b, extract.Options{BoxesOnly: true}, func(d *schemas.Document,
			box *schemas.Infobox) {
			transform.ApplyRules(d, box)
		})
	})
	b.Run("judged", func(b *testing.B) {
		readPages(b, extract.Options{},
			func(d *schemas.Document, box *schemas.Infobox) { transform.Transform(d, box, transform.Options{}) })
	})
}

func readPages(b *testing.B, o extract.Options, read func(*schemas.Document, *schemas.Infobox)) {
	folder := os.Getenv("HEMICYCLE_PAGES")
	if folder == "" {
		folder = filepath.Join("..", "extract", "testdata", "wikitext")
	}
	paths, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(paths) == 0 {
		b.Fatalf("no pages in %s: %v", folder, err)
	}
	var pages []string
	size := 0
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, string(content))
		size += len(content)
	}
	reader := extract.NewReader(o)
	digest := strings.Repeat("0", 64)
	for b.Loop() {
		for _, page := range pages {
			d := &schemas.Document{URI: "page", Text: page, SHA256: digest}
			if err := reader.Read(d); err != nil {
				b.Fatal(err)
			}
			for i := range d.Boxes {
				read(d, &d.Boxes[i])
			}
		}
	}
	seconds := b.Elapsed().Seconds()
	b.ReportMetric(float64(b.N*len(pages))/seconds, "pages/s")
	b.ReportMetric(float64(b.N*size)/seconds, "bytes/s")
}
