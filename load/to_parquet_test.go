package load

import (
	"os"
	"path/filepath"
	"testing"

	"hemicycle/load/disk"
)

// The first error is kept: what is written after it would be a file with a hole.
func TestParquetOutputKeepsItsFirstError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	file, err := disk.Disk{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	full, err := disk.Disk{}.OpenEnd("/dev/full")
	if err != nil {
		t.Skipf("there is no full disk here: %v", err)
	}
	o := &parquetOutput{file: full}
	for _, o.file = range []*disk.File{full, file} {
		if n, err := o.Write([]byte("text")); n != 4 || err != nil {
			t.Errorf("%d, %v: the writer of the library panics if it gets an error", n, err)
		}
	}
	if o.err == nil {
		t.Error("the error of the full disk was forgotten")
	}
	if content, err := os.ReadFile(path); err != nil || len(content) > 0 {
		t.Errorf("%q was written after the error, %v", content, err)
	}
}
