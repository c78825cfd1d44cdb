package dump

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/extracttest"
	"hemicycle/schemas/schemastest"
)

// The dumps of a folder of exports are read in the order of their pages, once the folder is complete. What else is
// there is named.
func TestFindFiles(t *testing.T) {
	folder := extracttest.WriteFiles(t, map[string]string{
		"wiki-p100p200.xml.bz2": "", "wiki-p9p99.xml.bz2": "", "wiki-p1p8.xml.bz2": "", "b.xml": "", "a.xml.zst": "",
		"wiki-p1p8.json": "", "SHA256SUMS": "", "wiki-multistream-index.txt.bz2": "", ".wiki.xml.bz2.Ab12": "",
		".hidden.xml": "", "folder/x": "",
	})
	var leftOut []string
	find := func() ([]FoundFile, error) {
		leftOut = nil
		return FindFiles(folder, false, func(path, _ string) { leftOut = append(leftOut, filepath.Base(path)) })
	}
	_, err := find()
	schemastest.CheckWords(t, err, folder, "is not complete: expected _SUCCESS in it")
	if err := os.Symlink("nowhere", filepath.Join(folder, "_SUCCESS")); err != nil {
		t.Fatal(err)
	}
	_, err = find()
	schemastest.CheckWords(t, err, "is not complete: expected _SUCCESS in it")
	if err := os.Remove(filepath.Join(folder, "_SUCCESS")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "_SUCCESS"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	files, err := find()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"a.xml.zst", "b.xml", "wiki-p1p8.xml.bz2", "wiki-p9p99.xml.bz2", "wiki-p100p200.xml.bz2"}
	if diff := cmp.Diff(want, baseNames(files)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want = []string{".hidden.xml", ".wiki.xml.bz2.Ab12", "folder", "wiki-p1p8.json"}
	if diff := cmp.Diff(want, leftOut); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	_, err = FindFiles(extracttest.WriteFiles(t, map[string]string{"a.txt": "", "_SUCCESS": ""}), false, nil)
	schemastest.CheckWords(t, err, "is a folder: expected a file or a glob")
}

// baseNames returns the names of files without their folders.
func baseNames(files []FoundFile) (names []string) {
	for _, f := range files {
		names = append(names, filepath.Base(f.Path))
	}
	return names
}

// A link to a dump is read as the dump. A link that leads nowhere, and a folder that is named as a dump, are errors.
func TestFindLinks(t *testing.T) {
	elsewhere := extracttest.WriteFile(t, "real", []byte("the dump"))
	folder := extracttest.WriteFiles(t, map[string]string{"a-p1p9.xml": "", "_SUCCESS": ""})
	link := filepath.Join(folder, "a-p10p99.xml")
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	files, err := FindFiles(folder, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a-p1p9.xml", "a-p10p99.xml"}, baseNames(files)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if size := files[1].Info.Size(); size != int64(len("the dump")) {
		t.Errorf("the link has %d bytes, not those of the dump", size)
	}
	if err := os.Remove(elsewhere); err != nil {
		t.Fatal(err)
	}
	_, err = FindFiles(folder, false, nil)
	schemastest.CheckWords(t, err, link, "the link leads nowhere")
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(link, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = FindFiles(folder, false, nil)
	schemastest.CheckWords(t, err, link, "found something that is no regular file")
}

// The SHA256SUMS of a folder that is verified is the list of what must be there.
func TestFindVerified(t *testing.T) {
	for _, c := range []struct {
		name, sums string
		words      []string // of the error; none if there is none
	}{
		{"all are there", "0 a.xml\n0 *./b.xml.bz2\n", nil},
		{"other files are not needed", "0 a.xml\n0 README.html\n", nil},
		{
			"one is missing", "0 a.xml\n0  c.xml.zst\n0  c.xml.zst\n",
			[]string{"lacks", "SHA256SUMS lists: c.xml.zst; fetch it"},
		},
		{"one is in another folder", "0 a.xml\n0 sub/b.xml.bz2\n", []string{"lists: sub/b.xml.bz2; fetch it"}},
		{
			"many are missing", "0 1.xml\n0 2.xml\n0 3.xml\n0 4.xml\n0 5.xml\n",
			[]string{"1.xml, 2.xml, 3.xml and 2 more; fetch them"},
		},
		{"a hostile name", "0 \x1b[31m.xml\n", []string{`"\x1b[31m.xml"`}},
	} {
		folder := extracttest.WriteFiles(t, map[string]string{
			"a.xml": "", "b.xml.bz2": "", "_SUCCESS": "", "SHA256SUMS": c.sums,
		})
		if _, err := FindFiles(folder, false, nil); err != nil {
			t.Errorf("%s, not verified: %v", c.name, err)
		}
		_, err := FindFiles(folder, true, nil)
		if c.words != nil {
			schemastest.CheckWords(t, err, c.words...)
		} else if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	_, err := FindFiles(extracttest.WriteFiles(t, map[string]string{"a.xml": "", "_SUCCESS": ""}), true, nil)
	schemastest.CheckWords(t, err, "cannot be verified: expected SHA256SUMS in it")
}
