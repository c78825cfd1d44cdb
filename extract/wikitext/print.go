package wikitext

import "strings"

// Print writes nodes as the text that they were read from.
func Print(s string, nodes []Node) string {
	var b strings.Builder
	b.Grow(len(s))
	printTo(&b, s, nodes)
	return b.String()
}

func printTo(b *strings.Builder, s string, nodes []Node) {
	for i := range nodes {
		n := &nodes[i]
		if n.Parts == nil {
			b.WriteString(s[n.Start:n.End])
			continue
		}
		opening, closing := marks(n)
		b.WriteString(opening)
		for k := range n.Parts {
			if k > 0 {
				b.WriteByte('|')
			}
			part := &n.Parts[k]
			if part.Equals >= 0 {
				printTo(b, s, part.Key())
				b.WriteByte('=')
			}
			printTo(b, s, part.Value())
		}
		b.WriteString(closing)
	}
}

// marks is what opens and closes a node with parts.
func marks(n *Node) (opening, closing string) {
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
