package schemastest

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// ReadElections reads the archives of a folder, each with the pages of some elections and their truth. It returns an
// export of the pages of each wiki, and the truths by the names of the archives.
func ReadElections(t *testing.T, folder string) (exports map[string]string, truths map[string][]byte) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has no archives: %v", folder, err)
	}
	exports, truths = map[string]string{}, map[string][]byte{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name == "truth.yaml" {
				truths[filepath.Base(path)] = f.Data
				continue
			}
			wiki, title, isNamed := strings.Cut(f.Name, "/")
			if !isNamed {
				wiki, title = "enwiki", f.Name
			}
			exports[wiki] += exportedPage(strings.TrimSuffix(title, ".wikitext"), string(f.Data))
		}
	}
	for wiki, pages := range exports {
		exports[wiki] = fmt.Sprintf("<mediawiki xml:lang=\"en\">\n<siteinfo><dbname>%s</dbname></siteinfo>\n%s</mediawiki>\n",
			wiki, pages)
	}
	return exports, truths
}

// exportedPage returns a page as an export has it. A page that begins with #REDIRECT is a redirect.
func exportedPage(title, text string) string {
	var titleXML, textXML, targetXML strings.Builder
	redirect := ""
	if target, isRedirect := strings.CutPrefix(text, "#REDIRECT [["); isRedirect {
		_ = xml.EscapeText(&targetXML, []byte(strings.TrimSuffix(strings.TrimSpace(target), "]]"))) // a builder takes all
		redirect = "<redirect title=\"" + targetXML.String() + "\" />"
	}
	_ = xml.EscapeText(&titleXML, []byte(title))
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			textXML.WriteByte('\n') // and no reference to it
		}
		_ = xml.EscapeText(&textXML, []byte(line))
	}
	return fmt.Sprintf("<page><title>%s</title><ns>0</ns>%s<revision><text>%s</text></revision></page>\n",
		titleXML.String(), redirect, textXML.String())
}
