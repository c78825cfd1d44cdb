package enterprise

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
	"hemicycle/extract/dump"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
)

func TestPages(t *testing.T) {
	const broken = `! broken-page `
	sound := electionPage(1, 10, "").line()
	with := func(old, replacement string) string {
		if !strings.Contains(sound, old) {
			t.Fatalf("%q is not in the line", old)
		}
		return strings.Replace(sound, old, replacement, 1)
	}
	without := func(from, to string) string { // from one key up to another
		i, j := strings.Index(sound, `"`+from+`":`), strings.Index(sound, `"`+to+`":`)
		return sound[:i] + sound[j:]
	}
	const title = "2001 Testland election"
	for _, c := range []struct {
		name, lines string
		want        []string
		account     string // without box, other namespaces, superseded, deleted, other names
	}{
		{"one page", sound, []string{title + " 10"}, "0 0 0 0 0"},
		{"no page", "", nil, "0 0 0 0 0"},
		{"empty lines, ends of lines of Windows, a byte order mark",
			"\ufeff" + strings.ReplaceAll(sound, "\n", "\r\n") + "\r\n \n", []string{title + " 10"}, "0 0 0 0 0"},
		{"no end of the last line", strings.TrimSpace(sound), []string{title + " 10"}, "0 0 0 0 0"},
		{"a page without a box, one in another namespace",
			madePage{title: "Town", id: 2, version: 1, text: "A town."}.line() +
				madePage{title: "Talk:Town", id: 3, version: 1, namespace: 1, text: electionBox}.line() + sound,
			[]string{title + " 10"}, "1 1 0 0 0"},
		{"a box in the list of templates alone",
			madePage{title: "A", id: 2, version: 1, text: "{{Wrapped}}",
				templates: []string{"Vorlage:X", "Vorlage:Infobox election"}}.line(), []string{"A 1"}, "0 0 0 0 1"},
		{"a box in the text alone",
			madePage{title: "A", id: 2, version: 1, text: electionBox, templates: []string{"Template:X"}}.line(),
			[]string{"A 1"}, "0 0 0 0 0"},
		{"a box whose letters are escaped", with(`"wikitext":"{{Infobox`, `"wikitext":"{{\u0049nf\u006fb\u006Fx`),
			[]string{title + " 10"}, "0 0 0 0 0"},
		{"a text that is hidden", with(`"url":`, `"visibility":{"text":false},"url":`), nil, "1 0 0 0 0"},
		{"no namespace, no revision, no time", without("version", "url"), []string{title}, "0 0 0 0 0"},
		{"null is absent", with(`"version":{`, `"main_entity":null,"version":null,"x":{`), []string{title},
			"0 0 0 0 0"},
		{"the last of two keys counts", with(`{"name":`, `{"name":"X","identifier":3,"name":`),
			[]string{title + " 10"}, "0 0 0 0 0"},
		{"a title with underscores", with(`"name":"2001 Testland`, `"name":"2001_Testland`),
			[]string{title + " 10"}, "0 0 0 0 0"},

		{"no JSON", "{\"name\":}\n" + sound, []string{
			broken + `1: the line is no JSON: at byte 8: expected a value, found '}'`, title + " 10"}, "0 0 0 0 0"},
		{"no object", "[1]\n" + sound, []string{
			broken + `1: the line is no JSON: at byte 0: expected an object, found '['`, title + " 10"}, "0 0 0 0 0"},
		{"a line that ends early", sound[:200] + "\n" + electionPage(2, 20, "").line(), []string{
			title + broken + `1: the line is no JSON: it ends in the middle of a value`, "2002 Testland election 20"},
			"0 0 0 0 0"},
		{"a file that ends early", electionPage(2, 20, "").line() + sound[:200], []string{"2002 Testland election 20",
			title + `! cut-short 2: the line is no JSON: it ends in the middle of a value`}, "0 0 0 0 0"},
		{"two lines in one", strings.TrimSpace(sound) + sound, []string{
			title + broken + fmt.Sprintf(`1: the line is no JSON: at byte %d: expected the end of the line, found '{'`,
				len(sound)-1)}, "0 0 0 0 0"},
		{"a control character", with("2001 Testland", "2001 \x01Testland"), []string{
			broken + `1: the line is no JSON: at byte 14: expected a character of a text, found '\x01'`}, "0 0 0 0 0"},
		{"damage behind what is read", with(`"7a"`, `"7a`), []string{title + broken +
			`1: the line is no JSON: at byte 707: expected a comma or a closing bracket, found 't'`}, "0 0 0 0 0"},
		{"a number that is a text", with(`"identifier":1,`, `"identifier":"1",`), []string{title + broken +
			"1: the line is no page: expected a whole number in identifier, found a text"}, "0 0 0 0 0"},
		{"a number that is not whole", with(`"identifier":1,`, `"identifier":1.5,`), []string{title + broken +
			"1: the line is no page: expected a whole number in identifier, found 1.5"}, "0 0 0 0 0"},
		{"a number below zero", with(`"identifier":1,`, `"identifier":-1,`), []string{title + broken +
			"1: the line is no page: expected a whole number in identifier, found -1"}, "0 0 0 0 0"},
		{"a page number beyond all", with(`"identifier":1,`, `"identifier":4294967296,`), []string{title + broken +
			"1: the line is no page: no page has the number 4294967296, which is in identifier"}, "0 0 0 0 0"},
		{"a revision beyond all", with(`"identifier":10`, `"identifier":281474976710656`), []string{title + broken +
			"1: the line is no page: no revision has the number 281474976710656, which is in version.identifier"},
			"0 0 0 0 0"},
		{"no page number", without("identifier", "abstract"), []string{title + broken +
			"1: the line is no page: expected the number of the page in identifier, found none"}, "0 0 0 0 0"},
		{"no title", without("name", "identifier"), []string{
			broken + "1: the line is no page: expected the title of the page in name, found none"}, "0 0 0 0 0"},
		{"a title beyond all", with("2001", strings.Repeat("2", 600)), []string{
			"! too-large 1: the title has 618 bytes, and MediaWiki lets none have more than 255"}, "0 0 0 0 0"},
		{"a text that is a list", with(`"wikitext":"{{`, `"wikitext":[],"x":"{{`), []string{title +
			broken + "1: the line is no page: expected a text in article_body.wikitext, found a list"}, "0 0 0 0 0"},
		{"a body that is a text", with(`"article_body":{"html"`, `"article_body":"","x":{"html"`), []string{title +
			broken + "1: the line is no page: expected an object in article_body, found a text"}, "0 0 0 0 0"},
		{"a wiki that is none", with(`"identifier":"enwiki"`, `"identifier":"../enwiki"`), []string{title + broken +
			"1: the line is no page: expected the name of a wiki, such as enwiki, in is_part_of.identifier, " +
			`found "../enwiki"`}, "0 0 0 0 0"},
		{"too deep", with(`"7a"`, strings.Repeat("[", 200)+strings.Repeat("]", 200)), []string{title + broken +
			"1: the line is no JSON: values are nested more than 100 deep"}, "0 0 0 0 0"},
		{"no wikitext, but a box in the list", strings.Replace(madePage{title: "A", id: 2, version: 1, text: "x",
			templates: []string{"Template:Infobox election"}}.line(), `"wikitext"`, `"markdown"`, 1), []string{
			"A! missing 0: the line has no wikitext of the page: expected it in article_body.wikitext"}, "0 0 0 0 0"},
		{"no wikitext, and no list", strings.Replace(without("templates", "redirects"), `"wikitext"`, `"markdown"`, 1),
			[]string{title + "! missing 0: the line has no wikitext of the page: expected it in article_body.wikitext"},
			"0 0 0 0 0"},
		{"no wikitext, and no box in the list", strings.Replace(madePage{title: "A", id: 2, version: 1, text: "x",
			templates: []string{"Template:Infobox town"}}.line(), `"wikitext"`, `"markdown"`, 1), nil, "1 0 0 0 0"},
		{"a text with a zero byte", electionPage(1, 10, "\x00").line(), []string{title +
			"! not-text 3: the file is binary: a zero byte stands at offset 34; expected text in UTF-8"}, "0 0 0 0 0"},

		{"an older version behind", electionPage(1, 11, "").line() + sound, []string{title + " 11"}, "0 0 1 0 0"},
		{"an older version before", sound + electionPage(1, 11, "").line(), []string{title + " 11"}, "0 0 1 0 0"},
		{"the same version twice", sound + sound, []string{title + " 10"}, "0 0 1 0 0"},
		{"the newest version has no box", sound + madePage{title: "A", id: 1, version: 12, text: "none"}.line(), nil,
			"1 0 1 0 0"},
		{"the newest version is in another namespace",
			madePage{title: "Draft:A", id: 1, version: 12, namespace: 118, text: electionBox}.line() + sound, nil, "0 1 1 0 0"},
		{"a page of another wiki has the same number", sound + with(`"enwiki"`, `"simplewiki"`),
			[]string{title + " 10", title + " 10"}, "0 0 0 0 0"},
		{"deleted", madePage{title: "A", id: 1, version: 10, event: "delete"}.line() + sound, nil, "0 0 0 2 0"},
		{"deleted, without a version",
			sound + `{"identifier":1,"is_part_of":{"identifier":"enwiki"},"event":{"type":"delete"}}`, nil, "0 0 0 2 0"},
		{"deleted and made anew", madePage{title: "A", id: 1, version: 10, event: "delete"}.line() +
			electionPage(1, 11, "").line() + sound, []string{title + " 11"}, "0 0 2 0 0"},
		{"deleted and restored", madePage{title: "A", id: 1, version: 10, event: "delete"}.line() +
			madePage{title: "A", id: 1, version: 10, text: electionBox, happened: "2031-06-03T00:00:00Z"}.line() + sound,
			[]string{"A 10"}, "0 0 2 0 0"},
		{"the newest version is damaged", sound + electionPage(1, 11, "").line()[:300], []string{title + " 10",
			title + "! cut-short 2: the line is no JSON: it ends in the middle of a value"}, "0 0 0 0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rangeOver(t, open(t, []byte(c.lines)), -1)
			if diff := cmp.Diff(c.want, got.events); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			got.holdsBalance(t)
			a := got.account
			scan := a.Snapshot
			counts := fmt.Sprint(a.WithoutBox, a.OtherNamespaces, scan.Superseded, scan.Deleted, scan.OtherNames)
			if counts != c.account {
				t.Errorf("the account is %s, expected %s", counts, c.account)
			}
			if a.Documents != scan.Lines-scan.Superseded-scan.Deleted {
				t.Errorf("the lines do not balance: %+v, %+v", a, scan)
			}
			if a.SHA256 == "" || a.Bytes != int64(len(c.lines)) || a.Format != Format {
				t.Errorf("the account is %+v", a)
			}
		})
	}
}

