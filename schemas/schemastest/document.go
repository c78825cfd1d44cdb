package schemastest

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// generatedPart matches a generated part of a document, between its two marks.
var generatedPart = regexp.MustCompile(`(?s)<!-- generated: ([a-z ]+) -->\n.*?<!-- end -->`)

// CheckGenerated compares the generated parts of a Markdown document with what they should be, by name. The text
// between them is written by hand. UPDATE_GOLDEN=1 writes the parts anew.
func CheckGenerated(t *testing.T, path string, parts map[string]string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]bool{}
	want := generatedPart.ReplaceAllStringFunc(string(content), func(old string) string {
		name := generatedPart.FindStringSubmatch(old)[1]
		part, ok := parts[name]
		if !ok || met[name] {
			t.Errorf("%s has the generated part %q, which is unknown or stands twice", path, name)
			return old
		}
		met[name] = true
		begin, end := "<!-- generated: "+name+" -->\n", "<!-- end -->"
		if part = strings.TrimSpace(part); part == "" {
			return begin + end
		}
		return begin + "\n" + part + "\n\n" + end
	})
	for name := range parts {
		if !met[name] {
			t.Errorf("%s has no part <!-- generated: %s -->", path, name)
		}
	}
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(content), want); diff != "" {
		t.Errorf("%s is not fresh; `just docs` writes it anew (-there +wanted):\n%s", path, diff)
	}
}

// MarkdownTable returns a table in Markdown. A bar in a cell is escaped.
func MarkdownTable(head []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString("|")
		for _, cell := range cells {
			b.WriteString(" " + strings.ReplaceAll(cell, "|", `\|`) + " |")
		}
		b.WriteString("\n")
	}
	line(head)
	b.WriteString("|" + strings.Repeat("---|", len(head)) + "\n")
	for _, cells := range rows {
		line(cells)
	}
	return b.String()
}
