package version

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/disk"
	"hemicycle/schemas/schemastest"
)

// checkSums returns what `sha256sum -c` says of a folder.
func checkSums(t *testing.T, folder string) (string, error) {
	t.Helper()
	program, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("there is no sha256sum here")
	}
	c := exec.Command(program, "--check", "--strict", SumsName)
	c.Dir = folder
	out, err := c.CombinedOutput()
	return string(out), err
}

// TestSums expects that sha256sum reads the digests of every file of a version but of the file with the digests, also
// of a file that no manifest lists.
func TestSums(t *testing.T) {
	dir := t.TempDir()
	o := openOutput(t, dir, "plan")
	listed := stage(t, o, firstRun, "parquet/elections/part-00001.parquet")
	stage(t, o, firstRun, "parquet/wiki=a b/part-00001.parquet")
	stage(t, o, firstRun, `odd \ name`)
	stage(t, o, firstRun, "odd\nname")
	folder, err := o.Publish(firstRun, &Manifest{Run: firstRun, Files: []File{listed}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := checkSums(t, folder)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if checked, files := strings.Count(out, ": OK"), len(schemastest.FilesBelow(t, folder)); checked != files-1 {
		t.Errorf("%d of %d files are checked:\n%s", checked, files, out)
	}
	mustWrite(t, filepath.Join(folder, filepath.FromSlash(listed.Path)), "other")
	if out, err := checkSums(t, folder); err == nil || !strings.Contains(out, listed.Path+": FAILED") {
		t.Errorf("a file that was changed: %v\n%s", err, out)
	}
}

// The same files give the same bytes.
func TestSumsAreSorted(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b/z", "b/a", "a", "B"} {
		mustWrite(t, filepath.Join(folder, name), name)
	}
	if err := writeSums(disk.Disk{}, folder, nil); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(folder, SumsName))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range bytes.Lines(content) {
		names = append(names, strings.TrimSpace(string(line[64:])))
	}
	if diff := cmp.Diff([]string{"B", "a", "b/a", "b/z"}, names); diff != "" {
		t.Errorf("the files (-expected +found):\n%s", diff)
	}
}
