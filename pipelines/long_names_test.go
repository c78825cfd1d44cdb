package pipelines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/load"
	"hemicycle/load/version"
	"hemicycle/schemas"
)

// A page whose title is longer than any of MediaWiki is rejected, as is one whose wiki has such a name, and the run
// publishes the rest: the database refuses keys of more than 122,880 bytes.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("L", 130_000)
	const box = "{{Infobox election\n| country = Testland\n| party1 = Moon Party\n| seats1 = 5\n}}"
	export := func(wiki, title string) string {
		return "<mediawiki><siteinfo><dbname>" + wiki + "</dbname></siteinfo><page><title>" + title + "</title><ns>0</ns>" +
			"<revision><text>" + box + "</text></revision></page></mediawiki>"
	}
	folder := t.TempDir()
	for name, text := range map[string]string{
		"a.wikitext": box, "b.txt": "= " + long + " =\n\nInfobox\n- Party1: A\n- Seats1: 4\n",
		"c.html": `<html><h1 id="firstHeading">` + long + `</h1><table class="infobox vevent"><caption>A</caption>` +
			"<tr><th>Party</th><td>A</td></tr></table>",
		"d.xml": export("enwiki", long), "e.xml": export(long, "A"), "f.xml": export("enwiki", "1998 Testland election"),
		"g.json": `{"query":{"pages":[{"title":"` + long + `","revisions":[{"content":"{{Infobox election|a=b}}"}]}]}}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &Pipeline{
		Name: "made", Sources: []Source{{Name: "pages", Files: []string{filepath.Join(folder, "*")}}},
		Sinks: []string{load.Parquet, load.Database}, Allow: Allowance{Rejects: 5},
	}
	outcome, output := mustRun(t, p, Options{})
	if outcome.Excess || manifestRows(outcome.Manifest, "elections", ".parquet") != 2 {
		t.Errorf("more is wrong than 5 rejects: %+v", outcome.Manifest)
	}
	rejects := databaseRows(t, filepath.Join(output, version.DatabaseName))["rejects"]
	for _, row := range rejects {
		if !strings.Contains(row, schemas.ReasonTooLarge) || len(row) > 1000 {
			t.Errorf("a reject of %d bytes: %.300s", len(row), row)
		}
	}
	if len(rejects) != 5 {
		t.Errorf("%d rejects", len(rejects))
	}
}
