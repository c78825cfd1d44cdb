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
	"hemicycle/extract/dump"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

func TestOpen(t *testing.T) {
	dir := extracttest.WriteFiles(t, map[string]string{
		"b.txt": "", "a.txt": "", "c.md": "", "sub/d.txt": "", "odd[1].txt": "", ".page.Ab12": "", ".rsync/e.txt": "",
		"sub/.f.txt": "", "sub/deep/g.txt": "",
	})
	for name, target := range map[string]string{"dangling": "nowhere", "sub/linked.txt": "../a.txt"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name     string
		patterns []string
		want     []string
		leftOut  []string
		err      string
	}{
		{name: "a file", patterns: []string{"b.txt"}, want: []string{"b.txt"}},
		{name: "a glob in lexical order", patterns: []string{"[ab].txt"}, want: []string{"a.txt", "b.txt"}},
		{
			name: "patterns in their order, each file once", patterns: []string{"b.txt", "*.txt"},
			want: []string{"b.txt", "a.txt", "odd[1].txt"},
		},
		{
			name: "a glob leaves out folders and links that lead nowhere, and names them", patterns: []string{"*"},
			want:    []string{"a.txt", "b.txt", "c.md", "odd[1].txt"},
			leftOut: []string{"dangling: the link leads nowhere", "sub: it is a folder, and a glob names files"},
		},
		{name: "a mark in the middle", patterns: []string{"s*/*.txt"}, want: []string{"sub/d.txt", "sub/linked.txt"}},
		{name: "a mark before a name", patterns: []string{"*/deep/g.txt"}, want: []string{"sub/deep/g.txt"}},
		{name: "marks in all elements", patterns: []string{"*/*/?.*"}, want: []string{"sub/deep/g.txt"}},
		{name: "a character with a backslash", patterns: []string{`odd\[*`}, want: []string{"odd[1].txt"}},
		{name: "a hidden file that is named", patterns: []string{".page.Ab12"}, want: []string{".page.Ab12"}},
		{
			name: "hidden files where the glob begins with a dot", patterns: []string{".*", `sub/\.f*`},
			want: []string{".page.Ab12", "sub/.f.txt"}, leftOut: []string{".rsync: it is a folder, and a glob names files"},
		},
		{name: "a hidden folder", patterns: []string{".rs*/*"}, want: []string{".rsync/e.txt"}},
		{name: "hidden files are not met by other marks", patterns: []string{"?page.*"}, err: "no file matches this glob"},
		{name: "nor by a class", patterns: []string{"[.]page.*"}, err: "no file matches this glob"},
		{name: "a link that leads nowhere", patterns: []string{"dangling"},
			err: "dangling: the link leads to nowhere, which does not exist"},
		{name: "a glob that only a link that leads nowhere matches", patterns: []string{"dang*"},
			err: "dangling matches and is left out: the link leads nowhere"},
		{name: "a file named like a glob", patterns: []string{"odd[1].txt"}, want: []string{"odd[1].txt"}},
		{
			name: "one path written twice", patterns: []string{"./a.txt", "a.txt", "sub/../a.txt"},
			want: []string{"a.txt"},
		},
		{name: "a missing file", patterns: []string{"a.txt", "none.txt"}, err: "none.txt: no such file"},
		{name: "a glob without a match", patterns: []string{"*.csv"}, err: "*.csv: no file matches"},
		{name: "a glob that matches folders only", patterns: []string{"s*"}, err: "s*: no file matches"},
		{name: "a broken glob", patterns: []string{"a[.txt"}, err: "cannot be read"},
		{name: "a folder", patterns: []string{"sub"}, err: "sub: is a folder: expected a file or a glob such as "},
	} {
		t.Run(c.name, func(t *testing.T) {
			patterns := make([]string, len(c.patterns))
			for i, p := range c.patterns {
				patterns[i] = dir + "/" + p
			}
			var leftOut []string
			sources, err := OpenSelected(t.Context(), nil, patterns, dump.Selection{}, func(path, reason string) {
				leftOut = append(leftOut, strings.TrimPrefix(path, dir+"/")+": "+reason)
			})
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
			if diff := cmp.Diff(c.leftOut, leftOut); diff != "" {
				t.Errorf("left out (-want +got):\n%s", diff)
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

// The account of a file has one document, its bytes and, if it was read whole, its digest.
func TestFileAccount(t *testing.T) {
	dir := extracttest.WriteFiles(t, map[string]string{
		"a.txt": "= A =\n", "empty.txt": "",
		"large.txt": strings.Repeat("x", document.MaxBytes+1),
		"just.txt":  "= A =" + strings.Repeat(" ", document.MaxBytes-len("= A =")),
	})
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
	dir := extracttest.WriteFiles(t, map[string]string{"a.txt": "= A =\n"})
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
	dir := extracttest.WriteFiles(t, map[string]string{"a.json": `{"query":{"pages":[{"pageid":42,"ns":0,` +
		`"title":"2007 Elbonian election","revisions":[` +
		`{"revid":7,"timestamp":"2024-02-03T04:05:06Z","slots":{"main":{"contentmodel":"wikitext",` +
		`"content":"{{Infobox election|seats1=5}}"}}}]}]}}`})
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
		if d := event.Document; d.Identity() != "enwiki:42" || len(d.Boxes) != 1 ||
			d.PageURL != "https://en.wikipedia.org/wiki/2007_Elbonian_election" {
			t.Errorf("identity %s, %d boxes, address %s", d.Identity(), len(d.Boxes), d.PageURL)
		}
	}
}
