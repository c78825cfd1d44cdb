package wikitext

import "slices"

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
		if p.marks++; p.marks > MaxMarks {
			p.full, i = i, len(s)
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
