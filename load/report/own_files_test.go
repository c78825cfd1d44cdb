package report

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load/loadtest"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
)

// A report replaces the files of a report and nothing else. With any other file in the folder it is refused, and
// nothing is changed.
func TestReportsReplaceOnlyReports(t *testing.T) {
	output := t.TempDir()
	loadtest.PublishRecords(t, output, hostileRecords()[:3], 0, loadtest.StartTime())
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	write := func(dir string) error {
		_, err := Write(t.Context(), p, dir, Options{})
		return err
	}
	file := func(name, content string) func(dir, foreign string) error {
		return func(dir, _ string) error {
			path := filepath.Join(dir, filepath.FromSlash(name))
			return errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644))
		}
	}
	both := func(first, second func(dir, foreign string) error) func(dir, foreign string) error {
		return func(dir, foreign string) error { return errors.Join(first(dir, foreign), second(dir, foreign)) }
	}
	empty := func(dir, _ string) error {
		entries, err := os.ReadDir(dir)
		for _, e := range entries {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
		return err
	}
	oldMark := file(reportMark, "")
	for _, c := range []struct {
		name string
		// plant changes the folder of a report. Foreign is the folder of somebody else.
		plant func(dir, foreign string) error
		words string // "" if the report is replaced
	}{
		{"nothing", func(string, string) error { return nil }, ""},
		{"a report whose files were removed", func(dir, _ string) error {
			return os.RemoveAll(filepath.Join(dir, "elections"))
		}, ""},
		{"a report of before, with an empty mark", oldMark, ""},
		{"a file of the user", file("thesis.txt", "mine"), "thesis.txt was not written by a report"},
		{"a page of the user", file("elections/00/12.html", "mine"), "12.html was not written by a report"},
		{"a folder of the user", file("notes/x", "mine"), "notes was not written by a report"},
		{"a link of the user", func(dir, foreign string) error {
			return os.Symlink(foreign, filepath.Join(dir, "link"))
		}, "link was not written by a report"},
		{"a folder that leads elsewhere", func(dir, foreign string) error {
			places := filepath.Join(dir, "places")
			return errors.Join(os.RemoveAll(places), os.Symlink(foreign, places))
		}, "places was not written by a report"},
		{"a page that leads elsewhere", func(dir, foreign string) error {
			page := filepath.Join(dir, "index.html")
			return errors.Join(os.Remove(page), os.Symlink(filepath.Join(foreign, "theirs"), page))
		}, "index.html was not written by a report"},
		{"a folder of the user with an empty mark", both(empty, both(oldMark, file("index.html", "mine"))),
			"is not a report of this program"},
		{"files of the user with an empty mark", both(oldMark, file("thesis.txt", "mine")), "thesis.txt was not written"},
		{"a mark that names files of the user", both(empty, both(file("thesis.txt", "mine"),
			file(reportMark, markHeader+"thesis.txt\n../x\n"))), "thesis.txt was not written by a report"},
		{"a mark of somebody else", both(empty, both(file("index.html", "mine"), file(reportMark, "index.html\n"))),
			"is not a report of this program"},
		{"a mark that is a link", func(dir, foreign string) error {
			mark := filepath.Join(dir, reportMark)
			return errors.Join(os.Remove(mark), os.Symlink(filepath.Join(foreign, "theirs"), mark))
		}, "is not a report of this program"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			dir, foreign := filepath.Join(root, "report"), filepath.Join(root, "foreign")
			err := errors.Join(os.Mkdir(foreign, 0o755),
				os.WriteFile(filepath.Join(foreign, "theirs"), []byte("theirs"), 0o644), write(dir))
			if err != nil {
				t.Fatal(err)
			}
			whole := readAll(t, dir)
			if err := c.plant(dir, foreign); err != nil {
				t.Fatal(err)
			}
			before := schemastest.FilesBelow(t, root)
			err = write(dir)
			switch {
			case c.words == "" && err != nil:
				t.Errorf("the report is not replaced: %v", err)
			case c.words == "" && !maps.Equal(whole, readAll(t, dir)):
				t.Error("the report was not written whole")
			case c.words != "":
				schemastest.CheckWords(t, err, dir, c.words, "--to")
				if diff := cmp.Diff(before, schemastest.FilesBelow(t, root)); diff != "" {
					t.Errorf("something was changed (-before +after):\n%s", diff)
				}
			}
			if theirs, err := os.ReadFile(filepath.Join(foreign, "theirs")); string(theirs) != "theirs" {
				t.Errorf("the file of somebody else is %q, %v", theirs, err)
			}
		})
	}
}

// Of the folders that killed processes left, those that others planted are left, and no link in them is followed.
func TestClearReportsLeavesWhatIsNotOurs(t *testing.T) {
	parent := t.TempDir()
	plant := func(name string, files map[string]string) {
		for file, content := range files {
			path := filepath.Join(parent, name, file)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755),
				os.WriteFile(path, []byte(content), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	plant(".r.report-killed", map[string]string{reportMark: markHeader + "index.html\n", "index.html": ""})
	plant(".r.report-old", map[string]string{reportMark: "", "elections/ab/cd.html": ""})
	plant(".r.report-mine", map[string]string{reportMark: "", "thesis.txt": "mine"})
	plant(".r.report-listed", map[string]string{reportMark: markHeader + "thesis.txt\n", "thesis.txt": "mine"})
	plant(".r.report-unmarked", map[string]string{"index.html": "mine"})
	created := filepath.Join(parent, "new")
	planted := filepath.Join(parent, ".r.report-planted")
	if err := errors.Join(os.Mkdir(planted, 0o755), os.Symlink(created, filepath.Join(planted, reportMark))); err != nil {
		t.Fatal(err)
	}
	clearReports(parent, ".r.report-")
	entries, err := os.ReadDir(parent)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, strings.TrimPrefix(e.Name(), ".r.report-"))
	}
	if diff := cmp.Diff([]string{"listed", "mine", "planted", "unmarked"}, left); diff != "" {
		t.Errorf("the folders that are left (-expected +found):\n%s", diff)
	}
}
