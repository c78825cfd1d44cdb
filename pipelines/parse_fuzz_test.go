package pipelines

import (
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"hemicycle/schemas/yamlfile"
)

// FuzzParse checks the laws of Parse: it never panics, it returns either a pipeline or problems, and every problem is
// in a line that the file has.
func FuzzParse(f *testing.F) {
	for _, ending := range []string{".good.yaml", ".bad.yaml"} {
		for _, file := range pipelineFiles(f, ending) {
			f.Add(readFile(f, file))
		}
	}
	for _, text := range unparsableFiles() {
		if len(text) < 4<<10 {
			f.Add([]byte(text))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := Parse("fuzz.yaml", text)
		switch {
		case err != nil && p != nil, err == nil && p == nil:
			t.Fatalf("Parse gave %v and %v", p, err)
		case err != nil:
			checkProblems(t, text, err)
			return
		}
		checkSoundPipeline(t, p)
	})
}

// checkSoundPipeline checks what is true of every pipeline without problems.
func checkSoundPipeline(t *testing.T, p *Pipeline) {
	t.Helper()
	if p.Name == "" || len(p.Sources) == 0 || len(p.Sinks) == 0 {
		t.Errorf("a pipeline without a name, a source or a sink is sound: %+v", p)
	}
	for _, s := range p.Sources {
		if s.Name == "" {
			t.Errorf("a source without a name is sound: %+v", s)
		}
		for _, e := range s.Expect {
			crossed := e.Min != nil && e.Max != nil && *e.Min > *e.Max
			if !e.hasBound() || crossed {
				t.Errorf("nothing meets the expectation %v", e)
			}
			if s := e.ShareOfLast; s != nil && (!s.IsPositive() || s.GreaterThan(decimal.NewFromInt(1))) {
				t.Errorf("%s is no share", s)
			}
		}
	}
}

// unparsableFiles returns contents that are no pipeline files, by what is wrong with them.
func unparsableFiles() map[string]string {
	sound := "name: page\nsources:\n  - files: [page.txt]\n"
	deep := strings.Builder{}
	for i := range 300 {
		deep.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return map[string]string{
		"a zero byte":               sound + "\x00",
		"a byte that is not UTF-8":  sound + "# \xff\n",
		"UTF-16":                    "\xff\xfen\x00a\x00m\x00e\x00",
		"an escape":                 "name: \x1b[31mred\n" + sound,
		"old line ends":             strings.ReplaceAll(sound, "\n", "\r"),
		"more than a megabyte":      sound + strings.Repeat("# a comment that goes on\n", 50_000),
		"deep brackets":             strings.Repeat("[", 100_000),
		"deep brackets in the size": strings.Repeat("[", yamlfile.MaxBytes-1),
		"deep braces":               strings.Repeat("{", 60_000),
		"deep pairs":                strings.Repeat("{a: ", 15_000),
		"deep lists":                strings.Repeat("- ", 30_000),
		"deep lists below a key":    "name:\n" + strings.Repeat("- ", 30_000),
		"deep keys":                 strings.Repeat("? ", 30_000),
		"deep indents":              deep.String(),
		"many anchors":              strings.Repeat("&a ", 20_000) + "b",
		"many tags":                 strings.Repeat("!t ", 20_000) + "b",
		"many colons":               strings.Repeat("a: ", 20_000),
		"many documents":            strings.Repeat("---\na: b\n", 7_000),
		"many keys":                 strings.Repeat("a:\n", 20_000),
		"many quotes":               strings.Repeat("''", 30_000),
	}
}

func TestParseUnparsable(t *testing.T) {
	want := map[string]string{
		"a zero byte":              "x.yaml:4:1: the control character U+0000 stands in this line: expected text",
		"a byte that is not UTF-8": "x.yaml:4:1: the byte 0xFF is not UTF-8: expected text",
		"UTF-16":                   "x.yaml:1:1: the byte 0xFF is not UTF-8: expected text",
		"an escape":                "x.yaml:1:1: the control character U+001B stands in this line: expected text",
		"old line ends":            "x.yaml:1:1: the control character U+000D stands in this line: expected text",
		"more than a megabyte": "x.yaml:1:1: the file has more than 65536 bytes, more than a pipeline file can have; " +
			"name files by globs",
		"deep brackets": "x.yaml:1:1: the file has more than 65536 bytes, more than a pipeline file can have; name " +
			"files by globs",
		"deep brackets in the size": "x.yaml:1:101: more than 100 levels of lists and keys: a pipeline file has four",
		"deep braces":               "x.yaml:1:101: more than 100 levels of lists and keys: a pipeline file has four",
		"deep pairs":                "x.yaml:1:401: more than 100 levels of lists and keys: a pipeline file has four",
		"deep lists":                "x.yaml:1:101: more than 100 levels of lists and keys: a pipeline file has four",
		"deep lists below a key":    "x.yaml:2:101: more than 100 levels of lists and keys: a pipeline file has four",
		"deep keys":                 "x.yaml:1:101: more than 100 levels of lists and keys: a pipeline file has four",
		"deep indents":              "x.yaml:101:101: more than 100 levels of lists and keys: a pipeline file has four",
	}
	for name, text := range unparsableFiles() {
		t.Run(name, func(t *testing.T) {
			p, err := Parse("x.yaml", []byte(text))
			if err == nil || p != nil {
				t.Fatalf("Parse gave %v and %v", p, err)
			}
			checkProblems(t, []byte(text), err)
			if words, ok := want[name]; ok && err.Error() != words {
				t.Errorf("got  %v\nwant %s", err, words)
			}
		})
	}
	for name := range want {
		if unparsableFiles()[name] == "" {
			t.Errorf("there is no file with %s", name)
		}
	}
}

func TestOpen(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	if err := os.WriteFile("mine.yaml", []byte("name: mine\nsources:\n  - files: [page.txt]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("large.yaml", make([]byte, 3<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, want string }{
		{"mine.yaml", ""},
		{Default, ""},
		{"morocco_2008", "morocco_2008: there is no such pipeline; did you mean morocco_2007?"},
		{"nothing/like/it.yaml",
			"nothing/like/it.yaml: there is no such pipeline: expected a pipeline file, or the name of an embedded " +
				"one (enwiki_dump, enwiki_live, morocco_2007)"},
		{".", ".: is a folder: expected a pipeline file"},
		{"", `"": expected a pipeline file, or the name of an embedded one (enwiki_dump, enwiki_live, morocco_2007)`},
		{"large.yaml",
			"large.yaml:1:1: the file has more than 65536 bytes, more than a pipeline file can have; name files by " +
				"globs"},
		{os.DevNull, os.DevNull + ":1:1: the file declares nothing: expected the keys name and sources"},
	} {
		p, err := Open(c.name)
		switch {
		case c.want == "" && (err != nil || p == nil):
			t.Errorf("Open(%q) gave %v and %v", c.name, p, err)
		case c.want != "" && (err == nil || p != nil || err.Error() != c.want):
			t.Errorf("Open(%q) gave %v and\n     %v\nwant %s", c.name, p, err, c.want)
		}
	}
}

func TestEmbeddedPipelines(t *testing.T) {
	if len(Names()) == 0 {
		t.Fatal("no pipeline is embedded")
	}
	for _, name := range Names() {
		p, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if p.Name != name || p.Description == "" {
			t.Errorf("the embedded pipeline %s says that it is %q: %q", name, p.Name, p.Description)
		}
		if _, err := p.open(t.Context(), slog.New(slog.DiscardHandler)); err != nil && !p.HasLive() {
			t.Error(err)
		}
	}
}
