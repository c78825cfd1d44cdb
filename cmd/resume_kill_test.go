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
)

// testResumed ends runs at any moment, by a signal that they can answer and by one that they cannot, and
// resumes them until one comes to its end: with the Parquet files of a run that was never stopped.
func testResumed(t *testing.T, program string) {
	dir := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
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
	for _, input := range []struct {
		name   string
		from   []string
		part   int
		titles string
	}{
		{"small files", []string{small.glob}, 7, ""},
		{"a dump of one stream", []string{one}, 40, ""},
		{"a dump of many streams among files", []string{filepath.Join(dir, "pages", "000*.txt"), many,
			filepath.Join(dir, "pages", "001*.txt")}, 90, ""},
		{"a dump that is not packed", []string{plain}, 25, ""},
		{"a dump by its index", []string{many}, 40, "[13579] general election$"},
	} {
		t.Run(input.name, func(t *testing.T) {
			args := []string{"run", "--part-documents", fmt.Sprint(input.part)}
			for _, from := range input.from {
				args = append(args, "--from", from)
			}
			if input.titles != "" {
				args = append(args, "--titles", input.titles)
			}
			whole := filepath.Join(t.TempDir(), "whole")
			began := time.Now()
			out, err := exec.Command(program, append(args, "--output", whole)...).CombinedOutput()
			took := time.Since(began)
			if err != nil && !strings.Contains(string(out), "published, with more than the pipeline allows") {
				t.Fatalf("%v\n%s", err, out)
			}
			want := parquetOf(t, whole)
			counts := []int{1, 2, 5}
			if testing.Short() {
				counts = []int{2}
			}
			resumed := 0
			for _, workers := range counts {
				output := filepath.Join(t.TempDir(), "out")
				kills := 0
				for {
					before, _ := os.Readlink(filepath.Join(output, "current")) // of a run killed in its last moments
					c := exec.CommandContext(t.Context(), program,
						append(args, "--output", output, "--resume", "--workers", fmt.Sprint(workers))...)
					var said bytes.Buffer
					c.Stderr = &said
					if err := c.Start(); err != nil {
						t.Fatal(err)
					}
					ended := make(chan struct{})
					go func() { _ = c.Wait(); close(ended) }()
					signal := []os.Signal{os.Kill, syscall.SIGTERM}[random.IntN(2)]
					switch {
					case kills == 0: // as soon as there is something to resume
						for journalOf(output) == "" && !hasEnded(ended) {
						}
						_ = c.Process.Signal(signal)
					case kills < 4:
						select {
						case <-ended:
						case <-time.After(time.Duration(random.Int64N(int64(took)))):
							_ = c.Process.Signal(signal) // too late where it has ended
						}
					}
					<-ended
					if strings.Contains(said.String(), "msg=resumed") {
						resumed++
					}
					status := c.ProcessState.ExitCode()
					if status == statusDone || status == statusDoubtful {
						break
					}
					kills++
					_, journal := os.Stat(journalOf(output))
					after, _ := os.Readlink(filepath.Join(output, "current"))
					switch {
					case after != before && signal == os.Kill:
					case after != before:
						t.Fatalf("a run that was told to stop published something, with status %d\n%s", status, &said)
					case signal == os.Kill && status != -1, kills > 4:
						t.Fatalf("the run ended by itself with status %d\n%s", status, &said)
					// -1: before it could listen
					case signal == syscall.SIGTERM && status != statusFailed && status != -1:
						t.Fatalf("a run that was told to stop ended with status %d\n%s", status, &said)
					case status == statusFailed &&
						strings.Contains(said.String(),
							"run the same command with --resume to continue") != (journal == nil):
						t.Fatalf("whether there is something to resume (%v) is said wrongly\n%s", journal, &said)
					}
				}
				t.Logf("%d workers: ended %d times, by now %d runs were resumed", workers, kills, resumed)
				if diff := cmp.Diff(want, parquetOf(t, output)); diff != "" {
					t.Errorf("%d workers, ended %d times: the files differ from those of a run in one go (-want "+
						"+got)\n%s", workers, kills, diff)
				}
				wholeVersion(t, output)
				if left, _ := filepath.Glob(filepath.Join(output, ".staging-*")); len(left) > 0 {
					t.Errorf("after a run to the end there is still %v", left)
				}
			}
			if resumed == 0 {
				t.Error("no run was resumed")
			}
		})
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

// journalOf is the journal of what was stopped in an output folder, or a name that there is not.
func journalOf(output string) string {
	found, _ := filepath.Glob(filepath.Join(output, ".staging-*", "journal"))
	return strings.Join(found, "\n")
}

// parquetOf is the digests of the Parquet files of a version, but those of its runs.
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
			digests[strings.TrimPrefix(f.Path, "versions/"+m.Run+"/")] = f.SHA256
		}
	}
	if len(digests) < 20 {
		t.Fatalf("a version has only %d Parquet files: too few parts to resume", len(digests))
	}
	return digests
}
