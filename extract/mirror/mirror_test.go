package mirror_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/mediawiki"
	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/extract/mirror"
)

// box selects the pages with an election box.
var box = mediawiki.Selection{Using: []string{"Infobox election"}}

// options returns the options of a sync of a wiki in memory.
func options(t testing.TB, folder string, wiki *mediawikitest.Wiki) mirror.Options {
	t.Helper()
	o := mirror.Options{Folder: folder, Client: wiki.Client(t), Selection: box}
	o.LeaveUnsynced()
	return o
}

// mustSync brings a mirror up to date.
func mustSync(t testing.TB, o mirror.Options) mirror.Report {
	t.Helper()
	report, err := mirror.Sync(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// mustOpen opens a mirror.
func mustOpen(t testing.TB, folder string) *mirror.Mirror {
	t.Helper()
	m, err := mirror.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// describe returns a mirror as lines: its head without its time, then each page with its text.
func describe(t testing.TB, folder string) string {
	t.Helper()
	m := mustOpen(t, folder)
	lines := []string{fmt.Sprint(m.API, m.Wiki, m.Lang, m.Base, m.TitleCase, m.Names, m.Selection)}
	for i := range m.Pages {
		p := &m.Pages[i]
		content := ""
		if p.Text != "" {
			text, err := m.Content(p)
			content = string(text)
			if err != nil {
				content = err.Error()
			}
		}
		lines = append(lines, fmt.Sprintf("%+v %q", *p, content))
	}
	for _, r := range m.Redirects {
		lines = append(lines, r.From+" > "+r.To)
	}
	return strings.Join(lines, "\n")
}

// fromNothing returns what a mirror would be that is made from nothing.
func fromNothing(t testing.TB, wiki *mediawikitest.Wiki) string {
	t.Helper()
	folder := t.TempDir()
	mustSync(t, options(t, folder, wiki))
	return describe(t, folder)
}

// checkSame compares a mirror with the one that is made from nothing.
func checkSame(t testing.TB, folder string, wiki *mediawikitest.Wiki) {
	t.Helper()
	if diff := cmp.Diff(fromNothing(t, wiki), describe(t, folder)); diff != "" {
		t.Fatal(diff)
	}
}

// filesBelow returns every file below a folder with its content.
func filesBelow(t testing.TB, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		all[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// elections returns a wiki with so many pages with a box.
func elections(n int) *mediawikitest.Wiki {
	wiki := mediawikitest.NewWiki()
	for i := range n {
		wiki.Edit(pageTitle(i), mediawikitest.Box(fmt.Sprint("of ", i)))
	}
	return wiki
}

// pageTitle returns the title of page n of a made wiki.
func pageTitle(n int) string { return fmt.Sprintf("%d general election", 1000+n) }

// textFiles returns the paths of the texts of a mirror.
func textFiles(t testing.TB, folder string) []string {
	t.Helper()
	return slices.DeleteFunc(slices.Sorted(maps.Keys(filesBelow(t, folder))), func(path string) bool {
		return !strings.HasSuffix(path, ".zst")
	})
}
