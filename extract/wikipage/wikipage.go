// Package wikipage reads the source of a page: its election boxes with their values as a reader of the page
// sees them, and the paragraphs of its lead. The language itself is read by package wikitext.
//
// Start with Reader.Read; render.go writes a value, lead.go the lead.
package wikipage

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

func Matches(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "[[") || strings.Contains(s, "\n==") || strings.HasPrefix(s, "==") || strings.Contains(s, "'''")
}

// Reader reads pages of wikitext, several at a time where it is asked so. It keeps its buffers from one
// page to the next, so one wikiReader serves a whole run.
type Reader struct {
	names     boxnames.Names
	search    *boxnames.Search
	boxesOnly bool
	buffers   sync.Pool // of *pageBuffers
}

// NewReader returns a wikiReader that knows the boxes by those names. With boxesOnly it leaves out the
// prose.
func NewReader(names boxnames.Names, boxesOnly bool) *Reader {
	r := &Reader{names: names, search: boxnames.NewSearch(names), boxesOnly: boxesOnly}
	r.buffers.New = func() any { return new(pageBuffers) }
	return r
}

// pageReader reads the election boxes of one page, in the order in which they open.
type pageReader struct {
	d     *schemas.Document
	tree  *wikitext.Parser
	notes *wikitext.Parser // of footnotes, one after another
	value *renderer
	names boxnames.Names
	lines *document.LineIndex
	boxes []schemas.Infobox
	// Where the next box may be named, from the place on that is being looked at.
	boxnames.Occurrences
	nextName int
}

// Read parses a page up to the last box, and where there is one its lead. A search for their names
// is all that the rest of the page costs, and all that a page without a box does.
func (w *Reader) Read(d *schemas.Document) {
	r := pageReader{d: d, names: w.names, Occurrences: w.search.Occurrences(d.Text)}
	if r.nextName = r.Next(0); r.nextName == len(d.Text) {
		return
	}
	b := w.buffers.Get().(*pageBuffers)
	defer w.buffers.Put(b)
	r.tree, r.notes, r.value, r.lines = &b.page, &b.note, &b.value, document.NewLineIndex(d.Text)
	r.tree.Reset(d.Text)
	var nodes []wikitext.Node
	for end, known := 0, 0; r.nextName < len(d.Text); r.advanceTo(end) {
		nodes, end = r.tree.ParseTo(r.nextName + 1)
		r.findBoxes(nodes[known:], 0)
		known = len(nodes)
	}
	for _, b := range r.boxes {
		document.KeepBox(d, b)
	}
	if place, full := r.tree.LimitReached(); full {
		r.rejectOnce(place, schemas.ReasonTooLarge, tooManyMarksDetail)
	}
	if len(d.Boxes) > 0 && !w.boxesOnly {
		d.Prose = r.readLead(r.tree, nodes)
	}
}

// pageBuffers is what one page is read in: the parsers of itself and of the footnotes in its boxes, and the
// value that is being written.
type pageBuffers struct {
	page, note wikitext.Parser
	value      renderer
}

// What of a page is not read, each said once, where it begins.
var (
	tooDeepDetail         = fmt.Sprintf("a box stands in more than %d templates and links, and it and what is in it was not read: close what is opened before it", wikitext.MaxDepth)
	tooManyMarksDetail    = fmt.Sprintf("the page has more than %d marks of wikitext, and no page has: what follows was not read", wikitext.MaxMarks)
	unclosedCommentDetail = "a comment is not closed: expected --> before the end of the page; a box in it, or what looks like one, was not read"
)

func (r *pageReader) rejectOnce(offset int, reason, detail string) {
	document.RejectBoxOnce(r.d, r.lines.At(offset), offset, reason, detail)
}

