package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hemicycle/extract/bzip2"
	"hemicycle/load/version"
)

// BenchmarkDump prints what the run of a dump takes, for HEMICYCLE_DUMP_MB megabytes of XML (default 300), made of
// real pages if there are some. Each figure is the lowest of HEMICYCLE_DUMP_RUNS runs (default 3), taken in turns, so
// that noise hits all alike. If the machine has other work, the seconds of its processors say more than those of the
// clock.
func BenchmarkDump(b *testing.B) {
	if _, err := exec.LookPath("lbzip2"); err != nil {
		b.Skip("lbzip2 is not installed")
	}
	m := dumpBench{B: b, folder: b.TempDir(), size: envSetting(b, "HEMICYCLE_DUMP_MB", 300) * 1_000_000,
		runs: int(envSetting(b, "HEMICYCLE_DUMP_RUNS", 3))}
	m.binary = filepath.Join(m.folder, "hemicycle")
	m.must(exec.Command("go", "build", "-o", m.binary, ".."))
	for b.Loop() {
		m.packed()
		m.plain()
		m.byIndex()
		m.memory()
	}
}

type dumpBench struct {
	*testing.B
	folder, binary string
	size           int64
	runs           int
}

func envSetting(b *testing.B, name string, otherwise int64) int64 {
	value := os.Getenv(name)
	if value == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 1 {
		b.Fatalf("%s=%s: expected a number from 1 on", name, value)
	}
	return n
}

func (m *dumpBench) must(c *exec.Cmd) []byte {
	m.Helper()
	out, err := c.CombinedOutput()
	if err != nil && (c.ProcessState == nil || c.ProcessState.ExitCode() != statusDoubtful) {
		m.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
	return out
}

// readingStage is the stage that reads a dump.
const readingStage = "read, judge and write"

// row prints a line of a table.
func (m *dumpBench) row(what string, cells ...any) {
	line := fmt.Sprintf("  %-58s", what)
	for _, c := range cells {
		if f, ok := c.(float64); ok {
			c = fmt.Sprintf("%.2f", f)
		}
		line += fmt.Sprintf(" %10v", c)
	}
	fmt.Println(line)
}

// made writes a dump of that many bytes.
func (m *dumpBench) made(size int64) (*madeDump, string) {
	path := filepath.Join(m.folder, fmt.Sprintf("made-%d.xml", size))
	f, err := os.Create(path)
	if err != nil {
		m.Fatal(err)
	}
	d, err := newDumpMaker(m.B).make(f, size)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		m.Fatal(err)
	}
	return d, path
}

// runFigures is what one run of the program took.
type runFigures struct {
	seconds, processor float64
	stages             map[string]float64
	order              []string
	peak               float64 // MB
	manifest           version.Manifest
}

// run runs the built program on a dump.
func (m *dumpBench) run(args ...string) runFigures {
	m.Helper()
	output := filepath.Join(m.folder, "output")
	if err := os.RemoveAll(output); err != nil {
		m.Fatal(err)
	}
	c := exec.Command(m.binary, append([]string{"run", "--republish", "--log", "json", "--output", output}, args...)...)
	started := time.Now()
	out := m.must(c)
	r := runFigures{seconds: time.Since(started).Seconds(), stages: map[string]float64{}}
	r.processor = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.peak = float64(usage.Maxrss) * 1024 / 1e6
	}
	for line := range bytes.Lines(out) {
		var entry struct {
			Message string `json:"msg"`
			Name    string
			Seconds float64
		}
		if json.Unmarshal(line, &entry) == nil && entry.Message == "stage" {
			r.stages[entry.Name] = entry.Seconds
			r.order = append(r.order, entry.Name)
		}
	}
	content, err := os.ReadFile(filepath.Join(output, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(content, &r.manifest)
	}
	if err != nil {
		m.Fatal(err)
	}
	return r
}

// workCost is what some work took: seconds of the clock and of the processors.
type workCost struct{ clock, processor float64 }

// least runs several works in turns and returns the lowest cost of each.
func (m *dumpBench) least(works ...func() workCost) []workCost {
	best := make([]workCost, len(works))
	for round := range m.runs {
		for i, work := range works {
			took := work()
			if round == 0 {
				best[i] = took
			}
			best[i] = workCost{min(best[i].clock, took.clock), min(best[i].processor, took.processor)}
		}
	}
	return best
}

