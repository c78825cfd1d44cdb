// Package html reads pages as MediaWiki renders them, today and in 2014: as a browser saves a page, as the API returns
// it, or the article alone (action=render). It reads the head of a page, its boxes of either kind, and its prose.
//
// How MediaWiki renders the templates differs from year to year, so nothing is recognised by its place: rows are
// recognised by their labels, columns by their headings, and a box by what the box of an election always has. A field
// has the name of the parameter that its row shows.
//
// Start with Read. tree.go builds the tree and gives every element its place in the file, rows.go makes rows of tables,
// box.go reads one box row by row, box_general.go the contenders in columns, box_legislative.go the parties in rows and
// box_offices.go the offices below them.
package html

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// The beginnings by which a page, or a part of one, is recognised.
var (
	skippedStart = regexp.MustCompile(`^(?:\x{FEFF}|\s|<!--(?s:.*?)-->|<\?xml[^>]*>)+`)
	pageStart    = regexp.MustCompile(`^(?i:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])`)
	elementStart = regexp.MustCompile(`^(?i:<(?:table|div|p|section|article|main|span|ul|ol|dl|figure|link|meta|` +
		`style|script|h[1-6]|b|i|a|center|header|nav|title|base)[\s>/])`)
	boxTable = regexp.MustCompile(
		`(?i)<table[^>]*\sclass\s*=\s*["']?[^"'>]*\b(?:infobox|` + classLegislative + `)\b`)
)

// Matches recognises HTML by its first element. Wikitext can begin with an element, too, so a part of a page must have
// no braces of templates and no brackets of links.
func Matches(s string) bool {
	if s == "" {
		return false
	}
	canBeSkipped := s[0] >= utf8.RuneSelf || document.IsBlank(rune(s[0]))
	if s[0] != '<' && !canBeSkipped { // most texts of other forms
		return false
	}
	start := s[:min(len(s), 1<<16)]
	start = start[len(skippedStart.FindString(start)):]
	switch {
	case pageStart.MatchString(start):
		return true
	case !elementStart.MatchString(start):
		return false
	}
	if !strings.Contains(s, "{{") && !strings.Contains(s, "[[") && !strings.Contains(s, "\n{|") {
		return true
	}
	return boxTable.MatchString(s) && !strings.Contains(strings.ToLower(s), "{{infobox")
}

// pageReader reads one page.
type pageReader struct {
	d     *schemas.Document
	doc   *goquery.Document
	tree  *sourceTree
	lines *document.LineIndex

	leadBegun bool // what is above the article, the box and the first paragraph is the title of the page
}

// Read reads the head of a page, its boxes and its prose.
func Read(d *schemas.Document) {
	tree := newSourceTree(d.Text)
	p := &pageReader{
		d: d, tree: tree,
		doc: goquery.NewDocumentFromNode(tree.root), lines: document.NewLineIndex(d.Text),
	}
	p.readIdentity()
	elections := p.readElectionTables()
	if d.Title == "" && len(elections) > 0 {
		if title := elections[0].title(); document.FitsTitle(title) { // the name of an election can be longer
			d.Title, d.TitleBasis = title, schemas.TitleOfBox
		}
	}
	tree.rejectUnread(d, p.lines)
	p.keepBoxes(elections)
	p.readProse()
}

// readElectionTables reads the tables of the page that can be election boxes, in the order in which they open.
func (p *pageReader) readElectionTables() []*electionTable {
	var all []*electionTable
	number := 0
	p.doc.Find("table").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		table := s.Nodes[0]
		isBox := isBoxTable(table) || hasClass(table, classResults)
		if !isBox || p.tree.depth[table] > maxTableDepth || isWithin(table.Parent, nil, isBoxTable) {
			return true
		}
		number++
		if isWithin(table, nil, isHidden) { // also in a <template>
			return true
		}
		if len(all) >= document.MaxBoxes {
			at := p.tree.places[table].tag
			document.RejectFurtherBoxes(p.d, p.lines.At(at), at)
			return false
		}
		all = append(all, p.readBox(table, "table.infobox["+strconv.Itoa(number)+"]", nil)...)
		return true
	})
	return all
}

// title returns the name of the election that a box gives, or "" if it gives none.
func (e *electionTable) title() string {
	for i := range e.box.Fields {
		if e.box.Fields[i].Name == "election_name" {
			return e.box.Fields[i].Text
		}
	}
	return ""
}

