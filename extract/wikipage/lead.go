package wikipage

import (
	"bytes"
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikis"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// leadReader gathers the paragraphs before the first heading of a page. Later sections also speak of other elections.
// What is not running text (templates that are not known, tables, lists, files, footnotes) is left out. A paragraph is
// written by the renderer of values.
type leadReader struct {
	tree      *wikitext.Parser
	s         string
	boxes     boxnames.Names
	wiki      *wikis.Wiki
	lines     *document.LineIndex
	paragraph renderer // writes the open paragraph
	passages  []schemas.Passage
	table     int  // the number of open tables
	fresh     bool // the next text is at the start of a line
	skip      bool // the line is not running text
	first     int  // the offset of the first paragraph
	done      bool // a heading was met, or the lead has reached its bound
}

// maxLead is the number of bytes of a page that its lead can span, from its first paragraph on. Real leads span some
// thousands.
const maxLead = 100_000

// readLead gathers the lead of a page, and parses on to where it ends: at the first heading.
func (r *pageReader) readLead(p *wikitext.Parser, nodes []wikitext.Node) []schemas.Passage {
	l := &leadReader{tree: p, s: r.d.Text, first: len(r.d.Text), boxes: r.names, wiki: r.wiki, lines: r.lines, fresh: true}
	l.beginParagraph()
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
	for i := 0; i < len(nodes) && !l.done; i++ {
		n := &nodes[i]
		switch n.Kind {
		case wikitext.Text:
			l.readText(n.Start, n.End)
		case wikitext.Comment, wikitext.Switch:
		default:
			l.readMarkup(n)
		}
	}
}

// isRunningText reports whether what follows on the line is running text.
func (l *leadReader) isRunningText() bool { return !l.skip && l.table == 0 }

// readMarkup writes what a node other than text shows.
func (l *leadReader) readMarkup(n *wikitext.Node) {
	if !l.isRunningText() {
		if n.Kind == wikitext.Tag && !separatingTags[n.Name(l.s)] { // what it hides can go on behind the line
			l.paragraph.writeTag(n)
		}
		return
	}
	before := len(l.paragraph.b)
	l.paragraph.writeNode(n)
	if len(l.paragraph.b) <= before {
		return
	}
	if n.Kind == wikitext.Template { // the breaks in it part no paragraphs
		written := l.paragraph.b[before:]
		copy(written, bytes.ReplaceAll(written, []byte("\n"), []byte(" ")))
	}
	l.noteWritten(l.paragraph.b[before:], n.Start)
}

// noteWritten notes that a text was written that is at an offset of the page.
func (l *leadReader) noteWritten(text []byte, offset int) {
	if len(bytes.TrimSpace(text)) > 0 {
		l.fresh = false
		l.first = min(l.first, offset)
	}
	l.done = l.done || offset-l.first > maxLead
}

// readText reads running text line by line.
func (l *leadReader) readText(from, to int) {
	for at := from; at < to && !l.done; {
		end := to
		newline := strings.IndexByte(l.s[at:to], '\n')
		if newline >= 0 {
			end = at + newline
		}
		isBlank := l.fresh && strings.TrimSpace(l.s[at:end]) == ""
		if l.fresh {
			l.beginLine(l.s[at:end])
		}
		if !l.done {
			l.writeText(at, end)
		}
		if newline < 0 {
			return
		}
		if isBlank || l.skip {
			l.endParagraph()
		} else {
			l.writeText(end, end+1)
		}
		l.fresh, l.skip = true, false
		at = end + 1
	}
}

// writeText writes a part of the page as it stands.
func (l *leadReader) writeText(from, to int) {
	if from == to || !l.isRunningText() {
		return
	}
	before := len(l.paragraph.b)
	l.paragraph.mark(from)
	l.paragraph.write(l.s[from:to])
	l.noteWritten(l.paragraph.b[before:], from)
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

// beginParagraph prepares for a paragraph.
func (l *leadReader) beginParagraph() {
	l.paragraph = renderer{
		tree: l.tree, s: l.s, boxes: l.boxes, wiki: l.wiki, isProse: true, isPlaced: true,
		b: l.paragraph.b[:0], places: l.paragraph.places[:0], open: l.paragraph.open[:0],
	}
}

// endParagraph ends the open paragraph. Only a block can hide, or strike out, more than one.
func (l *leadReader) endParagraph() {
	var blocks []openTag
	for _, t := range l.paragraph.open {
		if t.name == "div" && (t.effect == effectHidden || t.effect == effectStruck) {
			blocks = append(blocks, openTag{name: t.name, effect: t.effect})
		}
	}
	l.paragraph.closeTags()
	text, places := withoutMarkup(string(l.paragraph.b), l.paragraph.places)
	if strings.TrimSpace(text) != "" && len(places) > 0 {
		marks := make([]schemas.Mark, len(places))
		for i, p := range places {
			offset := min(p.offset, len(l.s))
			marks[i] = schemas.Mark{At: p.at, Offset: offset, Line: l.lines.At(offset)}
		}
		passage := schemas.Passage{Text: text, Line: marks[0].Line, Offset: marks[0].Offset, Marks: marks}
		l.passages = append(l.passages, passage)
	}
	l.beginParagraph()
	l.paragraph.open = append(l.paragraph.open, blocks...)
}
