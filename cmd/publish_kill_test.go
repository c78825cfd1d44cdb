//go:build unix

package cmd

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// TestPublishingIsWholeOrNothing runs the real program and ends it in every way in which a program can end.
func TestPublishingIsWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // for another user
		t.Fatal(err)
	}
	program := buildProgram(t, dir)
	a, b := writePages(t, filepath.Join(dir, "a"), 200), writePages(t, filepath.Join(dir, "b"), 300)
	t.Run("killed", func(t *testing.T) { testKilled(t, program, a, b) })
	t.Run("killed, of one wiki", func(t *testing.T) { testKilledPartition(t, program, a, b) })
	t.Run("killed and resumed", func(t *testing.T) { testResumed(t, program) })
	t.Run("full disk", func(t *testing.T) { testFullDisk(t, program, a, b) })
	t.Run("largest file", func(t *testing.T) { testLargestFile(t, program, a, b) })
	t.Run("folder of another user", func(t *testing.T) { testFolderOfAnother(t, program, a, b) })
}

// pageSet is an input: a glob, and how many elections it has.
type pageSet struct {
	glob      string
	elections int64
}

func writePages(t *testing.T, dir string, n int) pageSet {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		var page strings.Builder
		fmt.Fprintf(&page,
			"= %d Ruritanian general election =\n\nInfobox\n- Country: Ruritania\n- Election Date: 1 May %d\n- Seats "+
				"For Election: 100 seats\n", 1000+i, 1000+i)
		for p := 1; p <= 10; p++ {
			fmt.Fprintf(&page, "- Party%d: Party %d of %s\n- Seats%d: 10\n- Percentage%d: 10.00\n", p, p,
				filepath.Base(dir), p, p)
		}
		path := filepath.Join(dir, fmt.Sprintf("%04d.txt", i))
		if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return pageSet{filepath.Join(dir, "*.txt"), int64(n)}
}

func runOf(t *testing.T, program, output string, input pageSet) (*exec.Cmd, *bytes.Buffer) {
	c := exec.CommandContext(t.Context(), program, "run", "--republish", "--output", output, "--from", input.glob)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	return c, &stderr
}

func mustRun(t *testing.T, program, output string, input pageSet) {
	t.Helper()
	c, stderr := runOf(t, program, output, input)
	if err := c.Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	run, elections := wholeVersion(t, output)
	if pointed := checkPointer(t, output); elections != input.elections || pointed != run {
		t.Fatalf("%d elections after a run on %d; the pointer leads to %s, the link to %s", elections, input.elections,
			pointed, run)
	}
}

// wholeVersion fails unless the current version is whole by every way to it, and of one run. It returns its name and its
// number of elections.
func wholeVersion(t *testing.T, output string) (run string, elections int64) {
	t.Helper()
	m, rows := wholeFiles(t, output)
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.QueryRow("SELECT run_id, elections FROM runs").Scan(&run, &elections)
	if err != nil || run != m.Run || elections != rows["elections"] {
		t.Fatalf("the database is of the run %s with %d elections (%v), the manifest of %s", run, elections, err, m.Run)
	}
	return run, elections
}

// wholeFiles fails unless the current version is whole by every way to it: the links, the manifest, the digests of the
// files and the rows of the database. It returns the manifest, and the rows of each table.
func wholeFiles(t *testing.T, output string) (*version.Manifest, map[string]int64) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(output, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m version.Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatalf("%v in the manifest", err)
	}
	current, err := filepath.EvalSymlinks(filepath.Join(output, "current"))
	if err != nil || filepath.Base(current) != m.Run {
		t.Fatalf("current is %s (%v), the manifest is of %s", current, err, m.Run)
	}
	rows := map[string]int64{}
	for _, f := range m.Files {
		content, err := os.ReadFile(filepath.Join(current, filepath.FromSlash(f.Path)))
		digest := sha256.Sum256(content)
		if err != nil || int64(len(content)) != f.Bytes || hex.EncodeToString(digest[:]) != f.SHA256 {
			t.Fatalf("%s is not as the manifest says (%v)", f.Path, err)
		}
		rows[f.Table] += f.Rows
	}
	checkPointer(t, output)
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	delete(rows, "") // the database itself
	if len(rows) < 10 {
		t.Fatalf("the manifest lists %d tables", len(rows))
	}
	for table, want := range rows {
		var got int64
		if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&got); err != nil || got != want {
			t.Fatalf("%s has %d rows in the database and %d in the manifest (%v)", table, got, want, err)
		}
	}
	return &m, rows
}

