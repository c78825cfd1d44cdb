package dump

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
	"hemicycle/schemas/schemastest"
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

// exportPage returns a page of an export; the text is written as it stands.
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

// exportRedirect returns a page of an export that redirects to another one, whose title is written as it stands.
func exportRedirect(title string, namespace, id int, target string) string {
	page := exportPage(title, namespace, id, "#REDIRECT [["+target+"]]")
	return strings.Replace(page, "<revision>", `<redirect title="`+target+`" /><revision>`, 1)
}

const electionBox = "{{Infobox election\n| seats1 = 5\n}}"

// rangeResult is what a source yields, and its account.
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
			if u.Reason == schemas.ReasonBrokenPage && (u.Gap == nil || u.Gap.From < 0 || !u.Gap.Page) {
				t.Errorf("%v: the place is %+v", err, u.Gap)
			}
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
	s, err := Open(f, FoundFile{Path: path, Info: info}, selection)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A dump yields the pages that can hold a box, and counts the others.
func TestDumpPages(t *testing.T) {
	box := exportPage("A", 0, 1, electionBox)
	for _, c := range []struct {
		name      string
		content   string
		selection Selection
		pages     []string
		redirects []string
		want      schemas.Account
	}{
		{
			name:    "a box, and a page without",
			content: exportHead + exportPage("None", 0, 2, "text") + box + exportFoot,
			pages:   []string{"A: " + electionBox}, want: schemas.Account{Documents: 2, WithoutBox: 1},
		},
		{name: "no page at all", content: exportHead + exportFoot, want: schemas.Account{}},
		{
			name: "other namespaces",
			content: exportHead + exportPage("Talk:A", 1, 2, electionBox) + exportPage("User:A", 2, 3, electionBox) +
				box + exportFoot,
			pages: []string{"A: " + electionBox}, want: schemas.Account{Documents: 3, OtherNamespaces: 2},
		},
		{
			name:      "namespaces that a pipeline names",
			content:   exportHead + exportPage("User:A", 2, 3, electionBox) + box + exportFoot,
			selection: Selection{Namespaces: []int{2}}, pages: []string{"User:A: " + electionBox},
			want: schemas.Account{Documents: 2, OtherNamespaces: 1},
		},
		{
			name: "entities, once",
			content: exportHead +
				exportPage("A &amp; B", 0, 1,
					"{{infobox_election}}&lt;!-- &amp;nbsp; &#233;&quot; &unknown; --&gt;\r\nx") +
				exportFoot,
			pages: []string{"A & B: {{infobox_election}}<!-- &nbsp; é\" &unknown; -->\nx"},
			want:  schemas.Account{Documents: 1},
		},
		{
			name: "the entities of XML",
			content: exportHead + exportPage("A &quot;B&apos;", 0, 1,
				electionBox+"&lt;&gt;&amp;&quot;&apos;&#39;&#x27;") + exportFoot,
			pages: []string{`A "B': ` + electionBox + `<>&"'''`}, want: schemas.Account{Documents: 1},
		},
		{
			name:    "ends of lines",
			content: exportHead + exportPage("A", 0, 1, electionBox+"a\r\nb\rc\r\r\nd\ne\r") + exportFoot,
			pages:   []string{"A: " + electionBox + "a\nb\nc\n\nd\ne\n"}, want: schemas.Account{Documents: 1},
		},
		{
			name:    "what XML forbids",
			content: exportHead + exportPage("A", 0, 1, electionBox+" a & b \x01 &#1; \xff") + exportFoot,
			pages:   []string{"A: " + electionBox + " a & b \x01 \x01 \uFFFD"}, want: schemas.Account{Documents: 1},
		},
		{
			name:      "a redirect",
			content:   exportHead + exportRedirect("Old &amp; A", 0, 4, "A &gt; B#x") + exportFoot,
			redirects: []string{"enwiki:Old & A>A > B"}, want: schemas.Account{Documents: 1, Redirects: 1},
		},
		{
			name: "a redirect between templates",
			content: exportHead +
				exportRedirect("Template:infobox elections", 10, 4, "Template:Infobox election") + exportFoot,
			want: schemas.Account{
				Documents: 1, OtherNamespaces: 1,
				Names: []schemas.BoxName{{Name: "Infobox elections", Template: "Infobox election"}},
			},
		},
		{
			name:      "a name of the pipeline",
			content:   exportHead + exportPage("A", 0, 1, "{{ficha de elección|a=1}}") + exportFoot,
			selection: Selection{Templates: map[string]string{"Ficha de elección": "Infobox election"}},
			pages:     []string{"A: {{ficha de elección|a=1}}"}, want: schemas.Account{Documents: 1},
		},
		{
			name:    "a name nearly",
			content: exportHead + exportPage("A", 0, 1, "{{Infobox elected}}{{Infobox officeholder}}") + exportFoot,
			want:    schemas.Account{Documents: 1, WithoutBox: 1},
		},
		{
			name: "names as pages write them",
			content: exportHead + exportPage("A", 0, 1, "{{template:infobox  Election\n|}}") +
				exportPage("B", 0, 2, "{{ Infobox&lt;!-- x --&gt; legislative election|}}") + exportFoot,
			pages: []string{"A: {{template:infobox  Election\n|}}", "B: {{ Infobox<!-- x --> legislative election|}}"},
			want:  schemas.Account{Documents: 2},
		},
		{
			name: "deleted text and contributor",
			content: exportHead + strings.NewReplacer(
				"<contributor><username>A</username><id>7</id></contributor>", `<contributor deleted="deleted" />`,
				strings.TrimSpace(box[strings.Index(box, "<text"):strings.Index(box, "<sha1>")]),
				`<text bytes="-1" deleted="deleted" />`,
			).Replace(box) + exportFoot,
			want: schemas.Account{Documents: 1, WithoutBox: 1},
		},
		{
			name:    "a page without a revision",
			content: exportHead + "<page><title>A</title><ns>0</ns><id>1</id></page>" + exportFoot,
			want:    schemas.Account{Documents: 1, WithoutBox: 1},
		},
		{
			name:    "another model",
			content: exportHead + strings.Replace(box, "<model>wikitext", "<model>json", 1) + exportFoot,
			want:    schemas.Account{Documents: 1, WithoutBox: 1},
		},
		{
			name: "another slot",
			content: exportHead +
				strings.Replace(exportPage("A", 0, 1, "none"), "</text>",
					"</text><content><role>x</role><text>"+electionBox+"</text></content>", 1) +
				exportFoot,
			want: schemas.Account{Documents: 1, WithoutBox: 1},
		},
		{
			name:    "CDATA",
			content: exportHead + exportPage("A", 0, 1, "<![CDATA["+electionBox+" & </text>]]>&amp;") + exportFoot,
			pages:   []string{"A: " + electionBox + " & </text>&"}, want: schemas.Account{Documents: 1},
		},
		{
			name:    "CDATA beside what is no entity",
			content: exportHead + exportPage("B", 0, 2, "<![CDATA["+electionBox+"]]>&unknown;") + box + exportFoot,
			pages:   []string{"B! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "tags with blanks and attributes",
			content: strings.NewReplacer("<page>", "<page id=\"7\" >", "</page>", "</page >", "<siteinfo>", "<siteinfo >",
				"</mediawiki>", "</mediawiki >", "<revision>", "<revision >", "</revision>", "</revision\n>",
			).Replace(exportHead + box + exportFoot),
			pages: []string{"A: " + electionBox}, want: schemas.Account{Documents: 1},
		},
		{
			name: "the other quotation marks",
			content: exportHead + strings.Replace(exportRedirect("B", 0, 2, "x"), `title="x"`, `x-title="y" title='"A" &amp; C'`,
				1) + exportFoot,
			redirects: []string{`enwiki:B>"A" & C`}, want: schemas.Account{Documents: 1, Redirects: 1},
		},
		{
			name:    "an empty page",
			content: exportHead + "<page/><page />" + box + exportFoot,
			pages:   []string{"! broken-page", "! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 3},
		},
		{
			name:    "a page whose tag is lost",
			content: exportHead + strings.Replace(box, "<page>", "<pag>", 1) + box + exportFoot,
			pages:   []string{"! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a page with a tag in capitals",
			content: exportHead + box + strings.NewReplacer("<page>", "<PAGE>", "title>", "TITLE>", "revision>", "REVISION>").
				Replace(box) + exportFoot,
			pages: []string{"A: " + electionBox, "! broken-page"}, want: schemas.Account{Documents: 2},
		},
		{
			name: "comments and instructions between pages",
			content: exportHead + "<!-- " + box + " -->" + box + "<?x " + box + "?><![CDATA[" + box + "]]>" + exportFoot +
				"<!-- the end -->",
			pages: []string{"A: " + electionBox}, want: schemas.Account{Documents: 1},
		},
		{
			name: "a comment that is not closed", content: exportHead + box + exportFoot + "<!-- " + box,
			pages: []string{"A: " + electionBox, "! cut-short"}, want: schemas.Account{Documents: 2},
		},
		{
			name:    "what looks like a comment behind a broken page",
			content: exportHead + exportPage("B", 0, 2, "<ref> <!-- ") + box + exportFoot,
			pages:   []string{"B! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a tag without end", content: exportHead + exportPage("B", 0, 2, "<"+strings.Repeat("x", maxTag)) + box +
				exportFoot,
			pages: []string{"B! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "an export within a page of another",
			content: exportHead + box[:200] + strings.Replace(exportHead, "enwiki", "dewiki", 1) +
				exportRedirect("B", 0, 2, "A") + exportFoot,
			pages: []string{"A! broken-page"}, redirects: []string{"dewiki:B>A"},
			want: schemas.Account{Documents: 2, Redirects: 1},
		},
		{
			name:      "a siteinfo that is not closed, of a wiki that the caller names",
			content:   strings.Replace(exportHead, "</siteinfo>", "", 1) + exportRedirect("B", 0, 2, "A") + box + exportFoot,
			selection: Selection{Wiki: "enwiki"},
			pages:     []string{"A: " + electionBox}, redirects: []string{"enwiki:B>A"},
			want: schemas.Account{Documents: 2, Redirects: 1},
		},
		{
			name: "a siteinfo behind a page",
			content: exportHead + box + "<siteinfo><dbname>dewiki</dbname></siteinfo>" + exportRedirect("B", 0, 2, "A") +
				exportFoot,
			pages: []string{"A: " + electionBox}, redirects: []string{"enwiki:B>A"},
			want: schemas.Account{Documents: 2, Redirects: 1},
		},
		{
			name: "namespaces that are no number",
			content: exportHead + strings.Replace(exportPage("A", 99, 1, electionBox), "99", " 0 ", 1) +
				strings.Replace(exportPage("B", 99, 1, "x"), "99", "x", 1) +
				strings.Replace(exportRedirect("C", 99, 1, "A"), "99", "", 1) +
				strings.Replace(exportPage("D", 99, 1, "x"), "99", "0x0", 1) + exportFoot,
			pages: []string{"A: " + electionBox, "B! broken-page", "C! broken-page", "D! broken-page"},
			want:  schemas.Account{Documents: 4},
		},
		{
			name: "titles that are too long",
			content: exportHead + exportPage(strings.Repeat("L", 256), 0, 1, "no box") +
				exportRedirect("B", 0, 2, strings.Repeat("L", 256)) +
				exportPage(strings.Repeat("&amp;", 255), 0, 1, "no box") + exportFoot,
			pages: []string{strings.Repeat("L", 252) + "…! too-large", "B! too-large"},
			want:  schemas.Account{Documents: 3, WithoutBox: 1},
		},
		{
			name: "a name of a database that is too long",
			content: strings.Replace(exportHead, "enwiki", strings.Repeat("w", 256), 1) + exportPage("A", 0, 1, "x") +
				exportRedirect("B", 0, 2, "A") + exportFoot,
			pages: []string{"A! too-large", "B! too-large"}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a fragment without a root", content: box + box,
			pages: []string{"A: " + electionBox, "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a page that is not closed",
			content: exportHead + strings.Replace(exportPage("B", 0, 2, electionBox), "  </page>", "", 1) + box +
				exportFoot,
			pages: []string{"B! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "tags in the text", content: exportHead + exportPage("B", 0, 2, "<ref>x</ref>") + box + exportFoot,
			pages: []string{"B! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "no tag", content: exportHead + exportPage("B", 0, 2, "<>") + box + exportFoot,
			pages: []string{"B! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a quotation mark that is open",
			content: exportHead + strings.Replace(exportPage("B", 0, 2, `a "b"`), `sha1="x"`, `sha1="x`, 1) + box +
				exportFoot,
			pages: []string{"A: " + electionBox}, want: schemas.Account{Documents: 2, WithoutBox: 1},
		},
		{
			name: "a page without a title", content: exportHead + "<page><ns>0</ns></page>" + box + exportFoot,
			pages: []string{"! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "tags across", content: exportHead + "<page><title>B</ns></page>" + box + exportFoot,
			pages: []string{"! broken-page", "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a file cut inside a page", content: exportHead + box + box[:200],
			pages: []string{"A: " + electionBox, "! cut-short"}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a file cut between pages", content: exportHead + box,
			pages: []string{"A: " + electionBox, "! cut-short"}, want: schemas.Account{Documents: 2},
		},
		{
			name: "a tag of a page behind the export", content: exportHead + box + exportFoot + "<title>",
			pages: []string{"A: " + electionBox, "! broken-page"}, want: schemas.Account{Documents: 2},
		},
		{
			name:    "two exports, one behind the other",
			content: exportHead + box + exportFoot + exportHead + box + exportFoot,
			pages:   []string{"A: " + electionBox, "A: " + electionBox}, want: schemas.Account{Documents: 2},
		},
		{"a known name that leads to a local one", exportHead + strings.Replace(exportPage("Template:Infobox election", 10,
			4, ""), "<revision>", `<redirect title="Template:Elections in a box" /><revision>`, 1) + exportFoot, Selection{},
			nil, nil,
			schemas.Account{Documents: 1, OtherNamespaces: 1, Names: []schemas.BoxName{{Name: "Elections in a box",
				Template: "Infobox election"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := extracttest.WriteFile(t, "dump", []byte(c.content))
			source := openDump(t, path, c.selection)
			got := rangeOver(t, source)
			if diff := cmp.Diff(c.pages, got.pages); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.redirects, got.redirects); diff != "" {
				t.Errorf("redirects (-want +got):\n%s", diff)
			}
			c.want.SourceURI, c.want.Format, c.want.Scan = source.URI(), "dump", schemas.ScanWhole
			c.want.Bytes, c.want.SHA256 = int64(len(c.content)), hexSHA256([]byte(c.content))
			if diff := cmp.Diff(c.want, got.account); diff != "" {
				t.Errorf("account (-want +got):\n%s", diff)
			}
			for i := range got.checkpoints {
				checkResume(t, path, c.selection, got, i)
			}
		})
	}
}

// checkResume resumes a dump behind a page, and compares what it yields from there on with what it yields as a whole.
func checkResume(t *testing.T, path string, selection Selection, whole rangeResult, page int) {
	t.Helper()
	s := openDump(t, path, selection)
	if err := s.Resume(whole.checkpoints[page]); err != nil {
		t.Fatal(err)
	}
	rest := rangeOver(t, s)
	if diff := cmp.Diff(whole.pages[page+1:], append([]string{}, rest.pages...)); diff != "" {
		t.Errorf("pages behind page %d (-want +got):\n%s", page, diff)
	}
	if diff := cmp.Diff(whole.account, rest.account); diff != "" {
		t.Errorf("account behind page %d (-want +got):\n%s", page, diff)
	}
	if diff := cmp.Diff(whole.checkpoints[page+1:], append([]string{}, rest.checkpoints...)); diff != "" {
		t.Errorf("checkpoints behind page %d (-want +got):\n%s", page, diff)
	}
	if n := len(whole.redirects) - len(rest.redirects); n < 0 || !slices.Equal(whole.redirects[n:], rest.redirects) {
		t.Errorf("redirects behind page %d: %v of %v", page, rest.redirects, whole.redirects)
	}
}

func hexSHA256(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// A document of a dump has what the export says of its page.
func TestDumpDocument(t *testing.T) {
	export := exportHead + exportPage("Côte d'Ivoire &amp; so? 100%", 0, 42, electionBox) + exportFoot
	source := openDump(t, extracttest.WriteFile(t, "x.xml", []byte(export)), Selection{})
	for event, err := range source.Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		page, newest := int64(42), int64(420)
		want := &schemas.Document{
			URI: source.URI(), Format: "wikitext", Text: electionBox,
			Bytes: int64(len(electionBox)), SHA256: hexSHA256([]byte(electionBox)),
			Wiki: "enwiki", Lang: "en", Title: "Côte d'Ivoire & so? 100%", PageID: &page,
			PageURL:    "https://en.wikipedia.org/wiki/C%C3%B4te_d%27Ivoire_&_so%3F_100%25",
			RevisionID: &newest, RevisionTimestamp: time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC),
		}
		if diff := cmp.Diff(want, event.Document); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got := event.Document.Identity(); got != "enwiki:42" {
			t.Errorf("the identity is %s", got)
		}
	}
}

// Of several revisions the newest counts, in whatever order they stand and however many there are.
func TestDumpRevisions(t *testing.T) {
	exportRevision := func(id int, timestamp, text string) string {
		return fmt.Sprintf("<revision><id>%d</id><timestamp>%s</timestamp>"+
			"<text xml:space=\"preserve\">%s</text></revision>\n", id, timestamp, text)
	}
	filler := strings.Repeat("some text of an older revision. ", 4000)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "revisions")
		newest := rapid.IntRange(0, n-1).Draw(t, "newest")
		var b strings.Builder
		for i := range n {
			switch {
			case i == newest:
				b.WriteString(exportRevision(500, "2020-01-01T00:00:00Z", electionBox+"newest"))
			case rapid.Bool().Draw(t, "same time"):
				b.WriteString(exportRevision(20+i, "2020-01-01T00:00:00Z", electionBox+filler))
			default:
				b.WriteString(exportRevision(900+i, "2019-01-01T00:00:00Z", filler))
			}
		}
		s := &scanner{}
		d := &Source{scan: s, search: boxnames.NewSearch(boxnames.Known())}
		content := exportHead + "<page><title>A</title><ns>0</ns><id>1</id>" + b.String() + "</page>" +
			exportPage("B", 0, 2, electionBox) + exportFoot
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

// mixedExport returns an export with pages of every kind.
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
			b.WriteString(exportRedirect(fmt.Sprint("Redirect ", i), 0, i+1, fmt.Sprint("Box ", i)))
		default:
			b.WriteString(exportPage(fmt.Sprint("None ", i), 0, i+1, strings.Repeat("é text ", i)))
		}
	}
	return b.String() + exportFoot
}

// The pieces in which an export comes make no difference.
func TestDumpPieces(t *testing.T) {
	content := mixedExport(60)
	want := rangeOver(t, openDump(t, extracttest.WriteFile(t, "x", []byte(content)), Selection{}))
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
		if d.account.Documents != 60 || !s.Closed {
			t.Errorf("%+v", d.account)
		}
	})
}

// compressedForms returns an export in every form.
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
	le, be := utf16Of(string(content), binary.LittleEndian), utf16Of(string(content), binary.BigEndian)
	forms := map[string][]byte{
		"plain": content, "gzip": gz.Bytes(), "zstd": encoder.EncodeAll(content, nil),
		"pzstd":             slices.Concat([]byte(skippedFrame), encoder.EncodeAll(content, nil), []byte(skippedFrame)),
		"a byte order mark": []byte("\ufeff" + string(content)),
		"UTF-16LE":          le, "UTF-16BE": be, "UTF-16 in zstd": encoder.EncodeAll(le, nil),
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

// compressZstd returns a text compressed as zstd.
func compressZstd(t testing.TB, text string) string {
	t.Helper()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoder.EncodeAll([]byte(text), nil))
}

// A dump is read in every form, and from a checkpoint on as from its beginning.
func TestDumpForms(t *testing.T) {
	content := mixedExport(600)
	var want rangeResult
	for _, name := range []string{
		"plain", "gzip", "zstd", "pzstd", "bzip2", "a byte order mark", "a declaration", "UTF-16LE", "UTF-16BE",
		"UTF-16 in zstd",
	} {
		t.Run(name, func(t *testing.T) {
			form, ok := compressedForms(t, []byte(content))[name]
			if !ok {
				t.Skip("bzip2 is not installed")
			}
			path := extracttest.WriteFile(t, "any-name", form)
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
				checkResume(t, path, Selection{}, got, i)
			}
		})
	}
}

// The beginning of a frame of zstd, two ends of one without content, and a frame that is skipped.
const (
	zstdMagic      = "\x28\xb5\x2f\xfd"
	wideWindow     = "\x00\x90\x01\x00\x00"
	withDictionary = "\x03\x00\x2a\x00\x00\x00\x01\x00\x00"
	skippedFrame   = "\x5a\x2a\x4d\x18\x02\x00\x00\x00ab"
)

// A file of a form that is not read is rejected with what to do.
func TestDumpRefused(t *testing.T) {
	const zstdDetail = "unreadable: the file is compressed as zstd with "
	for content, want := range map[string]string{
		"7z\xbc\xaf\x27\x1c": "7z x",
		"\xfd7zXZ\x00":       "xz -dk",
		"\x1f\x8b nothing":   "cannot be read",
		// Frames of zstd with a window of 256 MiB or with a dictionary, first and behind another frame.
		zstdMagic + wideWindow:                                   zstdDetail + "a window of 256 MiB that",
		compressZstd(t, "") + zstdMagic + wideWindow:             "zstd -d --long=31",
		zstdMagic + withDictionary:                               zstdDetail + "the dictionary with the ID 42,",
		skippedFrame + zstdMagic + withDictionary:                "ID 42",
		compressZstd(t, "<?xml version='1.0'?>\n<mediawikis />"): "no MediaWiki export",
	} {
		source := openDump(t, extracttest.WriteFile(t, "x", []byte(content)), Selection{})
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

// A file that ends too early yields what is before its end, and a reject that says so. A damaged file yields a reject
// that says which bytes are lost. The account counts each reject as one document.
func TestDumpDamage(t *testing.T) {
	content := mixedExport(600)
	forms := compressedForms(t, []byte(content))
	whole := rangeOver(t, openDump(t, extracttest.WriteFile(t, "whole", forms["plain"]), Selection{}))
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
			got := rangeOver(t, openDump(t, extracttest.WriteFile(t, "x", c.damage(slices.Clone(form))), Selection{}))
			rejects, read := 0, 0
			for _, page := range got.pages {
				switch {
				case strings.HasSuffix(page, "! broken-page"):
				case strings.Contains(page, "! "):
					if rejects++; !strings.HasSuffix(page, "! "+c.reason) {
						t.Errorf("rejected: %s", page)
					}
				case !slices.Contains(whole.pages, page):
					t.Errorf("a page that is not in the dump: %.60s", page)
				default:
					read++
				}
			}
			if rejects == 0 || rejects > c.most || read < 30 || read >= 100 {
				t.Errorf("%d rejects, %d of 100 pages", rejects, read)
			}
			a := got.account
			if n := a.WithoutBox + a.OtherNamespaces + a.Redirects + int64(len(got.pages)); n != a.Documents {
				t.Errorf("%d pages are accounted for, of %+v", n, a)
			}
		})
	}
}

// An index that cannot be right is rejected, with its line.
func TestDumpIndex(t *testing.T) {
	for index, want := range map[string]string{
		"":                              "there is no line in it",
		"2:1:A\n1:2:B\n":                ":2: expected offset:page id:title",
		"x:1:A\n":                       ":1: expected offset:page id:title",
		"0:1\n":                         ":1: expected offset:page id:title",
		"4:1:A\n":                       "with an offset from the one before on and below 4",
		"999999:1:A\n":                  ":1: expected offset:page id:title",
		strings.Repeat("x", 2*maxTitle): "too long",
	} {
		const name = "enwiki-1-pages-articles-multistream1.xml-p1p9.bz2"
		folder := extracttest.WriteFiles(t, map[string]string{
			name: "BZh9", "enwiki-1-pages-articles-multistream-index1.txt-p1p9": index,
		})
		source := openDump(t, filepath.Join(folder, name), Selection{Titles: regexp.MustCompile("A")})
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

// The words that are searched for before the pattern of titles miss no title that the pattern matches.
func TestElectionTitles(t *testing.T) {
	pattern := regexp.MustCompile(ElectionTitles)
	asked := titleMatcher(pattern)
	for title, want := range map[string]bool{
		"2007 Moroccan general election": true, "Elections in Morocco": true, "2019 Peterborough by-election": true,
		"1977 Bexhill byelection": true, "2016 United Kingdom European Union membership referendum": true,
		"Referendums in Italy": true, "1938 Austrian plebiscite": true, "2020 Iowa Democratic caucuses": true,
		"2024 Republican Party presidential primaries": true, "2003 California gubernatorial recall election": true,
		"Morocco": false, "Selection": false, "Recalled": false, "Natural selection": false, "Primarily": false,
	} {
		if asked(title) != want || pattern.MatchString(title) != want {
			t.Errorf("%s: %v, the pattern alone %v, expected %v", title, asked(title), pattern.MatchString(title), want)
		}
	}
}

// A dump is verified by the line for it in SHA256SUMS, as tools and people write such lines.
func TestVerify(t *testing.T) {
	const content = exportHead + exportFoot
	digest := hexSHA256([]byte(content))
	other := hexSHA256([]byte("other"))
	for _, c := range []struct{ name, sums, err string }{
		{"lower case", digest + "  x.xml\n", ""},
		{"upper case", strings.ToUpper(digest) + "  x.xml\n", ""},
		{"binary mode", digest + " *x.xml\n", ""},
		{"a path, among others", other + "  y.xml\n" + digest + "  ./x.xml\n", ""},
		{"another digest", other + "  x.xml\n", "x.xml is not the file that was published: its SHA-256 is " + digest},
		{"no line", digest + "  y.xml\n", "has no line for it"},
	} {
		folder := extracttest.WriteFiles(t, map[string]string{"x.xml": content, sumsName: c.sums})
		err := verifyDigest(t.Context(), filepath.Join(folder, "x.xml"), new(atomic.Int64))
		if c.err != "" {
			schemastest.CheckWords(t, err, c.err)
		} else if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	folder := extracttest.WriteFiles(t, map[string]string{"x.xml": content, sumsName: digest + "  x.xml\n"})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := verifyDigest(ended, filepath.Join(folder, "x.xml"), new(atomic.Int64)); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: got %v", err)
	}
	path := extracttest.WriteFile(t, "x.xml", []byte(content))
	err := verifyDigest(t.Context(), path, new(atomic.Int64))
	schemastest.CheckWords(t, err, "cannot be verified: expected SHA256SUMS beside it")
}

// utf16Of returns a text as UTF-16 with a byte order mark.
func utf16Of(text string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

// Behind damage in UTF-16, whole units are read again, whether the damage ends between two units or inside of one. What
// was read of a unit or of a pair of surrogates before the damage is dropped.
func TestUTF16BehindDamage(t *testing.T) {
	const before, after = "<page>before 🗳", "<page>after</page> behind the damage"
	for name, order := range map[string]binary.AppendByteOrder{"LE": binary.LittleEndian, "BE": binary.BigEndian} {
		first, second := utf16Of(before, order), utf16Of(after, order)[2:]
		for _, c := range []struct {
			cut, skip int // bytes that are lost at the end of the first chunk and at the beginning of the second
			want      string
		}{
			{0, 0, "\ufeff" + before + "!" + after},
			{0, 1, "\ufeff" + before + "!" + after[1:]},
			{0, 2, "\ufeff" + before + "!" + after[1:]},
			{1, 3, "\ufeff" + before[:len(before)-4] + "!" + after[2:]},
			{2, 1, "\ufeff" + before[:len(before)-4] + "!" + after[1:]},
			{5, 0, "\ufeff" + before[:len(before)-5] + "!" + after},
		} {
			chunks := []chunk{{data: first[:len(first)-c.cut]}, {err: errors.New("damaged")}, {data: second[c.skip:]}}
			got := ""
			for decoded := range decodeUTF16(slices.Values(chunks)) {
				if got += string(decoded.data); decoded.err != nil {
					got += "!"
				}
				if decoded.bit != -1 {
					t.Errorf("%s: decompression can begin at bit %d of a chunk that is decoded", name, decoded.bit)
				}
			}
			if got != c.want {
				t.Errorf("%s, %d bytes before and %d behind are lost:\ngot  %q\nwant %q",
					name, c.cut, c.skip, got, c.want)
			}
		}
	}
}

// The account has the digest of a file only if the file was read to its end. A file that is damaged or cut when it is
// found can be read to its end, one that shrinks while it is read cannot.
func TestDigestOfTheWholeFile(t *testing.T) {
	content := mixedExport(600)
	forms := compressedForms(t, []byte(content))
	for _, name := range []string{"plain", "gzip", "bzip2"} {
		form, ok := forms[name]
		if !ok {
			continue
		}
		open := func() (*Source, string) {
			path := extracttest.WriteFile(t, "x", form)
			return openDump(t, path, Selection{}), path
		}
		if s, _ := open(); rangeOver(t, s).account.SHA256 != hexSHA256(form) {
			t.Errorf("%s: the digest of a file that was read to its end is %q", name, s.Account().SHA256)
		}
		s, _ := open()
		for range s.Events(t.Context()) {
			break
		}
		if sum := s.Account().SHA256; sum != "" {
			t.Errorf("%s: the digest is %s when ranging stopped early", name, sum)
		}
		s, _ = open()
		ctx, cancel := context.WithCancel(t.Context())
		for range s.Events(ctx) {
			cancel()
		}
		cancel()
		if sum := s.Account().SHA256; sum != "" {
			t.Errorf("%s: the digest is %s when the context ended", name, sum)
		}
		s, path := open()
		if err := os.Truncate(path, int64(len(form)/2)); err != nil {
			t.Fatal(err)
		}
		if got := rangeOver(t, s); got.account.SHA256 != "" || !slices.Contains(got.pages, "! cut-short") {
			t.Errorf("%s: a file that shrank has the digest %q", name, got.account.SHA256)
		}
	}
}

// A digest is only given once the reader has reached the end of the file.
func TestFileDigest(t *testing.T) {
	content := bytes.Repeat([]byte("x"), 3*pieceSize+5)
	for _, c := range []struct {
		reached []int64
		want    string
	}{
		{[]int64{pieceSize, int64(len(content))}, hexSHA256(content)},
		{[]int64{int64(len(content)), pieceSize}, hexSHA256(content)}, // places may come out of order
		{[]int64{pieceSize, int64(len(content)) - 1}, ""},
		{nil, ""},
	} {
		d := newDigest(t.Context(), bytes.NewReader(content), int64(len(content)))
		for _, to := range c.reached {
			d.reach(to)
		}
		if got := d.hexSum(); got != c.want {
			t.Errorf("behind %v the digest is %q, expected %q", c.reached, got, c.want)
		}
	}
}

// Redirects are yielded with the next document. If they are many, or if no document follows, they are yielded alone.
func TestRedirectsAlone(t *testing.T) {
	const further = 5
	var b strings.Builder
	b.WriteString(exportHead)
	for i := range maxRedirects + further {
		b.WriteString(exportRedirect(fmt.Sprint("Redirect ", i), 0, i+1, "A"))
	}
	b.WriteString(exportPage("A", 0, 9999, electionBox))
	b.WriteString(exportRedirect("Last", 0, 99999, "A"))
	b.WriteString(exportFoot)
	var got []string
	path := extracttest.WriteFile(t, "x", []byte(b.String()))
	for event, err := range openDump(t, path, Selection{}).Events(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d redirects, with a document: %v", len(event.Redirects), event.Document != nil))
	}
	want := []string{
		"1000 redirects, with a document: false", "5 redirects, with a document: true",
		"1 redirects, with a document: false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A page that is larger than any page of MediaWiki is rejected, and the pages behind it are read.
func TestLargePages(t *testing.T) {
	fill := func(size int) string { return electionBox + strings.Repeat("x", size-len(electionBox)) }
	for _, c := range []struct {
		name, text, page, detail string
	}{
		{name: "the largest text", text: fill(document.MaxBytes), page: "B: " + fill(document.MaxBytes)},
		{
			name: "a larger text", text: fill(document.MaxBytes + 1), page: "B! too-large",
			detail: "the page has more than 16 MiB",
		},
		{
			name: "more than a page takes in XML", text: fill(maxPage + 2*pieceSize), page: "B! too-large",
			detail: "the page takes more than 32 MiB",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			export := exportHead + exportPage("B", 0, 1, c.text) + exportPage("A", 0, 2, electionBox) + exportFoot
			path := extracttest.WriteFile(t, "x", []byte(export))
			got := rangeOver(t, openDump(t, path, Selection{}))
			if len(got.pages) != 2 || got.pages[0] != c.page || got.pages[1] != "A: "+electionBox {
				t.Errorf("%d pages, the first begins with %.80q", len(got.pages), got.pages[0])
			}
			if got.account.Documents != 2 {
				t.Errorf("%d pages are counted", got.account.Documents)
			}
			for _, err := range openDump(t, path, Selection{}).Events(t.Context()) {
				if c.detail != "" {
					schemastest.CheckWords(t, err, c.detail)
				}
				break
			}
		})
	}
}

// The head of an export says of which wiki it is. Old ones do not name the database.
func TestParseSite(t *testing.T) {
	const root = `<mediawiki xml:lang="de">`
	for _, c := range []struct {
		name, head string
		want       site
	}{
		{
			"a Wikipedia", "<dbname>enwiki</dbname><base>https://en.wikipedia.org/wiki/Main_Page</base>",
			site{Wiki: "enwiki", Lang: "en", Base: "https://en.wikipedia.org/wiki/"},
		},
		{
			"no name of the database", "<base>https://zh-min-nan.wikipedia.org/wiki/A</base>",
			site{Wiki: "zh_min_nanwiki", Lang: "zh-min-nan", Base: "https://zh-min-nan.wikipedia.org/wiki/"},
		},
		{
			"a slash in the title of the main page", "<base>https://fr.wikipedia.org/wiki/Wikip%C3%A9dia:A/B</base>",
			site{Wiki: "frwiki", Lang: "fr", Base: "https://fr.wikipedia.org/wiki/"},
		},
		{
			"another wiki", "<dbname>x</dbname><base>https://example.org/w/Main</base>",
			site{Wiki: "x", Lang: "de", Base: "https://example.org/w/"},
		},
		{"no address", "<dbname>x</dbname><base>Main</base>", site{Wiki: "x", Lang: "de"}},
		{
			"the namespace of templates",
			`<namespaces><namespace key="0"/><namespace key="10">Vorlage</namespace></namespaces>`,
			site{Lang: "de", Template: "Vorlage"},
		},
		{"an address that is none of the web", "<base>javascript://a/%0aalert(1)//wiki/x</base>", site{Lang: "de"}},
		{"another address that is none", "<dbname>x</dbname><base>data:text/html,/wiki/</base>", site{Wiki: "x", Lang: "de"}},
		{"an address of a file", "<base>file://host/wiki/A</base>", site{Lang: "de"}},
		{"nothing that can be read", "<base", site{Lang: "de"}},
	} {
		if got, _ := parseSite([]byte(root), []byte("<siteinfo>"+c.head+"</siteinfo>")); got != c.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// What is before a checkpoint counts as read. With an index, that is only known once the range begins.
func TestProgressOfAResumedDump(t *testing.T) {
	const export = exportHead + exportFoot
	path := extracttest.WriteFile(t, "x.xml", []byte(export))
	text, err := json.Marshal(checkpoint{Bit: 8 * 100, Account: schemas.Account{SourceURI: path, Documents: 7}})
	if err != nil {
		t.Fatal(err)
	}
	for _, titles := range []*regexp.Regexp{nil, regexp.MustCompile("A")} {
		s := openDump(t, path, Selection{})
		s.selection.Titles = titles
		if err := s.Resume("{"); err == nil || !strings.Contains(err.Error(), `the checkpoint "{" cannot be read`) {
			t.Errorf("a checkpoint that cannot be read: %v", err)
		}
		if s.Position() != 0 {
			t.Errorf("a checkpoint that cannot be read leads to page %d", s.Position())
		}
		if err := s.Resume(string(text)); err != nil {
			t.Fatal(err)
		}
		want := int64(100)
		if titles != nil {
			want = 0
		}
		if done, total := s.Progress(); done != want || total != int64(len(export)) || s.Position() != 7 {
			t.Errorf("%d of %d bytes are done, at page %d", done, total, s.Position())
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
		"of articles": {strings.Replace(exportHead, `key="0" case="first-letter"`, `key="0" case="case-sensitive"`, 1),
			schemas.CaseSensitive},
		"of the wiki": {strings.Replace(strings.Replace(exportHead, ` case="first-letter"`, "", 2), "<namespaces>",
			"<case>case-sensitive</case><namespaces>", 1), schemas.CaseSensitive},
	} {
		for event := range openDump(t, extracttest.WriteFile(t, "dump", []byte(c.head+page+exportFoot)),
			Selection{}).Events(t.Context()) {
			if d := event.Document; d.TitleCase != c.want {
				t.Errorf("%s: the titles are %q, expected %q", name, d.TitleCase, c.want)
			}
		}
	}
}