// What a line says of a page is in its document, with the address that a dump would give it.
func TestDocument(t *testing.T) {
	page := madePage{title: "Élection de 2001 ?", id: 7, version: 70, text: electionBox + " é \U0001F5F3 \"x\" </ref>\t\\"}
	lineOf := page.line()
	spoilt := lineOf
	for _, r := range [][2]string{
		{`"Q8"`, `"Q8'; DROP"`}, {`"en"`, `"<b>"`}, {"https://en.wikipedia.org/wiki/", "javascript:/wiki/"},
		{"2031-06-01T10:11:12Z", "yesterday"}, {`"https://en.wikipedia.org"}`, `"javascript:x"}`},
	} {
		if !strings.Contains(spoilt, r[0]) {
			t.Fatalf("%s is not in %s", r[0], spoilt)
		}
		spoilt = strings.ReplaceAll(spoilt, r[0], r[1])
	}
	for _, c := range []struct {
		name, line string
		want       string
	}{
		{"sound", lineOf, "Élection de 2001 ?|enwiki|en|Q8|7|70|2031-06-01T10:11:12Z|" +
			"https://en.wikipedia.org/wiki/%C3%89lection_de_2001_%3F|true"},
		{"hostile", spoilt, "Élection de 2001 ?|enwiki|||7|70|0001-01-01T00:00:00Z||true"},
		{"the time of the version", strings.Replace(lineOf, `"version":{`,
			`"version":{"date_created":"2031-05-01T00:00:00+02:00",`, 1),
			"Élection de 2001 ?|enwiki|en|Q8|7|70|2031-04-30T22:00:00Z|" +
				"https://en.wikipedia.org/wiki/%C3%89lection_de_2001_%3F|true"},
		{"no address", strings.Replace(lineOf, `"url":"https://en.wikipedia.org/wiki/É`, `"x":"É`, 1),
			"Élection de 2001 ?|enwiki|en|Q8|7|70|2031-06-01T10:11:12Z|" +
				"https://en.wikipedia.org/wiki/%C3%89lection_de_2001_%3F|true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for event, err := range open(t, []byte(c.line)).Events(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				d := event.Document
				got := fmt.Sprintf("%s|%s|%s|%s|%d|%d|%s|%s|%v", d.Title, d.Wiki, d.Lang, d.WikidataQID, *d.PageID,
					*d.RevisionID, d.RevisionTimestamp.Format(time.RFC3339), d.PageURL, d.Text == page.text)
				if got != c.want {
					t.Errorf("got  %s\nwant %s", got, c.want)
				}
			}
		})
	}
}

