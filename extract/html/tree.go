package html

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// The tree is built here, from the tokens of golang.org/x/net/html, and not by its parser. That parser refuses a page
// whose elements nest deeper than 512, it copies open elements into every block that follows, so that a small page can
// fill the memory, and it keeps no places. MediaWiki writes well-formed HTML, for which both give the same tree.
// Goquery searches this tree like any other.

// The most that a tree may have. Real pages nest some 40 deep, and have a node for every 10 to 30 bytes; the longest
// have 200,000.
const (
	maxDepth      = 256
	maxFormatting = 32 // open elements such as <b>, as part of the depth: if they are left open, they nest without end
	maxNodes      = 600_000
)

// sourceTree is a page as a tree, with what the nodes do not say themselves.
type sourceTree struct {
	root       *html.Node
	places     map[*html.Node]elementSpan // the places of tables and of their parts
	holdsTable map[*html.Node]bool        // the cells that hold a table
	depth      map[*html.Node]int         // the number of tables in which a table is
	cut        map[*html.Node]bool        // the tables that are cut by the end of the page
	deepBoxAt  int                        // the offset of the first box that is too deep; -1 if there is none
	limitAt    int                        // the offset where the tree ends for its size; -1 if it is whole
}

// elementSpan says where an element is in the text: where its start tag begins, and where its content begins and ends.
type elementSpan struct{ tag, start, end int }

// treeBuilder builds a tree, token by token.
type treeBuilder struct {
	*sourceTree
	open       []*html.Node
	formatting int // the number of open formatting elements
	tooDeep    int // the number of elements that are open beyond maxDepth
	nodes      int
}

// newSourceTree builds the tree of a page.
func newSourceTree(text string) *sourceTree {
	t := &sourceTree{
		root:   &html.Node{Type: html.DocumentNode},
		places: map[*html.Node]elementSpan{}, holdsTable: map[*html.Node]bool{},
		depth: map[*html.Node]int{}, cut: map[*html.Node]bool{},
		deepBoxAt: -1, limitAt: -1,
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

// top returns the innermost open element.
func (b *treeBuilder) top() *html.Node { return b.open[len(b.open)-1] }

// appendNode appends a node to the innermost open element.
func (b *treeBuilder) appendNode(n *html.Node) {
	b.top().AppendChild(n)
	b.nodes++
}

// addText adds a text. Styles are left out.
func (b *treeBuilder) addText(z *html.Tokenizer) {
	if b.top().DataAtom != atom.Style {
		b.appendNode(&html.Node{Type: html.TextNode, Data: string(z.Text())})
	}
}

// startTag adds the element of a start tag.
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
		// Its content goes to the element around it.
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
	if canBeMark[n.DataAtom] && isMark(n) { // decided once: readers ask at each part
		n.Attr = append(n.Attr, html.Attribute{Key: "hidden"})
	}
}

// popTo closes elements until depth of them are open.
func (b *treeBuilder) popTo(depth, at int) {
	for len(b.open) > depth {
		b.pop(at)
	}
}

// innermostTable returns the index of the innermost open table, or 0 if there is none.
func (b *treeBuilder) innermostTable() int {
	for i := len(b.open) - 1; i > 0; i-- {
		if b.open[i].DataAtom == atom.Table {
			return i
		}
	}
	return 0
}

// closeImplied closes what a start tag ends without an end tag, and opens the row that a cell lacks.
func (b *treeBuilder) closeImplied(n *html.Node, at int) {
	switch n.DataAtom {
	case atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption:
		table := b.innermostTable()
		if table == 0 || b.tooDeep > 0 {
			return
		}
		b.closeTableParts(n, table, at)
	case atom.Table:
		switch b.top().DataAtom { // a table directly in another one, outside of its cells, ends that one
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

// closeTableParts closes the parts of a table that the start tag of another part ends.
func (b *treeBuilder) closeTableParts(n *html.Node, table, at int) {
	depth := table + 1
	for depth < len(b.open) && canHold(b.open[depth].DataAtom, n) {
		depth++
	}
	b.popTo(depth, at)
	if isCell(n) && b.top().DataAtom != atom.Tr {
		b.push(&html.Node{Type: html.ElementNode, Data: "tr", DataAtom: atom.Tr}, at, at)
	}
}

// canHold reports whether a part of a table can hold another part.
func canHold(part atom.Atom, n *html.Node) bool {
	switch part {
	case atom.Tbody, atom.Thead, atom.Tfoot:
		return n.DataAtom == atom.Tr || isCell(n)
	case atom.Tr:
		return isCell(n)
	}
	return false
}

// closeWithin closes an open element if it is in the same cell and if none of the fences is open inside it.
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
		case slices.Contains(fences, o):
			return
		}
	}
}

// endTag closes the element that an end tag names. An end tag without a start tag is ignored, and so is one of a
// formatting element in which a block is open.
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
	for i := len(b.open) - 1; i > 0; i-- {
		o := b.open[i]
		switch {
		case o.Data == name:
			b.popTo(i, at)
			return
		case o.DataAtom == atom.Table:
			return
		case tableParts[a]:
		case isCell(o) || o.DataAtom == atom.Caption || blockElements[o.DataAtom] && !blockElements[a]:
			return
		}
	}
}

// rejectUnread rejects what the tree had to leave out.
func (t *sourceTree) rejectUnread(d *schemas.Document, lines *document.LineIndex) {
	if t.deepBoxAt >= 0 {
		document.RejectBox(d, lines.At(t.deepBoxAt), t.deepBoxAt, schemas.ReasonNotUnderstood,
			"an infobox stands "+strconv.Itoa(maxDepth)+" elements deep, deeper than any page nests them: "+
				"expected HTML as MediaWiki writes it; close the elements above")
	}
	if t.limitAt >= 0 {
		document.RejectBox(d, lines.At(t.limitAt), t.limitAt, schemas.ReasonTooLarge,
			"the page has more than "+strconv.Itoa(maxNodes)+" elements and texts, and no page has: "+
				"what follows was not read")
	}
}

// isCell reports whether an element is a cell of a table.
func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// keptAttributes are the attributes that are read.
var keptAttributes = map[string]bool{
	"about": true, "alt": true, "bgcolor": true, "class": true, "colspan": true, "content": true, "hidden": true,
	"href": true, "id": true, "lang": true, "name": true, "property": true, "rel": true, "rowspan": true, "src": true,
	"style": true, "title": true,
}

// voidElements are the elements without content.
var voidElements = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true,
	atom.Wbr: true,
}

// canBeMark are the elements that can be a mark behind a value.
var canBeMark = map[atom.Atom]bool{atom.A: true, atom.Span: true, atom.Sup: true}

// formattingElements are the elements that change the look of a text within a line.
var formattingElements = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true,
	atom.Nobr: true, atom.S: true, atom.Small: true, atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true,
}

// tableParts are a table and the elements of which it consists.
var tableParts = map[atom.Atom]bool{
	atom.Table: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true, atom.Tr: true, atom.Td: true, atom.Th: true,
	atom.Caption: true,
}

// blockElements are the elements that are on lines of their own.
var blockElements = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true,
	atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Head: true,
	atom.Header: true, atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true,
	atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true,
	atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}
