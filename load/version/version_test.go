package version

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/disk"
	"hemicycle/load/disk/disktest"
	"hemicycle/schemas/schemastest"
)

// publish publishes a version with the named files, each with the ID of the run in it. It returns the folder of the
// version.
func publish(t *testing.T, dir, run string, names ...string) string {
	t.Helper()
	o := openOutput(t, dir, "plan-"+run)
	defer o.Close()
	m := &Manifest{Run: run}
	for _, name := range names {
		m.Files = append(m.Files, stage(t, o, run, name))
	}
	folder, err := o.Publish(run, m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Prune(run, Keep{}, time.Now()); err != nil {
		t.Fatal(err)
	}
	return folder
}

func openOutput(t *testing.T, dir, plan string) *Output {
	t.Helper()
	o, err := OpenOutput(disk.Disk{}, dir, plan, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

func mustWrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// stage writes the ID of a run into a file of the staging folder.
func stage(t *testing.T, o *Output, run, name string) File {
	t.Helper()
	path := filepath.Join(o.Staging(), name)
	mustWrite(t, path, run)
	f, err := DescribeFile(o.Staging(), path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// readIfThere returns the content of a file as a reader finds it through the links, "" if there is none.
func readIfThere(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(b)
}

// below returns what an output folder and its folder of versions have in them, links with their targets.
func below(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	for _, folder := range []string{".", versionsName} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			entry := filepath.ToSlash(filepath.Join(folder, e.Name()))
			if target, err := os.Readlink(filepath.Join(dir, entry)); err == nil {
				entry += " -> " + filepath.ToSlash(target)
			}
			all = append(all, entry)
		}
	}
	slices.Sort(all)
	return all
}

const (
	firstRun  = "20260101T000000Z"
	secondRun = "20260102T000000Z"
	thirdRun  = "20260103T000000Z"
	fourthRun = "20260104T000000Z"
)

func TestPublish(t *testing.T) {
	for _, name := range []string{"out", "with spaces", "ünïcode 文 🗳", "[brackets] {*}?", "deep/er"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			folder := publish(t, dir, firstRun, DatabaseName, "parquet/elections/part-00001.parquet")
			if folder != filepath.Join(dir, versionsName, firstRun) {
				t.Errorf("published into %s", folder)
			}
			want := []string{
				".lock", "current -> versions/" + firstRun, "current.json",
				"elections.duckdb -> current/elections.duckdb", "manifest.json -> current/manifest.json", "parquet -> current/parquet", "versions",
				"versions/" + firstRun,
			}
			if diff := cmp.Diff(want, below(t, dir)); diff != "" {
				t.Errorf("the output folder (-expected +found):\n%s", diff)
			}
			var m Manifest
			if err := json.Unmarshal([]byte(readIfThere(t, dir, manifestName)), &m); err != nil {
				t.Fatal(err)
			}
			for _, f := range m.Files { // with their paths from the folder of the version
				found, err := DescribeFile(folder, filepath.Join(folder, filepath.FromSlash(f.Path)))
				if err != nil || found != f {
					t.Errorf("listed %+v, found %+v, %v", f, found, err)
				}
			}
			publish(t, dir, secondRun, DatabaseName, "parquet/elections/part-00001.parquet")
			if got := readIfThere(t, dir, "parquet", "elections", "part-00001.parquet"); got != secondRun {
				t.Errorf("after the second version the links lead to %q", got)
			}
		})
	}
}

// The journal and the redirects are no part of the version.
func TestPublishLeavesOutWhatOnlyTheRunNeeds(t *testing.T) {
	dir := t.TempDir()
	folder := publish(t, dir, firstRun, DatabaseName, journalName, RedirectsName+"/part-00001.zst")
	want := []string{SumsName, DatabaseName, manifestName}
	if diff := cmp.Diff(want, schemastest.FilesBelow(t, folder)); diff != "" {
		t.Errorf("the files of the version (-expected +found):\n%s", diff)
	}
}

func TestPublishRemovesLinksThatLeadNowhere(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, firstRun, DatabaseName, "jsonl/elections.jsonl")
	publish(t, dir, secondRun, "parquet/elections/part-00001.parquet")
	want := []string{
		".lock", "current -> versions/" + secondRun, "current.json", "manifest.json -> current/manifest.json",
		"parquet -> current/parquet", "versions", "versions/" + firstRun, "versions/" + secondRun,
	}
	if diff := cmp.Diff(want, below(t, dir)); diff != "" {
		t.Errorf("the output folder (-expected +found):\n%s", diff)
	}
}

