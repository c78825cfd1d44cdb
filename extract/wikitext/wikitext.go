// Package wikitext reads the language of MediaWiki pages, and nothing of what pages say. Start with
// Parse, which turns a text into nodes.
//
// Parsing never fails: any text is wikitext. It loses nothing: Print gives the text back, byte for byte,
// and every node knows its place. It takes time in proportion to the text, and nodes are nested at most
// MaxDepth deep.
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

import (
	"slices"
	"strings"
)

// MaxDepth is how deep templates and links nest; what opens deeper is text. MediaWiki stops expanding
// templates at 40.
const MaxDepth = 100

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

// extensions are the tags whose content is not parsed. Source: Special:Version of the English
// Wikipedia, parser extension tags.
var extensions = map[string]bool{
	"nowiki": true, "pre": true, "ref": true, "math": true, "gallery": true, "source": true, "syntaxhighlight": true,
	"timeline": true, "score": true, "hiero": true, "templatestyles": true, "mapframe": true, "maplink": true, "graph": true,
	"imagemap": true, "inputbox": true, "poem": true, "chem": true, "ce": true, "categorytree": true, "templatedata": true,
}

// special marks the bytes at which a text node may end.
var special = [256]bool{'{': true, '}': true, '[': true, ']': true, '|': true, '=': true, '<': true, '&': true, '_': true}

// frame is a template, parameter or link that is open. Its parts, and the nodes of the part that is being
// read, lie on the parser's stacks above those of what it stands in.
type frame struct {
	open    byte // { or [, or 0 for the text as a whole
	count   int  // how many opening braces or brackets stand there
	start   int  // of the first of them
	depth   int  // how deep nodes can nest by them
	skipped int  // openings deeper than MaxDepth, whose closings belong to none
	parts   int  // where on the stack of parts its own begin
	nodes   int  // where on the stack of nodes those of its last part begin
}

// Parser reads texts into nodes, one text after another, and keeps its room: the nodes of a text hold until
// the next one is begun. The zero value is ready.
type Parser struct {
	s      string
	at     int  // up to where the text is read
	text   int  // start of the text not yet in a node
	signed bool // that text has the sign = of its part
	stack  []frame
	parts  []Part         // of all that is open
	nodes  []Node         // of the parts that are being read, of all that is open
	depth  int            // of all that is open
	gone   map[string]int // by extension tag: from where on it is known to have no end tag
	read   []Node         // of the parts that are read
	shut   []Part         // of the nodes that are closed
}

// Parse reads a text of less than 2 GiB into nodes.
func Parse(s string) (*Parser, []Node) {
	p := new(Parser)
	p.Begin(s)
	nodes, _ := p.To(len(s))
	return p, nodes
}

// Parts is what stands between the pipes of a Template, Parameter or Link, first its name or target; nil for
// any other node.
func (p *Parser) Parts(n *Node) []Part { return p.shut[n.parts.from:n.parts.to:n.parts.to] }

