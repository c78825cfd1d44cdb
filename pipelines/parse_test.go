package pipelines

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkGolden compares got with a file. UPDATE_GOLDEN=1 writes the file anew.
func checkGolden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (UPDATE_GOLDEN=1 writes it)", err)
	}
	lines := strings.Split(strings.ReplaceAll(string(want), "\r\n", "\n"), "\n")
	if diff := cmp.Diff(lines, strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got; UPDATE_GOLDEN=1 writes it anew):\n%s", file, diff)
	}
}

// pipelineFiles returns the files in testdata with that ending. It fails if there is none, since a test of none proves
// nothing.
func pipelineFiles(t testing.TB, ending string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*"+ending))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("testdata has no file *%s", ending)
	}
	return files
}

func readFile(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}

// pipelineJSON returns a pipeline as its golden has it.
func pipelineJSON(t *testing.T, p *Pipeline) string {
	t.Helper()
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

func TestParseGood(t *testing.T) {
	for _, file := range pipelineFiles(t, ".good.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text := readFile(t, file)
			p, err := Parse(filepath.Base(file), text)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.TrimSuffix(file, ".yaml") + ".want"
			checkGolden(t, want, pipelineJSON(t, p))
			for form, same := range forms(text) {
				q, err := Parse(filepath.Base(file), same)
				if err != nil {
					t.Errorf("with %s: %v", form, err)
					continue
				}
				if diff := cmp.Diff(pipelineJSON(t, p), pipelineJSON(t, q)); diff != "" {
					t.Errorf("with %s it is another pipeline:\n%s", form, diff)
				}
			}
		})
	}
}

// forms returns a text as other systems write it.
func forms(text []byte) map[string][]byte {
	lines := bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	return map[string][]byte{
		"CRLF":                             lines,
		"a byte order mark":                append([]byte("\uFEFF"), text...),
		"CRLF and a byte order mark":       append([]byte("\uFEFF"), lines...),
		"no newline at the end":            bytes.TrimRight(text, "\n"),
		"a comment and blank lines at end": append(bytes.Clone(text), "\n\n# the end\n"...),
	}
}

func TestParseBad(t *testing.T) {
	for _, file := range pipelineFiles(t, ".bad.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text := readFile(t, file)
			p, err := Parse(filepath.Base(file), text)
			if err == nil || p != nil {
				t.Fatalf("Parse gave %v and the error %v: expected no pipeline and problems", p, err)
			}
			checkProblems(t, text, err)
			checkGolden(t, strings.TrimSuffix(file, ".yaml")+".want", err.Error()+"\n")
			for form, same := range forms(text) {
				_, again := Parse(filepath.Base(file), same)
				if again == nil {
					t.Errorf("with %s it has no problem", form)
					continue
				}
				otherEnd := form == "no newline at the end" || form == "a comment and blank lines at end"
				if diff := cmp.Diff(err.Error(), again.Error()); diff != "" && !otherEnd {
					t.Errorf("with %s it has other problems:\n%s", form, diff)
				}
			}
		})
	}
}

// checkProblems checks what is true of every error of Parse: it consists of problems in the order of the file, each in
// a line that the file has and with a message on one line.
func checkProblems(t testing.TB, text []byte, err error) {
	t.Helper()
	lines := 1 + bytes.Count(text, []byte("\n"))
	last := Problem{Line: 1}
	for _, e := range problemsOf(err) {
		var p Problem
		if !errors.As(e, &p) {
			t.Errorf("%v is no Problem", e)
			continue
		}
		if p.Line < 1 || p.Line > lines || p.Column < 1 {
			t.Errorf("%v: the file has %d lines", p, lines)
		}
		if p.Line < last.Line || p.Line == last.Line && p.Column < last.Column {
			t.Errorf("%v comes after %v", p, last)
		}
		if p.Message == "" || strings.ContainsAny(p.Error(), "\n\r") {
			t.Errorf("%q is not one line", p.Error())
		}
		last = p
	}
}

func problemsOf(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// The largest numbers that a pipeline file may have are read, and the next ones are problems.
func TestLargestNumbers(t *testing.T) {
	for _, c := range []struct{ format, largest, next string }{
		{"namespaces: [%s]", "32767", "32768"},
		{"expect: {elections: %s}", "1000000000000", "1000000000001"},
		{"expect: {elections: {min: 0, max: %s}}", "1000000000000", "1000000000001"},
		{"expect: {elections: {share_of_last: %s}}", "1.0", "1.000000001"},
		{"expect: {elections: {share_of_last: %s}}", "0.000000001", "0.0000000001"},
	} {
		file := "name: x\nsources:\n  - files: [a.txt]\n    " + c.format + "\n"
		if _, err := Parse("x.yaml", fmt.Appendf(nil, file, c.largest)); err != nil {
			t.Errorf("%s with %s: %v", c.format, c.largest, err)
		}
		if _, err := Parse("x.yaml", fmt.Appendf(nil, file, c.next)); err == nil {
			t.Errorf("%s with %s is no problem", c.format, c.next)
		}
	}
}
