// Package html reads pages as MediaWiki renders them, today and in 2014: their head, their boxes of either kind,
// and their prose.
//
// Start with Read; box.go reads one box row by row, tree.go gives every element its place in the file.
package html

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// HTML is a page as MediaWiki renders it: as a browser saves it, as the interface for programs gives
// it, or the article alone (action=render). Start with readHTML; from_html_tree.go has the tree,
// from_html_rows.go the rows of boxes, from_html_box.go the box, from_html_general.go contenders in
// columns and from_html_legislative.go parties in rows.
//
// How MediaWiki renders the templates differs from year to year, so nothing is told by its place:
// rows are told by their labels, columns by their headings, a box by what an election's box always
// has. A value's name is that of the parameter which the row comes from.

var (
	skippedStart = regexp.MustCompile(`^(?:\x{FEFF}|\s|<!--(?s:.*?)-->|<\?xml[^>]*>)+`)
	pageStart    = regexp.MustCompile(`^(?i:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])`)
	elementStart = regexp.MustCompile(`^(?i:<(?:table|div|p|section|article|main|span|ul|ol|dl|figure|link|meta|style|script|h[1-6]|b|i|a|center|header|nav|title|base)[\s>/])`)
	boxTable     = regexp.MustCompile(`(?i)<table[^>]*\sclass\s*=\s*["']?[^"'>]*\b(?:infobox|` + classLegislative + `)\b`)
)

// Matches tells HTML by its first element. A part of a page must have no braces of templates and no
// brackets of links, for wikitext can begin with an element too.
func Matches(s string) bool {
	if s == "" || s[0] != '<' && !document.IsBlank(rune(s[0])) && s[0] < 0x80 { // most pages of wikitext, and text
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
	wiki := strings.Contains(s, "{{") || strings.Contains(s, "[[") || strings.Contains(s, "\n{|")
	return !wiki || boxTable.MatchString(s) && !strings.Contains(strings.ToLower(s), "{{infobox")
}

// pageReader is a page while it is read.
type pageReader struct {
	d     *schemas.Document
	doc   *goquery.Document
	tree  *sourceTree
	lines *document.LineIndex
}

func Read(d *schemas.Document) {
	tree := newSourceTree(d.Text)
	p := &pageReader{d: d, tree: tree, doc: goquery.NewDocumentFromNode(tree.root), lines: document.NewLineIndex(d.Text)}
	p.readIdentity()
	elections := p.readElectionTables()
	if d.Title == "" && len(elections) > 0 {
		d.Title = elections[0].title()
	}
	tree.rejectUnread(d, p.lines)
	p.keepBoxes(elections)
	p.readProse()
}

// readElectionTables is the election boxes of the page in the order in which they open.
func (p *pageReader) readElectionTables() []*electionTable {
	var all []*electionTable
	number := 0
	p.doc.Find("table").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		table := s.Nodes[0]
		if p.tree.depth[table] > maxTableDepth || !isBoxTable(table) && !hasClass(table, classResults) {
			return true
		}
		for n := table.Parent; n != nil; n = n.Parent {
			if isBoxTable(n) { // it is read with the box that it stands in
				return true
			}
		}
		number++
		if isHidden(table) {
			return true
		}
		if len(all) >= document.MaxBoxes {
			document.RejectBoxOnce(p.d, 0, -1, schemas.ReasonTooLarge, document.TooManyBoxes)
			return false
		}
		all = append(all, p.readBox(table, "table.infobox["+strconv.Itoa(number)+"]", nil)...)
		return true
	})
	return all
}

// title is the name of a box.
func (e *electionTable) title() string {
	for i := range e.box.Fields {
		if e.box.Fields[i].Name == "election_name" {
			return e.box.Fields[i].Text
		}
	}
	return ""
}

// keepBoxes numbers the boxes that are an election's and hands them on. One that is marked as an
// election's and shows no contenders cannot be understood.
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
			document.RejectBoxOnce(p.d, e.box.Line, e.box.Offset, schemas.ReasonTooLarge, document.TooManyBoxes)
			break
		}
		if e.legislative && e.contenders == 0 && !nested[e] {
			document.RejectBox(p.d, e.box.Line, e.box.Offset, schemas.ReasonNotUnderstood,
				"the box of a legislative election shows no table of results: expected a row of headings with Party and Seats, and a row for each party below it")
			continue
		}
		number++
		numbers[e] = number
		e.box.Box = number
		e.box.Template = "Infobox election"
		if e.content == "results" || e.legislative && e.content == "" {
			e.box.Template = "Infobox legislative election"
		}
		for outer := e.parent; outer != nil && e.box.Parent == 0; outer = outer.parent {
			e.box.Parent = numbers[outer]
		}
		document.KeepBox(p.d, e.box)
	}
}