// keepBoxes numbers the boxes that are those of elections and adds them to the document. A box that is marked as that
// of an election and shows no contenders is rejected.
func (p *pageReader) keepBoxes(all []*electionTable) {
	nested := map[*electionTable]bool{}
	for i := len(all) - 1; i >= 0; i-- {
		if e := all[i]; e.parent != nil && e.isElection(nested[e]) {
			nested[e.parent] = true
		}
	}
	number := 0
	numbers := map[*electionTable]int{}
	for _, e := range all {
		if !e.isElection(nested[e]) || nested[e] && len(e.box.Fields) == 0 {
			continue
		}
		if number == document.MaxBoxes {
			document.RejectFurtherBoxes(p.d, e.box.Line, e.box.Offset)
			break
		}
		number++
		if e.legislative && e.contenders == 0 && !nested[e] {
			document.RejectBox(p.d, e.box.Line, e.box.Offset, schemas.ReasonNotUnderstood,
				"the box of a legislative election shows no table of results: "+
					"expected a row of headings with Party and Seats, and a row for each party below it")
			continue
		}
		numbers[e] = number
		e.box.Box = number
		e.box.Template = schemas.GeneralBox
		if e.content == contentResults || e.legislative && e.content == "" {
			e.box.Template = schemas.LegislativeBox
		}
		for outer := e.parent; outer != nil && e.box.Parent == 0; outer = outer.parent {
			e.box.Parent = numbers[outer]
		}
		document.KeepBox(p.d, e.box)
	}
}

// The places where a page says what it is: the variables in its script, the addresses in its links.
var (
	scriptPageID   = regexp.MustCompile(`"wgArticleId"\s*:\s*([0-9]{1,18})\b`)
	scriptRevision = regexp.MustCompile(`"wgRevisionId"\s*:\s*([0-9]{1,18})\b`)
	scriptWiki     = regexp.MustCompile(`"wgDBname"\s*:\s*"([a-z0-9_]{1,60})"`)
	scriptItem     = regexp.MustCompile(`"wgWikibaseItemId"\s*:\s*"(Q[1-9][0-9]{0,17})"`)
	oldID          = regexp.MustCompile(`[?&]oldid=([0-9]{1,18})\b|/Special:Redirect/revision/([0-9]{1,18})\b`)
	languageHost   = regexp.MustCompile(`^([a-z]{2,3}(?:-[a-z-]{2,20})?|simple)(?:\.m)?\.wikipedia\.org$`)
	titleTail      = regexp.MustCompile(`\s+[-–—|]\s+(?:[^-–—|]*\b)?Wikipedia\b.*$`)
)

// readIdentity reads what the page says of itself: title, language, address, IDs. A part of a page has none of these.
func (p *pageReader) readIdentity() {
	p.readTitle()
	p.d.Lang = p.firstAttribute("html", "lang")
	p.readAddress()
	p.readScripts()
	d := p.d
	if d.PageID == nil {
		d.PageID = parseID([]string{"", p.firstAttribute(`meta[property="mw:pageId"]`, "content")}, nil)
	}
	for _, address := range []string{
		p.firstAttribute("#t-permalink a, a#t-permalink", "href"),
		p.firstAttribute(".printfooter a", "href"),
		p.firstAttribute("html", "about"),
	} {
		if d.RevisionID == nil {
			d.RevisionID = parseID(oldID.FindStringSubmatch(address), nil)
		}
	}
	modified, err := time.Parse(time.RFC3339, p.firstAttribute(`meta[property="dc:modified"]`, "content"))
	if err == nil {
		d.RevisionTimestamp = modified.UTC()
	}
}

// firstAttribute returns an attribute of the first element that a selector finds, or "" if there is none.
func (p *pageReader) firstAttribute(selector, key string) string {
	return strings.TrimSpace(p.doc.Find(selector).First().AttrOr(key, ""))
}

// readTitle reads the title: from the heading of the page, else from its <title>, else from what it tells other sites.
// A title that the source knows takes precedence.
func (p *pageReader) readTitle() {
	d := p.d
	if n := p.doc.Find("h1#firstHeading").First().Nodes; d.Title == "" && len(n) > 0 {
		d.Title = shownText(n[0])
	}
	if n := p.doc.Find("title").First().Nodes; d.Title == "" && len(n) > 0 {
		d.Title = titleTail.ReplaceAllString(shownText(n[0]), "")
	}
	if d.Title == "" {
		title := document.NormalizeSpace(p.firstAttribute(`meta[property="og:title"]`, "content"))
		d.Title = titleTail.ReplaceAllString(title, "")
	}
}

