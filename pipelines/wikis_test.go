package pipelines

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hemicycle/pipelines/wikifile"
)

// exportOf returns an export of one page of a wiki.
func exportOf(wiki, title, text string, page int) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(text)
	lang := strings.TrimSuffix(wiki, "wiki")
	return fmt.Sprintf(`<mediawiki xml:lang="%s"><siteinfo><dbname>%s</dbname><base>https://%s.wikipedia.org/wiki/X</base>
<namespaces><namespace key="0" case="first-letter"/></namespaces></siteinfo>
<page><title>%s</title><ns>0</ns><id>%d</id><revision><id>%d</id><model>wikitext</model>
<text>%s</text></revision></page></mediawiki>`, lang, wiki, lang, title, page, 100+page, text)
}

// TestThreeWikis runs the dumps of three wikis in one pipeline. One election of each is the same one, and the wikis
// differ in its votes.
func TestThreeWikis(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"en.xml": exportOf("enwiki", "2031 Turkish presidential election", `{{Infobox election
| country = Turkey | type = presidential | election_date = 12 October 2031 | turnout = 80.1%
| candidate1 = Ada Ak | party1 = Blue Party | popular_vote1 = 19,387,412 | percentage1 = 52.6%
| candidate2 = Bo Can | party2 = Red Party | popular_vote2 = 13,000,000 | percentage2 = 35.3% }}`, 1),
		"tr.xml": exportOf("trwiki", "2031 Türkiye cumhurbaşkanlığı seçimi", `{{Seçim bilgi kutusu
| country = Türkiye | type = presidential | election_date = 12 Ekim 2031 | turnout = %80,12
| candidate1 = [[Ada Ak (siyasetçi)|A. Ak]] | party1 = Mavi Parti | popular_vote1 = 19.392.462 | percentage1 = %52,62
| candidate2 = Bo Can | party2 = Kırmızı Parti | popular_vote2 = 13.000.000 | percentage2 = %35,33 }}`, 2),
		"es.xml": exportOf("eswiki", "Elecciones presidenciales de Turquía de 2031", `{{Ficha de elección
| país = Turquía | tipo = Elecciones presidenciales | fecha_elección = 12 de octubre de 2031
| participación = 80,1 %
| candidato1 = Ada Ak | partido1 = Partido Azul | votos1 = 19 387 412 | porcentaje1 = 52,6
| candidato2 = Bo Can | partido2 = Partido Rojo | votos2 = 13 000 000 | porcentaje2 = 35,3 }}`, 3),
		"p.yaml": "name: three\nsources: [{files: [en.xml, tr.xml, es.xml], expect: {elections: 3}}]\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Open(filepath.Join(folder, "p.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	output := filepath.Join(folder, "out")
	if _, err := Run(context.Background(), p, Options{Output: output, Version: "test", Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", filepath.Join(output, "elections.duckdb")+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]string{
		"SELECT string_agg(wiki, ' ' ORDER BY wiki) FROM across_wikis": "enwiki eswiki trwiki",
		"SELECT string_agg(kind || ' ' || column_name || ' ' || here || ' ' || there, '; ') FROM contradictions": "cross-wiki " +
			"results.votes 19392462 19387412",
		"SELECT message FROM contradictions": "the votes of A. Ak (Ada Ak): 19392462 in trwiki (revision 102), and " +
			"19387412 in enwiki (revision 101)",
		"SELECT string_agg(key, ' ' ORDER BY ordinal) FROM fields WHERE election_id LIKE 'eswiki%' AND position = 1": "candidato1 " +
			"partido1 votos1 porcentaje1",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: got %q, %v, expected %q", query, got, err, want)
		}
	}
}

// TestWikiFaults has wiki files whose locale is wrong: each problem has its place.
func TestWikiFaults(t *testing.T) {
	const templates = "\ntemplates: {Box: {like: Infobox election}}\n"
	for text, want := range map[string]string{
		"wiki: xxwiki\nlocale: tt" + templates:                                          "x.yaml:2:9: unknown locale tt",
		"wiki: xxwiki\nlocale: {decimal: ';'}" + templates:                              `x.yaml:2:19: decimal: expected "." or ","`,
		"wiki: xxwiki\nlocale: {decimal: ',', grouping: ','}" + templates:               "that of decimals and of groups",
		"wiki: xxwiki\nlocale: {months: [a, b]}" + templates:                            "x.yaml:2:18: months: expected twelve, found 2",
		"wiki: xxwiki\nlocale: {words: {seat: x}}" + templates:                          "unknown key seat; did you mean seats?",
		"wiki: xxwiki\nlocale: {status: {completed: [no]}}" + templates:                 "no is true or false",
		"wiki: xxwiki\nlocale: {dates: ['{y}{m}{d}']}" + templates:                      "expected words behind {y}",
		"wiki: xxwiki\nlocale: {calendar: julian}" + templates:                          "unknown calendar julian",
		"wiki: xxwiki\nlocale: {eras: {Era: many}}" + templates:                         "expected the year before the first",
		"wiki: xxwiki\nlocale: {words: {seats: [seat7]}}" + templates:                   "expected a word without digits",
		"wiki: xxwiki\nlocale: {percent: above}" + templates:                            "unknown percent above",
		"wiki: xxwiki\nlocale: {grouping: '*'}" + templates:                             "grouping: expected some of",
		"wiki: xxwiki\nlocale: {absent: [" + strings.Repeat("x", 61) + "]}" + templates: "at most 60 letters",
	} {
		if f, err := wikifile.Parse("x.yaml", []byte(text)); err == nil || f != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, expected %s", text, err, want)
		}
	}
}

// TestKnownWikis holds that each wiki that comes with the program has a locale that does, too, or says why none of its
// boxes can be read.
func TestKnownWikis(t *testing.T) {
	p := &Pipeline{Sources: []Source{{}}}
	for _, name := range p.wikiSet().Names() {
		w := p.wikiSet().Of(name)
		_, err := p.WithWiki(name)
		if (w.Without != "") != (err != nil) {
			t.Errorf("%s: %v", name, err)
		}
		if p.localeOf(name) == nil && w.Without == "" && w.Locale != wikifile.English {
			t.Errorf("%s has no locale %s", name, w.Locale)
		}
	}
}
