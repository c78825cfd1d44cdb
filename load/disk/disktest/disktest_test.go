package disktest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hemicycle/load/disk"
)

// What is not synced after its last change is found, whatever the change.
func TestRecorder(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	recorder := NewRecorder()
	d := recorder.Disk()
	var f *disk.File
	for _, step := range []struct {
		name     string
		do       func() error
		unsynced []string
	}{
		{"a folder is made", func() error { return d.MakeFolders(at("a")) }, []string{".", "a"}},
		{"all is synced", func() error { return d.SyncFolders(root) }, nil},
		{"a file is made", func() (err error) { f, err = d.Create(at("a/file")); return err }, []string{"a", "a/file"}},
		{"the file is synced", func() error { return f.Sync() }, []string{"a"}},
		{"the folder is synced", func() error { return d.SyncFolder(at("a")) }, nil},
		{"the file is written", func() error { _, err := f.Write([]byte("x")); return err }, []string{"a/file"}},
		{"the file is synced again", func() error { return f.Sync() }, nil},
		{"its mode changes", func() error { return f.Chmod(0o600) }, []string{"a/file"}},
		{"it is synced and closed", func() error { return f.SyncAndClose() }, nil},
		{"the folder moves", func() error { return d.Rename(at("a"), at("b")) }, []string{"."}},
		{"its new folder is synced", func() error { return d.SyncFolder(root) }, nil},
		{"a file moves", func() error { return d.Rename(at("b/file"), at("file")) }, []string{".", "b"}},
		{"both folders are synced", func() error { return d.SyncFolders(root) }, nil},
		{"a link is made", func() error { return d.Link(at("b/link"), "nowhere") }, []string{"b"}},
		{"it is synced again", func() error { return d.SyncFolder(at("b")) }, nil},
		{"a file gets a further name", func() error { return d.Share(at("b/shared"), at("file")) }, []string{"b"}},
		{"the folder is removed", func() error { return d.Remove(at("b")) }, []string{"."}},
		{"the rest is synced", func() error { return d.SyncFolder(root) }, nil},
		{"nothing is removed", func() error { return d.Remove(at("b")) }, nil},
		{"it is synced once more", func() error { return d.SyncFolder(root) }, nil},
		{"another program writes", func() error { return os.WriteFile(at("x"), nil, 0o644) }, []string{"x"}},
		{"its file is synced", func() error { return d.SyncFile(at("x"), 0o444) }, []string{"."}},
		{"so is the folder", func() error { return d.SyncFolder(root) }, nil},
		{"a file was damaged", func() error { recorder.MarkUnsynced(at("x")); return nil }, []string{"x"}},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got := recorder.Unsynced(t, root); !slices.Equal(got, step.unsynced) {
			t.Errorf("%s: %v is not synced, expected %v", step.name, got, step.unsynced)
		}
	}
	if got := recorder.Unsynced(t, root, "x"); got != nil {
		t.Errorf("without the named file %v is not synced", got)
	}
	if got := recorder.Unsynced(t, at("never made")); got != nil {
		t.Errorf("of a folder that was never made %v is not synced", got)
	}
}