// checkPointer fails unless the pointer leads to a version that is whole. It returns the run of the version, which is
// the current one or, if a run was killed between the two renames by which it published, the one before.
func checkPointer(t *testing.T, output string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(output, version.PointerName))
	if err != nil {
		t.Fatal(err)
	}
	p, err := version.ParsePointer(content)
	if err != nil {
		t.Fatalf("%v: %s", err, content)
	}
	folder := filepath.Join(output, filepath.FromSlash(p.Path))
	manifest, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil || *version.NewPointer(p.Run, manifest) != *p {
		t.Fatalf("the manifest is not the one to which the pointer leads (%v)", err)
	}
	sums, err := os.ReadFile(filepath.Join(folder, version.SumsName))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(sums)) {
		digest, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if sum := sha256.Sum256(content); err != nil || hex.EncodeToString(sum[:]) != digest {
			t.Fatalf("%s of %s is not as %s says (%v)", name, p.Run, version.SumsName, err)
		}
	}
	return p.Run
}

// testKilled kills runs on two inputs in turn, half of them at any moment and half while they publish.
func testKilled(t *testing.T, program string, a, b pageSet) {
	output := filepath.Join(t.TempDir(), "out")
	began := time.Now()
	mustRun(t, program, output, a)
	took := time.Since(began)
	seed := uint64(began.UnixNano())
	t.Logf("a run takes %v; seed %d", took, seed)
	random := rand.New(rand.NewPCG(seed, 0))
	kills, published, stayed := schemastest.Rounds(6, 40), 0, 0
	before, had := wholeVersion(t, output)
	for i := range kills {
		input := a
		if had == a.elections {
			input = b
		}
		c, stderr := runOf(t, program, output, input)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		var moment time.Duration
		if i%2 == 0 {
			moment = time.Duration(random.Int64N(int64(took) * 11 / 10))
		} else {
			waitForPublishing(output, ended)
			moment = time.Duration(random.Int64N(int64(2 * time.Millisecond)))
		}
		readUntil(t, output, time.Now().Add(moment), ended)
		_ = c.Process.Kill() // too late where it has ended
		err := <-ended
		after, elections := wholeVersion(t, output)
		switch {
		case after == before && elections == had:
			stayed++
			if err == nil {
				t.Fatalf("kill %d: the run ended well and the old version stayed\n%s", i, stderr)
			}
		case after != before && elections == input.elections:
			published++
		default:
			t.Fatalf("kill %d: version %s with %d elections, then %s with %d", i, before, had, after, elections)
		}
		before, had = after, elections
	}
	t.Logf("after %d kills: %d times the old version, %d times the new one", kills, stayed, published)
	if stayed == 0 {
		t.Error("no run was killed in time")
	}
	if had == a.elections {
		a, b = b, a
	}
	mustRun(t, program, output, a) // other pages than the current version has: one that repeats it is kept besides
	mustRun(t, program, output, b)
	for _, pattern := range []string{".staging-*", "*.next", "*.wal"} {
		if left, _ := filepath.Glob(filepath.Join(output, pattern)); len(left) > 0 {
			t.Errorf("after a run to the end there is still %v", left)
		}
	}
	if versions, err := os.ReadDir(filepath.Join(output, "versions")); err != nil || len(versions) > 3 {
		t.Errorf("%d versions (%v)", len(versions), err)
	}
}

// waitForPublishing returns when a run has made the link that it is about to swap, or has ended.
func waitForPublishing(output string, ended chan error) {
	for {
		if _, err := os.Lstat(filepath.Join(output, "current.next")); err == nil {
			return
		}
		select {
		case err := <-ended:
			ended <- err
			return
		default:
		}
	}
}

// readUntil follows the links without a pause, as readers do, until a moment or the end of a run. There must be a
// version at all times.
func readUntil(t *testing.T, output string, moment time.Time, ended chan error) {
	t.Helper()
	for time.Now().Before(moment) {
		for _, name := range []string{"manifest.json", version.DatabaseName, "parquet", version.PointerName} {
			if _, err := os.Stat(filepath.Join(output, name)); err != nil {
				t.Fatalf("a reader finds no version: %v", err)
			}
		}
		select {
		case err := <-ended:
			ended <- err
			return
		default:
		}
	}
}

