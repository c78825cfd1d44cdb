package cmd

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"crypto/sha1"
	"fmt"
	"html"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	dsnet "github.com/dsnet/compress/bzip2"
)

// madeDump is a dump that was made, with what a run must find in it.
type madeDump struct {
	bytes, pages, articles, redirects, others int64
	elections                                 []madeElection
	// redirects to pages of elections that boxes name by them
	leads map[string]string
}

// madeElection is an election in a made dump.
type madeElection struct {
	page       int64
	title      string
	wikitext   string
	contenders []madeContender // nil for a page of the corpus, of which the page alone says them
	from, to   int64           // where the page stands in the dump
}

type madeContender struct {
	name  string
	seats int
}

// corpusFolder is a folder of real pages, which need not exist.
var corpusFolder = filepath.Join("..", "..", "shared", "corpus")

// dumpMaker makes dumps. They consist of real pages with new ids, or of invented pages if there are no real ones, and
// of elections at a rate of share.
type dumpMaker struct {
	random      *rand.Rand
	share       float64
	filler      [][]byte // pages as they stand in an export
	wikitexts   []string
	streams     func(pages []madePage) // told after every hundred pages; may be nil
	variesPages bool                   // real pages of elections get other names and numbers
}

// madePage is a page that was written.
type madePage struct {
	id    int64
	title string
}

func newDumpMaker(t testing.TB) *dumpMaker {
	m := &dumpMaker{random: rand.New(rand.NewPCG(1, 2)), share: 0.0015}
	for _, path := range globFiles(t, filepath.Join(corpusFolder, "dump", "*.xml*")) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(content, []byte("BZh")) {
			if content, err = io.ReadAll(bzip2.NewReader(bytes.NewReader(content))); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.HasPrefix(content, []byte("<mediawiki")) || bytes.Contains(content, []byte("wikidatawiki")) {
			continue // UTF-16, 7z; and what has no wikitext
		}
		m.filler = append(m.filler, onePageOf.FindAll(content, -1)...)
	}
	for _, path := range globFiles(t, filepath.Join(corpusFolder, "wikitext", "*.wikitext")) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m.wikitexts = append(m.wikitexts, string(content))
	}
	if len(m.filler) == 0 {
		for range 200 {
			m.filler = append(m.filler, m.inventedPage())
		}
	}
	return m
}