func TestPruneKeepsThreeAndTheCurrentOne(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, versionsName, "my own folder", "file")
	mustWrite(t, mine, "mine")
	names := []string{firstRun, secondRun, thirdRun, fourthRun}
	for i, run := range names {
		publish(t, dir, run, DatabaseName)
		made := time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(filepath.Join(dir, versionsName, run), made, made); err != nil {
			t.Fatal(err)
		}
	}
	kept := func() (versions []string) {
		for _, e := range below(t, dir) {
			if name, ok := strings.CutPrefix(e, "versions/"); ok && name != "my own folder" {
				versions = append(versions, name)
			}
		}
		return versions
	}
	if diff := cmp.Diff([]string{secondRun, thirdRun, fourthRun}, kept()); diff != "" {
		t.Errorf("after four versions (-expected +kept):\n%s", diff)
	}
	publish(t, dir, fourthRun+"-2", DatabaseName)
	o := openOutput(t, dir, "again")
	if _, err := o.Prune(thirdRun, Keep{}, time.Now()); err != nil { // as if somebody had gone back to an older version
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{thirdRun, fourthRun, fourthRun + "-2"}, kept()); diff != "" {
		t.Errorf("with an old version as the current one (-expected +kept):\n%s", diff)
	}
	if readIfThere(t, mine) != "mine" {
		t.Error("a folder that is no version was removed")
	}
}

func TestOpenOutputRefusesWhatIsNotOurs(t *testing.T) {
	for _, name := range []string{
		DatabaseName, "parquet", "jsonl", manifestName, currentName, currentName + ".next", manifestName + ".next",
	} {
		for _, folder := range []bool{false, true} {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			if folder {
				path = filepath.Join(path, "inside")
			}
			mustWrite(t, path, "mine")
			_, err := OpenOutput(disk.Disk{}, dir, "plan", false)
			schemastest.CheckWords(t, err, filepath.Join(dir, name), "not a link of ours", "move it away",
				"another output folder")
			if readIfThere(t, path) != "mine" {
				t.Errorf("%s was touched", path)
			}
		}
	}
}

// An output folder that was refused is released: it can be opened once what was in the way is gone.
func TestOpenOutputReleasesWhatItRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "parquet")
	mustWrite(t, path, "mine")
	if _, err := OpenOutput(disk.Disk{}, dir, "plan", false); err == nil {
		t.Fatal("a file in the place of a link was accepted")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	openOutput(t, dir, "plan")
}

func TestOpenOutputClearsWhatKilledRunsLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "[out]*")
	publish(t, dir, firstRun, DatabaseName)
	whole := below(t, dir)
	mustWrite(t, filepath.Join(dir, ".staging-of-another-plan", "parquet", "x"), "left")
	mustWrite(t, filepath.Join(dir, ".staging-plan", "x"), "left")
	mustWrite(t, filepath.Join(dir, versionsName, secondRun, DatabaseName), "in its place, and never current")
	mustWrite(t, filepath.Join(dir, versionsName, secondRun, manifestName), `{"run": "`+secondRun+`"}`)
	for link, target := range map[string]string{
		"current.next": "versions/" + secondRun, "jsonl.next": "current/jsonl",
		"manifest.json.next": "current/manifest.json",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	o := openOutput(t, dir, "plan")
	if left := schemastest.FilesBelow(t, o.Staging()); len(left) > 0 {
		t.Errorf("the staging folder has %v", left)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, below(t, dir)); diff != "" {
		t.Errorf("the output folder (-before +after):\n%s", diff)
	}
}

// A version that was never current is moved out of its place before it is removed, so that the run after one that was
// killed while it removed it finds no half of a version there.
func TestOpenOutputRemovesNoVersionInItsPlace(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, firstRun, DatabaseName)
	never := filepath.Join(dir, versionsName, secondRun)
	mustWrite(t, filepath.Join(never, manifestName), `{"run": "`+secondRun+`"}`)
	if err := os.Symlink("versions/"+secondRun, filepath.Join(dir, "current.next")); err != nil {
		t.Fatal(err)
	}
	recorder := disktest.NewRecorder()
	recorder.Before = func(op disk.Operation) {
		if op.Kind == disk.OpRemove && strings.HasPrefix(op.Path, filepath.Join(dir, versionsName)) {
			t.Errorf("%s is removed where versions are", op.Path)
		}
	}
	o, err := OpenOutput(recorder.Disk(), dir, "plan", false)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := os.Lstat(never); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the version that was never current is still there: %v", err)
	}
}

