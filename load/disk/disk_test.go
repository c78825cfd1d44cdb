package disk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/disk"
	"hemicycle/load/disk/disktest"
	"hemicycle/schemas/schemastest"
)

func mustRead(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func mustWrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// kindsOf returns the operations, with names of temporary files replaced.
func kindsOf(dir string, operations []disk.Operation) (lines []string) {
	short := func(path string) string {
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return path
		}
		if strings.HasPrefix(name, ".hemicycle-") {
			return "temporary"
		}
		return name
	}
	for _, op := range operations {
		line := string(op.Kind) + " " + short(op.Path)
		if op.Target != "" {
			line += " to " + short(op.Target)
		}
		lines = append(lines, line)
	}
	return lines
}

// A whole file is on disk before it takes the place of the old one, and its name is on disk when WriteFile returns.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	mustWrite(t, path, "old")
	recorder := disktest.NewRecorder()
	recorder.Before = func(op disk.Operation) {
		if op.Kind == disk.OpRename && mustRead(t, path) != "old" {
			t.Error("the old file was touched before the new one took its place")
		}
	}
	if err := recorder.Disk().WriteFile(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"open temporary", "write temporary", "chmod temporary", "sync temporary", "rename temporary to file",
		"sync folder .",
	}
	if diff := cmp.Diff(want, kindsOf(dir, recorder.Operations)); diff != "" {
		t.Errorf("the operations (-want +got):\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o644 || mustRead(t, path) != "new" {
		t.Errorf("%v, %v, %q: expected a file with the mode 0644", err, info.Mode(), mustRead(t, path))
	}
	if left := schemastest.FilesBelow(t, dir); len(left) != 1 {
		t.Errorf("%v is left", left)
	}
}

func TestWriteFileFails(t *testing.T) {
	dir := t.TempDir()
	err := disk.Disk{}.WriteFile(filepath.Join(dir, "none", "file"), nil)
	schemastest.CheckWords(t, err, filepath.Join(dir, "none", "file")+" cannot be written",
		"expected a folder that is there")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	folder := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(folder, "full"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := (disk.Disk{}).WriteFile(folder, []byte("x")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".hemicycle-*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// Sync and SyncFolder do not only report: an error of the system arrives.
func TestSyncAsksTheSystem(t *testing.T) {
	f, err := disk.Disk{}.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	if err := f.SyncAndClose(); err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("syncing a closed file: error %v", err)
	}
	if err := f.SyncAndClose(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("closing a closed file: error %v", err)
	}
	if err := (disk.Disk{}).SyncFolder(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("syncing a folder that is not there: error %v", err)
	}
	if runtime.GOOS != "linux" {
		t.Skip("only Linux is known to have a file that opens and cannot be synced")
	}
	if err := (disk.Disk{}).SyncFolder(os.DevNull); err == nil {
		t.Errorf("%s was synced", os.DevNull)
	}
}

func TestOpenings(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	d := disk.Disk{}
	if _, err := d.OpenEnd(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the end of no file: error %v", err)
	}
	for _, step := range []struct {
		name string
		open func(string) (*disk.File, error)
		want string
	}{
		{"a new file", d.CreateNew, "x"},
		{"its end", d.OpenEnd, "xx"},
		{"its beginning", d.OpenAt, "xx"},
		{"made again", d.Create, "x"},
	} {
		f, err := step.open(path)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if _, err := f.Write([]byte("x")); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if err := f.Close(); err != nil || f.Name() != path {
			t.Errorf("%s: %v, %s", step.name, err, f.Name())
		}
		if got := mustRead(t, path); got != step.want {
			t.Errorf("%s: %q, expected %q", step.name, got, step.want)
		}
	}
	if _, err := d.CreateNew(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a new file where there is one: error %v", err)
	}
}

// Each operation is reported with its paths before it is carried out, and then carried out.
func TestOperationsAreReported(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	recorder := disktest.NewRecorder()
	d := recorder.Disk()
	mustWrite(t, at("other"), "of another program")
	for _, step := range []struct {
		do   func() error
		want []string
	}{
		{func() error { return d.MakeFolders(at("a/b")) }, []string{"make folder a", "make folder a/b"}},
		{func() error { return d.MakeFolders(at("a/b")) }, nil},
		{func() error { return d.Link(at("link"), "a/b") }, []string{"link link to a/b"}},
		{func() error { return d.Rename(at("link"), at("a/link")) }, []string{"rename link to a/link"}},
		{func() error { return d.SyncFolders(at("a")) }, []string{"sync folder a", "sync folder a/b"}},
		{func() error { return d.Remove(at("a")) }, []string{"remove a"}},
		{func() error { return d.Remove(at("a")) }, []string{"remove a"}},
		{func() error { return d.SyncFile(at("other"), 0o640) }, []string{"chmod other", "sync other"}},
		{
			func() error { return d.TruncateFile(at("other"), 2) },
			[]string{"open other", "truncate other", "sync other"},
		},
	} {
		recorder.Operations = nil
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.want, err)
		}
		got := kindsOf(dir, recorder.Operations)
		for i := range got {
			got[i] = strings.Replace(got[i], "../", "", 1)
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("the operations (-want +got):\n%s", diff)
		}
	}
	info, err := os.Stat(at("other"))
	if err != nil || info.Mode() != 0o640 || mustRead(t, at("other")) != "of" {
		t.Errorf("the other file: %v, %v", err, info)
	}
	if left := schemastest.FilesBelow(t, dir); len(left) != 1 {
		t.Errorf("%v is left", left)
	}
}

func TestMakeFoldersFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustWrite(t, file, "")
	for _, path := range []string{file, filepath.Join(file, "below")} {
		if err := (disk.Disk{}).MakeFolders(path); err == nil {
			t.Errorf("%s was made, though a file is in the way", path)
		}
	}
}
