//go:build unix

package cmd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hemicycle/load/duckdb/duckdbtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// TestJobsAreWholeOrNothing kills the readers and the publisher of a job at any moment, several readers of a piece at
// once, and expects that the job ends with the rows of a run all the same.
func TestJobsAreWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	program := buildProgram(t, dir)
	input := writePages(t, filepath.Join(dir, "a"), 60)
	job, out := filepath.Join(dir, "job"), filepath.Join(dir, "out")
	command := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		c := exec.Command(program, args...)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		return c, &stderr
	}
	plan, stderr := command("job", "plan", "--from", input.glob, "--job", job, "--piece-bytes", "6kB")
	text, err := plan.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	pieces := 0
	if _, err := fmt.Sscan(string(text), &pieces); err != nil || pieces < 4 {
		t.Fatalf("the plan has the pieces %q", text)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d pieces, seed %d", pieces, seed)
	random := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	kill := func(c *exec.Cmd, most time.Duration) {
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(most))))
		_ = c.Process.Kill() // too late where it has ended
		if c.Wait() != nil {
			killed++
		}
	}
	for range schemastest.Rounds(4, 12) {
		c, _ := command("job", "read", fmt.Sprint(1+random.IntN(pieces)), "--job", job)
		kill(c, 400*time.Millisecond)
	}
	for n := 1; n <= pieces; n++ {
		first, _ := command("job", "read", fmt.Sprint(n), "--job", job)
		second, stderr := command("job", "read", fmt.Sprint(n), "--job", job)
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		if err := second.Run(); err != nil {
			t.Errorf("the piece %d: %v\n%s", n, err, stderr)
		}
		if err := first.Wait(); err != nil {
			t.Errorf("the piece %d, read twice at once: %v", n, err)
		}
	}
	for range schemastest.Rounds(1, 6) {
		c, _ := command("job", "publish", "--job", job, "--output", out)
		kill(c, 1500*time.Millisecond)
		if _, err := os.Stat(filepath.Join(out, "current")); err == nil {
			wholeVersion(t, out)
		}
	}
	if killed == 0 && schemastest.LongTests() {
		t.Error("no process was killed in time")
	}
	publish, stderr := command("job", "publish", "--job", job, "--output", out)
	if err := publish.Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	if _, elections := wholeVersion(t, out); elections != input.elections {
		t.Errorf("%d elections", elections)
	}
	ran := filepath.Join(dir, "ran")
	mustRun(t, program, ran, input)
	for _, table := range tables.All() {
		if table.Name == "runs" {
			continue
		}
		want, got := fmt.Sprint(rowsOfTable(t, ran, table)), fmt.Sprint(rowsOfTable(t, out, table))
		if want != got {
			t.Errorf("the table %s has other rows than that of a run", table.Name)
		}
	}
	left, err := filepath.Glob(filepath.Join(out, ".staging-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("there is still %s (%v)", strings.Join(left, ", "), err)
	}
}

// rowsOfTable returns the rows of a table of the current version, in their order.
func rowsOfTable(t *testing.T, output string, table *tables.Table) [][]any {
	t.Helper()
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range p.Manifest.Files {
		if f.Table == table.Name && strings.HasSuffix(f.Path, ".parquet") {
			paths = append(paths, filepath.Join(output, "current", filepath.FromSlash(f.Path)))
		}
	}
	return duckdbtest.ReadFiles(t, table, paths)
}
