package wikipage

import (
	"html"
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// leadReader gathers the paragraphs before the first heading of a page. Later sections also speak of other elections.
// What is not running text (templates, tables, lists, files, footnotes) is left out.
type leadReader struct {
	tree     *wikitext.Parser
	s        string
	boxes    boxnames.Names
	lines    *document.LineIndex
	b        strings.Builder
	marks    []schemas.Mark
	passages []schemas.Passage
	table    int  // the number of open tables
	fresh    bool // the next text is at the start of a line
	skip     bool // the line is not running text
	first    int  // the offset of the first paragraph
	done     bool // a heading was met, or the lead has reached its bound
}

// maxLead is the number of bytes of a page that its lead can span, from its first paragraph on. Real leads span some
// thousands.
const maxLead = 100_000

// readLead gathers the lead of a page, and parses on to where it ends: at the first heading.
func (r *pageReader) readLead(p *wikitext.Parser, nodes []wikitext.Node) []schemas.Passage {
	l := &leadReader{tree: p, s: r.d.Text, first: len(r.d.Text), boxes: r.names, lines: r.lines, fresh: true}
	l.readNodes(nodes)
	for end := 0; !l.done && end < len(l.s); {
		next := len(l.s)
		if i := strings.Index(l.s[end:], "\n=="); i >= 0 {
			next = end + i + len("\n==")
		}
		known := len(nodes)
		nodes, end = p.ParseTo(next)
		l.readNodes(nodes[known:])
	}
	l.endParagraph()
	return l.passages
}

func (l *leadReader) readNodes(nodes []wikitext.Node) {
	for i := range nodes {
		if l.done {
			return
		}
		n := &nodes[i]
		switch n.Kind {
		case wikitext.Text:
			l.readText(n.Start, n.End)
		case wikitext.Entity:
			l.write(html.UnescapeString(l.s[n.Start:n.End]), n.Start)
		case wikitext.Tag:
			if name := n.Name(l.s); name == "br" || name == "p" || name == "div" {
				l.write(" ", n.Start)
			}
		case wikitext.Extension:
			if n.Name(l.s) == "nowiki" {
				from, to := n.Inner(l.s)
				l.write(l.s[from:to], from)
			}
		case wikitext.Link:
			l.readLink(n)
		case wikitext.Template:
			l.readTemplate(n)
		}
	}
}

// readLink writes the label of a link in its place, so that a figure in the label keeps its offset.
func (l *leadReader) readLink(n *wikitext.Node) {
	r := renderer{tree: l.tree, s: l.s}
	r.writeLink(n)
	label := string(r.b)
	parts := l.tree.Parts(n)
	last := l.tree.Nodes(&parts[len(parts)-1])
	switch {
	case label == "":
	case len(last) == 1 && last[0].Kind == wikitext.Text && l.s[last[0].Start:last[0].End] == label:
		l.write(label, last[0].Start)
	default:
		l.write(label, n.Start)
	}
}

// readTemplate writes what a formatting template shows. A template that is not known stands between paragraphs or is a
// box, so it shows no running text.
func (l *leadReader) readTemplate(n *wikitext.Node) {
	r := renderer{tree: l.tree, s: l.s, boxes: l.boxes}
	r.writeTemplate(n)
	if len(r.unknown) == 0 {
		l.write(document.NormalizeSpace(string(r.b)), n.Start)
	}
}

// write adds text that is at an offset of the page.
func (l *leadReader) write(text string, offset int) {
	if text == "" || l.skip || l.table > 0 {
		return
	}
	if offset-l.first > maxLead {
		l.done = true
		return
	}
	if strings.TrimSpace(text) != "" {
		l.first = min(l.first, offset)
	}
	l.marks = append(l.marks, schemas.Mark{At: l.b.Len(), Offset: offset, Line: l.lines.At(offset)})
	l.b.WriteString(text)
	l.fresh = false
}

// readText reads running text line by line.
func (l *leadReader) readText(from, to int) {
	for at := from; at < to && !l.done; {
		end := to
		newline := strings.IndexByte(l.s[at:to], '\n')
		if newline >= 0 {
			end = at + newline
		}
		if l.fresh {
			l.beginLine(l.s[at:end])
		}
		if !l.done {
			l.writeWords(at, end)
		}
		if newline < 0 {
			return
		}
		if strings.TrimSpace(l.s[at:end]) == "" && l.fresh || l.skip {
			l.endParagraph()
		} else {
			l.write("\n", end)
		}
		l.fresh, l.skip = true, false
		at = end + 1
	}
}

// beginLine decides by the first characters of a line whether it is running text.
func (l *leadReader) beginLine(line string) {
	line = strings.TrimLeft(line, " \t")
	switch {
	case strings.HasPrefix(line, "{|"):
		l.table++
	case strings.HasPrefix(line, "|}"):
		l.table = max(0, l.table-1)
		l.skip = true
	case strings.HasPrefix(line, "=="):
		l.done = l.table == 0
	case line != "" && strings.IndexByte("*#:;|!", line[0]) >= 0:
		l.skip = true
	}
}

// writeWords copies a part of a line without the quotes of bold and italic text.
func (l *leadReader) writeWords(from, to int) {
	for at := from; at < to; {
		i := strings.Index(l.s[at:to], "''")
		if i < 0 {
			l.write(l.s[at:to], at)
			return
		}
		l.write(l.s[at:at+i], at)
		at += i
		for at < to && l.s[at] == '\'' {
			at++
		}
	}
}

// endParagraph ends the open paragraph.
func (l *leadReader) endParagraph() {
	text := l.b.String()
	if strings.TrimSpace(text) != "" {
		first := l.marks[0]
		passage := schemas.Passage{Text: text, Line: first.Line, Offset: first.Offset, Marks: l.marks}
		l.passages = append(l.passages, passage)
	}
	l.b.Reset()
	l.marks = nil
}
