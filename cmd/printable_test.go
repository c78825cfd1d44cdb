package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/extract/extracttest"
)

// hostileName is the name of a file that rings, sets the title of the terminal and says that all is well.
const hostileName = "a\x1b]0;pwn\a\nhemicycle: done.txt"

// No name that a message repeats controls the terminal or ends the line: not that of an argument, of a file that a glob
// meets, of a pipeline, or a digest.
func TestHostileNamesInMessages(t *testing.T) {
	page := "= A =\n\nInfobox\n- Party1: A\n- Seats1: 4\n"
	const dump = "<mediawiki><page><title>A</title></page></mediawiki>"
	pipeline := "name: \"p\\nhemicycle: done\"\nsources: [{files: --from}]\n"
	sources := "name: p\nsources: [{name: \"s\\nhemicycle: done\", files: [gone]}, {files: [gone]}]\n"
	folder := extracttest.WriteFiles(t, map[string]string{
		"glob/" + hostileName: page, "dumps/" + hostileName + "-multistream.xml": dump, "pipeline.yaml": pipeline,
		"sources.yaml": sources, "exports/a.xml": dump, "exports/_SUCCESS": "", "broken\n.yaml": "nmae: x\n",
		"exports/SHA256SUMS": "\x1b[31m a.xml\n", "listed/a.xml": dump, "listed/_SUCCESS": "",
		"listed/SHA256SUMS": "0 a.xml\n0 \x1b[31m.xml\n", "page.txt": page,
	})
	t.Chdir(folder)
	for _, link := range []string{"link", "glob/dangling" + hostileName} {
		if err := os.Symlink("nowhere"+hostileName, link); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"run", "--from", hostileName, "--output", "out"}, {"run", "--from", "./x/../" + hostileName + "*"},
		{"run", "--from", "glob/*", "--titles", "--output", "out"},
		{"run", "--from", "dumps/*", "--titles", "--output", "out"},
		{"run", "--from", "link", "--output", "out"}, {"run", "--from", "s3://" + hostileName},
		{"run", "--from", "exports", "--verify", "--output", "out"},
		{"run", "--from", "listed", "--verify", "--output", "out"},
		{"run", "--output", "page.txt/" + hostileName}, {"run", "--output", "s3://" + hostileName},
		{"run", "--output=page.txt/" + hostileName}, {"run", hostileName}, {"run", "pipeline.yaml"},
		{"run", "sources.yaml", "--from", "page.txt"}, {"run", "sources.yaml", "--output", "out"},
		{"run", "broken\n.yaml"}, {"run", "--" + hostileName}, {"run", "-" + hostileName}, {"run", "a", hostileName},
		{"run", "--workers", hostileName}, {"run", "--log", hostileName}, {"run", "--titles=(" + hostileName},
		{hostileName}, {"check", hostileName}, {"check", "glob/*", "--format", hostileName},
		{"show", "glob/*", "--stage", hostileName}, {"show", hostileName}, {"show", "glob/*", hostileName},
		{"list", hostileName}, {"lint", hostileName}, {"lint", "broken\n.yaml"}, {"templates", "glob/*"},
		{"templates", hostileName}, {"report", "--from", hostileName}, {"report", "--to", "s3://" + hostileName},
		{"report", hostileName}, {"chart", hostileName}, {"chart", "A", "--from", hostileName},
		{"chart", "A", "--order", hostileName}, {"chart", "A", "--to", hostileName + ".png"},
	} {
		output, err := exec.Command("hemicycle", args...).CombinedOutput()
		if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) {
			t.Errorf("%q ended with %v", args, err)
		}
		messages := 0
		for line := range strings.Lines(string(output)) {
			if strings.HasPrefix(line, "hemicycle: ") {
				messages++
			}
		}
		isForged := messages > 1 || strings.Contains(string(output), "\nhemicycle: done")
		if isForged || strings.ContainsAny(string(output), "\x1b\a") {
			t.Errorf("%q prints\n%q", args, output)
		}
	}
}

// Names in errors of the file system are made printable wherever the error is in a chain.
func TestPrintableNames(t *testing.T) {
	err := errors.Join(
		fmt.Errorf("writing: %w", &os.LinkError{Op: "rename", Old: "a\nb", New: "a\nbc", Err: fs.ErrExist}),
		&fs.PathError{Op: "open", Path: filepath.Join("x", "\a"), Err: fs.ErrNotExist})
	want := "writing: rename \"a\\nb\" \"a\\nbc\": file already exists\nopen \"x/\\a\": file does not exist"
	if got := withPrintableNames(err, nil); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := withPrintableNames(errors.New("x: a b"), []string{"--from=a b", ""}); got != "x: a b" {
		t.Errorf("got %q", got)
	}
}