// Redirects are those of the pages that count, in all selected namespaces; those of templates give boxes their names.
func TestRedirects(t *testing.T) {
	many := madePage{title: "Many", id: 9, version: 1}
	for i := range maxPending {
		many.redirects = append(many.redirects, fmt.Sprint("R", i))
	}
	content := madePage{title: "Town", id: 1, version: 2, redirects: []string{"Village", "A_hamlet"}}.line() +
		madePage{title: "Town", id: 1, version: 1, redirects: []string{"Old"}}.line() +
		madePage{title: "Talk:Town", id: 2, version: 1, namespace: 1, redirects: []string{"Talk:Old"}}.line() +
		madePage{title: "Gone", id: 3, version: 1, event: "delete", redirects: []string{"Was"}}.line() +
		madePage{title: "Vorlage:Infobox election", id: 4, version: 1, namespace: 10,
			redirects: []string{"Vorlage:Infobox Wahlen", "Nothing"}}.line() +
		madePage{title: "Vorlage:Wahlkasten", id: 5, version: 1, namespace: 10,
			redirects: []string{"Vorlage:Infobox legislative election"}}.line() +
		electionPage(6, 1, "").line() + many.line() +
		madePage{title: "Last", id: 10, version: 1, redirects: []string{"End"}}.line()
	got := rangeOver(t, open(t, []byte(content)), -1)
	if diff := cmp.Diff([]string{"2006 Testland election 1", "redirects", "redirects"}, got.events); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Village > Town", "A hamlet > Town", "R0 > Many"}, got.redirects[:3]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := len(got.redirects); n != 2+maxPending+1 || got.redirects[n-1] != "End > Last" {
		t.Errorf("%d redirects, the last %s", n, got.redirects[n-1])
	}
	names := []schemas.BoxName{
		{Name: "Infobox Wahlen", Template: schemas.GeneralBox}, {Name: "Wahlkasten", Template: schemas.LegislativeBox},
	}
	if diff := cmp.Diff(names, got.account.Names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNamespaces(t *testing.T) {
	content := []byte(electionPage(1, 1, "").line() +
		madePage{title: "Draft:B", id: 2, version: 1, namespace: 118, text: electionBox}.line())
	got := rangeOver(t, open(t, content, 118), -1)
	if diff := cmp.Diff([]string{"Draft:B 1"}, got.events); diff != "" || got.account.OtherNamespaces != 1 {
		t.Errorf("(-want +got):\n%s%+v", diff, got.account)
	}
	a, b := open(t, content).Fingerprint(), open(t, content, 118).Fingerprint()
	if a == b || !strings.HasPrefix(b, a[:10]) {
		t.Errorf("the fingerprints are %q and %q", a, b)
	}
}

// Of a snapshot whose titles are selected, only those pages are read, and the account says that it is a sample.
func TestTitles(t *testing.T) {
	content := []byte(electionPage(1, 1, "").line() + electionPage(2, 1, "").line() +
		madePage{title: "Town", id: 3, version: 1, text: "x", redirects: []string{"Village"}}.line())
	s := open(t, content)
	s.selection.Titles = regexp.MustCompile("^2002 ")
	got := rangeOver(t, s, -1)
	if diff := cmp.Diff([]string{"2002 Testland election 1"}, got.events); diff != "" || got.redirects != nil {
		t.Errorf("(-want +got):\n%s%q", diff, got.redirects)
	}
	want := &schemas.IndexScan{Titles: 3, Matched: 1, Streams: 1, StreamsRead: 1, BytesRead: int64(len(content))}
	if diff := cmp.Diff(want, got.account.Index); diff != "" || got.account.Scan != schemas.ScanIndex {
		t.Errorf("(-want +got):\n%s%s", diff, got.account.Scan)
	}
	got.holdsBalance(t)
	if a, b := s.Fingerprint(), open(t, content).Fingerprint(); !strings.Contains(a, "titles ^2002 ") || a == b {
		t.Errorf("the fingerprints are %q and %q", a, b)
	}
}

// Every form of a snapshot gives the same pages. Files of an archive are read one after another, and each counts its
// own lines.
func TestForms(t *testing.T) {
	one, two := electionPage(1, 10, "").line()+"{}\n", electionPage(1, 11, "").line()+electionPage(2, 20, "").line()
	plain := []byte(one + two)
	inArchive := archive(t, "enwiki/", "", "enwiki/.hidden", "x", "enwiki/a.ndjson", one, "enwiki/empty", "", "b", two)
	const broken = "the line is no page: expected the number of the page in identifier, found none"
	want := func(detail string) []string {
		return []string{"! broken-page 2: " + detail, "2001 Testland election 11", "2002 Testland election 20"}
	}
	for name, c := range map[string]struct {
		content []byte
		detail  string
	}{
		"plain": {plain, broken}, "gzip": {gzipped(t, plain), broken},
		"two members of gzip": {slices.Concat(gzipped(t, []byte(one)), gzipped(t, []byte(two))), broken},
		"tar":                 {inArchive, `in the file "enwiki/a.ndjson" of the archive: ` + broken},
		"tar.gz":              {gzipped(t, inArchive), `in the file "enwiki/a.ndjson" of the archive: ` + broken},
		"tar.gz with bytes behind it": {append(gzipped(t, inArchive), "zzzzzzzzzzzzzzzzzzzz"...),
			`in the file "enwiki/a.ndjson" of the archive: ` + broken},
	} {
		t.Run(name, func(t *testing.T) {
			if !Matches(bytes.NewReader(c.content), c.content[:min(len(c.content), 4096)]) {
				t.Error("it is not taken for a snapshot")
			}
			got := rangeOver(t, open(t, c.content), -1)
			if diff := cmp.Diff(want(c.detail), got.events); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			got.holdsBalance(t)
		})
	}
}

// A file of an archive that is no NDJSON is a reject, and one with holes is not read: it takes no bytes, and has any
// number of them.
func TestOtherMembers(t *testing.T) {
	content := archive(t, "README", "Pages of a wiki.", "a.ndjson", electionPage(1, 10, "").line())
	want := []string{
		`! unknown-format 0: the file "README" of the archive is not read: it is no NDJSON: expected a page a line, ` +
			`each an object of JSON`, "2001 Testland election 10"}
	got := rangeOver(t, open(t, content), -1)
	if diff := cmp.Diff(want, got.events); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got.holdsBalance(t)

	for name, h := range map[string]*tar.Header{
		"GNU": {Typeflag: tar.TypeGNUSparse},
		"PAX": {Typeflag: tar.TypeReg, PAXRecords: map[string]string{"GNU.sparse.major": "1"}},
	} {
		if !isSparse(h) {
			t.Errorf("the file with holes of %s is read", name)
		}
	}
}

func TestMatches(t *testing.T) {
	sound := electionPage(1, 10, "").line()
	for name, c := range map[string]struct {
		content []byte
		want    bool
	}{
		"a page": {[]byte(sound), true}, "the beginning of one": {[]byte(sound[:500]), true},
		"blanks before it":           {[]byte("\ufeff\n {\n" + sound[1:]), false},
		"blanks within it":           {[]byte("\ufeff { " + sound[1:]), true},
		"a damaged line before it":   {[]byte("x}\n" + sound), true},
		"an empty object before it":  {[]byte("{}\n" + sound), true},
		"other JSON":                 {[]byte(`{"name":"x","identifier":5}`), false},
		"an answer of the API":       {[]byte(`{"batchcomplete":true,"query":{}}`), false},
		"wikitext":                   {[]byte(electionBox), false},
		"wikitext with such a line":  {[]byte(electionBox + "\n{\"article_body\": {}, \"is_part_of\": \n"), false},
		"a text that speaks of it":   {[]byte(`{"text":"\"article_body\": and \"is_part_of\":"}`), false},
		"a dump":                     {gzipped(t, []byte("<mediawiki><page></page></mediawiki>")), false},
		"gzip, damaged":              {[]byte("\x1f\x8bxx"), false},
		"an archive of other things": {gzipped(t, archive(t, "a", "b")), false},
		"an archive":                 {gzipped(t, archive(t, "a", "b", "c", sound)), true},
		"nothing":                    {nil, false},
	} {
		if got := Matches(bytes.NewReader(c.content), c.content[:min(len(c.content), 4096)]); got != c.want {
			t.Errorf("%s: %v, expected %v", name, got, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	path := extracttest.WriteFile(t, "a.ndjson", []byte("{}"))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(dump.FoundFile{Path: path, Info: info}, dump.Selection{Verify: true})
	schemastest.CheckWords(t, err, "a.ndjson cannot be verified", "leave out --verify")
}

// A snapshot that is cut at any byte says so, unless the cut is between two lines of a file that has no end mark.
// What is before the cut is read.
func TestCuts(t *testing.T) {
	lines := []string{electionPage(1, 10, "").line(), electionPage(2, 20, "").line()}
	plain := []byte(lines[0] + lines[1])
	inArchive := archive(t, "a.ndjson", lines[0], "b.ndjson", lines[1])
	for name, c := range map[string]struct {
		content []byte
		sound   []int // the lengths at which it cannot be seen that something is missing
	}{
		"plain":  {plain, []int{0, len(lines[0]) - 1, len(lines[0]), len(plain) - 1}},
		"gzip":   {gzipped(t, plain), nil},
		"tar":    {inArchive, []int{len(inArchive) - tarBlock}},
		"tar.gz": {gzipped(t, inArchive), nil},
	} {
		t.Run(name, func(t *testing.T) {
			from := 12 // the first header of gzip is whole
			if isTar(c.content) {
				from = tarBlock
			}
			for n := from; n < len(c.content); n += 1 + n*n%47 {
				got := rangeOver(t, open(t, c.content[:n]), -1)
				got.holdsBalance(t)
				saysSo := func(e string) bool { return strings.Contains(e, "! cut-short") }
				isInEnd := name == "tar" && n > len(inArchive)-tarBlock // of the two blocks, one is enough
				if slices.ContainsFunc(got.events, saysSo) == slices.Contains(c.sound, n) && !isInEnd {
					t.Errorf("cut at byte %d of %d: %q", n, len(c.content), got.events)
				}
			}
		})
	}
	got := rangeOver(t, open(t, gzipped(t, plain)[:300]), -1)
	if want := "! cut-short 0: the file ends in the middle of its data: its last 290 bytes, from 10 on, are not whole; " +
		"all from line 1 on is lost"; !slices.
		ContainsFunc(got.events, func(e string) bool { return strings.HasPrefix(e, want) }) {
		t.Errorf("got %q, expected %s", got.events, want)
	}
}

// What is missing is said with its place in the file, as far as it is known.
func TestGaps(t *testing.T) {
	one := electionPage(1, 10, "").line()
	packed := gzipped(t, []byte(one+"{\n"))
	for name, c := range map[string]struct {
		content []byte
		want    schemas.Gap
	}{
		"a line":                 {[]byte(one + "{\n" + one), schemas.Gap{From: int64(len(one)), Bytes: -1, Page: true}},
		"the end":                {[]byte(one + "{"), schemas.Gap{From: int64(len(one)), Bytes: -1}},
		"a line in gzip":         {packed, schemas.Gap{From: 10, Bytes: -1, Page: true}},
		"the end of gzip":        {packed[:len(packed)-20], schemas.Gap{From: 10, Bytes: -1}},
		"damage in gzip":         {slices.Concat(packed[:40], []byte("xxxxxxxx"), packed[48:]), schemas.Gap{From: 10}},
		"an archive that is cut": {archive(t, "a.ndjson", one)[:2*tarBlock], schemas.Gap{From: 0, Bytes: -1}},
	} {
		gaps := 0
		for _, err := range open(t, c.content).Events(t.Context()) {
			if u := new(document.Unreadable); errors.As(err, &u) {
				gaps++
				if u.Reason == schemas.ReasonDamaged {
					c.want.Bytes = int64(len(c.content)) - 10
				}
				if u.Gap == nil || *u.Gap != c.want {
					t.Errorf("%s: the gap is %+v, expected %+v", name, u.Gap, c.want)
				}
			}
		}
		if gaps != 1 {
			t.Errorf("%s: %d gaps", name, gaps)
		}
	}
}

// Damage in the middle of a file loses what cannot be read, and says so; a wrong checksum is damage too.
func TestDamage(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var content []byte
	for i := 1; i < 40; i++ {
		content = append(content, electionPage(i, i, fmt.Sprint(random.Uint64())).line()...)
	}
	for name, packed := range map[string][]byte{
		"gzip": gzipped(t, content), "tar.gz": gzipped(t, archive(t, "a.ndjson", string(content))),
	} {
		for range 25 {
			damaged := bytes.Clone(packed)
			at := 20 + random.IntN(len(damaged)-20)
			damaged[at] ^= 1 << random.IntN(8)
			got := rangeOver(t, open(t, damaged), -1)
			got.holdsBalance(t)
			if !slices.ContainsFunc(got.events, func(e string) bool { return strings.Contains(e, "! ") }) {
				t.Errorf("%s: a bit of byte %d is wrong, and nobody says so: %q", name, at, got.events)
			}
		}
	}
}

// A line that is too long is lost, and no other; it is not held in memory.
func TestLongLine(t *testing.T) {
	long := `{"name":"` + strings.Repeat("x", 3<<20) + `"}` + "\n"
	content := gzipped(t, []byte(electionPage(1, 10, "").line()+long+electionPage(2, 20, "").line()))
	s := open(t, content)
	if s.maxLine != maxLine {
		t.Errorf("a line may have %d bytes", s.maxLine)
	}
	s.maxLine = 1 << 20
	got := rangeOver(t, s, -1)
	want := []string{"2001 Testland election 10", "! too-large 2: the line has more than 1 MiB, and no page has",
		"2002 Testland election 20"}
	if diff := cmp.Diff(want, got.events); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got.holdsBalance(t)
}

// A snapshot with more lines than are kept is rejected as a whole.
func TestTooManyPages(t *testing.T) {
	all := &versions{most: 2}
	for i := range 3 {
		v, _ := all.of(&article{page: int64(i + 1)})
		if got := all.add(v); got != (i < 2) {
			t.Errorf("version %d was kept: %v", i, got)
		}
	}
}

// Of any lines in any order, those count that a reader who remembers everything would take.
func TestVersionsInAnyOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		var pages []madePage
		for range 1 + random.IntN(30) {
			p := electionPage(1+random.IntN(6), 1+random.IntN(4), "")
			p.happened = fmt.Sprintf("2031-06-0%dT00:00:00Z", 1+random.IntN(3))
			if random.IntN(6) == 0 {
				p.event = "delete"
			}
			pages = append(pages, p)
		}
		newest := map[int]madePage{}
		rank := func(p madePage) string { return fmt.Sprintf("%09d %s %v", p.version, p.happened, p.event == "delete") }
		var content strings.Builder
		for _, p := range pages {
			content.WriteString(p.line())
			if known, ok := newest[p.id]; !ok || rank(p) > rank(known) {
				newest[p.id] = p
			}
		}
		var want []string
		for _, p := range newest {
			if p.event != "delete" {
				want = append(want, fmt.Sprintf("%s %d", p.title, p.version))
			}
		}
		got := rangeOver(t, open(t, []byte(content.String())), -1)
		slices.Sort(want)
		slices.Sort(got.events)
		if diff := cmp.Diff(want, got.events); diff != "" {
			t.Fatalf("(-want +got):\n%s%s", diff, content.String())
		}
	}
}

// mixedSnapshot returns a snapshot with pages of all fates.
func mixedSnapshot(t testing.TB) []byte {
	var a, b strings.Builder
	for i := 1; i <= 30; i++ {
		p := electionPage(i, i, "")
		p.redirects = []string{fmt.Sprint("To ", i)}
		a.WriteString(p.line())
		switch i % 6 {
		case 0:
			b.WriteString(p.line())
		case 1:
			b.WriteString("{\n\n")
		case 2:
			p.event = "delete"
			b.WriteString(p.line())
		case 3:
			p.version += 100
			b.WriteString(p.line())
		case 4:
			p.text, p.id, p.redirects = "no box", 1000+i, []string{"From nowhere"}
			b.WriteString(p.line())
		}
	}
	packed := gzipped(t, archive(t, "a.ndjson", a.String(), "b.ndjson", b.String()))
	return packed[:len(packed)-6] // the checksum is cut
}

// A range that is resumed at any event ends as if it had never stopped.
func TestResume(t *testing.T) {
	content := mixedSnapshot(t)
	whole := rangeOver(t, open(t, content), -1)
	if len(whole.events) < 20 || !strings.Contains(whole.events[len(whole.events)-1], "! cut-short") {
		t.Fatalf("the snapshot has not what it should: %q", whole.events)
	}
	for n := range whole.events {
		s := open(t, content)
		if err := s.Resume(whole.checkpoints[n]); err != nil {
			t.Fatal(err)
		}
		if s.Position() != whole.positions[n] {
			t.Errorf("resumed behind event %d: the position is %d, expected %d", n, s.Position(), whole.positions[n])
		}
		rest := rangeOver(t, s, -1)
		if diff := cmp.Diff(whole.events[n+1:], rest.events, equateEmpty); diff != "" {
			t.Errorf("resumed behind event %d (-want +got):\n%s", n, diff)
		}
		if diff := cmp.Diff(whole.account, rest.account); diff != "" {
			t.Errorf("resumed behind event %d (-want +got):\n%s", n, diff)
		}
		for i, c := range rest.checkpoints {
			if a, b := withoutDone(t, c), withoutDone(t, whole.checkpoints[n+1+i]); a != b {
				t.Errorf("resumed behind event %d: the checkpoint is %s, expected %s", n, a, b)
			}
		}
	}
	if err := open(t, content).Resume("{"); err == nil {
		t.Error("a checkpoint that is cut is taken")
	}
}

var equateEmpty = cmp.FilterValues(func(a, b []string) bool { return len(a)+len(b) == 0 }, cmp.Ignore())

// withoutDone returns a checkpoint without the bytes that were read, which depend on what is read ahead.
func withoutDone(t testing.TB, text string) string {
	var c checkpoint
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	c.Done = 0
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A range ends with its context and with its caller, in either reading, and leaves nothing behind.
func TestStops(t *testing.T) {
	content := []byte(strings.Repeat(electionPage(1, 1, "").line(), 2_000))
	s := open(t, content)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range s.Events(ctx) {
		t.Error("an event was yielded")
	}
	if a := s.Account(); a.SHA256 != "" {
		t.Errorf("the account is %+v", a)
	}
	if got := rangeOver(t, open(t, mixedSnapshot(t)), 3); len(got.events) != 3 {
		t.Errorf("%d events", len(got.events))
	}
}

// Progress only grows, also over a resumed range, and ends with the size of the file.
func TestProgress(t *testing.T) {
	content := mixedSnapshot(t)
	s := open(t, content)
	checkpointAt := ""
	for range 2 {
		last := int64(0)
		if checkpointAt != "" {
			last, _ = s.Progress()
		}
		for range s.Events(t.Context()) {
			done, total := s.Progress()
			if done < last || done > total || total != int64(len(content)) {
				t.Fatalf("%d of %d bytes after %d", done, total, last)
			}
			last, checkpointAt = done, s.Checkpoint()
		}
		if done, total := s.Progress(); done != total {
			t.Errorf("at the end, %d of %d bytes are read", done, total)
		}
		s = open(t, content)
		if err := s.Resume(checkpointAt); err != nil {
			t.Fatal(err)
		}
	}
}

// Memory grows no faster than the input.
func TestGrowth(t *testing.T) {
	for name, lines := range map[string]func(n int) string{
		"lines":     func(n int) string { return strings.Repeat("{}\n", n) },
		"empty":     func(n int) string { return strings.Repeat("\n", 8*n) },
		"redirects": func(n int) string { return `{"redirects":[` + strings.Repeat(`{"name":"a"},`, n) + "{}]}\n" },
		"one page":  func(n int) string { return strings.Repeat(`{"name":"a","identifier":1}`+"\n", n) },
		"escapes":   func(n int) string { return `{"name":"` + strings.Repeat(`\u00e9`, n) + "\"}\n" },
		"brackets":  func(n int) string { return strings.Repeat("[", n) },
	} {
		t.Run(name, func(t *testing.T) {
			schemastest.HoldsGrowth(t, func(n int) func() {
				s := open(t, []byte(lines(n)))
				return func() {
					for range s.Events(t.Context()) {
					}
				}
			})
		})
	}
}
