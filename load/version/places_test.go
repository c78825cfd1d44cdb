package version

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/disk"
	"hemicycle/schemas/schemastest"
)

// What others plant in an output folder is refused before anything is changed: no link of theirs is followed or
// replaced, and nothing that is not ours is removed.
func TestPlantedPlacesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		// plant plants something in an output folder in which a version is published. Foreign is the folder of somebody
		// else, in which a file is theirs.
		plant func(dir, foreign string) error
		words []string
	}{
		{"versions that lead elsewhere", func(dir, foreign string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, versionsName)),
				os.Symlink(foreign, filepath.Join(dir, versionsName)),
				os.Symlink("versions/alice", filepath.Join(dir, "current.next")))
		}, []string{"versions is not a folder of versions"}},
		{"versions that are a file", func(dir, _ string) error {
			versions := filepath.Join(dir, versionsName)
			return errors.Join(os.RemoveAll(versions), os.WriteFile(versions, nil, 0o644))
		}, []string{"versions is not a folder of versions"}},
		{"a next version that is a copy of the user", func(dir, _ string) error {
			return errors.Join(os.MkdirAll(filepath.Join(dir, versionsName, "keep-me", "x"), 0o755),
				os.Symlink("versions/keep-me", filepath.Join(dir, "current.next")))
		}, []string{"current.next is not a link of ours", "versions/keep-me"}},
		{"a next version that has the name of a run", func(dir, _ string) error {
			return errors.Join(os.MkdirAll(filepath.Join(dir, versionsName, thirdRun, "x"), 0o755),
				os.Symlink("versions/"+thirdRun, filepath.Join(dir, "current.next")))
		}, []string{thirdRun, "not a version that a run was about to publish"}},
		{"a next version that is a copy of another", func(dir, _ string) error {
			return errors.Join(
				os.CopyFS(filepath.Join(dir, versionsName, thirdRun), os.DirFS(filepath.Join(dir, versionsName, firstRun))),
				os.Symlink("versions/"+thirdRun, filepath.Join(dir, "current.next")))
		}, []string{thirdRun, "not a version that a run was about to publish"}},
		{"a next version that leads elsewhere", func(dir, foreign string) error {
			return errors.Join(os.Symlink(foreign, filepath.Join(dir, versionsName, thirdRun)),
				os.Symlink("versions/"+thirdRun, filepath.Join(dir, "current.next")))
		}, []string{thirdRun, "not a version that a run was about to publish"}},
		{"a next version outside", func(dir, foreign string) error {
			return os.Symlink(foreign, filepath.Join(dir, "current.next"))
		}, []string{"current.next is not a link of ours"}},
		{"a next version above", func(dir, _ string) error {
			return os.Symlink("versions/../versions/"+firstRun, filepath.Join(dir, "current.next"))
		}, []string{"current.next is not a link of ours"}},
		{"all versions as the next", func(dir, _ string) error {
			return os.Symlink("versions", filepath.Join(dir, "current.next"))
		}, []string{"current.next is not a link of ours"}},
		{"a current version of the user", relink("current", "versions/keep-me"),
			[]string{"current is not a link of ours", "versions/keep-me"}},
		{"a current version elsewhere", relink("current", "/srv/mine"),
			[]string{"current is not a link of ours", "/srv/mine"}},
		{"tables elsewhere", relink("parquet", "../my-parquet"),
			[]string{"parquet is not a link of ours", "../my-parquet"}},
		{"a manifest elsewhere", relink("manifest.json", "../m.json"), []string{"manifest.json is not a link of ours"}},
		{"lines elsewhere", relink("jsonl", "versions/"+firstRun+"/jsonl"), []string{"jsonl is not a link of ours"}},
		{"a link about to replace one, elsewhere", relink("parquet.next", "../x"), []string{"parquet.next is not a link"}},
		{"a database of somebody else, with a log", func(dir, foreign string) error {
			return errors.Join(relink(DatabaseName, filepath.Join(foreign, "mine.duckdb"))(dir, foreign),
				os.WriteFile(filepath.Join(dir, DatabaseName+".wal"), []byte("planted"), 0o644))
		}, []string{DatabaseName + " is not a link of ours", "mine.duckdb"}},
		{"a log that is a link", func(dir, foreign string) error {
			return os.Symlink(filepath.Join(foreign, "theirs"), filepath.Join(dir, DatabaseName+".wal"))
		}, []string{DatabaseName + ".wal is not the log of a database"}},
		{"a log that is a FIFO", func(dir, _ string) error {
			return syscall.Mkfifo(filepath.Join(dir, DatabaseName+".wal"), 0o644)
		}, []string{DatabaseName + ".wal is not the log of a database"}},
		{"a lock that leads to a new file", func(dir, foreign string) error {
			return errors.Join(os.Remove(filepath.Join(dir, ".lock")),
				os.Symlink(filepath.Join(foreign, "new"), filepath.Join(dir, ".lock")))
		}, []string{".lock is not the lock of a run"}},
		{"a lock that is a FIFO", func(dir, _ string) error {
			lock := filepath.Join(dir, ".lock")
			return errors.Join(os.Remove(lock), syscall.Mkfifo(lock, 0o644))
		}, []string{".lock is not the lock of a run"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			dir, foreign := filepath.Join(root, "out"), filepath.Join(root, "foreign")
			publish(t, dir, firstRun, DatabaseName, "parquet/elections/part-00001.parquet")
			mustWrite(t, filepath.Join(dir, ".staging-plan", "journal"), "of a run that was stopped")
			mustWrite(t, filepath.Join(foreign, "theirs"), "theirs")
			mustWrite(t, filepath.Join(foreign, "alice", "file"), "hers")
			if err := c.plant(dir, foreign); err != nil {
				t.Fatal(err)
			}
			before := schemastest.FilesBelow(t, root)
			opened := make(chan error, 1)
			go func() {
				_, err := OpenOutput(disk.Disk{}, dir, "plan", true)
				opened <- err
			}()
			select {
			case err := <-opened:
				schemastest.CheckWords(t, err, append(c.words, "move it away, or choose another output folder")...)
			case <-time.After(10 * time.Second):
				t.Fatal("the output folder is waited for")
			}
			if diff := cmp.Diff(before, schemastest.FilesBelow(t, root)); diff != "" {
				t.Errorf("something was changed (-before +after):\n%s", diff)
			}
		})
	}
}

