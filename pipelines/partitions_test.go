package pipelines

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"hemicycle/load"
	"hemicycle/load/partition"
	"hemicycle/load/version"
	"hemicycle/schemas/schemastest"
	"hemicycle/schemas/tables"
)

// wikiDumps are the dumps of some invented wikis in a folder, and pages of no wiki.
type wikiDumps struct {
	t        testing.TB
	dir      string
	editions map[string]int
}

// write writes the next edition of the dump of a wiki: two elections that contradict each other, a redirect by which
// one links, a page whose box is empty, and as many pages more as the edition says. The wiki "" is a page of none.
func (w *wikiDumps) write(wiki string) {
	w.t.Helper()
	w.editions[wiki]++
	edition := w.editions[wiki]
	page := func(id int, title, text string) string {
		return fmt.Sprintf("<page><title>%s</title><ns>0</ns><id>%d</id><revision><id>%d</id>\n<text>%s</text>"+
			"</revision></page>\n", title, id, 100*edition+id, text)
	}
	box := func(fields string) string {
		return "{{Infobox legislative election\n| country = Elbonia\n" + fields + "}} The rest."
	}
	content := titleLine(edition) + boxText(edition%2)
	if wiki != "" {
		content = "<mediawiki><siteinfo><dbname>" + wiki + "</dbname></siteinfo>\n" +
			page(1, "2011 Elbonian election", box(fmt.Sprintf("| previous_election = [[2007 Elbonian election|2007]]\n"+
				"| party1 = [[Blues]]\n| seats1 = 6\n| last_election1 = %d\n", 5+edition))) +
			page(2, "2007 Elbonian election", box("| party3 = [[Blue Party|Blue]]\n| seats3 = 4\n")) +
			page(3, "2003 Elbonian election", "{{Infobox election}}") +
			page(5, "2007 Moroccan general election", fmt.Sprintf("{{Infobox legislative election\n| country = Morocco\n"+
				"| election_date = {{Start date|2007|9|7}}\n| turnout = 37.%02d\n| seats_for_election = All 325 seats in the "+
				"[[House of Representatives (Morocco)|House]]\n| party1 = [[Istiqlal Party]]\n| seats1 = %d\n}} The rest.",
				random(wiki, edition), 50+edition)) +
			"<page><title>Blues</title><ns>0</ns><id>4</id><redirect title=\"Blue Party\" /><revision><id>4</id>" +
			"<text>#REDIRECT [[Blue Party]]</text></revision></page>\n"
		for n := range edition {
			content += page(10+n, fmt.Sprintf("19%02d Elbonian election", n), box("| party1 = Reds\n| seats1 = 3\n"))
		}
		content += "</mediawiki>\n"
	}
	if err := os.WriteFile(w.path(wiki), []byte(content), 0o644); err != nil {
		w.t.Fatal(err)
	}
	if wiki == "" {
		return
	}
	// One page is of the same item of Wikidata in all wikis.
	var table bytes.Buffer
	compressor := gzip.NewWriter(&table)
	_, err := compressor.Write([]byte("CREATE TABLE `page_props` (`pp_page` int, `pp_propname` varbinary(60), " +
		"`pp_value` blob);\nINSERT INTO `page_props` VALUES (5,'wikibase_item','Q42',NULL);\n"))
	if err = cmp.Or(err, compressor.Close()); err != nil {
		w.t.Fatal(err)
	}
	name := filepath.Join(w.dir, wiki+"-20260101-page_props.sql.gz")
	if err := os.WriteFile(name, table.Bytes(), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// random returns a number of two digits that is made of a wiki and an edition.
func random(wiki string, edition int) uint8 {
	return sha256.Sum256([]byte(fmt.Sprint(wiki, edition)))[0] % 100
}

// path returns the path of the file of a wiki.
func (w *wikiDumps) path(wiki string) string {
	if wiki == "" {
		return filepath.Join(w.dir, "page.txt")
	}
	return filepath.Join(w.dir, wiki+"-20260101-pages-articles.xml")
}

// pipeline returns a pipeline over the dumps of some wikis.
func (w *wikiDumps) pipeline(layout string, wikis ...string) *Pipeline {
	p := &Pipeline{
		Name: "of " + strings.Join(wikis, " "), Sinks: []string{load.Parquet, load.Database}, Partition: layout,
		Allow: Allowance{Errors: 1 << 40, Rejects: 1 << 40},
	}
	for _, wiki := range wikis {
		p.Sources = append(p.Sources, Source{
			Name: "dump of " + wiki, Files: []string{w.path(wiki)}, Wiki: wiki,
		})
	}
	return p
}

// sortedRows returns the rows of every table of a database except runs, in no order of the files.
func sortedRows(t *testing.T, output string) map[string][]string {
	t.Helper()
	all := databaseRows(t, filepath.Join(output, version.DatabaseName))
	delete(all, "changes") // since the version before, which is another one
	for _, rows := range all {
		slices.Sort(rows)
	}
	return all
}

// Any sequence of runs of some wikis each ends with the tables that one run of all wikis makes, whatever its layout is.
// The run of each wiki is the last that read it.
func TestRunsOfSomeWikisEndAsOneOfAll(t *testing.T) {
	wikis := []string{"", "afwiki", "bawiki", "cewiki"}
	for round := range schemastest.Rounds(1, 5) {
		random := rand.New(rand.NewPCG(uint64(round), 7))
		w := &wikiDumps{t: t, dir: t.TempDir(), editions: map[string]int{}}
		for _, wiki := range wikis {
			w.write(wiki)
		}
		output := t.TempDir()
		wantRun := map[string]string{}
		const steps = 5
		for step := range steps {
			chosen := slices.Clone(wikis)
			random.Shuffle(len(chosen), func(i, k int) { chosen[i], chosen[k] = chosen[k], chosen[i] })
			chosen = chosen[:1+random.IntN(2)]
			if step == 0 {
				chosen = wikis // so that each is there at the end
			}
			for _, wiki := range chosen {
				w.write(wiki)
			}
			// The one run whose source names no wiki is always of one pipeline.
			p := w.pipeline(partition.ByWiki, chosen...)
			p.Name = "all"
			if step < steps-1 { // the database is built of the files alone
				p.Sinks = []string{load.Parquet}
			}
			outcome, _ := mustRun(t, p, Options{Output: output, PartDocuments: 1 + random.IntN(5)})
			if !outcome.Published {
				t.Fatalf("not published: %v", outcome.Unmet)
			}
			for _, wiki := range chosen {
				wantRun[wiki] = outcome.Manifest.Run
			}
		}
		_, whole := mustRun(t, w.pipeline("", wikis...), Options{})
		if diff := gocmp.Diff(sortedRows(t, whole), sortedRows(t, output)); diff != "" {
			t.Errorf("round %d: other tables (-one run +some):\n%s", round, diff)
		}
		if diff := gocmp.Diff(wantRun, runsOfWikis(t, output)); diff != "" {
			t.Errorf("round %d: runs names other runs:\n%s", round, diff)
		}
		across := queryDatabase(t, output, "SELECT DISTINCT kind FROM contradictions ORDER BY ALL")
		if want := [][]string{{"chain"}, {"cross-wiki"}}; !slices.EqualFunc(across, want, slices.Equal) {
			t.Errorf("the contradictions are of the kinds %v: the test proves nothing of the others; %v", across,
				queryDatabase(t, output, "SELECT wiki, coalesce(country_code, ''), coalesce(chamber_type, ''), "+
					"coalesce(election_date::VARCHAR, '') FROM elections WHERE page_title LIKE '%Morocc%'"))
		}
		compareLayouts(t, whole, output)
		readBack(t, output, len(sortedRows(t, whole)["elections"]))
	}
}

// runsOfWikis returns the run of each wiki, as the table runs says.
func runsOfWikis(t *testing.T, output string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, row := range queryDatabase(t, output, "SELECT unnest(wikis), run_id FROM runs") {
		found[row[0]] = row[1]
	}
	return found
}

// queryDatabase returns the rows that a query of the current database has, as texts.
func queryDatabase(t *testing.T, output, query string) (rows [][]string) {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(output, version.DatabaseName)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	result, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	columns, _ := result.Columns()
	for result.Next() {
		row, to := make([]string, len(columns)), make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := result.Scan(to...); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// compareLayouts compares the Parquet files of two versions, of which one is laid out by wiki, with the queries that
// the documents give.
func compareLayouts(t *testing.T, whole, byWiki string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables.All() {
		if table.Name == "runs" || table.Name == "changes" {
			continue
		}
		one := "read_parquet(" + tables.QuoteSQL(filepath.Join(whole, "parquet", table.Name, "*.parquet")) + ")"
		other := "read_parquet(" + tables.QuoteSQL(filepath.Join(byWiki, "parquet", table.Name, "*.parquet")) + ")"
		if table.ByWiki { // before 1.5, DuckDB gives the name of the folder for NULL
			other = "(SELECT * REPLACE (nullif(wiki, '__HIVE_DEFAULT_PARTITION__') AS wiki) FROM read_parquet(" +
				tables.QuoteSQL(filepath.Join(byWiki, "parquet", table.Name, "*", "*.parquet")) +
				", hive_partitioning = true, hive_types = {'wiki': VARCHAR}))"
		}
		var columns []string
		for _, c := range table.Columns {
			columns = append(columns, c.Name)
		}
		names := strings.Join(columns, ", ")
		for _, pair := range [][2]string{{one, other}, {other, one}} {
			var n int
			query := fmt.Sprintf("SELECT count(*) FROM (SELECT %s FROM %s EXCEPT ALL SELECT %[1]s FROM %[3]s)", names, pair[0],
				pair[1])
			if err := db.QueryRow(query).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s: %d rows are only in one layout (%v)", table.Name, n, err)
			}
		}
		if !table.ByWiki {
			continue
		}
		// The wiki of the path is that of the election.
		var n int
		query := fmt.Sprintf("SELECT count(*) FROM %s AS t JOIN read_parquet(%s) AS e USING (election_id) "+
			"WHERE t.wiki IS DISTINCT FROM e.wiki", other,
			tables.QuoteSQL(filepath.Join(whole, "parquet", "elections", "*.parquet")))
		if !slices.Contains(columns, "election_id") {
			continue
		}
		if err := db.QueryRow(query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows are in the folder of another wiki (%v)", table.Name, n, err)
		}
	}
}

// readBack reads the elections of a version with all that belongs to them.
func readBack(t *testing.T, output string, want int) {
	t.Helper()
	p, err := version.Open(output)
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	for e, err := range p.Elections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Contenders) == 0 || len(e.Fields) == 0 {
			t.Errorf("%s has lost what belongs to it", e.ID)
		}
		got++
	}
	if got != want {
		t.Errorf("%d elections are read back, expected %d", got, want)
	}
}

// The files of a wiki that a run does not read are the same files in the new version.
func TestKeptFilesAreTheSame(t *testing.T) {
	w := &wikiDumps{t: t, dir: t.TempDir(), editions: map[string]int{}}
	w.write("afwiki")
	w.write("bawiki")
	_, output := mustRun(t, w.pipeline(partition.ByWiki, "afwiki"), Options{})
	first := published(t, output)
	outcome, _ := mustRun(t, w.pipeline(partition.ByWiki, "bawiki"), Options{Output: output})
	second := published(t, output)
	kept := 0
	for name := range readFolder(t, first, ".parquet") {
		if !strings.Contains(name, "/wiki=afwiki/") || strings.Contains(name, "/contradictions/") {
			continue // contradictions are made anew, since they are between wikis too
		}
		kept++
		before, err1 := os.Stat(filepath.Join(first, name))
		after, err2 := os.Stat(filepath.Join(second, name))
		if err := cmp.Or(err1, err2); err != nil || !os.SameFile(before, after) {
			t.Errorf("%s is not the same file (%v)", name, err)
		}
	}
	byWiki := 0
	for _, table := range tables.All() {
		if table.ByWiki && !table.AcrossWikis {
			byWiki++
		}
	}
	if kept != byWiki || byWiki < 10 {
		t.Errorf("%d files were kept of %d tables", kept, byWiki)
	}
	m := outcome.Manifest
	if len(m.Partitions) != 2 || len(m.EarlierRuns) != 1 || !slices.Equal(m.Wikis, []string{"bawiki"}) ||
		m.Partitions[0].Elections != 4 || m.Partitions[0].Run == m.Run {
		t.Errorf("the manifest says %+v", m.Partitions)
	}
}

// A run of a wiki compares itself with the last run of its pipeline, and knows that nothing has changed since, whatever
// other wikis were read meanwhile.
func TestOtherWikisBetweenTwoRuns(t *testing.T) {
	w := &wikiDumps{t: t, dir: t.TempDir(), editions: map[string]int{}}
	w.write("afwiki")
	w.write("bawiki")
	output := t.TempDir()
	one := w.pipeline(partition.ByWiki, "afwiki")
	first, _ := mustRun(t, one, Options{Output: output})
	mustRun(t, w.pipeline(partition.ByWiki, "bawiki"), Options{Output: output})
	folder := published(t, output)
	again, _ := mustRun(t, one, Options{Output: output})
	if !again.Unchanged || again.Manifest.Run != first.Manifest.Run || published(t, output) != folder {
		t.Errorf("the run that is the same was published again: %+v", again)
	}
	share := one.clone()
	share.Sources[0].Expect = []Expectation{{Subject: "elections", ShareOfLast: schemastest.Exact("2")}}
	if outcome, _ := mustRun(t, share, Options{Output: output}); outcome.Published || len(outcome.Unmet) != 1 {
		t.Errorf("the run was not compared with that of its pipeline: %+v", outcome)
	}
	if outcome, _ := mustRun(t, one, Options{Output: output, DropOthers: true}); outcome.Unchanged ||
		len(outcome.Manifest.Partitions) != 1 {
		t.Errorf("the other wiki was not dropped: %+v", outcome.Manifest.Partitions)
	}
}

// What would lose the rows of other wikis is refused with words, and the version stays.
func TestRefusedPartialRuns(t *testing.T) {
	w := &wikiDumps{t: t, dir: t.TempDir(), editions: map[string]int{}}
	for _, wiki := range []string{"afwiki", "bawiki", "cewiki"} {
		w.write(wiki)
	}
	undeclared := func(p *Pipeline) *Pipeline {
		p.Sources[0].Wiki = ""
		return p
	}
	for _, c := range []struct {
		name        string
		first, then *Pipeline
		damage      func(t *testing.T, folder string)
		want        string
	}{
		{"a run that is not laid out by wiki", w.pipeline(partition.ByWiki, "afwiki"), w.pipeline("", "bawiki"), nil,
			"the output is laid out by wiki and has rows of afwiki, which a run of the pipeline of bawiki would drop"},
		{"an output that is not", w.pipeline("", "afwiki", "bawiki"), w.pipeline(partition.ByWiki, "bawiki"), nil,
			"the output is not laid out by wiki, so that the rows of afwiki cannot be kept"},
		{"pages of another pipeline's wiki", w.pipeline(partition.ByWiki, "afwiki"),
			undeclared(w.pipeline(partition.ByWiki, "afwiki", "bawiki")), nil,
			"read pages of afwiki, which none of its sources names with the key wiki"},
		{"a kept file that is damaged", w.pipeline(partition.ByWiki, "afwiki"), w.pipeline(partition.ByWiki, "bawiki"),
			func(t *testing.T, folder string) {
				damageFile(t, filepath.Join(folder, "parquet", "results", "wiki=afwiki", "part-00001.parquet"))
			}, "results/wiki=afwiki/part-00001.parquet is damaged: it has another SHA-256"},
		{"a kept file that is a link", w.pipeline(partition.ByWiki, "afwiki"), w.pipeline(partition.ByWiki, "bawiki"),
			func(t *testing.T, folder string) {
				path := filepath.Join(folder, "parquet", "results", "wiki=afwiki", "part-00001.parquet")
				if err := cmp.Or(os.Rename(path, path+".moved"), os.Symlink(path+".moved", path)); err != nil {
					t.Fatal(err)
				}
			}, "is damaged: it is not a regular file"},
		{"another schema", w.pipeline(partition.ByWiki, "afwiki"), w.pipeline(partition.ByWiki, "bawiki"),
			func(t *testing.T, folder string) {
				changeManifest(t, folder, `"schema_version": "2.0"`, `"schema_version": "2.9"`)
			}, "the rows of afwiki cannot be kept: their tables have schema version 2.9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, output := mustRun(t, c.first, Options{})
			folder := published(t, output)
			if c.damage != nil {
				c.damage(t, folder)
			}
			o := Options{Output: output, Log: quiet(), Version: "test", Build: "test"}
			_, err := Run(t.Context(), c.then, o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, expected %s", err, c.want)
			}
			if now := published(t, output); now != folder {
				t.Errorf("the version %s was replaced by %s", folder, now)
			}
			o.DropOthers = true
			if _, err := Run(t.Context(), c.then, o); err != nil {
				t.Errorf("without the rows of other wikis: %v", err)
			}
		})
	}
}