// timed runs a shell command, in which $0 is the argument, and returns its cost.
func (m *dumpBench) timed(command string, args ...string) workCost {
	m.Helper()
	c := exec.Command("sh", append([]string{"-c", command}, args...)...)
	started := time.Now()
	m.must(c)
	return workCost{time.Since(started).Seconds(), (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()}
}

// own returns the processor seconds of this process so far.
func (m *dumpBench) own() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		m.Fatal(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

// packed compares the whole run on one stream of bzip2 with decompression alone and with a script.
func (m *dumpBench) packed() {
	made, path := m.made(m.size)
	m.must(exec.Command("lbzip2", "-9", "-k", path))
	file := path + ".bz2"
	var fastest runFigures
	took := m.least(
		func() workCost { return m.timed(`lbzip2 -n2 -dc "$0" >/dev/null`, file) },
		func() workCost { return m.decode(file) },
		func() workCost {
			r := m.run("--from", file)
			if fastest.seconds == 0 || r.seconds < fastest.seconds {
				fastest = r
			}
			return workCost{r.seconds, r.processor}
		},
		func() workCost { return m.timed(`bzcat "$0" >/dev/null`, file) },
	)
	fmt.Printf("\n%d MB of XML, %d pages, %d of them with elections; one stream of bzip2\n", made.bytes/1e6, made.pages,
		len(made.elections))
	m.row("", "seconds", "MB/s", "ratio", "processor", "ratio")
	for i, what := range []string{"lbzip2 -n2 -dc >/dev/null", "our decoder to nothing",
		"the whole run, to the published output", "bzcat >/dev/null"} {
		m.row(what, took[i].clock, float64(made.bytes)/1e6/took[i].clock, took[i].clock/took[0].clock,
			took[i].processor, took[i].processor/took[0].processor)
	}
	m.row("the whole run beside our decoder (at most 1.15)", "", "", took[2].clock/took[1].clock, "",
		took[2].processor/took[1].processor)
	m.row("the whole run beside lbzip2 (at most 1.6, aim 1.2)", "", "", took[2].clock/took[0].clock, "",
		took[2].processor/took[0].processor)
	fmt.Println("\nthe stages of that run")
	m.row("", "seconds", "share")
	for _, stage := range fastest.order {
		m.row(stage, fastest.stages[stage], fastest.stages[stage]/fastest.seconds)
	}
	m.row("our decoder alone, of the first stage", took[1].clock, took[1].clock/fastest.seconds)
	python := "python3"
	if exec.Command(python, "-c", "import mwparserfromhell").Run() != nil {
		python = "/usr/bin/python3"
	}
	if exec.Command(python, "-c", "import mwparserfromhell").Run() == nil {
		found := filepath.Join(m.folder, "found.txt")
		script := m.timed(`bzcat "$0" | "$1" ../extract/testdata/peers/dump.py >"$2"`, file, python, found)
		out, err := os.ReadFile(found)
		if err != nil {
			m.Fatal(err)
		}
		fmt.Println("\nbeside a plain script")
		m.row("", "seconds", "times", "processor", "times")
		m.row("bzcat, and a script on mwparserfromhell", script.clock, 1.0, script.processor, 1.0)
		m.row("hemicycle, judged and published", took[2].clock, script.clock/took[2].clock, took[2].processor,
			script.processor/took[2].processor)
		m.row("the script finds: " + strings.TrimSpace(string(out)))
		m.row(fmt.Sprintf("hemicycle finds: %d pages %d elections", fastest.manifest.Counts.Documents,
			fastest.manifest.Counts.Elections))
	}
	for _, p := range []string{path, file} {
		if err := os.Remove(p); err != nil {
			m.Fatal(err)
		}
	}
}

// decode decompresses a file to nothing.
func (m *dumpBench) decode(path string) workCost {
	f, err := os.Open(path)
	if err != nil {
		m.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		m.Fatal(err)
	}
	started, before := time.Now(), m.own()
	for block := range bzip2.Blocks(context.Background(), f, []bzip2.Span{{To: info.Size()}}, 2) {
		if block.Err != nil {
			m.Fatal(block.Err)
		}
	}
	return workCost{time.Since(started).Seconds(), m.own() - before}
}

// plain measures uncompressed XML.
func (m *dumpBench) plain() {
	made, path := m.made(3 * m.size)
	var read []float64
	took := m.least(func() workCost {
		r := m.run("--from", path)
		read = append(read, r.stages[readingStage])
		return workCost{r.seconds, r.processor}
	})
	fmt.Printf("\n%d MB of XML, not compressed, on two cores (at least 600 MB/s)\n", made.bytes/1e6)
	m.row("", "seconds", "MB/s", "processor", "MB/s on two")
	m.row("the whole run", took[0].clock, float64(made.bytes)/1e6/took[0].clock, took[0].processor,
		2*float64(made.bytes)/1e6/took[0].processor)
	least := slices.Min(read)
	m.row("of it reading, judging and writing", least, float64(made.bytes)/1e6/least)
	if err := os.Remove(path); err != nil {
		m.Fatal(err)
	}
}

// byIndex compares the time of a run by the index with its share of the bytes.
func (m *dumpBench) byIndex() {
	made, path := newDumpMaker(m.B).multistream(m.B, m.folder, m.size)
	var whole, part runFigures
	took := m.least(
		func() workCost {
			whole = m.run("--from", path)
			return workCost{whole.stages[readingStage], whole.processor}
		},
		func() workCost {
			part = m.run("--from", path, "--titles")
			return workCost{part.stages[readingStage], part.processor}
		},
	)
	input := part.manifest.Inputs[0]
	share := float64(input.Index.BytesRead) / float64(input.Bytes)
	fmt.Printf("\n%d MB of XML in %d streams of bzip2, with an index; reading, judging and writing\n", made.bytes/1e6,
		input.Index.Streams)
	m.row("", "seconds", "share", "processor", "share")
	m.row("the whole dump", took[0].clock, 1.0, took[0].processor, 1.0)
	m.row(fmt.Sprintf("%d of %d streams, with %d of %d titles", input.Index.StreamsRead, input.Index.Streams,
		input.Index.Matched, input.Index.Titles), took[1].clock, took[1].clock/took[0].clock, took[1].processor,
		took[1].processor/took[0].processor)
	m.row("bytes read", "", share)
	m.row("time beside bytes (at most 1.2)", "", took[1].clock/took[0].clock/share, "",
		took[1].processor/took[0].processor/share)
}

// memory measures the peak size of the process for dumps of two sizes.
func (m *dumpBench) memory() {
	fmt.Printf("\nthe largest size of the process (less than 500 MB, whatever the dump)\n")
	m.row("", "MB")
	for _, size := range []int64{100_000_000, 1_000_000_000} {
		made, path := m.made(size)
		m.must(exec.Command("lbzip2", "-9", path))
		r := m.run("--from", path+".bz2")
		m.row(fmt.Sprintf("%d MB of XML, in bzip2", made.bytes/1e6), r.peak)
		if err := os.Remove(path + ".bz2"); err != nil {
			m.Fatal(err)
		}
	}
}
