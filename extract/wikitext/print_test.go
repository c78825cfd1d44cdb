package wikitext

import "strings"

// print returns the text from which nodes were read.
func (p *Parser) print(nodes []Node) string {
	var b strings.Builder
	b.Grow(len(p.s))
	p.printTo(&b, nodes)
	return b.String()
}

func (p *Parser) printTo(b *strings.Builder, nodes []Node) {
	for i := range nodes {
		n := &nodes[i]
		parts := p.Parts(n)
		if len(parts) == 0 {
			b.WriteString(p.s[n.Start:n.End])
			continue
		}
		opening, closing := delimiters(n)
		b.WriteString(opening)
		for k := range parts {
			if k > 0 {
				b.WriteByte('|')
			}
			part := &parts[k]
			if part.Equals >= 0 {
				p.printTo(b, p.Key(part))
				b.WriteByte('=')
			}
			p.printTo(b, p.Value(part))
		}
		b.WriteString(closing)
	}
}

// delimiters returns what opens and what closes a node with parts.
func delimiters(n *Node) (opening, closing string) {
	switch {
	case n.Kind == Link:
		return "[[", "]]"
	case n.Kind == Parameter:
		return "{{{", "}}}"
	case !n.Closed:
		return "{{", ""
	}
	return "{{", "}}"
}