// findBoxes looks through nodes for boxes, and only into those in which one may be named. What is in a comment,
// in <nowiki> or <pre> is no node, and so no box.
func (r *pageReader) findBoxes(nodes []wikitext.Node, parent int) {
	for i := range nodes {
		n := &nodes[i]
		if r.advanceTo(n.Start); r.nextName >= n.End {
			continue
		}
		switch {
		case n.Kind == wikitext.Text:
			r.rejectTooDeep(n)
		case n.Kind == wikitext.Comment && !n.Closed && parent == 0:
			r.rejectOnce(n.Start, schemas.ReasonNotUnderstood, unclosedCommentDetail)
		}
		parts := r.tree.Parts(n)
		inside := parent
		if n.Kind == wikitext.Template && r.nextName < parts[0].End {
			if name, ok := r.boxName(n); ok && len(r.boxes) == document.MaxBoxes {
				r.rejectOnce(n.Start, schemas.ReasonTooLarge, document.TooManyBoxes)
			} else if ok {
				r.boxes = append(r.boxes, schemas.Infobox{})
				inside = len(r.boxes)
				r.boxes[inside-1] = r.readBox(n, name, inside, parent)
			}
		}
		for k := range parts {
			p := &parts[k]
			if r.advanceTo(p.Start); r.nextName < p.End {
				r.findBoxes(r.tree.Nodes(p), inside)
			}
		}
	}
}

// advanceTo goes on to the next sighting at or behind a place.
func (r *pageReader) advanceTo(place int) {
	if r.nextName < place {
		r.nextName = r.Next(place)
	}
}

// rejectTooDeep says where a name that is sighted in a text stands behind the braces of a template: it is one that
// the parser took for text, since it is too deep.
func (r *pageReader) rejectTooDeep(n *wikitext.Node) {
	if _, full := r.tree.LimitReached(); full {
		return
	}
	const longest = 255 // of a title
	for ; r.nextName < n.End; r.nextName = r.Next(r.nextName + 1) {
		from := max(n.Start, r.nextName-longest)
		before := r.d.Text[from:min(r.nextName+2, n.End)]
		if at := strings.LastIndex(before, "{{"); at >= 0 && !strings.ContainsAny(before[at:], "|}[]") {
			r.rejectOnce(from+at, schemas.ReasonNotUnderstood, tooDeepDetail)
			return
		}
	}
}

// boxName is the box that a template's name leads to.
func (r *pageReader) boxName(n *wikitext.Node) (string, bool) {
	name, ok := r.names[templateName(r.tree, r.d.Text, n)]
	return name, ok
}

// templateName is a template's name as MediaWiki resolves it: comments left out, underscores as
// spaces, without the namespace, its first letter upper case. It is "" where the name is made by
// another template.
func templateName(tree *wikitext.Parser, s string, n *wikitext.Node) string {
	nodes := tree.Nodes(&tree.Parts(n)[0])
	if len(nodes) == 1 && nodes[0].Kind == wikitext.Text && nodes[0].End-nodes[0].Start <= 255 {
		return boxnames.Normalize(s[nodes[0].Start:nodes[0].End])
	}
	var b strings.Builder
	for i := range nodes {
		switch c := &nodes[i]; c.Kind {
		case wikitext.Text:
			text := s[c.Start:c.End]
			if len(strings.TrimSpace(text)) > 255 { // longer than any page's title
				return ""
			}
			b.WriteString(text)
		case wikitext.Comment, wikitext.Extension, wikitext.Tag:
		default:
			return ""
		}
	}
	return boxnames.Normalize(b.String())
}

