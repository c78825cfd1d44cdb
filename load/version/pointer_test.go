package version

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/disk"
	"hemicycle/load/disk/disktest"
	"hemicycle/schemas/schemastest"
)

// mustReadPointer returns the run to which the pointer of an output folder leads, after a comparison with its version.
func mustReadPointer(t *testing.T, dir string) string {
	t.Helper()
	p, err := readPointer(filepath.Join(dir, PointerName))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(readIfThere(t, dir, filepath.FromSlash(p.Path), manifestName)))
	if hex.EncodeToString(sum[:]) != p.ManifestSHA256 {
		t.Errorf("the pointer has the digest %s of another manifest than that of %s", p.ManifestSHA256, p.Path)
	}
	return p.Run
}

func TestPointerLeadsToTheCurrentVersion(t *testing.T) {
	dir := t.TempDir()
	for _, run := range []string{firstRun, secondRun} {
		publish(t, dir, run, DatabaseName)
		if got := mustReadPointer(t, dir); got != run {
			t.Errorf("the pointer leads to %s, expected %s", got, run)
		}
	}
}

// errKilled stands for the end of a process.
var errKilled = errors.New("killed")

// TestPublishingEndsAtEveryOperation ends the publishing before each of its operations. The link and the pointer then
// lead to a whole version each; they differ only between the two renames, and the next run makes them agree.
func TestPublishingEndsAtEveryOperation(t *testing.T) {
	differed := 0
	for end := 1; ; end++ {
		dir := filepath.Join(t.TempDir(), "out")
		publish(t, dir, firstRun, DatabaseName)
		recorder, n := disktest.NewRecorder(), 0
		killed := func() (killed bool) {
			o, err := OpenOutput(recorder.Disk(), dir, "plan", false)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if e := recover(); e != nil {
					killed = true
				}
				if err := o.lock.Close(); err != nil { // as the system does with the lock of a process that died
					t.Fatal(err)
				}
			}()
			f := stage(t, o, secondRun, DatabaseName)
			recorder.Before = func(disk.Operation) {
				if n++; n == end {
					panic(errKilled)
				}
			}
			if _, err := o.Publish(secondRun, &Manifest{Run: secondRun, Files: []File{f}}); err != nil {
				t.Fatal(err)
			}
			return false
		}()
		link, err := os.Readlink(filepath.Join(dir, currentName))
		if err != nil {
			t.Fatal(err)
		}
		pointed := mustReadPointer(t, dir)
		if readIfThere(t, dir, DatabaseName) != filepath.Base(link) {
			t.Errorf("ended at operation %d: the link leads to %s and to the database of another run", end, link)
		}
		if readIfThere(t, dir, versionsName, pointed, DatabaseName) != pointed {
			t.Errorf("ended at operation %d: the pointer leads to %s, which is not whole", end, pointed)
		}
		if pointed != filepath.Base(link) {
			differed++
			if pointed != firstRun {
				t.Errorf("ended at operation %d: the pointer is ahead of the link", end)
			}
		}
		if o := NewOutput(disk.Disk{}, dir); o.pointsToCurrent() != (pointed == filepath.Base(link)) {
			t.Errorf("ended at operation %d: it is not seen whether the pointer is that of the current version", end)
		}
		openOutput(t, dir, "next").Close()
		if got := mustReadPointer(t, dir); got != filepath.Base(link) {
			t.Errorf("ended at operation %d: after the next run the pointer leads to %s, and the link to %s", end, got, link)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*"+nextSuffix)); len(left) > 0 {
			t.Errorf("ended at operation %d: after the next run there is still %v", end, left)
		}
		if !killed {
			break
		}
	}
	if differed != 1 {
		t.Errorf("the pointer and the link differ after %d of the operations, expected 1", differed)
	}
}

// A pointer of another form is refused, and stays as it is.
func TestPointersThatAreNotOurs(t *testing.T) {
	digest := strings.Repeat("0a", 32)
	whole, err := (&Pointer{Run: firstRun, Path: "versions/" + firstRun, ManifestSHA256: digest}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParsePointer(whole); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{
		"", "mine", "null", "{}", `{"run": "` + firstRun + `"}`,
		strings.Replace(string(whole), "versions/", "../", 1),
		strings.ReplaceAll(string(whole), firstRun, "mine"),
		strings.Replace(string(whole), digest, "0a", 1),
		string(whole) + "more",
		strings.Replace(string(whole), `"run"`, `"mine": 1, "run"`, 1),
	} {
		for _, name := range []string{PointerName, PointerName + nextSuffix} {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			mustWrite(t, path, content)
			_, err := OpenOutput(disk.Disk{}, dir, "plan", false)
			schemastest.CheckWords(t, err, path, "not a pointer of ours", "move it away")
			if readIfThere(t, path) != content {
				t.Errorf("%q in %s was touched", content, name)
			}
		}
	}
	dir := t.TempDir()
	elsewhere := filepath.Join(t.TempDir(), "pointer")
	mustWrite(t, elsewhere, string(whole))
	if err := os.Symlink(elsewhere, filepath.Join(dir, PointerName)); err != nil {
		t.Fatal(err)
	}
	_, err = OpenOutput(disk.Disk{}, dir, "plan", false)
	schemastest.CheckWords(t, err, "not a pointer of ours")
}

// TestOpenFollowsThePointer opens a copy of an output folder that has no links.
func TestOpenFollowsThePointer(t *testing.T) {
	dir := t.TempDir()
	o := openOutput(t, dir, "plan")
	m := &Manifest{Run: firstRun, SchemaVersion: "2.0"}
	if _, err := o.Publish(firstRun, m); err != nil {
		t.Fatal(err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range o.linkPaths() {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	p, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(filepath.Join(dir, versionsName, firstRun), p.Folder()); diff != "" {
		t.Errorf("the folder (-expected +found):\n%s", diff)
	}
	path := filepath.Join(p.Folder(), manifestName)
	mustWrite(t, path, strings.Replace(readIfThere(t, path), "\n", "\n\n", 1))
	_, err = Open(dir)
	schemastest.CheckWords(t, err, "is damaged")
}

// A manifest whose paths are from the output folder, as those of versions before were, is read as ever.
func TestPathsOfOlderManifests(t *testing.T) {
	m := &Manifest{Run: firstRun}
	for _, path := range []string{"parquet/a.parquet", "versions/" + firstRun + "/parquet/a.parquet"} {
		if got := m.pathInVersion(File{Path: path}); got != filepath.Join("parquet", "a.parquet") {
			t.Errorf("%s is %s in the version", path, got)
		}
	}
}
