package wikitext

import (
	"slices"
	"strings"
)

// specialBytes says at which bytes a text node may end.
var specialBytes = [256]bool{
	'{': true, '}': true, '[': true, ']': true, '|': true, '=': true, '<': true, '&': true, '_': true,
}

// frame is a template, parameter or link that is open. Its parts, and the nodes of the part that is being read, are on
// the stacks of the parser, above those of what encloses it.
type frame struct {
	open    byte // { or [, or 0 for the text as a whole
	count   int  // the number of opening braces or brackets
	start   int  // the offset of the first of them
	depth   int  // how deep nodes can nest by them
	skipped int  // the number of openings deeper than MaxDepth, whose closings close nothing
	closing int  // of a link: the offset of the closing mark that follows on its line; 0 if none was looked for
	parts   int  // the index on the stack of parts where its own begin
	nodes   int  // the index on the stack of nodes where those of its last part begin
}

// ParseTo continues up to a place of the text and from there to where nothing is open, or to the end. It returns all
// nodes so far and the offset where the last of them ends. A text node may be continued by the next one.
func (p *Parser) ParseTo(place int) (nodes []Node, end int) {
	s := p.s
	i := p.at
	for {
		for i < len(s) && !specialBytes[s[i]] {
			i++
		}
		if len(p.cuts) > 0 && i >= p.cuts[0].At {
			i = p.cut(i)
			continue
		}
		if i == len(s) || i >= place && len(p.stack) == 1 {
			break
		}
		if p.marks++; p.marks > MaxMarks {
			p.limitAt, i = i, len(s)
			break
		}
		i = p.parseSpecial(i)
	}
	p.flushText(i)
	p.at = i
	if i == len(s) {
		for len(p.stack) > 1 {
			if !p.dissolveLinks(len(s)) {
				p.closeAtEnd(len(s))
			}
		}
	}
	return p.nodes, i
}

// cut ends what the next cut says, and returns the offset at which parsing continues. A cut within a mark that was read
// already is made behind the mark.
func (p *Parser) cut(i int) int {
	c := p.cuts[0]
	p.cuts = p.cuts[1:]
	at := min(max(c.At, p.textStart), i)
	p.flushText(at)
	for len(p.stack) > 1 {
		if top := &p.stack[len(p.stack)-1]; top.start+top.count-2 < c.From {
			break
		}
		if !p.dissolveLinks(at) {
			p.closeAtEnd(at)
		}
	}
	p.textStart = at
	return at
}

// parseSpecial reads what the special byte at offset i begins or ends, and returns the offset at which parsing
// continues.
func (p *Parser) parseSpecial(i int) int {
	s, top := p.s, &p.stack[len(p.stack)-1]
	switch s[i] {
	case '<':
		return p.parseTagOrComment(i)
	case '{', '[':
		n := runLength(s, i)
		switch {
		case n < 2:
		case p.depth+n/2 > MaxDepth:
			top.skipped += n / 2
		default:
			p.flushText(i)
			p.openFrame(frame{open: s[i], count: n, depth: n / 2, start: i}, i+n)
			p.textStart = i + n
		}
		return i + n
	case '}', ']':
		n := runLength(s, i)
		if n < 2 {
			return i + n
		}
		return p.closeRun(i, n)
	case '|':
		if top.open == 0 {
			return i + 1
		}
		if len(p.nodes) == top.nodes {
			p.nextPartAfterText(i)
		} else {
			p.flushText(i)
			p.nextPart(i, i+1)
		}
		p.textStart = i + 1
		return i + 1
	case '=':
		if part := p.currentPart(); p.canHaveKey(top) && part.Equals < 0 {
			part.Equals, p.hasEquals = i, true
		}
		return i + 1
	case '&':
		return p.parseEntity(i)
	default:
		return p.parseSwitch(i)
	}
}

// canHaveKey reports whether the part that is being read, of the frame on top, can have a key: every part but the first
// can.
func (p *Parser) canHaveKey(top *frame) bool { return top.open != 0 && len(p.parts)-top.parts > 1 }