// Nodes is all of a part; where there is a key, the sign = stands between two of them.
func (p *Parser) Nodes(part *Part) []Node {
	return p.read[part.nodes.from:part.nodes.to:part.nodes.to]
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

// keptNodes is for how many nodes room is kept from one text to the next: a box has some hundreds.
const keptNodes = 16384

// Begin takes up a text, from its start; what was read before is forgotten.
func (p *Parser) Begin(s string) {
	if cap(p.read) > keptNodes {
		*p = Parser{}
	}
	*p = Parser{s: s, stack: p.stack[:0], parts: p.parts[:0], nodes: p.nodes[:0], read: p.read[:0], shut: p.shut[:0]}
	p.stack = append(p.stack, frame{})
	p.parts = append(p.parts, Part{Equals: -1})
}

// To reads on up to a place of the text and from there to where nothing is open, or to the end. It gives
// all nodes so far and where the last of them ends; a text node may go on in the next one.
func (p *Parser) To(place int) (nodes []Node, end int) {
	s := p.s
	i := p.at
	for {
		for i < len(s) && !special[s[i]] {
			i++
		}
		if i == len(s) || i >= place && len(p.stack) == 1 {
			break
		}
		i = p.special(i)
	}
	p.flush(i)
	p.at = i
	if i == len(s) {
		for len(p.stack) > 1 {
			if !p.dissolve(len(s)) {
				p.cut(len(s))
			}
		}
	}
	return p.nodes, i
}

// special reads what a special byte begins, and says where to go on.
func (p *Parser) special(i int) int {
	s, top := p.s, &p.stack[len(p.stack)-1]
	switch s[i] {
	case '<':
		return p.angle(i)
	case '{', '[':
		n := run(s, i)
		if n < 2 {
			return i + n
		}
		if p.depth+n/2 > MaxDepth {
			top.skipped += n / 2
			return i + n
		}
		p.flush(i)
		p.open(frame{open: s[i], count: n, depth: n / 2, start: i}, i+n)
		p.text = i + n
		return i + n
	case '}', ']':
		n := run(s, i)
		if n < 2 {
			return i + n
		}
		return p.close(i, n)
	case '|':
		if top.open == 0 {
			return i + 1
		}
		if len(p.nodes) == top.nodes {
			p.pipePlain(i)
		} else {
			p.flush(i)
			p.pipe(i, i+1)
		}
		p.text = i + 1
		return i + 1
	case '=':
		if part := p.part(); top.open != 0 && len(p.parts)-top.parts > 1 && part.Equals < 0 {
			part.Equals, p.signed = i, true
		}
		return i + 1
	case '&':
		return p.entity(i)
	default:
		return p.behaviour(i)
	}
}

// run is how often the byte at i stands there.
func run(s string, i int) int {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	return n
}

// part is the one that is being read.
func (p *Parser) part() *Part { return &p.parts[len(p.parts)-1] }

// open puts a frame on top, with a first part from a place on.
func (p *Parser) open(f frame, from int) {
	f.parts, f.nodes = len(p.parts), len(p.nodes)
	p.depth += f.depth
	p.stack = append(p.stack, f)
	p.parts = append(p.parts, Part{Start: from, Equals: -1})
}

// pipe ends the part that is being read, and begins the next.
func (p *Parser) pipe(end, from int) {
	p.shutPart(end)
	p.parts = append(p.parts, Part{Start: from, Equals: -1})
}

// pipePlain ends a part that is nothing but text, as most are, without the way over the stack.
func (p *Parser) pipePlain(end int) {
	part, from := p.part(), len(p.read)
	if p.signed {
		p.signed = false
		if p.text < part.Equals {
			p.read = append(p.read, Node{Kind: Text, Start: p.text, End: part.Equals})
			part.split = 1
		}
		p.text = part.Equals + 1
	}
	if p.text < end {
		p.read = append(p.read, Node{Kind: Text, Start: p.text, End: end})
	}
	part.End, part.nodes = end, span{int32(from), int32(len(p.read))}
	p.parts = append(p.parts, Part{Start: end + 1, Equals: -1})
}

// shutPart ends the part that is being read: its nodes leave the stack.
func (p *Parser) shutPart(end int) {
	part, top := p.part(), &p.stack[len(p.stack)-1]
	from := len(p.read)
	p.read = append(p.read, p.nodes[top.nodes:]...)
	part.End, part.nodes = end, span{int32(from), int32(len(p.read))}
	p.nodes = p.nodes[:top.nodes]
}

// flush makes a text node of what stands before i, and adds it to what is open.
func (p *Parser) flush(i int) {
	if p.signed {
		p.sign()
	}
	if p.text < i {
		p.nodes = append(p.nodes, Node{Kind: Text, Start: p.text, End: i})
	}
	p.text = i
}

// sign makes a text node of what stands before the sign = of a part.
func (p *Parser) sign() {
	part := p.part()
	p.signed = false
	p.flush(part.Equals)
	part.split = len(p.nodes) - p.stack[len(p.stack)-1].nodes
	p.text = part.Equals + 1
}

// add adds a node to what is open.
func (p *Parser) add(n Node) { p.nodes = append(p.nodes, n) }

// leaf adds a node that encloses no others.
func (p *Parser) leaf(n Node) int {
	p.flush(n.Start)
	p.add(n)
	p.text = n.End
	return n.End
}

// close reads a run of n closing braces or brackets at i.
func (p *Parser) close(i, n int) int {
	opening := byte('{')
	if p.s[i] == ']' {
		opening = '['
	}
	top := &p.stack[len(p.stack)-1]
	if top.skipped > 0 {
		taken := min(top.skipped, n/2)
		top.skipped -= taken
		return i + max(2, 2*taken)
	}
	// A link that is still open where a template ends was never one.
	if opening == '{' && top.open == '[' && p.isOpen('{') {
		p.flush(i)
		p.dissolve(i)
		top = &p.stack[len(p.stack)-1]
	}
	if top.open != opening {
		return i + n
	}
	matched := min(n, top.count, 3)
	if opening == '[' || matched < 2 {
		matched = 2
	}
	p.flush(i)
	f, parts := p.shutFrame(i)
	node := Node{Closed: true, Start: f.start + f.count - matched, End: i + matched, parts: parts}
	switch {
	case opening == '[':
		node.Kind = Link
	case matched == 3:
		node.Kind = Parameter
	default:
		node.Kind = Template
	}
	rest := f.count - matched
	if rest >= 2 { // more was opened here: the node is the first thing in it
		p.open(frame{open: opening, count: rest, depth: f.depth, start: f.start, skipped: f.skipped}, f.start+rest)
	} else if rest == 1 {
		p.add(Node{Kind: Text, Start: f.start, End: f.start + 1})
	}
	p.add(node)
	p.text = i + matched
	return i + matched
}

// shutFrame takes the top off, with its parts.
func (p *Parser) shutFrame(end int) (frame, span) {
	p.shutPart(end)
	top := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	p.depth -= top.depth
	from := len(p.shut)
	p.shut = append(p.shut, p.parts[top.parts:]...)
	p.parts = p.parts[:top.parts]
	return top, span{int32(from), int32(len(p.shut))}
}

// isOpen reports whether something is open below the top.
func (p *Parser) isOpen(opening byte) bool {
	for k := len(p.stack) - 1; k > 0; k-- {
		if p.stack[k].open == opening {
			return true
		}
	}
	return false
}

// cut ends a template at the end of the text; it is kept, unclosed.
func (p *Parser) cut(end int) {
	f, parts := p.shutFrame(end)
	start := f.start + f.count - 2
	if f.count > 2 {
		p.add(Node{Kind: Text, Start: f.start, End: start})
	}
	p.add(Node{Kind: Template, Start: start, End: end, parts: parts})
}

// dissolve makes text of the links on top that end without a closing mark; their pipes and signs belong
// to what they stand in. All are taken off first and then gone through from the outermost in, so that no
// node is moved more than twice. It reports whether there was one.
func (p *Parser) dissolve(end int) bool {
	first := len(p.stack)
	for p.stack[first-1].open == '[' {
		first--
	}
	if first == len(p.stack) {
		return false
	}
	type link struct {
		frame
		parts span
	}
	links := make([]link, 0, len(p.stack)-first)
	for len(p.stack) > first {
		f, parts := p.shutFrame(end)
		links = append(links, link{f, parts})
		end = f.start
	}
	for _, l := range slices.Backward(links) {
		p.add(Node{Kind: Text, Start: l.start, End: l.start + l.count})
		for k := l.parts.from; k < l.parts.to; k++ {
			p.adopt(&p.shut[k], k > l.parts.from)
		}
	}
	return true
}

// adopt takes over a part of a link that was none.
func (p *Parser) adopt(part *Part, piped bool) {
	top := &p.stack[len(p.stack)-1]
	switch {
	case piped && top.open == 0: // outside a template a pipe is text
		p.add(Node{Kind: Text, Start: part.Start - 1, End: part.Start})
	case piped:
		p.pipe(part.Start-1, part.Start)
	}
	nodes := p.Nodes(part)
	if part.Equals < 0 {
		p.nodes = append(p.nodes, nodes...)
		return
	}
	p.nodes = append(p.nodes, nodes[:part.split]...)
	if into := p.part(); into.Equals < 0 && top.open != 0 && len(p.parts)-top.parts > 1 {
		into.Equals, into.split = part.Equals, len(p.nodes)-top.nodes
	} else {
		p.add(Node{Kind: Text, Start: part.Equals, End: part.Equals + 1})
	}
	p.nodes = append(p.nodes, nodes[part.split:]...)
}

// angle reads a comment or a tag.
func (p *Parser) angle(i int) int {
	s := p.s
	if strings.HasPrefix(s[i:], "<!--") {
		end := len(s)
		closed := false
		if k := strings.Index(s[i+4:], "-->"); k >= 0 {
			end, closed = i+4+k+3, true
		}
		return p.leaf(Node{Kind: Comment, Start: i, End: end, Closed: closed})
	}
	k := i + 1
	closing := k < len(s) && s[k] == '/'
	if closing {
		k++
	}
	from := k
	for k < len(s) && (s[k]|0x20 >= 'a' && s[k]|0x20 <= 'z' || k > from && s[k] >= '0' && s[k] <= '9') {
		k++
	}
	if k == from || k-from > 20 || k == len(s) || !strings.ContainsRune(" \t\n\r/>", rune(s[k])) {
		return i + 1
	}
	const longest = 2000 // of a tag's attributes
	end := strings.IndexByte(s[k:min(len(s), k+longest)], '>')
	if end < 0 || strings.IndexByte(s[k:k+end], '<') >= 0 {
		return i + 1
	}
	end += k + 1
	name := strings.ToLower(s[from:k])
	if !extensions[name] || closing {
		return p.leaf(Node{Kind: Tag, Start: i, End: end, Closed: closing})
	}
	if s[end-2] == '/' {
		return p.leaf(Node{Kind: Extension, Start: i, End: end, Closed: true})
	}
	after := p.endTag(name, end)
	if after < 0 {
		return p.leaf(Node{Kind: Tag, Start: i, End: end})
	}
	return p.leaf(Node{Kind: Extension, Start: i, End: after, Closed: true})
}

// endTag finds where the end tag of an extension ends, -1 where there is none.
func (p *Parser) endTag(name string, from int) int {
	if gone, ok := p.gone[name]; ok && from >= gone {
		return -1
	}
	s := p.s
	for i := from; ; {
		k := strings.Index(s[i:], "</")
		if k < 0 {
			break
		}
		i += k + 2
		if len(s)-i > len(name) && strings.EqualFold(s[i:i+len(name)], name) {
			at := i + len(name)
			for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n' || s[at] == '\r') && at-i < 100 {
				at++
			}
			if at < len(s) && s[at] == '>' {
				return at + 1
			}
		}
	}
	if p.gone == nil {
		p.gone = map[string]int{}
	}
	p.gone[name] = from
	return -1
}

// entity reads &name; or &#1234; or &#x12AB;.
func (p *Parser) entity(i int) int {
	s := p.s
	k := i + 1
	if k < len(s) && s[k] == '#' {
		k++
	}
	from := k
	for k < len(s) && k-from < 32 && (s[k]|0x20 >= 'a' && s[k]|0x20 <= 'z' || s[k] >= '0' && s[k] <= '9') {
		k++
	}
	if k == from || k == len(s) || s[k] != ';' {
		return i + 1
	}
	return p.leaf(Node{Kind: Entity, Start: i, End: k + 1})
}

// behaviour reads __NOTOC__ and its like: capital letters between double underscores.
func (p *Parser) behaviour(i int) int {
	s := p.s
	if !strings.HasPrefix(s[i:], "__") {
		return i + 1
	}
	k := i + 2
	for k < len(s) && k-i < 40 && s[k] >= 'A' && s[k] <= 'Z' {
		k++
	}
	if k == i+2 || !strings.HasPrefix(s[k:], "__") {
		return i + 1
	}
	return p.leaf(Node{Kind: Switch, Start: i, End: k + 2})
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