var (
	scriptPageID   = regexp.MustCompile(`"wgArticleId"\s*:\s*([0-9]{1,18})\b`)
	scriptRevision = regexp.MustCompile(`"wgRevisionId"\s*:\s*([0-9]{1,18})\b`)
	scriptWiki     = regexp.MustCompile(`"wgDBname"\s*:\s*"([a-z0-9_]{1,60})"`)
	scriptItem     = regexp.MustCompile(`"wgWikibaseItemId"\s*:\s*"(Q[1-9][0-9]{0,17})"`)
	oldID          = regexp.MustCompile(`[?&]oldid=([0-9]{1,18})\b|/Special:Redirect/revision/([0-9]{1,18})\b`)
	languageHost   = regexp.MustCompile(`^([a-z]{2,3}(?:-[a-z-]{2,20})?|simple)(?:\.m)?\.wikipedia\.org$`)
	titleTail      = regexp.MustCompile(`\s+[-–—|]\s+(?:[^-–—|]*\b)?Wikipedia\b.*$`)
)

// readIdentity reads what the page says of itself: title, language, address, ids. Nothing is made up: a
// part of a page has none of them.
func (p *pageReader) readIdentity() {
	d, doc := p.d, p.doc
	first := func(selector, key string) string {
		return strings.TrimSpace(doc.Find(selector).First().AttrOr(key, ""))
	}
	if n := doc.Find("h1#firstHeading").First().Nodes; len(n) > 0 {
		d.Title = shownText(n[0])
	}
	if n := doc.Find("title").First().Nodes; d.Title == "" && len(n) > 0 {
		d.Title = titleTail.ReplaceAllString(shownText(n[0]), "")
	}
	if d.Title == "" {
		d.Title = titleTail.ReplaceAllString(document.NormalizeSpace(first(`meta[property="og:title"]`, "content")), "")
	}
	d.Lang = first("html", "lang")

	for _, address := range []string{
		first(`link[rel="canonical"]`, "href"), first(`meta[property="og:url"]`, "content"), first(`link[rel="dc:isVersionOf"]`, "href"),
	} {
		if strings.HasPrefix(address, "//") {
			address = "https:" + address
		}
		if u, err := url.Parse(address); err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
			d.PageURL = address
			if m := languageHost.FindStringSubmatch(u.Host); m != nil {
				d.Wiki = strings.ReplaceAll(m[1], "-", "_") + "wiki"
			}
			break
		}
	}
	doc.Find("script").EachWithBreak(func(_ int, s *goquery.Selection) bool {
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
	if id := first(`meta[property="mw:pageId"]`, "content"); d.PageID == nil && id != "" {
		d.PageID = parseID([]string{"", id}, nil)
	}
	for _, address := range []string{first("#t-permalink a, a#t-permalink", "href"), first(".printfooter a", "href"), first("html", "about")} {
		if d.RevisionID == nil {
			d.RevisionID = parseID(oldID.FindStringSubmatch(address), nil)
		}
	}
	if modified, err := time.Parse(time.RFC3339, first(`meta[property="dc:modified"]`, "content")); err == nil {
		d.RevisionTimestamp = modified.UTC()
	}
}

// parseID is the number that the first group of a match to catch anything writes; where there is
// none, or it is zero, which is no id, it is what was known before.
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

// readProse reads the paragraphs of the article, without tables, footnotes and what stands around it. A
// paragraph has no offset: mark-up stands between its words.
func (p *pageReader) readProse() {
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && len(p.d.Prose) < maxPassages; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode || isHidden(c) || isBesideArticle(c):
			case c.DataAtom == atom.P:
				if text := shownText(c); text != "" {
					p.d.Prose = append(p.d.Prose, schemas.Passage{Text: text, Offset: -1})
				}
			default:
				walk(c)
			}
		}
	}
	if len(p.d.Boxes) > 0 {
		walk(p.tree.root)
	}
}

// isBesideArticle reports elements that are no part of the article's running text.
func isBesideArticle(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Table, atom.Nav, atom.Footer, atom.Figure, atom.Head, atom.Blockquote, atom.Form:
		return true
	}
	return hasClass(n, "navbox", "reflist", "references", "mw-references-wrap", "hatnote", "metadata", "printfooter", "catlinks", "thumb", "toc") || attribute(n, "id") == "footer"
}
