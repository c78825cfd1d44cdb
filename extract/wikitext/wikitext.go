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

import "strings"

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

// Node is one construct of a text: the bytes from Start to End.
type Node struct {
	Kind       Kind
	Closed     bool   // a Template that is closed, an Extension with an end tag or self-closing, a Tag </name>
	Start, End int    // in the text
	Parts      []Part // of a Template, Parameter or Link: the name or target, then what each pipe begins
}

// Part is what stands between two pipes.
type Part struct {
	Start, End int
	Equals     int    // where the sign = that splits key and value stands; -1 where there is none
	Nodes      []Node // all of it; where there is a key, the sign = stands between two text nodes
	split      int    // how many of Nodes stand before the sign
}

// Key is the nodes before the first sign =, nil where the part has none.
func (p *Part) Key() []Node {
	if p.Equals < 0 {
		return nil
	}
	return p.Nodes[:p.split]
}

// Value is the nodes after the first sign =, or all of them.
func (p *Part) Value() []Node {
	if p.Equals < 0 {
		return p.Nodes
	}
	return p.Nodes[p.split:]
}

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

// frame is a template, parameter or link that is open.
type frame struct {
	open    byte // { or [, or 0 for the text as a whole
	count   int  // how many opening braces or brackets stand there
	start   int  // of the first of them
	depth   int  // how deep nodes can nest by them
	parts   []Part
	skipped int // openings deeper than MaxDepth, whose closings belong to none
}

func (f *frame) part() *Part { return &f.parts[len(f.parts)-1] }

// parser is at one place of a text, with what is open there.
type parser struct {
	s     string
	text  int // start of the text not yet in a node
	stack []frame
	depth int            // of all that is open
	spare []Node         // room for the nodes of parts to come
	gone  map[string]int // by extension tag: from where on it is known to have no end tag
}

// Parse reads a text into nodes.
func Parse(s string) []Node {
	p := &parser{s: s, stack: []frame{{parts: []Part{{Equals: -1}}}}}
	for i := 0; i < len(s); {
		if !special[s[i]] {
			i++
			continue
		}
		i = p.at(i)
	}
	p.flush(len(s))
	for len(p.stack) > 1 {
		if !p.dissolve(len(s)) {
			p.cut(len(s))
		}
	}
	return p.stack[0].parts[0].Nodes
}

// at reads what a special byte begins, and says where to go on.
func (p *parser) at(i int) int {
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
		p.depth += n / 2
		p.stack = append(p.stack, frame{open: s[i], count: n, depth: n / 2, start: i, parts: []Part{{Start: i + n, Equals: -1}}})
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
		p.flush(i)
		top.part().End = i
		top.parts = append(top.parts, Part{Start: i + 1, Equals: -1})
		p.text = i + 1
		return i + 1
	case '=':
		if top.open != 0 && len(top.parts) > 1 && top.part().Equals < 0 {
			p.flush(i)
			part := top.part()
			part.Equals, part.split = i, len(part.Nodes)
			p.text = i + 1
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

// flush makes a text node of what stands before i, and adds it to what is open.
func (p *parser) flush(i int) {
	if p.text < i {
		p.add(Node{Kind: Text, Start: p.text, End: i})
	}
	p.text = i
}

// add adds a node to what is open. Most parts have one or two, so their room is taken from a larger
// piece.
func (p *parser) add(n Node) {
	part := p.stack[len(p.stack)-1].part()
	if part.Nodes == nil {
		if len(p.spare) < 2 {
			p.spare = make([]Node, 128)
		}
		part.Nodes, p.spare = p.spare[:0:2], p.spare[2:]
	}
	part.Nodes = append(part.Nodes, n)
}

// leaf adds a node that encloses no others.
func (p *parser) leaf(n Node) int {
	p.flush(n.Start)
	p.add(n)
	p.text = n.End
	return n.End
}

// close reads a run of n closing braces or brackets at i.
func (p *parser) close(i, n int) int {
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
	top.part().End = i
	node := Node{Closed: true, Start: top.start + top.count - matched, End: i + matched, Parts: top.parts}
	switch {
	case opening == '[':
		node.Kind = Link
	case matched == 3:
		node.Kind = Parameter
	default:
		node.Kind = Template
	}
	rest := top.count - matched
	start := top.start
	if rest >= 2 { // more was opened here: the node is the first thing in it
		*top = frame{open: opening, count: rest, depth: top.depth, start: start, parts: []Part{{Start: start + rest, Equals: -1, Nodes: []Node{node}}}, skipped: top.skipped}
	} else {
		p.pop()
		if rest == 1 {
			p.add(Node{Kind: Text, Start: start, End: start + 1})
		}
		p.add(node)
	}
	p.text = i + matched
	return i + matched
}

// pop takes the top off.
func (p *parser) pop() frame {
	top := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	p.depth -= top.depth
	return top
}

// isOpen reports whether something is open below the top.
func (p *parser) isOpen(opening byte) bool {
	for k := len(p.stack) - 1; k > 0; k-- {
		if p.stack[k].open == opening {
			return true
		}
	}
	return false
}

// cut ends a template at the end of the text; it is kept, unclosed.
func (p *parser) cut(end int) {
	top := p.pop()
	top.part().End = end
	start := top.start + top.count - 2
	if top.count > 2 {
		p.add(Node{Kind: Text, Start: top.start, End: start})
	}
	p.add(Node{Kind: Template, Start: start, End: end, Parts: top.parts})
}

// dissolve makes text of the links on top that end without a closing mark; their pipes and signs belong
// to what they stand in. It goes from the outermost in, so that no node is moved twice. It reports
// whether there was one.
func (p *parser) dissolve(end int) bool {
	first := len(p.stack)
	for p.stack[first-1].open == '[' {
		first--
	}
	if first == len(p.stack) {
		return false
	}
	links := p.stack[first:]
	p.stack = p.stack[:first]
	into := &p.stack[first-1]
	for i := range links {
		link := &links[i]
		p.depth -= link.depth
		next := end
		if i+1 < len(links) {
			next = links[i+1].start
		}
		link.part().End = next
		into.add(Node{Kind: Text, Start: link.start, End: link.start + link.count})
		for k := range link.parts {
			into.adopt(&link.parts[k], k > 0)
		}
	}
	return true
}

func (f *frame) add(nodes ...Node) { f.part().Nodes = append(f.part().Nodes, nodes...) }

// adopt takes over a part of a link that was none.
func (f *frame) adopt(part *Part, piped bool) {
	switch {
	case piped && f.open == 0: // outside a template a pipe is text
		f.add(Node{Kind: Text, Start: part.Start - 1, End: part.Start})
	case piped:
		f.part().End = part.Start - 1
		f.parts = append(f.parts, Part{Start: part.Start, Equals: -1})
	}
	if part.Equals < 0 {
		f.add(part.Nodes...)
		return
	}
	f.add(part.Nodes[:part.split]...)
	if into := f.part(); into.Equals < 0 && f.open != 0 && len(f.parts) > 1 {
		into.Equals, into.split = part.Equals, len(into.Nodes)
	} else {
		f.add(Node{Kind: Text, Start: part.Equals, End: part.Equals + 1})
	}
	f.add(part.Nodes[part.split:]...)
}

// angle reads a comment or a tag.
func (p *parser) angle(i int) int {
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
func (p *parser) endTag(name string, from int) int {
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
func (p *parser) entity(i int) int {
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
func (p *parser) behaviour(i int) int {
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
