// Package extracttest holds what the tests of the packages of extract share.
package extracttest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// DecodeText returns a document with a text that is not parsed yet. The error is that of a text that cannot be decoded.
func DecodeText(text string) (*schemas.Document, error) {
	d := &schemas.Document{URI: "test"}
	return d, document.Decode(d, []byte(text))
}

// WriteFile writes a file into a new folder and returns its path.
func WriteFile(t testing.TB, name string, content []byte) (path string) {
	t.Helper()
	return filepath.Join(WriteFiles(t, map[string]string{name: string(content)}), name)
}

// WriteFiles writes files into a new folder and returns the path of the folder. The names can have folders in them.
func WriteFiles(t testing.TB, files map[string]string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// HoldsPlace holds that a raw text is at an offset of a text, and on a line of it.
func HoldsPlace(t testing.TB, text, what, raw string, offset, line int) {
	t.Helper()
	if offset < 0 || offset > len(text) || !strings.HasPrefix(text[offset:], raw) {
		t.Fatalf("%s: %q is not at offset %d", what, raw, offset)
	}
	if n := 1 + strings.Count(text[:offset], "\n"); n != line {
		t.Fatalf("%s: offset %d is on line %d, not %d", what, offset, n, line)
	}
}

// LegislativeTable returns a box as MediaWiki renders it: one with a table of results, whose rows have a colour, a
// party and its seats.
func LegislativeTable(name, rows string) string {
	return `<table class="infobox vevent ib-legis-elect"><tr><th colspan="2" class="infobox-above">` + name +
		`</th></tr><tr><td colspan="2" class="infobox-full-data"><table class="wikitable ib-legis-elect-results">` +
		`<tr><th colspan="2">Party</th><th>Seats</th></tr>` + rows + `</table></td></tr></table>`
}