// TestOpenOutputKeepsTheCurrentVersion has a link that was about to name the version that is current.
func TestOpenOutputKeepsTheCurrentVersion(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, firstRun, DatabaseName)
	publish(t, dir, secondRun, DatabaseName)
	if err := os.Symlink("versions/"+secondRun, filepath.Join(dir, "current.next")); err != nil {
		t.Fatal(err)
	}
	openOutput(t, dir, "plan").Close()
	current, old := readIfThere(t, dir, DatabaseName), readIfThere(t, dir, versionsName, firstRun, DatabaseName)
	if current != secondRun || old != firstRun {
		t.Errorf("a version was removed because of a link to the current one: %v", below(t, dir))
	}
}

// A file of the current version that is gone or cut, or a link by which readers reach it, is missed.
func TestHasFiles(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(path string) error
		want bool
	}{
		".":                 {func(string) error { return nil }, true},
		"current":           {os.Remove, false},
		"parquet":           {os.Remove, false},
		DatabaseName:        {os.Remove, false},
		manifestName:        {os.Remove, false},
		PointerName:         {os.Remove, false},
		"parquet/a.parquet": {os.Remove, false},
		"current/notes.md":  {os.Remove, false},
		"parquet/b.parquet": {func(path string) error { return os.Truncate(path, 1) }, false},
	} {
		dir := t.TempDir()
		publish(t, dir, firstRun, DatabaseName, "parquet/a.parquet", "parquet/b.parquet", "notes.md")
		o := NewOutput(disk.Disk{}, dir)
		m, _, err := readManifest(filepath.Join(dir, manifestName))
		if err == nil {
			err = c.do(filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := o.HasFiles(m); got != c.want {
			t.Errorf("%s is changed: all files are there: %t, expected %t", name, got, c.want)
		}
	}
}

func TestClose(t *testing.T) {
	t.Run("removes the staging folder", func(t *testing.T) {
		dir := t.TempDir()
		o := openOutput(t, dir, "plan")
		stage(t, o, firstRun, DatabaseName)
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(o.Staging()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the staging folder is still there: %v", err)
		}
	})
	t.Run("keeps the published version", func(t *testing.T) {
		dir := t.TempDir()
		publish(t, dir, firstRun, DatabaseName) // which closes the output
		if readIfThere(t, dir, DatabaseName) != firstRun {
			t.Error("the version is gone")
		}
	})
	t.Run("a second time, keeps what another run stages", func(t *testing.T) {
		dir := t.TempDir()
		o := openOutput(t, dir, "plan")
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		other := openOutput(t, dir, "plan")
		stage(t, other, firstRun, DatabaseName)
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
		if readIfThere(t, other.Staging(), DatabaseName) != firstRun {
			t.Error("the staging folder of the other run was removed")
		}
	})
}

// A staging folder with a finished part is kept for a run with the same plan, until another run comes.
func TestKeep(t *testing.T) {
	for _, c := range []struct {
		name       string
		part, keep bool
		plan       string // of the next run
		resume     bool
		kept       bool
	}{
		{name: "resumed", part: true, keep: true, plan: "plan", resume: true, kept: true},
		{name: "not resumed", part: true, keep: true, plan: "plan"},
		{name: "another plan", part: true, keep: true, plan: "another", resume: true},
		{name: "not kept", part: true, plan: "plan", resume: true},
		{name: "no part", keep: true, plan: "plan", resume: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			o := openOutput(t, dir, "plan")
			if c.part {
				stage(t, o, firstRun, journalName)
			}
			if c.keep && o.Keep() != c.part {
				t.Errorf("Keep reports that there is a part: %t", !c.part)
			}
			if err := o.Close(); err != nil {
				t.Fatal(err)
			}
			next, err := OpenOutput(disk.Disk{}, dir, c.plan, c.resume)
			if err != nil {
				t.Fatal(err)
			}
			if kept := len(schemastest.FilesBelow(t, next.Staging())) > 0; kept != c.kept {
				t.Errorf("what was finished is kept: %t, expected %t", kept, c.kept)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, stagingPrefix+"*")); len(left) != 1 {
				t.Errorf("the staging folders are %v", left)
			}
			if err := next.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestOutputIsHeldByOneProcess(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, firstRun, DatabaseName)
	other := exec.Command(os.Args[0], dir)
	other.Env = append(os.Environ(), "HEMICYCLE_TEST_AS=run")
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	_, err = OpenOutput(disk.Disk{}, dir, "plan", false)
	if !errors.Is(err, ErrHeld) {
		t.Errorf("error %v, expected ErrHeld", err)
	}
	schemastest.CheckWords(t, err, dir)
	if _, err := os.Stat(filepath.Join(dir, ".staging-other")); err != nil {
		t.Errorf("the other run's staging folder: %v", err)
	}
	if err := errors.Join(in.Close(), other.Wait()); err != nil {
		t.Fatal(err)
	}
	openOutput(t, dir, "plan")
}

func TestRunIDs(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 1, 1, 2, 0, 0, 999, time.FixedZone("", 2*60*60))
	for _, want := range []string{firstRun, firstRun + "-2", firstRun + "-3"} {
		o := openOutput(t, dir, "plan")
		if got := o.NewRunID(start); got != want {
			t.Errorf("named %s, expected %s", got, want)
		}
		o.Close()
		publish(t, dir, want)
	}
	mustWrite(t, filepath.Join(dir, "not a folder"), "")
	o := &Output{dir: filepath.Join(dir, "not a folder")} // an error must not make it try for ever
	if got := o.NewRunID(start); got != firstRun {
		t.Errorf("named %s", got)
	}
}

// TestPublishMovesTheLogOfAnOlderEngine expects that a log beside the link is moved to its own version. A log that is
// there already is left.
func TestPublishMovesTheLogOfAnOlderEngine(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, firstRun, DatabaseName)
	log := filepath.Join(dir, DatabaseName+".wal")
	mustWrite(t, log, "log of the first")
	publish(t, dir, secondRun, DatabaseName)
	moved := func(names ...string) string {
		t.Helper()
		if _, err := os.Lstat(log); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the log is still beside the link: %v", err)
		}
		return readIfThere(t, append([]string{dir, versionsName}, names...)...)
	}
	if moved(firstRun, DatabaseName+".wal") != "log of the first" {
		t.Errorf("the log is not beside its version: %v", below(t, dir))
	}
	mustWrite(t, filepath.Join(dir, versionsName, secondRun, DatabaseName+".wal"), "by an engine that resolves links")
	mustWrite(t, log, "log of the second")
	publish(t, dir, thirdRun, DatabaseName)
	if got := readIfThere(t, dir, versionsName, secondRun,
		DatabaseName+".wal"); got != "by an engine that resolves links" {
		t.Errorf("a log was overwritten by %q", got)
	}
	if moved(secondRun, DatabaseName+".wal.orphan") != "log of the second" {
		t.Errorf("the second log is lost: %v", below(t, dir))
	}
	if err := os.RemoveAll(filepath.Join(dir, versionsName, thirdRun)); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, log, "log of the third")
	publish(t, dir, fourthRun, DatabaseName)
	if moved(DatabaseName+".wal.orphan") != "log of the third" {
		t.Errorf("the log of a version that is gone: %v", below(t, dir))
	}
}

