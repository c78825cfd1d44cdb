package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// The tree is built here, from the tokens of golang.org/x/net/html, and not by its parser: that one
// refuses a page whose elements nest deeper than 512, copies elements left open into every block that
// follows, which lets a small page fill the memory, and keeps no places. MediaWiki writes well-formed
// HTML, for which both give the same tree. Goquery searches it like any other.

// The most that a tree may have. Real pages nest some 40 deep, and have a node for every 10 to 30 bytes:
// the longest have 200,000.
const (
	maxDepth      = 256
	maxFormatting = 32 // of the depth, open elements such as <b>: left open, they nest without end
	maxNodes      = 600_000
)

// sourceTree is a page as a tree, with what the nodes do not say themselves.
type sourceTree struct {
	root       *html.Node
	places     map[*html.Node]elementSpan // of tables and of what they consist of
	holdsTable map[*html.Node]bool        // cells that hold a table
	depth      map[*html.Node]int         // of tables: how many others they stand in
	cut        map[*html.Node]bool        // tables that the page's end cuts
	deepBoxAt  int                        // where the first box stands that is too deep to be read; -1 where none is
	limitAt    int                        // where the tree ends for its size; -1 where it is whole
}

// elementSpan is where an element stands in the text: its start tag, and what follows up to its end tag.
type elementSpan struct{ tag, start, end int }

// treeBuilder builds a tree, token by token.
type treeBuilder struct {
	*sourceTree
	open       []*html.Node
	formatting int // how many of the open elements are formatting ones
	tooDeep    int // how many elements are open beyond maxDepth
	nodes      int
}

func newSourceTree(text string) *sourceTree {
	t := &sourceTree{
		root:   &html.Node{Type: html.DocumentNode},
		places: map[*html.Node]elementSpan{}, holdsTable: map[*html.Node]bool{}, depth: map[*html.Node]int{}, cut: map[*html.Node]bool{}, deepBoxAt: -1, limitAt: -1,
	}
	b := &treeBuilder{sourceTree: t, open: []*html.Node{t.root}}
	z := html.NewTokenizer(strings.NewReader(text))
	at := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if b.nodes >= maxNodes {
			t.limitAt = at
			break
		}
		end := at + len(z.Raw())
		switch kind {
		case html.TextToken:
			b.addText(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			b.startTag(z, at, end)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.endTag(string(name), at)
		}
		at = end
	}
	for len(b.open) > 1 {
		if b.top().DataAtom == atom.Table {
			b.cut[b.top()] = true
		}
		b.pop(at)
	}
	return t
}

func (b *treeBuilder) top() *html.Node { return b.open[len(b.open)-1] }

// appendNode appends a node to the open element.
func (b *treeBuilder) appendNode(n *html.Node) {
	b.top().AppendChild(n)
	b.nodes++
}

func (b *treeBuilder) addText(z *html.Tokenizer) {
	if top := b.top().DataAtom; top != atom.Style {
		b.appendNode(&html.Node{Type: html.TextNode, Data: string(z.Text())})
	}
}

func (b *treeBuilder) startTag(z *html.Tokenizer, at, end int) {
	name, attributes := z.TagName()
	n := &html.Node{Type: html.ElementNode, Data: string(name)}
	n.DataAtom = atom.Lookup(name)
	for attributes {
		var key, value []byte
		key, value, attributes = z.TagAttr()
		if kept := string(key); keptAttributes[kept] {
			n.Attr = append(n.Attr, html.Attribute{Key: kept, Val: string(value)})
		}
	}
	b.closeImplied(n, at)
	switch {
	case voidElements[n.DataAtom]:
		b.appendNode(n)
	case len(b.open) >= maxDepth:
		b.tooDeep++
		if b.deepBoxAt < 0 && isBoxTable(n) {
			b.deepBoxAt = at
		}
	case formattingElements[n.DataAtom] && b.formatting >= maxFormatting:
		// What it holds goes to the element around it.
	default:
		b.push(n, at, end)
	}
}

// push opens an element.
func (b *treeBuilder) push(n *html.Node, at, end int) {
	b.appendNode(n)
	b.open = append(b.open, n)
	if tableParts[n.DataAtom] {
		b.places[n] = elementSpan{tag: at, start: end}
	}
	if n.DataAtom == atom.Table {
		for i := len(b.open) - 2; i > 0; i-- {
			o := b.open[i]
			if o.DataAtom == atom.Table {
				b.depth[n] = b.depth[o] + 1
				break
			}
			if isCell(o) {
				b.holdsTable[o] = true
			}
		}
	}
	if formattingElements[n.DataAtom] {
		b.formatting++
	}
}

// pop closes the innermost element.
func (b *treeBuilder) pop(at int) {
	n := b.top()
	b.open = b.open[:len(b.open)-1]
	if s, ok := b.places[n]; ok {
		s.end = at
		b.places[n] = s
	}
	if formattingElements[n.DataAtom] {
		b.formatting--
	}
}

