//go:build unix

package mirror_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
)

// The permissions of a mirror are those that the umask leaves. In a folder that a group shares, the group may write all
// that a sync makes, also what one that is stopped leaves.
func TestPermissions(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	for _, c := range []struct {
		umask        int
		mode         fs.FileMode // of the folder above
		folder, file fs.FileMode
	}{
		{0o022, 0o755, 0o755, 0o644},
		{0o002, 0o755, 0o775, 0o664},
		{0o022, 0o775, 0o755, 0o644},
		{0o022, 0o775 | fs.ModeSetgid, 0o775 | fs.ModeSetgid, 0o664},
		{0o027, 0o770 | fs.ModeSetgid, 0o770 | fs.ModeSetgid, 0o660},
	} {
		wiki, above := elections(3), t.TempDir()
		if err := os.Chmod(above, c.mode); err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(above, "mirror", "testwiki")
		stopped := options(t, folder, wiki)
		killAtCommit(&stopped)
		syscall.Umask(c.umask)
		_, err := mirror.Sync(t.Context(), stopped)
		syscall.Umask(0)
		if !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		err = filepath.WalkDir(filepath.Dir(folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			seen[entry.Name()] = true
			want := c.file
			if entry.IsDir() {
				want = c.folder
			}
			if entry.Name() == "lock" { // to hold it, it need not be written
				return nil
			}
			if got := info.Mode() &^ fs.ModeDir; got != want {
				t.Errorf("umask %03o, folder %v: %s is %v, expected %v", c.umask, c.mode, path, got, want)
			}
			return nil
		})
		if err != nil || !seen["text"] || !seen["journal"] || !seen["new"] || !seen["README.md"] {
			t.Fatalf("%v: a sync that is stopped left %v", err, seen)
		}
	}
}

// A sync writes through no link that leads out of the mirror: somebody else of the group could have planted it.
func TestPlantedLinks(t *testing.T) {
	for _, name := range []string{"new", "journal"} {
		wiki, folder := elections(3), t.TempDir()
		mustSync(t, options(t, folder, wiki))
		wiki.Edit(pageTitle(1), mediawikitest.Box("newer"))
		other := filepath.Join(t.TempDir(), "other")
		if err := errors.Join(os.WriteFile(other, []byte("mine"), 0o644),
			os.Symlink(other, filepath.Join(folder, name))); err != nil {
			t.Fatal(err)
		}
		_, err := mirror.Sync(t.Context(), options(t, folder, wiki))
		if content, readErr := os.ReadFile(other); readErr != nil || string(content) != "mine" {
			t.Errorf("%s: %v, and the file to which the link leads is now %q, %v", name, err, content, readErr)
		}
		if info, err := os.Lstat(filepath.Join(folder, "pages.jsonl")); err != nil || !info.Mode().IsRegular() {
			t.Errorf("%s: the file of pages is %v, %v", name, info, err)
		}
	}
}