// testFullDisk leaves different amounts of space on a small disk.
func testFullDisk(t *testing.T, program string, a, b pageSet) {
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no disk of a known size can be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	output, ballast := filepath.Join(disk, "out"), filepath.Join(disk, "ballast")
	mustRun(t, program, output, a)
	free := func() int64 {
		var s syscall.Statfs_t
		if err := syscall.Statfs(disk, &s); err != nil {
			t.Fatal(err)
		}
		return int64(s.Bavail) * int64(s.Bsize)
	}
	failed, input := 0, b
	before, had := wholeVersion(t, output)
	rooms := []int64{0, 300, 1000, 20000} // kB
	if schemastest.LongTests() {
		rooms = []int64{0, 16, 100, 300, 600, 1000, 2000, 3000, 4000, 6000, 8000, 12000, 16000, 20000}
	}
	for _, room := range rooms {
		if err := os.WriteFile(ballast, make([]byte, max(0, free()-room<<10)), 0o644); err != nil {
			t.Fatal(err)
		}
		c, stderr := runOf(t, program, output, input)
		err := c.Run()
		after, elections := wholeVersion(t, output)
		if err == nil {
			if after == before || elections != input.elections {
				t.Errorf("%d kB: the run ended well, and the version is %s with %d elections", room, after, elections)
			}
		} else {
			failed++
			said := strings.ToLower(stderr.String())
			if c.ProcessState.ExitCode() != 1 || !strings.Contains(said, "no space left") &&
				!strings.Contains(said, "out of disk space") {
				t.Errorf("%d kB: status %d\n%s", room, c.ProcessState.ExitCode(), stderr)
			}
			if after != before || elections != had {
				t.Errorf("%d kB: the run failed, and the version went from %s to %s", room, before, after)
			}
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		before, had = after, elections
	}
	t.Logf("%d runs did not fit", failed)
	if failed < 3 || failed == len(rooms) {
		t.Errorf("%d of %d runs did not fit on the disk", failed, len(rooms))
	}
	mustRun(t, program, output, a)
}

// testLargestFile limits the size of files instead, which needs no rights.
func testLargestFile(t *testing.T, program string, a, b pageSet) {
	output := filepath.Join(t.TempDir(), "out")
	mustRun(t, program, output, a)
	before, had := wholeVersion(t, output)
	for _, blocks := range []int{0, 8, 64, 1000} { // of 512 bytes
		c := exec.Command("sh", "-c", fmt.Sprintf(`ulimit -f %d; exec "$@"`, blocks), "sh", program, "run",
			"--republish", "--output", output, "--from", b.glob)
		out, err := c.CombinedOutput()
		if c.ProcessState.ExitCode() != 1 || !strings.Contains(strings.ToLower(string(out)), "file too large") {
			t.Errorf("files of %d blocks: %v\n%s", blocks, err, out)
		}
		if after, elections := wholeVersion(t, output); after != before || elections != had {
			t.Errorf("the version went from %s to %s", before, after)
		}
	}
}

// testFolderOfAnother runs as a user who may read the output folder but not write into it.
func testFolderOfAnother(t *testing.T, program string, a, b pageSet) {
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	output := filepath.Join(t.TempDir(), "out")
	if err := os.Chmod(filepath.Dir(filepath.Dir(output)), 0o755); err != nil {
		t.Fatal(err)
	}
	mustRun(t, program, output, a)
	before, _ := wholeVersion(t, output)
	for _, dir := range []string{output, filepath.Join(filepath.Dir(output), "new")} {
		c, stderr := runOf(t, program, dir, b)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		var ended *exec.ExitError
		err := c.Run()
		saysWhy := strings.Contains(stderr.String(), "permission denied") && strings.Contains(stderr.String(), dir)
		if !errors.As(err, &ended) || ended.ExitCode() != 1 || !saysWhy {
			t.Errorf("%s: %v\n%s", dir, err, stderr)
		}
	}
	if after, _ := wholeVersion(t, output); after != before {
		t.Errorf("the version went from %s to %s", before, after)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(output), "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}