func globFiles(t testing.TB, pattern string) []string {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

var (
	onePageOf = regexp.MustCompile(`(?s)<page>.*?</page>`)
	titleOf   = regexp.MustCompile(`<title>([^<]*)</title>`)
	idOf      = regexp.MustCompile(`<id>[0-9]+</id>`)
	spaceOf   = regexp.MustCompile(`<ns>(-?[0-9]+)</ns>`)
)

// inventedPage is an article on nothing, with an infobox of another kind.
func (m *dumpMaker) inventedPage() []byte {
	var b strings.Builder
	b.WriteString("{{Infobox settlement\n| name = Town\n| population = 5,200\n}}\n'''Town''' is a town.")
	for range m.random.IntN(900) {
		b.WriteByte(' ')
		for range 1 + m.random.IntN(9) {
			b.WriteByte("etaoinshrdlucmfwypvbgkjqxz"[min(m.random.IntN(26), m.random.IntN(26))])
		}
		switch m.random.IntN(30) {
		case 0:
			b.WriteString("<ref>{{cite web|title=Town|year=2001}}</ref>\n\n")
		case 1:
			b.WriteString(" [[link|text]],")
		}
	}
	return []byte(pageOf(1, 0, "Town", "", b.String()))
}

// pageOf returns a page as an export has it.
func pageOf(id int64, namespace int, title, target, text string) string {
	if target != "" {
		target = fmt.Sprintf("    <redirect title=%q />\n", html.EscapeString(target))
	}
	return fmt.Sprintf(`<page>
    <title>%s</title>
    <ns>%d</ns>
    <id>%d</id>
%s    <revision>
      <id>%d</id>
      <timestamp>2026-01-02T03:04:05Z</timestamp>
      <contributor>
        <username>Someone</username>
        <id>12</id>
      </contributor>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="%d" xml:space="preserve">%s</text>
      <sha1>%s</sha1>
    </revision>
  </page>`, html.EscapeString(title), namespace, id, target, id+1_000_000, len(text), xmlEscaper.Replace(text),
		base36SHA1(text))
}

// base36SHA1 returns the digest of a text as an export has it.
func base36SHA1(text string) string {
	sum := sha1.Sum([]byte(text))
	return fmt.Sprintf("%031s", new(big.Int).SetBytes(sum[:]).Text(36))
}

// xmlEscaper escapes a text as MediaWiki does.
var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

const madeHead = `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo>
    <sitename>Wikipedia</sitename>
    <dbname>enwiki</dbname>
    <base>https://en.wikipedia.org/wiki/Main_Page</base>
    <case>first-letter</case>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="1" case="first-letter">Talk</namespace>
      <namespace key="10" case="first-letter">Template</namespace>
    </namespaces>
  </siteinfo>
`

// invent makes an election of which everything is known.
func (m *dumpMaker) invent(n int) (title, wikitext string, contenders []madeContender) {
	year := 1900 + n%120
	title = fmt.Sprintf("%d Land %d general election", year, n)
	var b strings.Builder
	fmt.Fprintf(&b, "{{Infobox legislative election\n| country = Land %d\n"+
		"| previous_election = [[%d Land %d general election|%d]]\n"+
		"| next_election = [[Next election of Land %d|%d]]\n| election_date = %d May %d\n",
		n, year-4, n, year-4, n, year+4, 1+n%28, year)
	total := 0
	for i := 1; i <= 2+n%9; i++ {
		seats := 1 + m.random.IntN(90)
		total += seats
		name := fmt.Sprintf("Party %d of Land %d", i, n)
		contenders = append(contenders, madeContender{name, seats})
		fmt.Fprintf(&b, "| party%d = [[%s]]\n| leader%d = Leader %d\n| percentage%d = %d.%d\n| seats%d = %d\n",
			i, name, i, i, i, 1+i, n%10, i, seats)
	}
	fmt.Fprintf(&b, "| total_seats = %d\n| turnout = %d%%\n}}\n'''General elections''' were held in Land %d.\n"+
		"<!-- {{Infobox election\n| party1 = Nobody\n| seats1 = 1\n}} -->\n"+
		"<nowiki>{{Infobox election | party1 = Nobody}}</nowiki>\n", total, 40+n%50, n)
	return title, b.String(), contenders
}

// dumpWriter writes the pages of a made dump, and keeps what is in it.
type dumpWriter struct {
	*madeDump
	out    *bufio.Writer
	stream []madePage // pages since the last stream ended
	told   func(pages []madePage)
	err    error
}

// write writes what comes next, which belongs to no page.
func (w *dumpWriter) write(text string) {
	n, err := w.out.WriteString(text)
	w.bytes += int64(n)
	if w.err == nil {
		w.err = err
	}
}

// page writes the next page, and ends a stream after a hundred.
func (w *dumpWriter) page(title, text string) {
	w.write("  " + text + "\n")
	if w.stream = append(w.stream, madePage{w.pages, title}); len(w.stream) == 100 {
		w.endStream()
	}
}

// endStream tells that a stream ends here.
func (w *dumpWriter) endStream() {
	if w.told == nil {
		return
	}
	if err := w.out.Flush(); w.err == nil {
		w.err = err
	}
	w.told(w.stream)
	w.stream = nil
}

// make writes a dump of at least that many bytes.
func (m *dumpMaker) make(w io.Writer, size int64) (*madeDump, error) {
	d := &dumpWriter{
		madeDump: &madeDump{leads: map[string]string{}}, out: bufio.NewWriterSize(w, 1<<20), told: m.streams,
	}
	d.write(madeHead)
	d.endStream()
	every := int64(1 / m.share)
	for d.pages = 1; d.bytes < size && d.err == nil; d.pages++ {
		id := d.pages
		switch id % every {
		case every / 2:
			m.makeElection(d, id)
		case every/2 + 1: // what names the page's neighbour, and what it is
			from, to := fmt.Sprintf("Next election of Land %d", id-1), fmt.Sprintf("%d Land election", id-1)
			if d.elections[len(d.elections)-1].contenders != nil {
				d.leads[from] = to
			}
			d.redirects++
			d.page(from, pageOf(id, 0, from, to, "#REDIRECT [["+to+"]]"))
		case every/2 + 2: // a box outside the articles
			_, box, _ := m.invent(int(id))
			d.others++
			d.page("Talk:Decoy", pageOf(id, 1, fmt.Sprintf("Talk:Decoy %d", id), "", box))
		case every/2 + 3: // boxes that are not live
			_, box, _ := m.invent(int(id))
			box = box[:strings.Index(box, "'''")]
			d.articles++
			title := fmt.Sprintf("Decoy %d", id)
			text := "<!-- " + box + " --> none <nowiki>" + box + "</nowiki><pre>" + box + "</pre>"
			d.page(title, pageOf(id, 0, title, "", text))
		case every/2 + 4:
			d.redirects++
			title := fmt.Sprintf("Nobody asks for %d", id)
			d.page(title, pageOf(id, 0, title, "Nowhere", "#REDIRECT [[Nowhere]]"))
		default:
			m.makeFiller(d, id)
		}
	}
	d.pages--
	if len(d.stream) > 0 {
		d.endStream()
	}
	d.write("</mediawiki>\n")
	if err := d.out.Flush(); d.err == nil {
		d.err = err
	}
	d.endStream()
	return d.madeDump, d.err
}

// makeElection writes the page of an election: a page of the corpus and an invented one in turn.
func (m *dumpMaker) makeElection(d *dumpWriter, id int64) {
	k := len(d.elections)
	e := madeElection{page: id}
	if k%2 == 0 && len(m.wikitexts) > 0 {
		e.title, e.wikitext = fmt.Sprintf("Election page %d", id), m.wikitexts[k/2%len(m.wikitexts)]
		if m.variesPages {
			e.wikitext = varied(m.random, e.wikitext)
		}
	} else {
		e.title, e.wikitext, e.contenders = m.invent(int(id))
	}
	d.articles++
	e.from = d.bytes
	d.page(e.title, pageOf(id, 0, e.title, "", e.wikitext))
	e.to = d.bytes
	d.elections = append(d.elections, e)
}

// makeFiller writes a page that has nothing to do with elections.
func (m *dumpMaker) makeFiller(d *dumpWriter, id int64) {
	page := m.filler[m.random.IntN(len(m.filler))]
	title := fmt.Sprintf("%s (%d)", titleOf.FindSubmatch(page)[1], id)
	page = replacedFirst(page, titleOf, "<title>"+title+"</title>")
	page = replacedFirst(page, idOf, fmt.Sprintf("<id>%d</id>", id))
	space := "0"
	if found := spaceOf.FindSubmatch(page); found != nil {
		space = string(found[1])
	}
	switch {
	case space != "0":
		d.others++
	case bytes.Contains(page, []byte("<redirect")):
		d.redirects++
	default:
		d.articles++
	}
	d.page(html.UnescapeString(title), string(page))
}

func replacedFirst(b []byte, pattern *regexp.Regexp, with string) []byte {
	at := pattern.FindIndex(b)
	return slices.Concat(b[:at[0]], []byte(with), b[at[1]:])
}

// multistream makes a dump of many streams of a hundred pages, with its index beside it, in a folder. It returns the
// path of the dump.
func (m *dumpMaker) multistream(t testing.TB, folder string, size int64) (*madeDump, string) {
	var pending bytes.Buffer
	path := filepath.Join(folder, "enwiki-20260101-pages-articles-multistream.xml.bz2")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var index bytes.Buffer
	offset := int64(0)
	m.streams = func(pages []madePage) {
		for _, p := range pages {
			fmt.Fprintf(&index, "%d:%d:%s\n", offset, p.id, p.title)
		}
		packed := bzip2Of(t, pending.Bytes())
		pending.Reset()
		n, err := file.Write(packed)
		if err != nil {
			t.Fatal(err)
		}
		offset += int64(n)
	}
	d, err := m.make(&pending, size)
	m.streams = nil
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(folder, "enwiki-20260101-pages-articles-multistream-index.txt.bz2")
	if err := os.WriteFile(beside, bzip2Of(t, index.Bytes()), 0o644); err != nil {
		t.Fatal(err)
	}
	return d, path
}

func bzip2Of(t testing.TB, content []byte) []byte {
	var out bytes.Buffer
	w, err := dsnet.NewWriter(&out, &dsnet.WriterConfig{Level: 9})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
