//go:build unix

package version

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"hemicycle/load/disk"
)

// The permissions of the lock and of folders are those that the umask leaves. In a folder that a group shares, the
// group may write all folders.
func TestPermissions(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	for _, c := range []struct {
		umask         int
		mode          fs.FileMode // of the output folder
		lock, version fs.FileMode
	}{
		{0o022, 0o755, 0o644, 0o755},
		{0o002, 0o755, 0o664, 0o775},
		{0o077, 0o700, 0o600, 0o700},
		{0o022, 0o775, 0o644, 0o755},
		{0o022, 0o775 | fs.ModeSetgid, 0o644, 0o775 | fs.ModeSetgid},
		{0o027, 0o770 | fs.ModeSetgid, 0o640, 0o770 | fs.ModeSetgid},
	} {
		dir := filepath.Join(t.TempDir(), "out")
		if err := errors.Join(os.Mkdir(dir, 0o700), os.Chmod(dir, c.mode)); err != nil {
			t.Fatal(err)
		}
		syscall.Umask(c.umask)
		folder := publish(t, dir, firstRun, "manifest.json")
		syscall.Umask(0)
		for path, want := range map[string]fs.FileMode{
			filepath.Join(dir, lockName): c.lock, folder: c.version, filepath.Dir(folder): c.version,
		} {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode() &^ fs.ModeDir; got != want {
				t.Errorf("umask %03o, folder %v: %s is %v, expected %v", c.umask, c.mode, path, got, want)
			}
		}
	}
}

// In a folder that a group shares, one member after another publishes, removes old versions, and clears what a killed
// run of another left.
func TestMembersOfAGroupShareAnOutput(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can be two users")
	}
	const group, first, second = 54321, 54322, 54323
	dir := filepath.Join(t.TempDir(), "out")
	for path := filepath.Dir(dir); path != os.TempDir() && path != "/"; path = filepath.Dir(path) {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(dir, 0o700), os.Chown(dir, first, group),
		os.Chmod(dir, 0o770|fs.ModeSetgid)); err != nil {
		t.Fatal(err)
	}
	defer syscall.Umask(syscall.Umask(0o022))
	as := func(user int, work func()) {
		t.Helper()
		// The groups of root must not help.
		groups, err := syscall.Getgroups()
		if err := errors.Join(err, syscall.Setgroups([]int{group}), syscall.Setegid(group),
			syscall.Seteuid(user)); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := errors.Join(syscall.Seteuid(0), syscall.Setegid(0), syscall.Setgroups(groups)); err != nil {
				t.Fatal(err)
			}
		}()
		work()
	}
	open := func(plan string) *Output {
		o := openOutput(t, dir, plan)
		if err := o.disk.MakeFolders(filepath.Join(o.Staging(), "sub")); err != nil {
			t.Fatal(err)
		}
		stage(t, o, plan, "sub/a.parquet")
		return o
	}
	publishAs := func(user int, run string) {
		as(user, func() {
			o := open(run)
			_, err := o.Publish(run, &Manifest{Run: run})
			_, pruneErr := o.Prune(run, Keep{}, time.Now())
			if err := errors.Join(err, pruneErr, o.Close()); err != nil {
				t.Fatal(err)
			}
		})
	}
	publishAs(first, "20260101T000000Z")
	as(first, func() { open("killed").lock.Close() })
	for _, run := range []string{"20260102T000000Z", "20260103T000000Z", "20260104T000000Z"} {
		publishAs(second, run)
	}
	var held *Output
	as(first, func() { held = open("held") })
	as(second, func() {
		if _, err := OpenOutput(disk.Disk{}, dir, "other", false); !errors.Is(err, ErrHeld) {
			t.Errorf("the lock that another member holds gave %v", err)
		}
	})
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	if versions, err := os.ReadDir(filepath.Join(dir, versionsName)); err != nil ||
		int64(len(versions)) != DefaultVersions {
		t.Errorf("there are %d versions: %v", len(versions), err)
	}
}
