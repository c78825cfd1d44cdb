package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOpen(t *testing.T) {
	dir := writeFiles(t, map[string]string{"b.txt": "", "a.txt": "", "c.md": "", "sub/d.txt": "", "odd[1].txt": ""})
	for _, c := range []struct {
		name     string
		patterns []string
		want     []string
		err      string
	}{
		{"a file", []string{"b.txt"}, []string{"b.txt"}, ""},
		{"a glob in lexical order", []string{"[ab].txt"}, []string{"a.txt", "b.txt"}, ""},
		{"patterns in their order, each file once", []string{"b.txt", "*.txt"}, []string{"b.txt", "a.txt", "odd[1].txt"}, ""},
		{"a glob leaves folders out", []string{"*"}, []string{"a.txt", "b.txt", "c.md", "odd[1].txt"}, ""},
		{"a file named like a glob", []string{"odd[1].txt"}, []string{"odd[1].txt"}, ""},
		{"one path written twice", []string{"./a.txt", "a.txt", "sub/../a.txt"}, []string{"a.txt"}, ""},
		{"a missing file", []string{"a.txt", "none.txt"}, nil, "none.txt: no such file"},
		{"a glob without a match", []string{"*.csv"}, nil, "*.csv: no file matches"},
		{"a glob that matches folders only", []string{"s*"}, nil, "s*: no file matches"},
		{"a broken glob", []string{"a[.txt"}, nil, "cannot be read"},
		{"a folder", []string{"sub"}, nil, "sub: is a folder: expected a file or a glob such as "},
	} {
		t.Run(c.name, func(t *testing.T) {
			patterns := make([]string, len(c.patterns))
			for i, p := range c.patterns {
				patterns[i] = dir + "/" + p
			}
			sources, err := Open(nil, patterns)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("got %v, expected an error with %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range sources {
				got = append(got, strings.TrimPrefix(s.URI(), filepath.ToSlash(dir)+"/"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenRefusesAddresses(t *testing.T) {
	_, err := Open(nil, []string{"https://en.wikipedia.org/wiki/2007_Moroccan_general_election"})
	if err == nil || !strings.Contains(err.Error(), "https addresses are not supported: expected a file or a glob") {
		t.Errorf("got %v", err)
	}
}

func TestOpenEmbedded(t *testing.T) {
	fsys := fstest.MapFS{"x.txt": {Data: []byte("= A =\n")}}
	sources, err := Open(fsys, []string{"*.txt"})
	if err != nil || len(sources) != 1 || sources[0].URI() != "embedded:x.txt" {
		t.Errorf("got %v, %v", sources, err)
	}
}

// A file's account: one document, its bytes and, where it was read whole, its digest.
func TestFileAccount(t *testing.T) {
	dir := writeFiles(t, map[string]string{"a.txt": "= A =\n", "large.txt": strings.Repeat("x", document.MaxBytes+1), "empty.txt": "", "just.txt": "= A =" + strings.Repeat(" ", document.MaxBytes-5)})
	for name, want := range map[string]schemas.Account{
		"a.txt":     {Bytes: 6},
		"large.txt": {Bytes: document.MaxBytes + 1},
		"empty.txt": {SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		"just.txt":  {Bytes: document.MaxBytes},
	} {
		sources, err := Open(nil, []string{filepath.Join(dir, name)})
		if err != nil {
			t.Fatal(err)
		}
		var failure error
		for event, err := range sources[0].Events(context.Background()) {
			d := event.Document
			failure = err
			if d.URI != sources[0].URI() {
				t.Errorf("%s: the document is at %s", name, d.URI)
			}
		}
		got := sources[0].Account()
		want.SourceURI, want.Scan, want.Documents = sources[0].URI(), schemas.ScanWhole, 1
		if name == "a.txt" || name == "just.txt" {
			want.SHA256 = got.SHA256
			if len(got.SHA256) != 64 || failure != nil {
				t.Errorf("%s: digest %q, error %v", name, got.SHA256, failure)
			}
		} else if u := new(document.Unreadable); !errors.As(failure, &u) {
			t.Errorf("%s: got %v, expected an Unreadable", name, failure)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A file that vanishes between Open and reading is an error of that one document.
func TestVanishedFile(t *testing.T) {
	dir := writeFiles(t, map[string]string{"a.txt": "= A =\n"})
	sources, err := Open(nil, []string{dir + "/a.txt"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(dir + "/a.txt"); err != nil {
		t.Fatal(err)
	}
	for _, err := range sources[0].Events(context.Background()) {
		if u := new(document.Unreadable); !errors.As(err, &u) || u.Reason != schemas.ReasonUnreadable {
			t.Errorf("got %v", err)
		}
	}
}

// A response of the API is a source of its own, whose pages have page ids and revisions.
func TestOpenAPIResponse(t *testing.T) {
	dir := fill(t, map[string]string{"a.json": `{"query":{"pages":[{"pageid":42,"ns":0,"title":"2007 Elbonian election","revisions":[` +
		`{"revid":7,"timestamp":"2024-02-03T04:05:06Z","slots":{"main":{"contentmodel":"wikitext","content":"{{Infobox election|seats1=5}}"}}}]}]}}`})
	sources, err := Open(nil, []string{dir + "/a.json"})
	if err != nil {
		t.Fatal(err)
	}
	for event, err := range sources[0].Events(t.Context()) {
		if err == nil {
			err = NewReader(Options{Wiki: "enwiki"}).Read(event.Document)
		}
		if err != nil {
			t.Fatal(err)
		}
		if d := event.Document; d.Identity() != "enwiki:42" || len(d.Boxes) != 1 || d.PageURL != "https://en.wikipedia.org/wiki/2007_Elbonian_election" {
			t.Errorf("identity %s, %d boxes, address %s", d.Identity(), len(d.Boxes), d.PageURL)
		}
	}
}
