// Package wikitext reads the language of MediaWiki pages, and nothing of what pages say. Start with Parse, which turns
// a text into nodes.
//
// Parsing never fails: any text is wikitext. It loses nothing: the text can be printed from its nodes, byte for byte,
// and every node knows its place. It takes time in proportion to the text. Nodes are nested at most MaxDepth deep, and
// what follows the first MaxMarks marks of a text stays text.
//
// What belongs together is decided as MediaWiki's preprocessor decides it: comments first, then extension tags whose
// content is not wikitext, then braces and brackets from the inside out. HTML tags, entities and behaviour switches are
// nodes without content, so an unclosed tag swallows nothing. Braces in a link are text if the link is closed on the
// same line. In two things this parser is more lenient than the preprocessor: a link that is not closed on its line
// does not keep the template around it open, and a template that is cut by the end of the text is still a template,
// with Closed false.
//
// What a text means where a closing mark was forgotten is for the caller to say. Repair tells the parser where
// templates end that nothing closes, and which tags nothing closes.
//
// Sources: https://www.mediawiki.org/wiki/Help:Templates, https://www.mediawiki.org/wiki/Preprocessor_ABNF.
package wikitext

import "strings"

// MaxDepth is how deep templates and links nest. What is opened deeper is text. MediaWiki stops expanding templates at
// 40.
const MaxDepth = 100

// MaxMarks is how many marks of a text (braces, brackets, pipes and the like) are told apart. What follows them is one
// text. A page of MediaWiki has at most as many bytes ($wgMaxArticleSize), so none reaches this limit.
const MaxMarks = 2 << 20

// Kind is the kind of a node.
type Kind uint8

// The kinds of nodes. Text holds everything else, including headings, lists, quotes, tables and external links.
const (
	Text      Kind = iota
	Template       // {{name|value|key=value}}
	Parameter      // {{{name|default}}}
	Link           // [[target|label]]
	Comment        // <!-- … -->, and <includeonly>…</includeonly>: what the page does not show
	Extension      // <ref>…</ref>, <nowiki/>, <pre>…</pre>: content that is not wikitext, or that of a footnote
	Tag            // <b>, </b>, <br/>: one tag, without content
	Entity         // &nbsp;
	Switch         // __NOTOC__
)

// Node is one construct of a text: the bytes from Start to End. Its Parser knows what it encloses.
type Node struct {
	Kind       Kind
	Closed     bool // a Template that is closed, an Extension with an end tag or self-closing, a Tag </name>
	Start, End int  // in the text
	parts      span
}

// Part is what stands between two pipes.
type Part struct {
	Start, End int
	Equals     int // the offset of the = that splits key and value; -1 if there is none
	nodes      span
	split      int // how many of its nodes stand before the =
}

// span is a range of one of the Parser's slices. Indexes in place of pointers spare the garbage collector the tree.
type span struct{ from, to int32 }

// ValueStart returns the offset where the value begins, white space included.
func (p *Part) ValueStart() int {
	if p.Equals < 0 {
		return p.Start
	}
	return p.Equals + 1
}

// Name returns the name of a Tag or Extension, in lower case.
func (n *Node) Name(s string) string {
	name := strings.TrimPrefix(s[n.Start+1:n.End], "/")
	return strings.ToLower(name[:strings.IndexAny(name, " \t\n\r/>")])
}

// Inner returns where the content of an Extension begins and ends.
func (n *Node) Inner(s string) (from, to int) {
	whole := s[n.Start:n.End]
	from = n.Start + strings.IndexByte(whole, '>') + 1
	if from == n.End {
		return from, from
	}
	return from, n.Start + strings.LastIndex(whole, "</")
}

// Parser reads texts into nodes, one text after another, and reuses its memory: the nodes of a text are valid until the
// next Reset. The zero value is ready to use.
type Parser struct {
	s         string
	at        int  // the offset up to which the text is read
	textStart int  // where the text begins that is not yet in a node
	hasEquals bool // that text has the = of its part

	stack []frame
	parts []Part // of everything that is open
	nodes []Node // of the parts that are being read, of everything that is open
	depth int    // the sum of the depths of everything that is open

	cuts          []Cut          // that are still to come
	unclosed      map[int]bool   // the offsets of tags that nothing closes
	marks         int            // how many marks were met
	limitAt       int            // the offset of the first mark behind MaxMarks; 0 if there is none
	withoutEndTag map[string]int // by extension tag: the offset behind which no end tag follows

	closedNodes []Node // of the parts that are read
	closedParts []Part // of the nodes that are closed
}

// Parse reads a text of less than 2 GiB into nodes.
func Parse(s string) (*Parser, []Node) {
	p := new(Parser)
	p.Reset(s)
	nodes, _ := p.ParseTo(len(s))
	return p, nodes
}

// LimitReached returns the offset from which on a text with more than MaxMarks marks is left as it is; ok reports
// whether it has more.
func (p *Parser) LimitReached() (offset int, ok bool) { return p.limitAt, p.limitAt > 0 }

// Parts returns what stands between the pipes of a Template, Parameter or Link. The first part is its name or target.
// The result is empty for any other node.
func (p *Parser) Parts(n *Node) []Part { return p.closedParts[n.parts.from:n.parts.to:n.parts.to] }

// Nodes returns all nodes of a part. If the part has a key, the = stands between two of them.
func (p *Parser) Nodes(part *Part) []Node {
	return p.closedNodes[part.nodes.from:part.nodes.to:part.nodes.to]
}

// Key returns the nodes before the first =, or nil if the part has none.
func (p *Parser) Key(part *Part) []Node {
	if part.Equals < 0 {
		return nil
	}
	return p.Nodes(part)[:part.split]
}

// Value returns the nodes after the first =, or all nodes if the part has none.
func (p *Parser) Value(part *Part) []Node {
	if part.Equals < 0 {
		return p.Nodes(part)
	}
	return p.Nodes(part)[part.split:]
}

// maxReused is the largest number of nodes and parts whose memory is kept for the next text. A box has some hundreds.
const maxReused = 16384

// Reset begins a text, from its start. The nodes of the text before are no longer valid.
func (p *Parser) Reset(s string) {
	if max(cap(p.closedNodes), cap(p.closedParts), cap(p.parts), cap(p.nodes)) > maxReused {
		*p = Parser{}
	}
	p.restart(s)
}

// restart begins a text with the memory of the one before.
func (p *Parser) restart(s string) {
	*p = Parser{
		s: s, stack: p.stack[:0], parts: p.parts[:0], nodes: p.nodes[:0],
		closedNodes: p.closedNodes[:0], closedParts: p.closedParts[:0],
	}
	p.stack = append(p.stack, frame{})
	p.parts = append(p.parts, Part{Equals: -1})
}

// Cut says that what is opened at From or behind it and is still open at At ends there.
type Cut struct{ At, From int }

// Repair begins the same text again. The cuts say where unclosed templates end, in order, and unclosed has the offsets
// of the extension tags that nothing closes.
func (p *Parser) Repair(cuts []Cut, unclosed map[int]bool) {
	p.restart(p.s)
	p.cuts, p.unclosed = cuts, unclosed
}