// relink returns what makes a link in an output folder lead elsewhere.
func relink(name, target string) func(dir, foreign string) error {
	return func(dir, _ string) error {
		return errors.Join(os.RemoveAll(filepath.Join(dir, name)), os.Symlink(target, filepath.Join(dir, name)))
	}
}

// What is planted while a run reads is refused before the run publishes.
func TestPlacesAreCheckedBeforePublishing(t *testing.T) {
	root := t.TempDir()
	dir, foreign := filepath.Join(root, "out"), filepath.Join(root, "foreign")
	o := openOutput(t, dir, "plan")
	stage(t, o, firstRun, DatabaseName)
	mustWrite(t, filepath.Join(foreign, "theirs"), "theirs")
	if err := os.Symlink(foreign, filepath.Join(dir, versionsName)); err != nil {
		t.Fatal(err)
	}
	_, err := o.Publish(firstRun, &Manifest{})
	schemastest.CheckWords(t, err, "versions is not a folder of versions")
	if left := schemastest.FilesBelow(t, foreign); len(left) != 1 {
		t.Errorf("the folder of somebody else has %v", left)
	}
}

// A folder among the versions that no run made is kept, whatever its name and its age.
func TestPruneKeepsWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	own := map[string]string{ // by path
		firstRun + "-backup/" + manifestName: `{"run": "` + firstRun + `"}`,
		firstRun + "-7/" + manifestName:      `{"run": "` + firstRun + `"}`,
		firstRun + "-8/x":                    "no manifest",
		firstRun + "-9/" + manifestName:      "{",
	}
	for path, content := range own {
		mustWrite(t, filepath.Join(dir, versionsName, path), content)
	}
	for _, run := range []string{firstRun, secondRun, thirdRun, fourthRun} {
		publish(t, dir, run, DatabaseName)
	}
	for path, content := range own {
		if readIfThere(t, dir, versionsName, path) != content {
			t.Errorf("%s was removed", path)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, versionsName, firstRun)); err == nil {
		t.Error("the oldest version is still there")
	}
}

// A link in the place of a file that a run writes is not followed.
func TestDiskFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, filepath.Join(dir, "theirs"), "theirs")
	path := filepath.Join(dir, "link")
	if err := os.Symlink("theirs", path); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (*disk.File, error){
		"Create": disk.Disk{}.Create, "OpenAt": disk.Disk{}.OpenAt, "OpenEnd": disk.Disk{}.OpenEnd,
		"CreateNew": disk.Disk{}.CreateNew,
	} {
		if f, err := open(path); err == nil {
			t.Errorf("%s follows a link", name)
			f.Close()
		}
	}
	if readIfThere(t, dir, "theirs") != "theirs" {
		t.Error("the file of somebody else was changed")
	}
}