// TestPublishStopsBeforeTheSwap has a log that cannot be moved. The old version must stay the current one.
func TestPublishStopsBeforeTheSwap(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, firstRun, DatabaseName)
	o := openOutput(t, dir, "plan")
	stage(t, o, secondRun, DatabaseName)
	mustWrite(t, filepath.Join(dir, DatabaseName+".wal"), "log")
	mustWrite(t, filepath.Join(dir, versionsName, firstRun, DatabaseName+".wal", "in", "the way"), "")
	mustWrite(t, filepath.Join(dir, versionsName, firstRun, DatabaseName+".wal.orphan", "in", "the way"), "")
	_, err := o.Publish(secondRun, &Manifest{})
	schemastest.CheckWords(t, err, "publishing the version", DatabaseName+".wal")
	if readIfThere(t, dir, DatabaseName) != firstRun {
		t.Error("the version was made current though the log stayed")
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, DatabaseName+".wal")); err != nil {
		t.Fatal(err)
	}
	openOutput(t, dir, "plan").Close()
	isElsewhere := func(s string) bool { return !strings.HasPrefix(s, "versions") }
	versions := slices.DeleteFunc(below(t, dir), isElsewhere)
	if diff := cmp.Diff([]string{"versions", "versions/" + firstRun}, versions); diff != "" {
		t.Errorf("the version that was never current was not removed (-expected +found):\n%s", diff)
	}
}

func TestOpenOutputWhereItCannotWrite(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, filepath.Join(dir, "file"), "")
	_, err := OpenOutput(disk.Disk{}, filepath.Join(dir, "file", "out"), "plan", false)
	schemastest.CheckWords(t, err, "making the output folder", "not a directory")
}
