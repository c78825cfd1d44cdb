package wikipage

import (
	"html"
	"slices"
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
	table    int          // the number of open tables
	fresh    bool         // the next text is at the start of a line
	skip     bool         // the line is not running text
	muted    string       // the tag that is open and hides its content or strikes it out; "" if there is none
	depth    int          // how many tags of that name are open
	quotes   []leadQuotes // of the paragraph
	first    int          // the offset of the first paragraph
	done     bool         // a heading was met, or the lead has reached its bound
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
	for i := 0; i < len(nodes); i++ {
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
			i += l.readTag(nodes[i:])
		case wikitext.Extension:
			if n.Name(l.s) == "nowiki" {
				from, to := n.Inner(l.s)
				l.write(html.UnescapeString(l.s[from:to]), from)
			}
		case wikitext.Link:
			l.readLink(n)
		case wikitext.Template:
			l.readTemplate(n)
		}
	}
}

// maxRaisedNodes is the number of nodes of which the mark of a footnote can consist.
const maxRaisedNodes = 8

// readTag takes note of what a tag hides or strikes out. It returns how many of the nodes behind the tag belong to it:
// those of the mark of a footnote.
func (l *leadReader) readTag(nodes []wikitext.Node) int {
	n := &nodes[0]
	name, tag := n.Name(l.s), l.s[n.Start:n.End]
	switch {
	case l.muted != "":
		switch {
		case name != l.muted || strings.HasSuffix(tag, "/>"):
		case n.Closed:
			if l.depth--; l.depth == 0 {
				l.muted = ""
			}
		default:
			l.depth++
		}
		return 0
	case n.Closed || voidTags[name] || strings.HasSuffix(tag, "/>"):
	case wikitext.IsExtension(name): // nothing closes it, so it is text
		l.write(tag, n.Start)
	default:
		switch effectOf(name, tag) {
		case effectHidden:
			l.muted, l.depth = name, 1
		case effectStruck:
			if written := l.b.String(); written != "" && document.IsDigit(written[len(written)-1]) {
				l.write(" ", n.Start) // what follows must not join a figure before it
			}
			l.muted, l.depth = name, 1
		case effectRaised:
			return l.raisedMark(nodes)
		}
	}
	if separatingTags[name] {
		l.write(" ", n.Start)
	}
	return 0
}

// raisedMark returns how many nodes behind a <sup> belong to the mark of a footnote; 0 if it is none.
func (l *leadReader) raisedMark(nodes []wikitext.Node) int {
	for k := 1; k < len(nodes) && k <= maxRaisedNodes; k++ {
		if n := &nodes[k]; n.Kind == wikitext.Tag && n.Closed && n.Name(l.s) == "sup" {
			r := renderer{tree: l.tree, s: l.s, boxes: l.boxes}
			r.writeNodes(nodes[1:k])
			if document.IsRaisedMark(r.text()) {
				return k
			}
			break
		}
	}
	return 0
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
	if text == "" || l.skip || l.table > 0 || l.muted != "" {
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

// leadQuotes is a run of quotes in a paragraph, which may have to be written after all.
type leadQuotes struct {
	at     int // in the text of the paragraph
	offset int // of the page
	count  int
}

// writeWords copies a part of a line without the quotes of bold and italic text.
func (l *leadReader) writeWords(from, to int) {
	for at := from; at < to; {
		i, count := nextQuotes(l.s[at:to])
		if i < 0 {
			l.write(l.s[at:to], at)
			return
		}
		l.write(l.s[at:at+i], at)
		at += i
		if !l.skip && l.table == 0 && l.muted == "" {
			l.quotes = append(l.quotes, leadQuotes{at: l.b.Len(), offset: at, count: count})
		}
		at += count
	}
}

// resolveQuotes returns the text of the paragraph with those quotes that are apostrophes, and the marks of that text.
func (l *leadReader) resolveQuotes() (string, []schemas.Mark) {
	text, marks := l.b.String(), l.marks
	literal := l.literalQuotes(text)
	if literal == nil {
		return text, marks
	}
	var b strings.Builder
	var moved []schemas.Mark
	at, added, k := 0, 0, 0
	for i, q := range l.quotes {
		if literal[i] == 0 {
			continue
		}
		for ; k < len(marks) && marks[k].At < q.at; k++ {
			moved = append(moved, schemas.Mark{At: marks[k].At + added, Offset: marks[k].Offset, Line: marks[k].Line})
		}
		b.WriteString(text[at:q.at])
		moved = append(moved, schemas.Mark{At: b.Len(), Offset: q.offset, Line: l.lines.At(q.offset)})
		b.WriteString(strings.Repeat("'", literal[i]))
		at, added = q.at, added+literal[i]
		if k == len(marks) || marks[k].At > q.at {
			moved = append(moved, schemas.Mark{At: b.Len(), Offset: q.offset + q.count, Line: l.lines.At(q.offset)})
		}
	}
	b.WriteString(text[at:])
	for ; k < len(marks); k++ {
		moved = append(moved, schemas.Mark{At: marks[k].At + added, Offset: marks[k].Offset, Line: marks[k].Line})
	}
	return b.String(), moved
}

// literalQuotes returns how many quotes of each run of the paragraph are apostrophes, nil if none is.
func (l *leadReader) literalQuotes(text string) []int {
	var literal []int
	any := false
	for first := 0; first < len(l.quotes); {
		var runs []quoteRun
		before := strings.LastIndexByte(text[:l.quotes[first].at], '\n') + 1
		for k := first; k < len(l.quotes); k++ {
			q := l.quotes[k]
			if k > first && strings.IndexByte(text[before:q.at], '\n') >= 0 {
				break
			}
			runs = append(runs, quoteRun{count: q.count, before: text[before:q.at]})
			before = q.at
		}
		line := literalQuotes(runs)
		any = any || slices.Max(line) > 0
		literal = append(literal, line...)
		first += len(runs)
	}
	if !any {
		return nil
	}
	return literal
}

// endParagraph ends the open paragraph.
func (l *leadReader) endParagraph() {
	if text, marks := l.resolveQuotes(); strings.TrimSpace(text) != "" {
		first := marks[0]
		passage := schemas.Passage{Text: text, Line: first.Line, Offset: first.Offset, Marks: marks}
		l.passages = append(l.passages, passage)
	}
	l.b.Reset()
	l.marks, l.quotes = nil, nil
	if l.muted != "div" { // only a block can hide more than one paragraph
		l.muted = ""
	}
}