// runLength returns how many times the byte at offset i is repeated there.
func runLength(s string, i int) int {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	return n
}

// currentPart returns the part that is being read.
func (p *Parser) currentPart() *Part { return &p.parts[len(p.parts)-1] }

// openFrame puts a frame on top, with a first part that begins at from.
func (p *Parser) openFrame(f frame, from int) {
	f.parts, f.nodes = len(p.parts), len(p.nodes)
	p.depth += f.depth
	p.stack = append(p.stack, f)
	p.parts = append(p.parts, Part{Start: from, Equals: -1})
}

// nextPart ends the part that is being read and begins the next.
func (p *Parser) nextPart(end, from int) {
	p.closePart(end)
	p.parts = append(p.parts, Part{Start: from, Equals: -1})
}

// nextPartAfterText does what nextPart does for a part that is nothing but text, as most are, without the detour over
// the stack of nodes.
func (p *Parser) nextPartAfterText(end int) {
	part, from := p.currentPart(), len(p.closedNodes)
	if p.hasEquals {
		p.hasEquals = false
		if p.textStart < part.Equals {
			p.closedNodes = append(p.closedNodes, Node{Kind: Text, Start: p.textStart, End: part.Equals})
			part.split = 1
		}
		p.textStart = part.Equals + 1
	}
	if p.textStart < end {
		p.closedNodes = append(p.closedNodes, Node{Kind: Text, Start: p.textStart, End: end})
	}
	part.End, part.nodes = end, span{int32(from), int32(len(p.closedNodes))}
	p.parts = append(p.parts, Part{Start: end + 1, Equals: -1})
}

// closePart ends the part that is being read: its nodes leave the stack.
func (p *Parser) closePart(end int) {
	part, top := p.currentPart(), &p.stack[len(p.stack)-1]
	from := len(p.closedNodes)
	p.closedNodes = append(p.closedNodes, p.nodes[top.nodes:]...)
	part.End, part.nodes = end, span{int32(from), int32(len(p.closedNodes))}
	p.nodes = p.nodes[:top.nodes]
}

// flushText adds the text before offset i as a node.
func (p *Parser) flushText(i int) {
	if p.hasEquals {
		p.flushKey()
	}
	if p.textStart < i {
		p.nodes = append(p.nodes, Node{Kind: Text, Start: p.textStart, End: i})
	}
	p.textStart = i
}

// flushKey adds the text before the = of a part as a node.
func (p *Parser) flushKey() {
	part := p.currentPart()
	p.hasEquals = false
	p.flushText(part.Equals)
	part.split = len(p.nodes) - p.stack[len(p.stack)-1].nodes
	p.textStart = part.Equals + 1
}

// addNode adds a node to what is open.
func (p *Parser) addNode(n Node) { p.nodes = append(p.nodes, n) }

// addLeaf adds a node that encloses no others, and returns its end.
func (p *Parser) addLeaf(n Node) int {
	p.flushText(n.Start)
	p.addNode(n)
	p.textStart = n.End
	return n.End
}

// closeRun reads a run of n closing braces or brackets at offset i, and returns the offset at which parsing continues.
func (p *Parser) closeRun(i, n int) int {
	opening := byte('{')
	if p.s[i] == ']' {
		opening = '['
	}
	top := &p.stack[len(p.stack)-1]
	if top.skipped > 0 {
		pairs := min(top.skipped, n/2)
		top.skipped -= pairs
		return i + max(2, 2*pairs)
	}
	// In a link, braces are text. A link that is still open where a template ends is not a link.
	if opening == '{' && top.open == '[' && p.isOpen('{') {
		if p.closesOnLine(top, i+n) {
			return i + n
		}
		p.flushText(i)
		p.dissolveLinks(i)
		top = &p.stack[len(p.stack)-1]
	}
	if top.open != opening {
		return i + n
	}
	matched := min(n, top.count, 3)
	if opening == '[' || matched < 2 {
		matched = 2
	}
	p.flushText(i)
	f, parts := p.closeFrame(i)
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
		outer := frame{open: opening, count: rest, depth: f.depth, start: f.start, skipped: f.skipped}
		p.openFrame(outer, f.start+rest)
	} else if rest == 1 {
		p.addNode(Node{Kind: Text, Start: f.start, End: f.start + 1})
	}
	p.addNode(node)
	p.textStart = i + matched
	return i + matched
}

