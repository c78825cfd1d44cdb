package pipelines

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"hemicycle/load/version"
	"hemicycle/schemas"
)

// pageKind is a kind of page that tests make, with what one such page adds to the account of its source.
type pageKind struct {
	name       string
	text       func(n int) string // the text of the page number n
	account    schemas.Account
	errors     int64 // error findings
	contenders int64
	seats      int64
}

// boxText returns an infobox with three contenders, whose seats sum to 100 + more.
func boxText(more int) string {
	return fmt.Sprintf(`Infobox
- Country: Testland
- Election Date: 3 May 1998
- Seats For Election: 100 seats in the House
- Majority Seats: 51
- Party1: Moon Party
- Percentage1: 50.25
- Seats1: %d
- Last Election1: 45
- Party2: Sun Party
- Percentage2: 40.50
- Seats2: 35
- Last Election2: 50
- Party3: Star Party
- Percentage3: 9.25
- Seats3: 15
- Last Election3: 5
`, 50+more)
}

func titleLine(n int) string { return fmt.Sprintf("= 1998 Testland %d general election =\n\n", n) }

// pageKinds are all kinds. The last one repeats a page that is in the input before it.
var pageKinds = []pageKind{
	{"sound", func(n int) string { return titleLine(n) + boxText(0) + "\nThe election was held on 3 May 1998.\n" },
		schemas.Account{Documents: 1, WithBox: 1, Boxes: 1, Elections: 1}, 0, 3, 100},
	{"with an error", func(n int) string { return titleLine(n) + boxText(1) },
		schemas.Account{Documents: 1, WithBox: 1, Boxes: 1, Elections: 1}, 1, 3, 101},
	{"two boxes", func(n int) string { return titleLine(n) + boxText(0) + "\n" + boxText(0) },
		schemas.Account{Documents: 1, WithBox: 1, Boxes: 2, Elections: 2}, 0, 6, 200},
	{"an empty box and another", func(n int) string { return titleLine(n) + "Infobox\n\n" + boxText(0) },
		schemas.Account{Documents: 1, WithBox: 1, Boxes: 2, Elections: 1, RejectedBoxes: 1}, 0, 3, 100},
	{"an empty box", func(n int) string { return titleLine(n) + "Infobox\n" },
		schemas.Account{Documents: 1, WithBox: 1, Boxes: 1, RejectedBoxes: 1}, 0, 0, 0},
	{"no box", func(n int) string { return titleLine(n) + "Nothing is known of it.\n" },
		schemas.Account{Documents: 1, WithoutBox: 1}, 0, 0, 0},
	{"empty", func(int) string { return " \n" },
		schemas.Account{Documents: 1, Rejected: 1}, 0, 0, 0},
	{"binary", func(int) string { return "\x00\x01\x02" },
		schemas.Account{Documents: 1, Rejected: 1}, 0, 0, 0},
	{"no form", func(n int) string { return fmt.Sprintf("{| class=wikitable | %d |}\n", n) },
		schemas.Account{Documents: 1, Rejected: 1}, 0, 0, 0},
	{"again", nil,
		schemas.Account{Documents: 1, WithBox: 1, Boxes: 1, RejectedBoxes: 1}, 0, 0, 0},
}

func kindNamed(t testing.TB, name string) int {
	t.Helper()
	for i, k := range pageKinds {
		if k.name == name {
			return i
		}
	}
	t.Fatalf("there is no kind of page %q", name)
	return 0
}

// madePages is an input of pages, with what its account must be.
type madePages struct {
	files      fstest.MapFS
	account    schemas.Account
	errors     int64
	contenders int64
	seats      int64
}

// makePages makes one page of each kind in turn. A page "again" repeats the first sound page; if there is none before
// it, it is a sound page itself.
func makePages(kinds []int) madePages {
	m := madePages{files: fstest.MapFS{}}
	first := -1
	for n, i := range kinds {
		k := pageKinds[i]
		if k.text == nil && first < 0 {
			i, k = 0, pageKinds[0]
		}
		var text string
		if k.text == nil {
			text = pageKinds[0].text(first) + "It stands here again.\n"
		} else {
			text = k.text(n)
		}
		if i == 0 && first < 0 {
			first = n
		}
		m.files[fmt.Sprintf("page-%05d.txt", n)] = &fstest.MapFile{Data: []byte(text)}
		ofPage := k.account
		ofPage.Bytes = int64(len(text))
		m.account.Add(&ofPage)
		m.errors += k.errors
		m.contenders += k.contenders
		m.seats += k.seats
	}
	return m
}

// mixture returns that many pages, of all kinds in turn.
func mixture(count int) madePages {
	kinds := make([]int, count)
	for i := range kinds {
		kinds[i] = (i * 7) % len(pageKinds)
	}
	return makePages(kinds)
}

// of returns a pipeline over all those pages.
func (m madePages) of(sinks ...string) *Pipeline {
	return &Pipeline{
		Name: "made", Sources: []Source{{Name: "pages", Files: []string{"*.txt"}}}, Sinks: sinks, fsys: m.files,
		Allow: Allowance{Errors: 1 << 40, Rejects: 1 << 40},
	}
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// mustRun runs a pipeline into a new folder.
func mustRun(t testing.TB, p *Pipeline, o Options) (outcome *Outcome, folder string) {
	t.Helper()
	if o.Output == "" {
		o.Output = t.TempDir()
	}
	o.Log, o.Version, o.Build = quiet(), "test", "test"
	outcome, err := Run(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return outcome, o.Output
}

// readFolder returns the contents of all files below a folder whose names end so, by their paths there.
func readFolder(t testing.TB, folder, ending string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ending) {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// published returns the folder of the current version, or "".
func published(t testing.TB, output string) string {
	t.Helper()
	folder, err := filepath.EvalSymlinks(filepath.Join(output, "current"))
	if os.IsNotExist(err) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// manifestRows counts the rows of a table in a manifest.
func manifestRows(m *version.Manifest, table, ending string) (rows int64) {
	for _, f := range m.Files {
		if f.Table == table && strings.HasSuffix(f.Path, ending) {
			rows += f.Rows
		}
	}
	return rows
}