// changeManifest replaces a text in the manifest of a version, whose own digest it mends.
func changeManifest(t *testing.T, folder, from, to string) {
	t.Helper()
	path := filepath.Join(folder, "manifest.json")
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), from) {
		t.Fatalf("the manifest lacks %s (%v)", from, err)
	}
	text := strings.Replace(string(content), from, to, 1)
	before, _, _ := strings.Cut(text, `"digest": "`)
	undigested := before + `"digest": ""` + "\n}\n"
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte(undigested)))
	text = strings.Replace(undigested, `"digest": ""`, `"digest": "`+digest+`"`, 1)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// damageFile changes a byte in the middle of a file.
func damageFile(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A page whose wiki cannot have rows of its own is rejected, wherever it would lead.
func TestNamesOfWikisAreChecked(t *testing.T) {
	w := &wikiDumps{t: t, dir: t.TempDir(), editions: map[string]int{}}
	w.write("afwiki")
	dir := t.TempDir()
	content, err := os.ReadFile(w.path("afwiki"))
	if err != nil {
		t.Fatal(err)
	}
	for n, name := range []string{"../../x", "local", "a b", strings.Repeat("a", 80), "x=y"} {
		changed := strings.ReplaceAll(string(content), "afwiki", name)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(n, ".xml")), []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p := w.pipeline(partition.ByWiki, "afwiki")
	p.Sources[0].Files = append(p.Sources[0].Files, filepath.Join(dir, "*"))
	outcome, output := mustRun(t, p, Options{})
	if c := outcome.Manifest.Counts; c.Elections != 4 || c.Rejected != 25 {
		t.Errorf("%d elections and %d rejects", c.Elections, c.Rejected)
	}
	folders := map[string]bool{}
	err = filepath.WalkDir(published(t, output), func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() && strings.Contains(d.Name(), "=") {
			folders[d.Name()] = true
		}
		return err
	})
	if want := map[string]bool{"wiki=afwiki": true}; err != nil || !maps.Equal(folders, want) {
		t.Errorf("the version has the folders %v (%v)", folders, err)
	}
}
