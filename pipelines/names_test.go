package pipelines

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/load"
)

// namesDump is an export of a box with a joint list and of the redirects by which it links.
const namesDump = `<mediawiki><siteinfo><dbname>ruwiki</dbname><base>https://ru.example/wiki/Main</base></siteinfo>
<page><title>Reds</title><ns>0</ns><id>1</id><redirect title="Red Party (Elbonia)" /><revision><id>1</id>
<text>#REDIRECT [[Red Party (Elbonia)]]</text></revision></page>
<page><title>2007 Elbonian election</title><ns>0</ns><id>2</id><revision><id>2</id><text>{{Infobox legislative election
| country = Elbonia
| election_date = 3 May 2007
| seats_for_election = All 10 seats in the [[House (Elbonia)|House]]
| party1 = '''[[Blue Party (Elbonia)|Blue]]''' – [[Reds]]&lt;ref&gt;[[Note]]&lt;/ref&gt;
| leader1 = [[Ann Bo]]&lt;br /&gt;{{nowrap|[[Cy Di (politician)|Cy Di]]}}
| seats1 = 6
| party2 = {{small|[[green Party|Greens]]}}
| leader2 = Eve
| seats2 = 4
}}
Text.</text></revision></page></mediawiki>
`

// namesPage is the same box as MediaWiki renders it.
const namesPage = `<!DOCTYPE html><html lang="en"><head><title>2007 Elbonian election - Wikipedia</title></head><body>
<h1>2007 Elbonian election</h1>
<table class="infobox"><tr><td colspan="5">3 May 2007</td></tr>
<tr><td colspan="5">All 10 seats in the <a href="/wiki/House_(Elbonia)">House</a></td></tr>
<tr><td><table><tr><th>Party</th><th>Leader</th><th>Seats</th></tr>
<tr><td><b><a href="/wiki/Blue_Party_(Elbonia)">Blue</a></b> – <a href="/wiki/Reds">Reds</a></td>
<td><a href="/wiki/Ann_Bo">Ann Bo</a><br><a href="/wiki/Cy_Di_(politician)">Cy Di</a></td><td>6</td></tr>
<tr><td><a href="/wiki/Green_Party">Greens</a></td><td>Eve</td><td>4</td></tr>
</table></td></tr></table><p>Text.</p></body></html>
`

// TestNamesOfContenders reads a joint list in a dump and in a rendered page. Each party and each leader has a row, and
// the key of the page at which the redirects of the dump end.
func TestNamesOfContenders(t *testing.T) {
	for _, c := range []struct {
		name, file, content, wiki, reds string
	}{
		{"dump", "dump.xml", namesDump, "ruwiki", "Red Party (Elbonia)"},
		{"HTML", "page.html", namesPage, "local", "Reds"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
			p, err := FromFiles([]string{path})
			if err != nil {
				t.Fatal(err)
			}
			p.Sinks = append(p.Sinks, load.JSONLines)
			_, output := mustRun(t, p, Options{})
			shown := func(table string) (all []string) {
				for _, r := range jsonlRows(t, output, table) {
					all = append(all, fmt.Sprintf("%v.%v %v: %v, %v", r["position"], r["ordinal"], r["name"], r["page_key"],
						r["page_basis"]))
				}
				return all
			}
			want := []string{
				"1.1 Blue: " + c.wiki + ":Blue Party (Elbonia), link", "1.2 Reds: " + c.wiki + ":" + c.reds + ", link",
				"2.1 Greens: " + c.wiki + ":Green Party, link",
				"1.1 Ann Bo: " + c.wiki + ":Ann Bo, link", "1.2 Cy Di: " + c.wiki + ":Cy Di (politician), link",
				"2.1 Eve: <nil>, <nil>",
			}
			got := slices.Concat(shown("contender_parties"), shown("contender_leaders"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if page := jsonlRows(t, output, "elections")[0]["chamber_page"]; page != "House (Elbonia)" {
				t.Errorf("the chamber has the page %v", page)
			}
		})
	}
}

// TestItemsOfDumps reads the items of Wikidata of the pages of a dump, from the table beside it.
func TestItemsOfDumps(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "ruwiki-20260101-pages-articles.xml")
	var table bytes.Buffer
	w := gzip.NewWriter(&table)
	_, err := w.Write([]byte("CREATE TABLE `page_props` (`pp_page` int, `pp_propname` varbinary(60), `pp_value` blob);\n" +
		"INSERT INTO `page_props` VALUES (1,'wikibase_item','Q1',NULL),(2,'wikibase_item','Q42',NULL);\n"))
	err = errors.Join(err, w.Close(), os.WriteFile(path, []byte(namesDump), 0o644),
		os.WriteFile(filepath.Join(folder, "ruwiki-20260101-page_props.sql.gz"), table.Bytes(), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	p, err := FromFiles([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	p.Sinks = append(p.Sinks, load.JSONLines)
	_, output := mustRun(t, p, Options{})
	for _, table := range []string{"elections", "pages"} {
		if rows := jsonlRows(t, output, table); len(rows) != 1 || rows[0]["wikidata_qid"] != "Q42" {
			t.Errorf("%s: %v", table, rows)
		}
	}
}

// TestContradictionsOfARun reads two elections of a dump, the later of which says other seats of the earlier than that
// one's own box.
func TestContradictionsOfARun(t *testing.T) {
	page := func(id int, title, box string) string {
		return fmt.Sprintf("<page><title>%s</title><ns>0</ns><id>%d</id><revision><id>%d</id>\n<text>"+
			"{{Infobox legislative election\n%s}}</text></revision></page>\n", title, id, 10*id, box)
	}
	dump := "<mediawiki><siteinfo><dbname>enwiki</dbname></siteinfo>\n" +
		page(1, "2011 Elbonian election", "| previous_election = [[2007 Elbonian election|2007]]\n"+
			"| party1 = [[Blue Party]]\n| seats1 = 6\n| last_election1 = 5\n| percentage1 = 40\n| swing1 = +1\n"+
			"| turnout = 50 (+2)\n") +
		page(2, "2007 Elbonian election", "| party3 = [[Blue Party|Blue]]\n| seats3 = 4\n| percentage3 = 39.2\n"+
			"| turnout = 48.1\n") + "</mediawiki>\n"
	path := filepath.Join(t.TempDir(), "dump.xml")
	if err := os.WriteFile(path, []byte(dump), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := FromFiles([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	p.Sinks = append(p.Sinks, load.JSONLines)
	_, output := mustRun(t, p, Options{})
	rows := jsonlRows(t, output, "contradictions")
	if len(rows) != 1 {
		t.Fatalf("got %v, expected one row", rows)
	}
	got := fmt.Sprint(rows[0]["election_id"], " ", rows[0]["other_election_id"], " ", rows[0]["column_name"], " ",
		rows[0]["here"], " ", rows[0]["there"], " ", rows[0]["line"], " ", rows[0]["other_line"])
	if want := "enwiki:1#1 enwiki:2#1 results.previous_seats 5 4 5 3"; got != want {
		t.Errorf("got %s, expected %s", got, want)
	}
}