// readBox reads the fields of a template.
func (r *pageReader) readBox(n *wikitext.Node, name string, number, parent int) schemas.Infobox {
	b := schemas.Infobox{Box: number, Parent: parent, Template: name, Line: r.lines.At(n.Start), Offset: n.Start, End: n.End}
	parts := r.tree.Parts(n)
	b.Fields = make([]schemas.Field, 0, min(len(parts), document.MaxFields+1))
	positional := 0
	for k := 1; k < len(parts) && len(b.Fields) <= document.MaxFields; k++ { // with more it can only be rejected
		p := &parts[k]
		from, to := p.ValueStart(), p.End
		value := r.tree.Value(p)
		last := k == len(parts)-1 && !n.Closed
		if last {
			to = r.unclosedValueEnd(from, to)
			value = nodesBefore(value, to)
			b.End = to
		}
		from, to = document.TrimSpan(r.d.Text, from, to)
		if p.Equals < 0 {
			if from == to || last { // an empty pipe, or a key that the end of the page cut
				continue
			}
			positional++
		}
		b.Fields = b.Fields[:len(b.Fields)+1]
		f := &b.Fields[len(b.Fields)-1]
		f.Raw, f.Line, f.Offset = r.d.Text[from:to], r.lines.At(from), from
		if p.Equals < 0 {
			f.Key = strconv.Itoa(positional)
			f.Name, f.Position = schemas.ParameterName(f.Key)
		} else {
			f.Key, f.Name, f.Position = r.readKey(p)
		}
		if len(value) == 1 && value[0].Kind == wikitext.Text {
			if text, ok := document.PlainText(f.Raw); ok {
				f.Text = text
				continue
			}
		}
		var rest *renderer
		if f.Text, f.Page, rest = r.renderValue(value); rest != nil {
			if len(rest.unknown) > 0 {
				if b.Unknown == nil {
					b.Unknown = map[int][]string{}
				}
				b.Unknown[len(b.Fields)-1] = rest.unknown
			} else if strings.Contains(f.Text, "[[") {
				document.AddDefect(&b, schemas.Defect{
					Message: "a link in " + f.Key + " is not closed: expected ]] before the value ends; the value has it as it is written",
					Raw:     f.Raw, Line: f.Line, Offset: f.Offset,
				})
			}
			if len(rest.notes) > 0 {
				if b.Footnotes == nil {
					b.Footnotes = map[int]string{}
				}
				b.Footnotes[len(b.Fields)-1] = strings.Join(rest.notes, "\n")
			}
		}
	}
	if b.Cut = !n.Closed; b.Cut {
		if c := r.unclosedComment(parts); c != nil {
			document.AddDefect(&b, schemas.Defect{
				Message: "a comment is not closed: expected --> before the end of the page; what follows is hidden, the end of the box too",
				Raw:     r.d.Text[c.Start : c.Start+4], Line: r.lines.At(c.Start), Offset: c.Start,
			})
		}
		document.AddDefect(&b, schemas.Defect{
			Message: "the box is not closed: expected }} before the end of the page; what is there was read",
			Raw:     r.d.Text[n.Start : n.Start+2], Line: b.Line, Offset: n.Start,
		})
	}
	return b
}

// unclosedComment is the comment that hides the rest of a page, nil where there is none.
func (r *pageReader) unclosedComment(parts []wikitext.Part) *wikitext.Node {
	nodes := r.tree.Nodes(&parts[len(parts)-1])
	if len(nodes) == 0 {
		return nil
	}
	last := &nodes[len(nodes)-1]
	if inner := r.tree.Parts(last); last.Kind == wikitext.Template && !last.Closed {
		return r.unclosedComment(inner)
	}
	if last.Kind == wikitext.Comment && !last.Closed {
		return last
	}
	return nil
}

// readKey is the key of a part, the parameter's name and its number. Most are one text as it stands, of letters
// that need no looking at.
func (r *pageReader) readKey(p *wikitext.Part) (key, name string, position int) {
	nodes := r.tree.Key(p)
	if len(nodes) == 1 && nodes[0].Kind == wikitext.Text {
		if from, to := document.TrimASCII(r.d.Text, nodes[0].Start, nodes[0].End); schemas.IsParameterName(r.d.Text[from:to]) {
			key = r.d.Text[from:to]
			name, position = schemas.WithoutNumber(key)
			return key, name, position
		}
	}
	key, _, _ = r.renderValue(nodes)
	name, position = schemas.ParameterName(key)
	return key, name, position
}

