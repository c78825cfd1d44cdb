// Package wikitext reads the language of MediaWiki pages, and nothing of what pages say. Start with
// Parse, which turns a text into nodes.
//
// Parsing never fails: any text is wikitext. It loses nothing: Print gives the text back, byte for byte,
// and every node knows its place. It takes time in proportion to the text, nodes are nested at most
// MaxDepth deep, and of more than MaxMarks the rest is text.
//
// What belongs together is told as MediaWiki's preprocessor tells it: comments first, then extension tags
// whose content is no wikitext, then braces and brackets from the inside out. HTML tags, entities and
// behaviour switches are marks of their own and enclose nothing, so an unclosed tag swallows nothing. In
// two things a careful reader is kinder than the preprocessor: a link that is never closed does not keep
// the template around it open, and a template that the end of the text cuts is still a template, with
// Closed false.
//
// Sources: https://www.mediawiki.org/wiki/Help:Templates, https://www.mediawiki.org/wiki/Preprocessor_ABNF.
package wikitext

import "strings"

// MaxDepth is how deep templates and links nest; what opens deeper is text. MediaWiki stops expanding
// templates at 40.
const MaxDepth = 100

// MaxMarks is how many braces, brackets, pipes and other marks of a text are told apart; what follows is one
// text. A page of MediaWiki has at most as many bytes ($wgMaxArticleSize), so none comes to it.
const MaxMarks = 2 << 20

// Kind is what a node is.
type Kind uint8

// The kinds. Text holds everything else, headings, lists, quotes, tables and external links included.
const (
	Text      Kind = iota
	Template       // {{name|value|key=value}}
	Parameter      // {{{name|default}}}
	Link           // [[target|label]]
	Comment        // <!-- … -->
	Extension      // <ref>…</ref>, <nowiki/>, <pre>…</pre>: content that is no wikitext, or a footnote's
	Tag            // <b>, </b>, <br/>: one mark
	Entity         // &nbsp;
	Switch         // __NOTOC__
)

// Node is one construct of a text: the bytes from Start to End. What it encloses, its Parser knows.
type Node struct {
	Kind       Kind
	Closed     bool // a Template that is closed, an Extension with an end tag or self-closing, a Tag </name>
	Start, End int  // in the text
	parts      span
}

// Part is what stands between two pipes.
type Part struct {
	Start, End int
	Equals     int // where the sign = that splits key and value stands; -1 where there is none
	nodes      span
	split      int // how many of its nodes stand before the sign
}

// span is a part of what a Parser keeps. Places in place of pointers spare the collector the tree.
type span struct{ from, to int32 }

// ValueStart is where the value begins, white space included.
func (p *Part) ValueStart() int {
	if p.Equals < 0 {
		return p.Start
	}
	return p.Equals + 1
}

// Name is the name of a Tag or Extension, in lower case.
func (n *Node) Name(s string) string {
	name := strings.TrimPrefix(s[n.Start+1:n.End], "/")
	end := strings.IndexFunc(name, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '/' || r == '>' })
	return strings.ToLower(name[:end])
}

// Inner is where the content of an Extension begins and ends.
func (n *Node) Inner(s string) (from, to int) {
	whole := s[n.Start:n.End]
	from = n.Start + strings.IndexByte(whole, '>') + 1
	if from == n.End {
		return from, from
	}
	return from, n.Start + strings.LastIndex(whole, "</")
}

// Parser reads texts into nodes, one text after another, and keeps its room: the nodes of a text hold until
// the next one is begun. The zero value is ready.
type Parser struct {
	s             string
	at            int  // up to where the text is read
	textStart     int  // start of the text not yet in a node
	hasEquals     bool // that text has the sign = of its part
	stack         []frame
	parts         []Part         // of all that is open
	nodes         []Node         // of the parts that are being read, of all that is open
	depth         int            // of all that is open
	marks         int            // how many were met
	limitAt       int            // where there were too many; 0 for nowhere
	withoutEndTag map[string]int // by extension tag: from where on it is known to have no end tag
	closedNodes   []Node         // of the parts that are read
	closedParts   []Part         // of the nodes that are closed
}

// Parse reads a text of less than 2 GiB into nodes.
func Parse(s string) (*Parser, []Node) {
	p := new(Parser)
	p.Reset(s)
	nodes, _ := p.ParseTo(len(s))
	return p, nodes
}

// LimitReached is from where on a text is left as it is, since it has more than MaxMarks; ok reports that it has.
func (p *Parser) LimitReached() (place int, ok bool) { return p.limitAt, p.limitAt > 0 }

// Parts is what stands between the pipes of a Template, Parameter or Link, first its name or target; nil for
// any other node.
func (p *Parser) Parts(n *Node) []Part { return p.closedParts[n.parts.from:n.parts.to:n.parts.to] }

// Nodes is all of a part; where there is a key, the sign = stands between two of them.
func (p *Parser) Nodes(part *Part) []Node {
	return p.closedNodes[part.nodes.from:part.nodes.to:part.nodes.to]
}

// Key is the nodes before the first sign =, nil where the part has none.
func (p *Parser) Key(part *Part) []Node {
	if part.Equals < 0 {
		return nil
	}
	return p.Nodes(part)[:part.split]
}

// Value is the nodes after the first sign =, or all of them.
func (p *Parser) Value(part *Part) []Node {
	if part.Equals < 0 {
		return p.Nodes(part)
	}
	return p.Nodes(part)[part.split:]
}

// maxReused is for how many nodes and parts room is kept from one text to the next: a box has some hundreds.
const maxReused = 16384

// Reset takes up a text, from its start; what was read before is forgotten.
func (p *Parser) Reset(s string) {
	if max(cap(p.closedNodes), cap(p.closedParts), cap(p.parts), cap(p.nodes)) > maxReused {
		*p = Parser{}
	}
	*p = Parser{s: s, stack: p.stack[:0], parts: p.parts[:0], nodes: p.nodes[:0], closedNodes: p.closedNodes[:0], closedParts: p.closedParts[:0]}
	p.stack = append(p.stack, frame{})
	p.parts = append(p.parts, Part{Equals: -1})
}
