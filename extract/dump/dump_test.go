package dump

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/schemas"
)

const exportHead = `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo>
    <sitename>Wikipedia</sitename>
    <dbname>enwiki</dbname>
    <base>https://en.wikipedia.org/wiki/Main_Page</base>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="10" case="first-letter">Template</namespace>
    </namespaces>
  </siteinfo>
`

const exportFoot = "</mediawiki>\n"

// exportPage is a page of an export; text is written as it stands.
func exportPage(title string, namespace, id int, text string) string {
	return fmt.Sprintf(`  <page>
    <title>%s</title>
    <ns>%d</ns>
    <id>%d</id>
    <revision>
      <id>%d</id>
      <timestamp>2024-05-01T10:00:00Z</timestamp>
      <contributor><username>A</username><id>7</id></contributor>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="%d" sha1="x" xml:space="preserve">%s</text>
      <sha1>x</sha1>
    </revision>
  </page>
`, title, namespace, id, id*10, len(text), text)
}

const electionBox = "{{Infobox election\n| seats1 = 5\n}}"

// rangeResult is what a source yields and its account.
type rangeResult struct {
	pages       []string // "title: text", or "title! reason"
	redirects   []string
	account     schemas.Account
	checkpoints []string // behind each of the pages
}

func rangeOver(t testing.TB, s *Source) (r rangeResult) {
	t.Helper()
	for event, err := range s.Events(context.Background()) {
		d := event.Document
		for _, l := range event.Redirects {
			r.redirects = append(r.redirects, l.Wiki+":"+l.From+">"+l.To)
		}
		u := new(document.Unreadable)
		switch {
		case d == nil:
			continue
		case errors.As(err, &u):
			r.pages = append(r.pages, d.Title+"! "+u.Reason)
		case err != nil:
			t.Fatal(err)
		default:
			r.pages = append(r.pages, d.Title+": "+d.Text)
		}
		r.checkpoints = append(r.checkpoints, s.Checkpoint())
	}
	r.account = s.Account()
	return r
}