// maxReusedBytes is up to how many bytes room is kept for the next value.
const maxReusedBytes = 1 << 16

// renderValue is nodes as a reader of the page sees them, the page that their first link leads to, and what else
// was met when they were written anew. Most keys and values are plain text or one plain link, and need not
// be: rest is nil.
func (r *pageReader) renderValue(nodes []wikitext.Node) (text, page string, rest *renderer) {
	if len(nodes) == 0 {
		return "", "", nil
	}
	if n := &nodes[0]; len(nodes) == 1 && n.Kind == wikitext.Text {
		if text, ok := document.PlainText(r.d.Text[n.Start:n.End]); ok {
			return text, "", nil
		}
	}
	if text, page, ok := r.singleLink(nodes); ok {
		return text, page, nil
	}
	v := r.value
	if cap(v.b) > maxReusedBytes {
		v.b = nil
	}
	*v = renderer{tree: r.tree, notesTree: r.notes, s: r.d.Text, boxes: r.names, b: v.b[:0]}
	v.writeNodes(nodes)
	if page, label, ok := v.pipedLabel(); ok {
		return label, page, v
	}
	return v.text(), v.page, v
}

// singleLink reads a value that is one plain link and nothing else.
func (r *pageReader) singleLink(nodes []wikitext.Node) (text, page string, ok bool) {
	blank := func(n *wikitext.Node) bool {
		from, to := document.TrimASCII(r.d.Text, n.Start, n.End)
		return n.Kind == wikitext.Text && from == to
	}
	for len(nodes) > 1 && blank(&nodes[0]) {
		nodes = nodes[1:]
	}
	if len(nodes) == 2 && blank(&nodes[1]) {
		nodes = nodes[:1]
	}
	if len(nodes) != 1 || nodes[0].Kind != wikitext.Link {
		return "", "", false
	}
	return plainLink(r.tree, r.d.Text, &nodes[0])
}

// plainLink reads a link of plain text to a page: [[Page]] or [[Page|label]].
func plainLink(tree *wikitext.Parser, s string, link *wikitext.Node) (text, page string, ok bool) {
	parts := tree.Parts(link)
	if len(parts) > 2 {
		return "", "", false
	}
	for k := range parts {
		p := &parts[k]
		if inner := tree.Nodes(p); len(inner) != 1 || inner[0].Kind != wikitext.Text {
			return "", "", false
		}
		label, ok := document.PlainText(s[p.Start:p.End])
		if !ok || label == "" || strings.IndexByte(label, ':') >= 0 || strings.IndexByte(label, '#') >= 0 || strings.IndexByte(label, '_') >= 0 {
			return "", "", false
		}
		if text = label; k == 0 {
			page = label
		}
	}
	return text, page, true
}

// unclosedValueEnd is where the last value of an unclosed box ends: at its first blank line, since what follows
// is the page's text.
func (r *pageReader) unclosedValueEnd(from, to int) int {
	at := to - len(strings.TrimLeftFunc(r.d.Text[from:to], unicode.IsSpace))
	for {
		i := strings.IndexByte(r.d.Text[at:to], '\n')
		if i < 0 {
			return to
		}
		at += i + 1
		rest := strings.TrimLeft(r.d.Text[at:to], " \t\r")
		if strings.HasPrefix(rest, "\n") {
			return at - 1
		}
	}
}

// nodesBefore is the nodes that end before a place.
func nodesBefore(nodes []wikitext.Node, end int) []wikitext.Node {
	var kept []wikitext.Node
	for _, n := range nodes {
		if n.Start >= end {
			break
		}
		if n.End > end {
			if n.Kind != wikitext.Text {
				break
			}
			n.End = end
		}
		kept = append(kept, n)
	}
	return kept
}
