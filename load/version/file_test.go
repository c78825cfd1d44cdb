package version

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"hemicycle/schemas/schemastest"
)

// A length and a digest are never those of a file that was not read to its end.
func TestDescribeFileReadsToTheEnd(t *testing.T) {
	broken := errors.New("the disk is broken")
	begins := io.MultiReader(strings.NewReader("the beginning"), iotest.ErrReader(broken))
	if f, err := describe(begins); !errors.Is(err, broken) || f != (File{}) {
		t.Errorf("of what cannot be read to its end: %+v, %v", f, err)
	}
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder") // which opens, and cannot be read
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := DescribeFile(dir, folder)
	schemastest.CheckWords(t, err, "reading "+folder+" to its end")
	if f != (File{}) {
		t.Errorf("of what cannot be read: %+v", f)
	}
	mustWrite(t, filepath.Join(folder, "file"), "abc")
	f, err = DescribeFile(dir, filepath.Join(folder, "file"))
	want := File{
		Path: "folder/file", Bytes: 3, SHA256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	}
	if err != nil || f != want {
		t.Errorf("%+v, %v, expected %+v", f, err, want)
	}
	if _, err := DescribeFile(dir, filepath.Join(folder, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of a file that is not there: %v", err)
	}
}