func openDump(t testing.TB, path string, selection Selection) *Source {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), f, FoundFile{Path: path, Info: info}, selection)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func writeFile(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// What stands in a dump, and what is made of it.
func TestDumpPages(t *testing.T) {
	box := exportPage("A", 0, 1, electionBox)
	for _, c := range []struct {
		name      string
		content   string
		selection Selection
		pages     []string
		leads     []string
		want      schemas.Account
	}{
		{"a box, and a page without", exportHead + exportPage("None", 0, 2, "text") + box + exportFoot, Selection{}, []string{"A: " + electionBox}, nil,
			schemas.Account{Documents: 2, WithoutBox: 1}},
		{"no page at all", exportHead + exportFoot, Selection{}, nil, nil, schemas.Account{}},
		{"other namespaces", exportHead + exportPage("Talk:A", 1, 2, electionBox) + exportPage("User:A", 2, 3, electionBox) + box + exportFoot, Selection{}, []string{"A: " + electionBox}, nil,
			schemas.Account{Documents: 3, OtherNamespaces: 2}},
		{"namespaces that a pipeline names", exportHead + exportPage("User:A", 2, 3, electionBox) + box + exportFoot, Selection{Namespaces: []int{2}}, []string{"User:A: " + electionBox}, nil,
			schemas.Account{Documents: 2, OtherNamespaces: 1}},
		{"entities, once", exportHead + exportPage("A &amp; B", 0, 1, "{{infobox_election}}&lt;!-- &amp;nbsp; &#233;&quot; &unknown; --&gt;\r\nx") + exportFoot, Selection{},
			[]string{"A & B: {{infobox_election}}<!-- &nbsp; é\" &unknown; -->\nx"}, nil, schemas.Account{Documents: 1}},
		{"what XML forbids", exportHead + exportPage("A", 0, 1, electionBox+" a & b \x01 &#1; \xff") + exportFoot, Selection{}, []string{"A: " + electionBox + " a & b \x01 \x01 \uFFFD"}, nil, schemas.Account{Documents: 1}},
		{"a redirect", exportHead + strings.Replace(exportPage("Old &amp; A", 0, 4, "#REDIRECT [[A#x]]"), "<revision>", `<redirect title="A &gt; B#x" /><revision>`, 1) + exportFoot, Selection{}, nil,
			[]string{"enwiki:Old & A>A > B"}, schemas.Account{Documents: 1, Redirects: 1}},
		{"a redirect between templates", exportHead + strings.Replace(exportPage("Template:infobox elections", 10, 4, ""), "<revision>", `<redirect title="Template:Infobox election" /><revision>`, 1) + exportFoot, Selection{}, nil, nil,
			schemas.Account{Documents: 1, OtherNamespaces: 1, Names: []schemas.BoxName{{Name: "Infobox elections", Template: "Infobox election"}}}},
		{"a known name that leads to a local one", exportHead + strings.Replace(exportPage("Template:Infobox election", 10, 4, ""), "<revision>", `<redirect title="Template:Elections in a box" /><revision>`, 1) + exportFoot, Selection{}, nil, nil,
			schemas.Account{Documents: 1, OtherNamespaces: 1, Names: []schemas.BoxName{{Name: "Elections in a box", Template: "Infobox election"}}}},
		{"a name of the pipeline", exportHead + exportPage("A", 0, 1, "{{ficha de elección|a=1}}") + exportFoot, Selection{Templates: map[string]string{"Ficha de elección": "Infobox election"}},
			[]string{"A: {{ficha de elección|a=1}}"}, nil, schemas.Account{Documents: 1}},
		{"a name nearly", exportHead + exportPage("A", 0, 1, "{{Infobox elected}}{{Infobox officeholder}}") + exportFoot, Selection{}, nil, nil, schemas.Account{Documents: 1, WithoutBox: 1}},
		{"names as pages write them", exportHead + exportPage("A", 0, 1, "{{template:infobox  Election\n|}}") + exportPage("B", 0, 2, "{{ Infobox&lt;!-- x --&gt; legislative election|}}") + exportFoot, Selection{},
			[]string{"A: {{template:infobox  Election\n|}}", "B: {{ Infobox<!-- x --> legislative election|}}"}, nil, schemas.Account{Documents: 2}},
		{"deleted text and contributor", exportHead + strings.Replace(strings.Replace(box, "<contributor><username>A</username><id>7</id></contributor>", `<contributor deleted="deleted" />`, 1),
			strings.TrimSpace(box[strings.Index(box, "<text"):strings.Index(box, "<sha1>")]), `<text bytes="-1" deleted="deleted" />`, 1) + exportFoot, Selection{}, nil, nil, schemas.Account{Documents: 1, WithoutBox: 1}},
		{"a page without a revision", exportHead + "<page><title>A</title><ns>0</ns><id>1</id></page>" + exportFoot, Selection{}, nil, nil, schemas.Account{Documents: 1, WithoutBox: 1}},
		{"another model", exportHead + strings.Replace(box, "<model>wikitext", "<model>json", 1) + exportFoot, Selection{}, nil, nil, schemas.Account{Documents: 1, WithoutBox: 1}},
		{"another slot", exportHead + strings.Replace(exportPage("A", 0, 1, "none"), "</text>", "</text><content><role>x</role><text>"+electionBox+"</text></content>", 1) + exportFoot, Selection{}, nil, nil, schemas.Account{Documents: 1, WithoutBox: 1}},
		{"CDATA", exportHead + exportPage("A", 0, 1, "<![CDATA["+electionBox+" & </text>]]>&amp;") + exportFoot, Selection{}, []string{"A: " + electionBox + " & </text>&"}, nil, schemas.Account{Documents: 1}},
		{"a fragment without a root", box + box, Selection{}, []string{"A: " + electionBox, "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
		{"a page that is not closed", exportHead + strings.Replace(exportPage("B", 0, 2, electionBox), "  </page>", "", 1) + box + exportFoot, Selection{}, []string{"B! broken-page", "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
		{"tags in the text", exportHead + exportPage("B", 0, 2, "<ref>x</ref>") + box + exportFoot, Selection{}, []string{"B! broken-page", "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
		{"no tag", exportHead + exportPage("B", 0, 2, "<>") + box + exportFoot, Selection{}, []string{"B! broken-page", "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
		{"a quotation mark that is open", exportHead + strings.Replace(exportPage("B", 0, 2, `a "b"`), `sha1="x"`, `sha1="x`, 1) + box + exportFoot, Selection{}, []string{"A: " + electionBox}, nil, schemas.Account{Documents: 2, WithoutBox: 1}},
		{"a page without a title", exportHead + "<page><ns>0</ns></page>" + box + exportFoot, Selection{}, []string{"! broken-page", "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
		{"tags across", exportHead + "<page><title>B</ns></page>" + box + exportFoot, Selection{}, []string{"! broken-page", "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
		{"a file cut inside a page", exportHead + box + box[:200], Selection{}, []string{"A: " + electionBox, "! cut-short"}, nil, schemas.Account{Documents: 2}},
		{"a file cut between pages", exportHead + box, Selection{}, []string{"A: " + electionBox, "! cut-short"}, nil, schemas.Account{Documents: 2}},
		{"two exports, one behind the other", exportHead + box + exportFoot + exportHead + box + exportFoot, Selection{}, []string{"A: " + electionBox, "A: " + electionBox}, nil, schemas.Account{Documents: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := writeFile(t, "dump", []byte(c.content))
			source := openDump(t, path, c.selection)
			got := rangeOver(t, source)
			if diff := cmp.Diff(c.pages, got.pages); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.leads, got.redirects); diff != "" {
				t.Errorf("redirects (-want +got):\n%s", diff)
			}
			c.want.SourceURI, c.want.Format, c.want.Scan, c.want.Bytes, c.want.SHA256 = source.URI(), "dump", schemas.ScanWhole, int64(len(c.content)), hexSHA256([]byte(c.content))
			if diff := cmp.Diff(c.want, got.account); diff != "" {
				t.Errorf("account (-want +got):\n%s", diff)
			}
		})
	}
}

func hexSHA256(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// What a document of a dump says of its page.
func TestDumpDocument(t *testing.T) {
	for event, err := range openDump(t, writeFile(t, "x.xml", []byte(exportHead+exportPage("Côte d'Ivoire &amp; so? 100%", 0, 42, electionBox)+exportFoot)), Selection{}).Events(context.Background()) {
		d := event.Document
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(d.Wiki, " ", d.Lang, " ", *d.PageID, " ", *d.RevisionID, " ", d.RevisionTimestamp, " ", d.PageURL, " ", d.Identity(), " ", d.Bytes, " ", d.SHA256 == hexSHA256([]byte(electionBox)))
		want := "enwiki en 42 420 2024-05-01 10:00:00 +0000 UTC https://en.wikipedia.org/wiki/C%C3%B4te_d%27Ivoire_&_so%3F_100%25 enwiki:42 34 true"
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Of several revisions the newest counts, in whatever order they stand and however many there are.
func TestDumpRevisions(t *testing.T) {
	revision := func(id int, time, text string) string {
		return fmt.Sprintf("<revision><id>%d</id><timestamp>%s</timestamp><text xml:space=\"preserve\">%s</text></revision>\n", id, time, text)
	}
	filler := strings.Repeat("some text of an older revision. ", 4000)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "revisions")
		newest := rapid.IntRange(0, n-1).Draw(t, "newest")
		var b strings.Builder
		for i := range n {
			switch {
			case i == newest:
				b.WriteString(revision(500, "2020-01-01T00:00:00Z", electionBox+"newest"))
			case rapid.Bool().Draw(t, "same time"):
				b.WriteString(revision(20+i, "2020-01-01T00:00:00Z", electionBox+filler))
			default:
				b.WriteString(revision(900+i, "2019-01-01T00:00:00Z", filler))
			}
		}
		s := &scanner{}
		d := &Source{scan: s, search: boxnames.NewSearch(boxnames.Known())}
		content := exportHead + "<page><title>A</title><ns>0</ns><id>1</id>" + b.String() + "</page>" + exportPage("B", 0, 2, electionBox) + exportFoot
		var got []string
		size := rapid.IntRange(1000, 1<<20).Draw(t, "piece")
		for piece := range slices.Chunk([]byte(content), size) {
			s.feed(piece)
			d.drain(func(event schemas.Event, err error) bool {
				doc := event.Document
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, doc.Title+": "+doc.Text)
				return true
			})
			if len(s.buffer) > 4<<20 {
				t.Fatalf("the buffer has grown to %d bytes", len(s.buffer))
			}
		}
		if diff := cmp.Diff([]string{"A: " + electionBox + "newest", "B: " + electionBox}, got); diff != "" {
			t.Error(diff)
		}
		if want := int64(strings.Index(content, "</mediawiki>") + len("</mediawiki>")); s.position() != want+1 {
			t.Errorf("the scanner is at %d of %d", s.position(), want)
		}
	})
}

// mixedExport is an export with everything in it.
func mixedExport(pages int) string {
	var b strings.Builder
	b.WriteString(exportHead)
	for i := range pages {
		switch i % 6 {
		case 0:
			b.WriteString(exportPage(fmt.Sprint("Box ", i), 0, i+1, electionBox+strings.Repeat("x &amp; y ", i)))
		case 1:
			b.WriteString(exportPage(fmt.Sprint("Talk:", i), 1, i+1, electionBox))
		case 2:
			b.WriteString(exportPage(fmt.Sprint("Broken ", i), 0, i+1, "<i>"))
		case 3:
			b.WriteString(strings.Replace(exportPage(fmt.Sprint("Redirect ", i), 0, i+1, "#REDIRECT"), "<revision>", fmt.Sprintf(`<redirect title="Box %d" /><revision>`, i), 1))
		default:
			b.WriteString(exportPage(fmt.Sprint("None ", i), 0, i+1, strings.Repeat("é text ", i)))
		}
	}
	return b.String() + exportFoot
}

// The pieces in which an export comes make no difference.
func TestDumpPieces(t *testing.T) {
	content := mixedExport(60)
	want := rangeOver(t, openDump(t, writeFile(t, "x", []byte(content)), Selection{}))
	rapid.Check(t, func(t *rapid.T) {
		s := &scanner{}
		d := &Source{scan: s, search: boxnames.NewSearch(boxnames.Known())}
		rest := []byte(content)
		var got []string
		for len(rest) > 0 {
			n := min(len(rest), rapid.IntRange(1, 3000).Draw(t, "piece"))
			s.feed(rest[:n])
			rest = rest[n:]
			d.drain(func(event schemas.Event, err error) bool {
				doc := event.Document
				if err != nil {
					got = append(got, doc.Title+"! "+err.(*document.Unreadable).Reason)
				} else {
					got = append(got, doc.Title+": "+doc.Text)
				}
				return true
			})
		}
		if diff := cmp.Diff(want.pages, got); diff != "" {
			t.Error(diff)
		}
		if d.account.Documents != 60 || !s.closed {
			t.Errorf("%+v", d.account)
		}
	})
}

// compressedForms is an export in every form.
func compressedForms(t testing.TB, content []byte) map[string][]byte {
	t.Helper()
	var gz bytes.Buffer
	for part := range slices.Chunk(content, len(content)/2+1) { // two members, one behind the other
		w := gzip.NewWriter(&gz)
		if _, err := w.Write(part); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	units := utf16.Encode([]rune("\ufeff" + string(content)))
	le, be := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	forms := map[string][]byte{
		"plain": content, "gzip": gz.Bytes(), "zstd": encoder.EncodeAll(content, nil),
		"a byte order mark": []byte("\ufeff" + string(content)), "UTF-16LE": le, "UTF-16BE": be, "UTF-16 in zstd": encoder.EncodeAll(le, nil),
		"a declaration": []byte(`<?xml version="1.0" encoding="utf-8"?>` + "\n" + string(content)),
	}
	if path, err := exec.LookPath("bzip2"); err == nil {
		var streams []byte
		for part := range slices.Chunk(content, len(content)/3+1) {
			c := exec.Command(path, "-1", "-c")
			c.Stdin = bytes.NewReader(part)
			out, err := c.Output()
			if err != nil {
				t.Fatal(err)
			}
			streams = append(streams, out...)
		}
		forms["bzip2"] = streams
	}
	return forms
}

// A dump is read in every form, and from the middle on as from its beginning.
func TestDumpForms(t *testing.T) {
	content := mixedExport(600)
	var want rangeResult
	for _, name := range []string{"plain", "gzip", "zstd", "bzip2", "a byte order mark", "a declaration", "UTF-16LE", "UTF-16BE", "UTF-16 in zstd"} {
		t.Run(name, func(t *testing.T) {
			form, ok := compressedForms(t, []byte(content))[name]
			if !ok {
				t.Skip("bzip2 is not installed")
			}
			path := writeFile(t, "any-name", form)
			got := rangeOver(t, openDump(t, path, Selection{}))
			if name == "plain" {
				want = got
			}
			if len(got.pages) != 200 || len(got.redirects) != 100 || got.account.SHA256 != hexSHA256(form) {
				t.Errorf("%d pages, %d redirects, %+v", len(got.pages), len(got.redirects), got.account)
			}
			if diff := cmp.Diff(want.pages, got.pages); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, i := range []int{0, 1, 77, 150, len(got.pages) - 1} {
				s := openDump(t, path, Selection{})
				if err := s.Resume(got.checkpoints[i]); err != nil {
					t.Fatal(err)
				}
				rest := rangeOver(t, s)
				if diff := cmp.Diff(got.pages[i+1:], append([]string{}, rest.pages...)); diff != "" {
					t.Errorf("behind page %d (-want +got):\n%s", i, diff)
				}
				if diff := cmp.Diff(got.account, rest.account); diff != "" {
					t.Errorf("behind page %d (-want +got):\n%s", i, diff)
				}
				if diff := cmp.Diff(got.checkpoints[i+1:], append([]string{}, rest.checkpoints...)); diff != "" {
					t.Errorf("behind page %d (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

// A form that is not read is refused with what to do.
func TestDumpRefused(t *testing.T) {
	for content, want := range map[string]string{
		"7z\xbc\xaf\x27\x1c":                    "7z x",
		"\xfd7zXZ\x00":                          "xz -dk",
		"\x1f\x8b nothing":                      "cannot be read",
		"<?xml version='1.0'?>\n<mediawikis />": "no MediaWiki export",
	} {
		source := openDump(t, writeFile(t, "x", []byte(content)), Selection{})
		count := 0
		for _, err := range source.Events(context.Background()) {
			if count++; err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: got %v, expected %q", content, err, want)
			}
		}
		if count != 1 || source.Account().Documents != 1 {
			t.Errorf("%q: %d documents, %+v", content, count, source.Account())
		}
	}
}

// A file that ends too early gives what is before, and says that it was cut short; a damaged one says which
// bytes are lost. The account counts each as one document.
func TestDumpDamage(t *testing.T) {
	content := mixedExport(600)
	forms := compressedForms(t, []byte(content))
	whole := rangeOver(t, openDump(t, writeFile(t, "whole", forms["plain"]), Selection{}))
	for _, c := range []struct {
		form   string
		damage func([]byte) []byte
		reason string
		most   int // of the pages; a form that is read in pieces may lose what it has not handed on
	}{
		{"plain", func(b []byte) []byte { return b[:len(b)*2/3] }, "cut-short", 1},
		{"gzip", func(b []byte) []byte { return b[:len(b)*3/4] }, "cut-short", 1},
		{"zstd", func(b []byte) []byte { return b[:len(b)*3/4] }, "cut-short", 1},
		{"bzip2", func(b []byte) []byte { return b[:len(b)*3/4] }, "cut-short", 1},
		{"UTF-16LE", func(b []byte) []byte { return b[:len(b)*3/4+1] }, "cut-short", 1},
		{"gzip", func(b []byte) []byte { b[len(b)*3/4] ^= 0xff; return b }, "damaged", 1},
		{"bzip2", func(b []byte) []byte { b[len(b)/2] ^= 0xff; return b }, "damaged", 3},
	} {
		t.Run(c.form+" "+c.reason, func(t *testing.T) {
			form, ok := forms[c.form]
			if !ok {
				t.Skip("bzip2 is not installed")
			}
			got := rangeOver(t, openDump(t, writeFile(t, "x", c.damage(slices.Clone(form))), Selection{}))
			rejects := 0
			for _, page := range got.pages {
				switch {
				case strings.HasSuffix(page, "! broken-page"):
				case strings.Contains(page, "! "):
					if rejects++; !strings.HasSuffix(page, "! "+c.reason) {
						t.Errorf("rejected: %s", page)
					}
				case !slices.Contains(whole.pages, page):
					t.Errorf("a page that is not in the dump: %.60s", page)
				}
			}
			if rejects == 0 || rejects > c.most || len(got.pages) < 60 || len(got.pages) >= len(whole.pages) {
				t.Errorf("%d rejects, %d of %d pages", rejects, len(got.pages), len(whole.pages))
			}
			counted := got.account.WithoutBox + got.account.OtherNamespaces + got.account.Redirects + int64(len(got.pages))
			if counted != got.account.Documents {
				t.Errorf("%d pages are accounted for, of %+v", counted, got.account)
			}
		})
	}
}

// An index that cannot be right is refused, with its line.
func TestDumpIndex(t *testing.T) {
	for index, want := range map[string]string{
		"":                              "there is no line in it",
		"2:1:A\n1:2:B\n":                ":2: expected offset:page id:title",
		"x:1:A\n":                       ":1: expected offset:page id:title",
		"0:1\n":                         ":1: expected offset:page id:title",
		"999999:1:A\n":                  ":1: expected offset:page id:title",
		strings.Repeat("x", 2*maxTitle): "too long",
	} {
		folder := t.TempDir()
		dump := filepath.Join(folder, "enwiki-1-pages-articles-multistream1.xml-p1p9.bz2")
		for path, content := range map[string]string{dump: "BZh9", filepath.Join(folder, "enwiki-1-pages-articles-multistream-index1.txt-p1p9"): index} {
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		source := openDump(t, dump, Selection{Titles: regexp.MustCompile("A")})
		for _, err := range source.Events(context.Background()) {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%.20q: got %v, expected %q", index, err, want)
			}
		}
		if a := source.Account(); a.Documents != 1 || a.Scan != schemas.ScanIndex {
			t.Errorf("%.20q: %+v", index, a)
		}
	}
}

// The words that are looked for before the pattern of titles pass over none that it matches.
func TestElectionTitles(t *testing.T) {
	pattern := regexp.MustCompile(ElectionTitles)
	asked := titleMatcher(pattern)
	for title, want := range map[string]bool{
		"2007 Moroccan general election": true, "Elections in Morocco": true, "2019 Peterborough by-election": true, "1977 Bexhill byelection": true,
		"2016 United Kingdom European Union membership referendum": true, "Referendums in Italy": true, "1938 Austrian plebiscite": true,
		"2020 Iowa Democratic caucuses": true, "2024 Republican Party presidential primaries": true, "2003 California gubernatorial recall election": true,
		"Morocco": false, "Selection": false, "Recalled": false, "Natural selection": false, "Primarily": false,
	} {
		if asked(title) != want || pattern.MatchString(title) != want {
			t.Errorf("%s: %v, the pattern alone %v, expected %v", title, asked(title), pattern.MatchString(title), want)
		}
	}
}

// A wiki says in the head of its export whether the first letter of a title has a case.
func TestTitleCaseOfAnExport(t *testing.T) {
	page := exportPage("A", 0, 1, electionBox)
	for name, c := range map[string]struct {
		head string
		want schemas.TitleCase
	}{
		"first letter": {exportHead, schemas.FirstLetter},
		"of articles":  {strings.Replace(exportHead, `key="0" case="first-letter"`, `key="0" case="case-sensitive"`, 1), schemas.CaseSensitive},
		"of the wiki":  {strings.Replace(strings.Replace(exportHead, ` case="first-letter"`, "", 2), "<namespaces>", "<case>case-sensitive</case><namespaces>", 1), schemas.CaseSensitive},
	} {
		for event := range openDump(t, writeFile(t, "dump", []byte(c.head+page+exportFoot)), Selection{}).Events(t.Context()) {
			if d := event.Document; d.TitleCase != c.want {
				t.Errorf("%s: the titles are %q, expected %q", name, d.TitleCase, c.want)
			}
		}
	}
}