// readAddress reads the address of the page, and the wiki from its host.
func (p *pageReader) readAddress() {
	for _, address := range []string{
		p.firstAttribute(`link[rel="canonical"]`, "href"),
		p.firstAttribute(`meta[property="og:url"]`, "content"),
		p.firstAttribute(`link[rel="dc:isVersionOf"]`, "href"),
	} {
		if strings.HasPrefix(address, "//") {
			address = "https:" + address
		}
		if document.WebAddress(address) == "" {
			continue
		}
		p.d.PageURL = address
		u, _ := url.Parse(address) // it was read before
		if m := languageHost.FindStringSubmatch(u.Host); m != nil {
			p.d.Wiki = wikiOfLanguage(m[1])
		}
		return
	}
}

// readScripts reads the wiki and the IDs from the variables that MediaWiki writes into a script of the page.
func (p *pageReader) readScripts() {
	d := p.d
	p.doc.Find("script").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		script := s.Text()
		if !strings.Contains(script, `"wg`) {
			return true
		}
		if m := scriptWiki.FindStringSubmatch(script); m != nil {
			d.Wiki = m[1]
		}
		if m := scriptItem.FindStringSubmatch(script); m != nil {
			d.WikidataQID = m[1]
		}
		d.PageID = parseID(scriptPageID.FindStringSubmatch(script), d.PageID)
		d.RevisionID = parseID(scriptRevision.FindStringSubmatch(script), d.RevisionID)
		return d.PageID == nil || d.RevisionID == nil
	})
}

// parseID returns the number in the first group of a match that has one. If there is none, or it is zero, which is not
// an ID, it returns what was known before.
func parseID(match []string, before *int64) *int64 {
	for i := 1; i < len(match); i++ {
		if n, err := strconv.ParseInt(match[i], 10, 64); err == nil && n > 0 {
			return &n
		}
	}
	return before
}

// maxPassages bounds the paragraphs that are read.
const maxPassages = 5000

// readProse reads the lead of the article: the paragraphs before its first heading, without tables, footnotes and what
// is around it. Later sections also speak of other elections. A paragraph has no offset, since tags stand between its
// words. A page without a box needs no prose.
func (p *pageReader) readProse() {
	if len(p.d.Boxes) > 0 {
		article := p.article()
		p.leadBegun = article != p.tree.root
		p.readLead(article)
	}
}

// readLead reads the paragraphs in an element. It reports whether the lead ends in it.
func (p *pageReader) readLead(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case len(p.d.Prose) == maxPassages:
			return true
		case c.Type != html.ElementNode || isHidden(c) || isBesideArticle(c):
			p.leadBegun = p.leadBegun || isBoxTable(c)
		case c.DataAtom == atom.P:
			if text := shownText(c); text != "" {
				p.d.Prose = append(p.d.Prose, schemas.Passage{Text: text, Offset: -1})
				p.leadBegun = true
			}
		case isHeadingElement(c):
			if p.leadBegun {
				return true
			}
		case p.readLead(c):
			return true
		}
	}
	return false
}

// isHeadingElement reports whether an element is the heading of a section.
func isHeadingElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// article returns the element with the article: the innermost one with its class or ID around a box, or else the whole
// page.
func (p *pageReader) article() *html.Node {
	article := p.tree.root
	p.doc.Find("table").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		table := s.Nodes[0]
		if !isBoxTable(table) {
			return true
		}
		for n := table.Parent; n != nil; n = n.Parent {
			id := attribute(n, "id")
			if hasClass(n, "mw-parser-output", "mw-body-content") || id == "mw-content-text" || id == "bodyContent" {
				article = n
				return false
			}
		}
		return true
	})
	return article
}

// isBesideArticle reports whether an element is not part of the running text of the article.
func isBesideArticle(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Table, atom.Nav, atom.Footer, atom.Figure, atom.Head, atom.Blockquote, atom.Form:
		return true
	}
	return attribute(n, "id") == "footer" || hasClass(n, "navbox", "reflist", "references", "mw-references-wrap",
		"hatnote", "metadata", "printfooter", "catlinks", "thumb", "toc")
}
