//go:build unix

package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// resumeInput is an input of runs that are ended and resumed.
type resumeInput struct {
	name   string
	from   []string
	part   int // documents
	titles string
}

// resumeInputs makes inputs of every kind. Few of them are enough for a short round.
func resumeInputs(t *testing.T) []resumeInput {
	t.Helper()
	dir := t.TempDir()
	small := writePages(t, filepath.Join(dir, "pages"), 60)
	maker := newDumpMaker(t)
	maker.share = 0.04
	plain := filepath.Join(dir, "dump.xml")
	f, err := os.Create(plain)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := maker.make(f, 4<<20); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	xml, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	one := filepath.Join(dir, "one.xml.bz2")
	if err := os.WriteFile(one, bzip2Of(t, xml), 0o644); err != nil {
		t.Fatal(err)
	}
	_, many := maker.multistream(t, dir, 4<<20)
	among := []string{filepath.Join(dir, "pages", "000*.txt"), many, filepath.Join(dir, "pages", "001*.txt")}
	all := []resumeInput{
		{"a dump of many streams among files", among, 90, ""},
		{"small files", []string{small.glob}, 7, ""},
		{"a dump of one stream", []string{one}, 40, ""},
		{"a dump that is not compressed", []string{plain}, 25, ""},
		{"a dump by its index", []string{many}, 40, "[13579] general election$"},
	}
	return all[:schemastest.Rounds(1, len(all))]
}

// args returns the arguments of a run of the input.
func (in *resumeInput) args() []string {
	args := []string{"run", "--part-documents", fmt.Sprint(in.part)}
	for _, from := range in.from {
		args = append(args, "--from", from)
	}
	if in.titles != "" {
		args = append(args, "--titles", in.titles)
	}
	return args
}

// testResumed ends runs at any moment, by a signal that they can answer and by one that they cannot, and resumes them
// until one comes to its end: with the Parquet files of a run that was never stopped.
func testResumed(t *testing.T, program string) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for _, input := range resumeInputs(t) {
		t.Run(input.name, func(t *testing.T) {
			whole := filepath.Join(t.TempDir(), "whole")
			began := time.Now()
			out, err := exec.Command(program, append(input.args(), "--output", whole)...).CombinedOutput()
			took := time.Since(began)
			if err != nil && !strings.Contains(string(out), "published, with more than the pipeline allows") {
				t.Fatalf("%v\n%s", err, out)
			}
			want := parquetOf(t, whole)
			workers := []int{2, 1, 5}
			resumed := 0
			workers = workers[:schemastest.Rounds(1, len(workers))]
			for i := 0; i < len(workers) || resumed == 0 && i < maxTries; i++ {
				n := workers[i%len(workers)]
				k := &killedRun{
					program: program, output: filepath.Join(t.TempDir(), "out"), random: random, took: took,
					args: append(input.args(), "--resume", "--workers", fmt.Sprint(n)),
				}
				for !k.runOnce(t) {
				}
				resumed += k.resumed
				t.Logf("%d workers: ended %d times, by now %d runs were resumed", n, k.kills, resumed)
				if diff := cmp.Diff(want, parquetOf(t, k.output)); diff != "" {
					t.Errorf("%d workers, ended %d times: the files differ from those of a run in one go "+
						"(-want +got)\n%s", n, k.kills, diff)
				}
				wholeVersion(t, k.output)
				if left, _ := filepath.Glob(filepath.Join(k.output, ".staging-*")); len(left) > 0 {
					t.Errorf("after a run to the end there is still %v", left)
				}
			}
			if resumed == 0 {
				t.Error("no run was resumed")
			}
		})
	}
}

// killedRun is a run that is ended again and again, and resumed.
type killedRun struct {
	program, output string
	args            []string
	random          *rand.Rand
	took            time.Duration // of a run in one go
	kills, resumed  int
}

// maxTries is how many runs are tried until one is resumed. A fast run may end before it gets its signal.
const maxTries = 10

// maxKills is how often a run is ended before it may come to its end.
const maxKills = 4

// runOnce runs the program, ends it at some moment, and reports whether it came to its end all the same.
func (k *killedRun) runOnce(t *testing.T) (done bool) {
	t.Helper()
	before, _ := os.Readlink(filepath.Join(k.output, "current")) // of a run killed in its last moments
	c := exec.CommandContext(t.Context(), k.program, append(k.args, "--output", k.output)...)
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = c.Wait(); close(ended) }()
	signal := []os.Signal{os.Kill, syscall.SIGTERM}[k.random.IntN(2)]
	switch {
	case k.kills == 0: // as soon as there is something to resume
		for !hasFinishedPart(k.output) && !hasEnded(ended) {
		}
		_ = c.Process.Signal(signal)
	case k.kills < maxKills:
		select {
		case <-ended:
		case <-time.After(time.Duration(k.random.Int64N(int64(k.took)))):
			_ = c.Process.Signal(signal) // too late if it has ended
		}
	}
	<-ended
	if strings.Contains(said.String(), "msg=resumed") {
		k.resumed++
	}
	status := c.ProcessState.ExitCode()
	if status == statusDone || status == statusDoubtful {
		return true
	}
	k.kills++
	after, _ := os.Readlink(filepath.Join(k.output, "current"))
	k.checkEnded(t, signal, status, after != before, said.String())
	return false
}

// checkEnded checks how a run ended that was sent a signal.
func (k *killedRun) checkEnded(t *testing.T, signal os.Signal, status int, published bool, said string) {
	t.Helper()
	_, journal := os.Stat(journalOf(k.output))
	offered := strings.Contains(said, "run the same command with --resume to continue")
	switch {
	case published && signal == os.Kill:
	case published:
		t.Fatalf("a run that was told to stop published something, with status %d\n%s", status, said)
	case signal == os.Kill && status != -1, k.kills > maxKills:
		t.Fatalf("the run ended by itself with status %d\n%s", status, said)
	case signal == syscall.SIGTERM && status != statusFailed && status != -1: // -1: before it could listen
		t.Fatalf("a run that was told to stop ended with status %d\n%s", status, said)
	case status == statusFailed && offered != (journal == nil):
		t.Fatalf("whether there is something to resume (%v) is said wrongly\n%s", journal, said)
	}
}

func hasEnded(ended chan struct{}) bool {
	select {
	case <-ended:
		return true
	default:
		return false
	}
}

// journalOf returns the path of the journal of what was stopped in an output folder, or "".
func journalOf(output string) string {
	found, _ := filepath.Glob(filepath.Join(output, ".staging-*", "journal"))
	return strings.Join(found, "\n")
}

// hasFinishedPart reports whether the journal of what was stopped in an output folder has the line of a part.
func hasFinishedPart(output string) bool {
	content, err := os.ReadFile(journalOf(output))
	return err == nil && bytes.ContainsRune(content, '\n')
}

// parquetOf returns the digests of the Parquet files of a version, without those of the table runs.
func parquetOf(t *testing.T, output string) map[string]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(output, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m version.Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	digests := map[string]string{}
	for _, f := range m.Files {
		if f.Table != "runs" && f.Table != "" {
			digests[f.Path] = f.SHA256
		}
	}
	if len(digests) < 20 {
		t.Fatalf("a version has only %d Parquet files: too few parts to resume", len(digests))
	}
	return digests
}
