package cmd

import (
	"database/sql"
	"encoding/xml"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hemicycle/extract/mediawiki/mediawikitest"
	"hemicycle/pipelines"
	"hemicycle/schemas/tables"
)

// wikiPage returns a page of an export.
func wikiPage(namespace int, title, text string) string {
	var escapedTitle, escaped strings.Builder
	_ = xml.EscapeText(&escapedTitle, []byte(title))
	_ = xml.EscapeText(&escaped, []byte(text))
	return fmt.Sprintf(`<page><title>%s</title><ns>%d</ns><revision><timestamp>2024-05-06T07:08:09Z</timestamp>`+
		`<contributor><username>Writer</username></contributor><model>wikitext</model><format>text/x-wiki</format>`+
		`<text xml:space="preserve">%s</text></revision></page>`+"\n", escapedTitle.String(), namespace, escaped.String())
}

// The tables that are made of a live wiki are those that are made of MediaWiki's own dump of it, apart from where they
// are from: before and after edits, moves, deletions, restorations and protections.
func TestLiveWikiIsAsItsDump(t *testing.T) {
	var export strings.Builder
	export.WriteString(`<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">` + "\n")
	for _, name := range []string{"Infobox election", "Infobox legislative election"} {
		export.WriteString(wikiPage(10, "Template:"+name, "<includeonly>{{{country|}}}</includeonly>"))
	}
	export.WriteString(wikiPage(10, "Template:Infobox vote", "#REDIRECT [[Template:Infobox election]]"))
	title := func(i int) string { return fmt.Sprintf("%d Elbonian general election", 1900+i) }
	text := func(i, seats int) string {
		box := []string{"Infobox election", "Infobox vote", "infobox legislative election"}[i%3]
		return fmt.Sprintf("{{%s\n| country = Elbonia\n| election_date = 4 May %d\n| previous_election = [[%s]]\n"+
			"| seats_for_election = All 100 seats in the Diet\n| party1 = [[Red Party (Elbonia)|Red]]\n| seats1 = %d\n"+
			"| party2 = [[Blue]]\n| seats2 = %d\n| votes2 = 12,34%d\n| percentage2 = up to 40%%\n}}\n"+
			"The '''election''' of %s filled 100 seats.", box, 1900+i, title(i-1), seats, 100-seats, i%10, title(i))
	}
	const pages = 60
	for i := range pages {
		export.WriteString(wikiPage(0, title(i), text(i, 30+i%40)))
	}
	export.WriteString(wikiPage(0, "A page without a box", "Text with [[Blue]] links."))
	export.WriteString("</mediawiki>\n")
	w := mediawikitest.StartRealWiki(t, "..", export.String())

	folder := t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	live := write("live.yaml", fmt.Sprintf("name: live\nallow: {errors: 1000, rejects: 0}\nsources:\n  - wiki: enwiki\n"+
		"    live: {api: %q, contact: elections@example.org, rate: 200}\n", w.API))
	run := func(pipeline, output string) *pipelines.Outcome {
		t.Helper()
		p, err := pipelines.Open(pipeline)
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := pipelines.Run(t.Context(), p, pipelines.Options{
			Output: filepath.Join(folder, output), Version: "test", Build: "test", Log: slog.New(slog.DiscardHandler),
		})
		if err != nil || !outcome.Published {
			t.Fatalf("%s was not published: %v, %+v", output, err, outcome)
		}
		return outcome
	}
	// The dump is read with the names that the wiki has, and with pages that only the names of the boxes select.
	dumped := write("dump.yaml", "name: live\nallow: {errors: 1000, rejects: 0}\nsources:\n  - wiki: enwiki\n"+
		"    files: [dump.xml]\ntemplates: {Infobox vote: Infobox election}\n")
	compare := func(step string, elections int64) {
		t.Helper()
		write("dump.xml", w.PHP(t, "dumpBackup.php", "--current", "--quiet"))
		fromWiki, fromDump := run(live, "live"), run(dumped, "dump")
		if c := fromWiki.Manifest.Counts; c.Elections != elections {
			t.Errorf("%s: %d elections, expected %d", step, c.Elections, elections)
		}
		if got := fromDump.Manifest.Counts.Elections; got != elections {
			t.Errorf("%s: the dump has %d elections, expected %d", step, got, elections)
		}
		compareOutputs(t, step, filepath.Join(folder, "live"), filepath.Join(folder, "dump"))
	}
	compare("at first", pages)
	if outcome := run(live, "live"); !outcome.Unchanged {
		t.Error("nothing has changed, and a version was published")
	}
	for i := range 20 {
		w.Edit(t, title(i), text(i, 41+i))
	}
	for i := 20; i < 30; i++ {
		w.Do(t, "move", "from="+title(i), "to="+title(i)+" (moved)", "reason=x")
	}
	for i := 30; i < 40; i++ {
		w.Do(t, "delete", "title="+title(i), "reason=x")
	}
	for i := 35; i < 40; i++ {
		w.Do(t, "undelete", "title="+title(i), "reason=x")
	}
	for i := 40; i < 45; i++ {
		w.Do(t, "protect", "title="+title(i), "protections=edit=sysop", "expiry=never")
	}
	for i := 45; i < 50; i++ {
		w.Edit(t, title(i), "The box was removed.")
	}
	compare("after fifty changes", pages-5-5)
	if rows := countRows(t, filepath.Join(folder, "live"), "redirects"); rows < 9 {
		t.Errorf("boxes link through %d redirects, expected those of the pages that were moved", rows)
	}
}

// notCompared are the columns that say where a row is from, and what an export does not say.
var notCompared = []string{"source_uri", "source_sha256", "wikidata_qid"}

// countRows returns how many rows a table of an output has.
func countRows(t *testing.T, output, table string) (rows int) {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(output, "elections.duckdb")+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// compareOutputs compares the tables of two outputs, both ways.
func compareOutputs(t *testing.T, step, a, b string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables.All() {
		if slices.Contains([]string{"runs", "sources", "changes"}, table.Name) {
			continue // which say how it was read, and what is new in that
		}
		var columns []string
		for _, c := range table.Columns {
			if !slices.Contains(notCompared, c.Name) {
				columns = append(columns, `"`+c.Name+`"`)
			}
		}
		read := func(output string) string {
			path := filepath.Join(output, "parquet", table.Name, "*.parquet")
			query := "SELECT " + strings.Join(columns, ", ") + " FROM read_parquet('" + path + "')"
			if table.Name == "pages" { // of a dump, only those with a box
				query += " WHERE state <> 'without_box'"
			}
			return query
		}
		var differ int
		query := fmt.Sprintf("SELECT count(*) FROM ((%[1]s EXCEPT ALL %[2]s) UNION ALL (%[2]s EXCEPT ALL %[1]s))",
			read(a), read(b))
		if err := db.QueryRow(query).Scan(&differ); err != nil {
			t.Fatalf("%s: %s: %v", step, table.Name, err)
		}
		if differ > 0 {
			t.Errorf("%s: %d rows of %s differ between the wiki and its dump", step, differ, table.Name)
		}
	}
}