// popTo closes elements until depth of them are open.
func (b *treeBuilder) popTo(depth, at int) {
	for len(b.open) > depth {
		b.pop(at)
	}
}

// innermostTable is the depth up to which the parts of the innermost open table reach: the index of the
// table, 0 where there is none.
func (b *treeBuilder) innermostTable() int {
	for i := len(b.open) - 1; i > 0; i-- {
		if b.open[i].DataAtom == atom.Table {
			return i
		}
	}
	return 0
}

// closeImplied closes what a start tag ends without saying so, and opens the row that a cell lacks.
func (b *treeBuilder) closeImplied(n *html.Node, at int) {
	switch n.DataAtom {
	case atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption:
		table := b.innermostTable()
		if table == 0 || b.tooDeep > 0 {
			return
		}
		keep := table + 1
		for keep < len(b.open) {
			part := b.open[keep].DataAtom
			section := part == atom.Tbody || part == atom.Thead || part == atom.Tfoot
			if section && (n.DataAtom == atom.Tr || isCell(n)) || part == atom.Tr && isCell(n) {
				keep++
				continue
			}
			break
		}
		b.popTo(keep, at)
		if isCell(n) && b.top().DataAtom != atom.Tr {
			b.push(&html.Node{Type: html.ElementNode, Data: "tr", DataAtom: atom.Tr}, at, at)
		}
	case atom.Table:
		switch b.top().DataAtom { // a table in a table, but in none of its cells, ends it
		case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr:
			if table := b.innermostTable(); table > 0 && b.tooDeep == 0 {
				b.popTo(table, at)
			}
		}
	case atom.Li:
		b.closeWithin(atom.Li, at, atom.Ul, atom.Ol)
	}
	if n.DataAtom == atom.Li || blockElements[n.DataAtom] && n.DataAtom != atom.Table {
		b.closeWithin(atom.P, at)
	}
}

// closeWithin closes an open element where it stands in the same cell and in none of the fences.
func (b *treeBuilder) closeWithin(a atom.Atom, at int, fences ...atom.Atom) {
	if b.tooDeep > 0 {
		return
	}
	for i := len(b.open) - 1; i > 0; i-- {
		switch o := b.open[i].DataAtom; {
		case o == a:
			b.popTo(i, at)
			return
		case isCell(b.open[i]) || o == atom.Table || o == atom.Caption:
			return
		default:
			for _, fence := range fences {
				if o == fence {
					return
				}
			}
		}
	}
}

// endTag closes the element that an end tag names. An end tag without its start is nothing; so is one of
// a formatting element that a block stands open in.
func (b *treeBuilder) endTag(name string, at int) {
	a := atom.Lookup([]byte(name))
	if a == atom.Br {
		b.appendNode(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br})
		return
	}
	if b.tooDeep > 0 {
		b.tooDeep--
		return
	}
	part := tableParts[a]
	for i := len(b.open) - 1; i > 0; i-- {
		o := b.open[i]
		switch {
		case o.Data == name:
			b.popTo(i, at)
			return
		case o.DataAtom == atom.Table, isCell(o) && !part, o.DataAtom == atom.Caption && !part, !part && !blockElements[a] && blockElements[o.DataAtom]:
			return
		}
	}
}

// rejectUnread rejects what the tree had to leave out.
func (t *sourceTree) rejectUnread(d *schemas.Document, lines *document.LineIndex) {
	if t.deepBoxAt >= 0 {
		document.RejectBox(d, lines.At(t.deepBoxAt), t.deepBoxAt, schemas.ReasonNotUnderstood, "an infobox stands "+strconv.Itoa(maxDepth)+" elements deep, deeper than any page nests them: expected HTML as MediaWiki writes it; close the elements above")
	}
	if t.limitAt >= 0 {
		document.RejectBox(d, lines.At(t.limitAt), t.limitAt, schemas.ReasonTooLarge, "the page has more than "+strconv.Itoa(maxNodes)+" elements and texts, and no page has: what follows was not read")
	}
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// keptAttributes are the attributes that the reader looks at.
var keptAttributes = map[string]bool{
	"about": true, "alt": true, "bgcolor": true, "class": true, "colspan": true, "content": true, "href": true, "id": true, "lang": true,
	"name": true, "property": true, "rel": true, "rowspan": true, "src": true, "style": true, "title": true,
}

var voidElements = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true,
	atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

var formattingElements = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Nobr: true, atom.S: true,
	atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

var tableParts = map[atom.Atom]bool{
	atom.Table: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Caption: true,
}

// blockElements stand on lines of their own.
var blockElements = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true,
	atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Head: true, atom.Header: true, atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true, atom.Nav: true,
	atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true,
	atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}