// maxLinkRest is the number of bytes between braces in a link and its closing mark.
const maxLinkRest = 300

// closesOnLine reports whether a link is closed behind an offset, on the same line.
func (p *Parser) closesOnLine(link *frame, from int) bool {
	if link.closing >= from {
		return true
	}
	s := p.s[:min(len(p.s), from+maxLinkRest)]
	open := 0
	for i := from; i < len(s); {
		k := strings.IndexAny(s[i:], "[]\n")
		if k < 0 || s[i+k] == '\n' {
			return false
		}
		i += k
		n := runLength(s, i)
		switch {
		case n < 2:
		case s[i] == '[':
			open++
		case open == 0:
			link.closing = i
			return true
		default:
			open--
		}
		i += n
	}
	return false
}

// closeFrame takes the frame on top off the stack and returns it with its parts.
func (p *Parser) closeFrame(end int) (frame, span) {
	p.closePart(end)
	top := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	p.depth -= top.depth
	from := len(p.closedParts)
	p.closedParts = append(p.closedParts, p.parts[top.parts:]...)
	p.parts = p.parts[:top.parts]
	return top, span{int32(from), int32(len(p.closedParts))}
}

// isOpen reports whether a frame with that opening is on the stack.
func (p *Parser) isOpen(opening byte) bool {
	for k := len(p.stack) - 1; k > 0; k-- {
		if p.stack[k].open == opening {
			return true
		}
	}
	return false
}

// closeAtEnd ends a template at the end of the text. It is kept, unclosed.
func (p *Parser) closeAtEnd(end int) {
	f, parts := p.closeFrame(end)
	start := f.start + f.count - 2
	if f.count > 2 {
		p.addNode(Node{Kind: Text, Start: f.start, End: start})
	}
	p.addNode(Node{Kind: Template, Start: start, End: end, parts: parts})
}

// dissolveLinks turns the links on top, which end without a closing mark, into text. Their pipes and equals signs then
// belong to what encloses them. All links are taken off the stack first and then gone through from the outermost
// inwards, so that no node is moved more than twice. It reports whether there was a link.
func (p *Parser) dissolveLinks(end int) bool {
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
		f, parts := p.closeFrame(end)
		links = append(links, link{f, parts})
		end = f.start
	}
	for _, l := range slices.Backward(links) {
		p.addNode(Node{Kind: Text, Start: l.start, End: l.start + l.count})
		for k := l.parts.from; k < l.parts.to; k++ {
			p.adoptPart(&p.closedParts[k], k > l.parts.from)
		}
	}
	return true
}

// adoptPart moves the nodes of a part of a dissolved link to what encloses the link.
func (p *Parser) adoptPart(part *Part, piped bool) {
	top := &p.stack[len(p.stack)-1]
	switch {
	case piped && top.open == 0: // outside a template a pipe is text
		p.addNode(Node{Kind: Text, Start: part.Start - 1, End: part.Start})
	case piped:
		p.nextPart(part.Start-1, part.Start)
	}
	nodes := p.Nodes(part)
	if part.Equals < 0 {
		p.nodes = append(p.nodes, nodes...)
		return
	}
	p.nodes = append(p.nodes, nodes[:part.split]...)
	if into := p.currentPart(); into.Equals < 0 && p.canHaveKey(top) {
		into.Equals, into.split = part.Equals, len(p.nodes)-top.nodes
	} else {
		p.addNode(Node{Kind: Text, Start: part.Equals, End: part.Equals + 1})
	}
	p.nodes = append(p.nodes, nodes[part.split:]...)
}
