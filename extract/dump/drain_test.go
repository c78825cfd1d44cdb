package dump

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hemicycle/extract/document"
	"hemicycle/extract/extracttest"
	"hemicycle/schemas"
)

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
			c.want.Wikis = got.account.Wikis // which TestWikisOfDumps compares
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

// A dump that has lost its head to damage, and with it the name of its wiki, yields no page: under other names they
// would be other pages. If the caller names the wiki, the pages are read.
func TestUnidentified(t *testing.T) {
	content := digestExport(20)
	replace := func(old, new string) []byte { return bytes.Replace(content, []byte(old), []byte(new), 1) }
	head := bytes.Index(content, []byte("  <page>"))
	for name, c := range map[string]struct {
		content []byte
		reasons []string // without a wiki
		pages   int
	}{
		"whole": {content, nil, 20},
		"a tag of the head is another": {
			replace("<siteinfo>", "<sitefnfo>"), []string{schemas.ReasonUnidentified}, 0,
		},
		"the head is not closed": {replace("</siteinfo>", ""), []string{schemas.ReasonUnidentified}, 0},
		"the name of the wiki is broken": {
			replace("<dbname>", "<dbname"), []string{schemas.ReasonDamaged, schemas.ReasonUnidentified}, 0,
		},
		"the head is broken behind the name": {replace("<namespaces>", "<namespac>"), []string{schemas.ReasonDamaged}, 20},
		"an export without a head":           {append([]byte("<mediawiki>\n"), content[head:]...), nil, 20},
	} {
		t.Run(name, func(t *testing.T) {
			path := extracttest.WriteFile(t, "x", c.content)
			reasons, texts, _ := losses(t, path, Selection{})
			if !slices.Equal(reasons, c.reasons) || len(texts) != c.pages {
				t.Errorf("%q, %d pages; expected %q, %d pages", reasons, len(texts), c.reasons, c.pages)
			}
			reasons, texts, _ = losses(t, path, Selection{Wiki: "enwiki"})
			if len(texts) != 20 || slices.Contains(reasons, schemas.ReasonUnidentified) {
				t.Errorf("with a wiki: %q, %d pages", reasons, len(texts))
			}
		})
	}
}

// Behind the beginning of the first page there is no head that damage could cost.
func TestDamageBehindTheHead(t *testing.T) {
	page := exportPage("A", 0, 1, electionBox)
	lostTag := strings.Replace(page, "<page>", "", 1)
	unreadable := chunk{err: errors.New("unreadable")}
	for name, c := range map[string]struct {
		before string
		want   []string
	}{
		"nothing before": {"<mediawiki>", []string{"! damaged", "! unidentified"}},
		"in a page":      {"<mediawiki>" + page[:100], []string{"! damaged", "A: " + electionBox}},
		"behind a page":  {"<mediawiki>" + page, []string{"A: " + electionBox, "! damaged", "A: " + electionBox}},
		"behind a page's tag that is lost": {
			"<mediawiki>" + lostTag, []string{"! broken-page", "! damaged", "A: " + electionBox},
		},
		"behind a head that names no wiki": {
			`<mediawiki xml:lang="en"><siteinfo></siteinfo>`, []string{"! damaged", "A: " + electionBox},
		},
		"behind a head": {exportHead, []string{"! damaged", "A: " + electionBox}},
	} {
		d := openDump(t, extracttest.WriteFile(t, "x", []byte(c.before+page)), Selection{})
		d.beginRange()
		chunks := slices.Values([]chunk{{data: []byte(c.before)}, unreadable, {data: []byte(page)}})
		var got []string
		d.rangePages(t.Context(), chunks, nil, func(event schemas.Event, err error) bool {
			u := new(document.Unreadable)
			switch {
			case errors.As(err, &u) && u.Reason == schemas.ReasonCutShort: // the end of the export is not there
			case errors.As(err, &u):
				got = append(got, event.Document.Title+"! "+u.Reason)
			case event.Document != nil:
				got = append(got, event.Document.Title+": "+event.Document.Text)
			}
			return true
		})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, expected %q", name, got, c.want)
		}
	}
}

// The first block of a bzip2 file holds the head. A range that is resumed behind the damage also knows that it is lost.
func TestUnidentifiedBlock(t *testing.T) {
	file := compressBzip2(t, digestExport(400))
	file[2000] ^= 4
	name := extracttest.WriteFile(t, "x", file)
	want := []string{schemas.ReasonDamaged, schemas.ReasonUnidentified}
	if reasons, texts, _ := losses(t, name, Selection{}); !slices.Equal(reasons, want) || len(texts) > 0 {
		t.Errorf("%q, %d pages", reasons, len(texts))
	}
	if reasons, texts, _ := losses(t, name, Selection{Wiki: "x"}); !slices.Equal(reasons, want[:1]) || len(texts) < 50 {
		t.Errorf("with a wiki: %q, %d pages", reasons, len(texts))
	}
	checkResume(t, name, Selection{}, rangeOver(t, openDump(t, name, Selection{})), 0)
}

// A dump says of which wiki it is, also if none of its pages is of interest. A name that no wiki can have is not said.
func TestWikisOfDumps(t *testing.T) {
	for head, want := range map[string][]string{
		exportHead: {"enwiki"},
		"<mediawiki><siteinfo><dbname>" + strings.Repeat("w", 300) + "</dbname></siteinfo>": nil,
		"<mediawiki><siteinfo></siteinfo>":                                                  nil,
	} {
		content := head + "<page><title>A</title><ns>1</ns><id>1</id><revision><id>1</id><text>x</text></revision></page>" +
			exportFoot
		got := rangeOver(t, openDump(t, extracttest.WriteFile(t, "dump", []byte(content)), Selection{}))
		if diff := cmp.Diff(want, got.account.Wikis); diff != "" {
			t.Errorf("%.60s: (-want +got):\n%s", head, diff)
		}
	}
}
