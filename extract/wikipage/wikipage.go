// Package wikipage reads the source of a page: its election boxes with their values as a reader of the page sees them,
// and the paragraphs of its lead. The language itself is read by package wikitext.
//
// Start with Reader.Read. The value of a field is rendered in render.go, the lead is read in lead.go.
package wikipage

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"sync"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// Matches reports whether a text has something that only wikitext has: a template, a link, a heading or bold text.
func Matches(s string) bool {
	hasHeading := strings.HasPrefix(s, "==") || strings.Contains(s, "\n==")
	return hasHeading || strings.Contains(s, "{{") || strings.Contains(s, "[[") || strings.Contains(s, "'''")
}

// A Reader reads pages of wikitext. It is safe for concurrent use by multiple goroutines. It reuses buffers between
// pages, so share one per run.
type Reader struct {
	names   boxnames.Names
	search  *boxnames.Search
	options Options
	buffers sync.Pool // of *pageBuffers
}

// Options say what a Reader reads beside the boxes. With the zero value it reads the prose.
type Options struct {
	BoxesOnly  bool // leave out the prose
	Candidates bool // on a page without a box, find the templates that can be one
}

// NewReader returns a Reader that knows the boxes by those names.
func NewReader(names boxnames.Names, o Options) *Reader {
	r := &Reader{names: names, search: boxnames.NewSearch(names), options: o}
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

	found     repairs // what was found out about marks that are not closed
	isDamaged bool    // the page must be parsed again with what was found
	repaired  int     // how often it was
	undecided int     // the number of functions that may show what is being looked at, or not

	boxnames.Occurrences
	nextName int // the offset where a box may be named next, from the place on that is being looked at
}

// Read reads the boxes of a page, and its lead if there is a box. The page is parsed up to the last of its boxes. What
// follows is only searched for the names of boxes, and so is the whole of a page without a box.
func (r *Reader) Read(d *schemas.Document) {
	page := pageReader{d: d, names: r.names, Occurrences: r.search.Occurrences(d.Text)}
	page.nextName = page.Next(0)
	if isNamed := page.nextName < len(d.Text); !isNamed && !r.mayHaveCandidate(d.Text) {
		return
	}
	b := r.buffers.Get().(*pageBuffers)
	defer r.buffers.Put(b)
	page.tree, page.notes, page.value, page.lines = &b.page, &b.note, &b.value, document.NewLineIndex(d.Text)
	rejects := d.Rejects
	page.tree.Reset(d.Text)
	nodes := page.parse()
	for page.isDamaged {
		page.repaired++
		page.boxes, page.isDamaged, d.Rejects = nil, false, rejects
		page.Occurrences = r.search.Occurrences(d.Text)
		page.nextName = page.Next(0)
		page.tree.Repair(page.found.cuts, page.found.unclosed)
		nodes = page.parse()
	}
	for _, box := range page.boxes {
		document.KeepBox(d, box)
	}
	if offset, reached := page.tree.LimitReached(); reached {
		page.rejectOnce(offset, schemas.ReasonTooLarge, tooManyMarksDetail)
	}
	if len(d.Boxes)+len(d.Rejects) == 0 && r.mayHaveCandidate(d.Text) {
		nodes, _ = page.tree.ParseTo(len(d.Text))
		page.findCandidates(nodes)
	}
	if len(d.Boxes) > 0 && !r.options.BoxesOnly {
		d.Prose = page.readLead(page.tree, nodes)
	}
}

// parse parses the page up to the last of its boxes and reads them.
func (r *pageReader) parse() (nodes []wikitext.Node) {
	for end, known := 0, 0; r.nextName < len(r.d.Text); r.advanceTo(end) {
		nodes, end = r.tree.ParseTo(r.nextName + 1)
		r.findBoxes(nodes[known:], 0)
		known = len(nodes)
	}
	return nodes
}

// pageBuffers is the memory in which one page is read: the parsers of the page and of the footnotes in its boxes, and
// the renderer of a value.
type pageBuffers struct {
	page, note wikitext.Parser
	value      renderer
}

// The details of what is not read of a page. Each is given once, with the place where it begins.
var (
	tooDeepDetail = fmt.Sprintf("a box stands in more than %d templates and links, "+
		"and it and what is in it was not read: close what is opened before it", wikitext.MaxDepth)
	tooManyMarksDetail = fmt.Sprintf("the page has more than %d marks of wikitext, and no page has: "+
		"what follows was not read", wikitext.MaxMarks)
	unclosedCommentDetail = "a comment is not closed: expected --> before the end of the page; " +
		"a box in it, or what looks like one, was not read"
)

// rejectOnce rejects what is not read from an offset on, unless the document already has a reject with that detail.
func (r *pageReader) rejectOnce(offset int, reason, detail string) {
	document.RejectBoxOnce(r.d, r.lines.At(offset), offset, reason, detail)
}

// findBoxes looks through nodes for boxes, and goes only into those in which one may be named. What is in a comment, in
// <nowiki> or in <pre> has no nodes, so no box is found there.
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
			if template, ok := r.names[templateName(r.tree, r.d.Text, n)]; ok && len(r.boxes) == document.MaxBoxes {
				document.RejectFurtherBoxes(r.d, r.lines.At(n.Start), n.Start)
			} else if ok {
				r.boxes = append(r.boxes, schemas.Infobox{})
				inside = len(r.boxes)
				r.isDamaged = r.repaired < maxRepairs && r.repairBox(n) || r.isDamaged
				if !r.isDamaged { // else the page is parsed again
					r.boxes[inside-1] = r.readBox(n, template, inside, parent)
				}
			}
		}
		r.findBoxesInParts(n, inside)
	}
}

// findBoxesInParts looks for boxes in the parts of a node. Of a function it looks through the argument that the page
// shows, or through all of them if that depends on another page.
func (r *pageReader) findBoxesInParts(n *wikitext.Node, parent int) {
	parts := r.tree.Parts(n)
	shown := -1
	if n.Kind == wikitext.Template && r.nextName < n.End {
		if branch, ok := shownBranch(r.tree, r.d.Text, n); ok {
			shown = branch.number
		} else if name, _ := branchFunction(r.tree, r.d.Text, n); name != "" {
			r.undecided++
			defer func() { r.undecided-- }()
		}
	}
	for k := range parts {
		p := &parts[k]
		if r.advanceTo(p.Start); r.nextName < p.End && (shown < 0 || shown == k && k > 0) {
			r.findBoxes(r.tree.Nodes(p), parent)
		}
	}
}

// advanceTo moves on to the next place, at an offset or later, where a box may be named.
func (r *pageReader) advanceTo(place int) {
	if r.nextName < place {
		r.nextName = r.Next(place)
	}
}

// rejectTooDeep rejects a box whose name is in a text, behind the braces of a template: it is so deep that the parser
// took the template for text.
func (r *pageReader) rejectTooDeep(n *wikitext.Node) {
	if _, reached := r.tree.LimitReached(); reached {
		return
	}
	for ; r.nextName < n.End; r.nextName = r.Next(r.nextName + 1) {
		from := max(n.Start, r.nextName-document.MaxNameBytes)
		before := r.d.Text[from:min(r.nextName+2, n.End)]
		if at := strings.LastIndex(before, "{{"); at >= 0 && !strings.ContainsAny(before[at:], "|}[]") {
			r.rejectOnce(from+at, schemas.ReasonNotUnderstood, tooDeepDetail)
			return
		}
	}
}

// templateName returns the name of a template as MediaWiki resolves it: without comments and namespace, with spaces for
// underscores, and its first letter in upper case. It is "" if the name is made by another template.
func templateName(tree *wikitext.Parser, s string, n *wikitext.Node) string {
	nodes := tree.Nodes(&tree.Parts(n)[0])
	if len(nodes) == 1 && nodes[0].Kind == wikitext.Text && nodes[0].End-nodes[0].Start <= document.MaxNameBytes {
		return boxnames.Normalize(s[nodes[0].Start:nodes[0].End])
	}
	var b strings.Builder
	for i := range nodes {
		switch c := &nodes[i]; c.Kind {
		case wikitext.Text:
			text := s[c.Start:c.End]
			if len(strings.TrimSpace(text)) > document.MaxNameBytes {
				return ""
			}
			b.WriteString(text)
		case wikitext.Entity: // as in any title
			b.WriteString(html.UnescapeString(s[c.Start:c.End]))
		case wikitext.Comment, wikitext.Extension, wikitext.Tag:
		default:
			return ""
		}
	}
	return boxnames.Normalize(b.String())
}

// readBox reads the fields of a template.
func (r *pageReader) readBox(n *wikitext.Node, template string, number, parent int) schemas.Infobox {
	b := schemas.Infobox{
		Box: number, Parent: parent, Template: template,
		Line: r.lines.At(n.Start), Offset: n.Start, End: n.End,
	}
	parts := r.tree.Parts(n)
	last, end := len(parts)-1, n.End
	if !n.Closed {
		last, end = r.unclosedEnd(n)
		b.End = end
	}
	b.Fields = make([]schemas.Field, 0, min(len(parts), document.MaxFields+1))
	positional := 0
	for k := 1; k <= last && len(b.Fields) <= document.MaxFields; k++ { // with more, the box can only be rejected
		p := &parts[k]
		from, to := p.ValueStart(), p.End
		value := r.tree.Value(p)
		isCut := k == last && !n.Closed
		if isCut {
			to = max(from, min(to, end))
			value = nodesBefore(value, to)
		}
		start := from
		if from, to = document.TrimSpan(r.d.Text, from, to); from == to { // an empty value stands on the line of its key
			from, to = start, start
		}
		if p.Equals < 0 {
			if from == to || isCut { // an empty pipe, or a key that is cut by the end of the page
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
		r.readValue(&b, f, value)
	}
	if b.Truncated = !n.Closed; b.Truncated {
		r.addCutDefects(&b, parts)
	}
	if r.undecided > 0 {
		document.AddDefect(&b, schemas.Defect{
			Message: "the box is in a function such as {{#if:}} whose condition depends on another page: " +
				"whether the page shows the box cannot be told",
			Raw: r.d.Text[b.Offset : b.Offset+len("{{")], Line: b.Line, Offset: b.Offset,
		})
	}
	return b
}

// readValue sets the text of the last field of a box, and notes what else is in the value.
func (r *pageReader) readValue(b *schemas.Infobox, f *schemas.Field, value []wikitext.Node) {
	if len(value) == 1 && value[0].Kind == wikitext.Text {
		if text, ok := document.PlainText(f.Raw); ok {
			f.Text = text
			return
		}
	}
	var rendered *renderer
	if f.Text, f.Page, rendered = r.renderValue(value); rendered == nil {
		return
	}
	addUnclosedDefects(b, f, rendered.unclosed)
	if len(rendered.struck) > 0 && f.Text == "" {
		if b.Struck == nil {
			b.Struck = map[int]string{}
		}
		b.Struck[len(b.Fields)-1] = strings.Join(rendered.struck, " ")
	}
	if len(rendered.unknown) > 0 {
		if b.Unknown == nil {
			b.Unknown = map[int][]string{}
		}
		b.Unknown[len(b.Fields)-1] = rendered.unknown
	} else if strings.Contains(f.Text, "[[") && len(rendered.unclosed) == 0 {
		document.AddDefect(b, schemas.Defect{
			Message: "a link in " + f.Key + " is not closed: expected ]] before the value ends; " +
				"the value has it as it is written",
			Raw: f.Raw, Line: f.Line, Offset: f.Offset,
		})
	}
	if len(rendered.notes) > 0 {
		if b.Footnotes == nil {
			b.Footnotes = map[int]string{}
		}
		b.Footnotes[len(b.Fields)-1] = strings.Join(rendered.notes, "\n")
	}
}

// addCutDefects adds the defects of a box that is cut by the end of the page.
func (r *pageReader) addCutDefects(b *schemas.Infobox, parts []wikitext.Part) {
	if c := r.unclosedComment(parts); c != nil {
		document.AddDefect(b, schemas.Defect{
			Message: "a comment is not closed: expected --> before the end of the page; " +
				"what follows is hidden, the end of the box too",
			Raw: r.d.Text[c.Start : c.Start+len("<!--")], Line: r.lines.At(c.Start), Offset: c.Start,
		})
	}
	document.AddDefect(b, schemas.Defect{
		Message: "the box is not closed: expected }} before the end of the page; what is there was read",
		Raw:     r.d.Text[b.Offset : b.Offset+len("{{")], Line: b.Line, Offset: b.Offset,
	})
}

// unclosedComment returns the comment that hides the rest of a page, or nil if there is none.
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

// readKey returns the key of a part, the name of the parameter and its number. Most keys are one text of letters that
// can be taken as they stand.
func (r *pageReader) readKey(p *wikitext.Part) (key, name string, position int) {
	nodes := r.tree.Key(p)
	if len(nodes) == 1 && nodes[0].Kind == wikitext.Text {
		from, to := document.TrimASCII(r.d.Text, nodes[0].Start, nodes[0].End)
		if key = r.d.Text[from:to]; schemas.IsParameterName(key) {
			name, position = schemas.WithoutNumber(key)
			return key, name, position
		}
	}
	key, _, _ = r.renderValue(nodes)
	name, position = schemas.ParameterName(key)
	return key, name, position
}

// maxReusedBytes is the largest buffer that is kept for the next value.
const maxReusedBytes = 1 << 16

// renderValue returns nodes as a reader of the page sees them, and the page that their first link leads to. Most keys
// and values are plain text or one plain link, and need no renderer; for the others, rendered says what else was met.
func (r *pageReader) renderValue(nodes []wikitext.Node) (text, page string, rendered *renderer) {
	if len(nodes) == 0 {
		return "", "", nil
	}
	if n := &nodes[0]; len(nodes) == 1 && n.Kind == wikitext.Text {
		if text, ok := document.PlainText(r.d.Text[n.Start:n.End]); ok {
			return text, "", nil
		}
	}
	if text, page, ok := r.singleLink(nodes); ok {
		return text, r.d.CanonicalTitle(page), nil
	}
	v := r.value
	if cap(v.b) > maxReusedBytes {
		v.b = nil
	}
	*v = renderer{tree: r.tree, notesTree: r.notes, s: r.d.Text, boxes: r.names, b: v.b[:0]}
	v.writeNodes(nodes)
	v.closeTags()
	if page, label, ok := v.pipedLabel(); ok {
		return label, r.d.CanonicalTitle(document.ArticleOf(page)), v
	}
	return v.text(), r.d.CanonicalTitle(v.page), v
}

// singleLink reads a value that is one plain link and nothing else.
func (r *pageReader) singleLink(nodes []wikitext.Node) (text, page string, ok bool) {
	isBlank := func(n *wikitext.Node) bool {
		from, to := document.TrimASCII(r.d.Text, n.Start, n.End)
		return n.Kind == wikitext.Text && from == to
	}
	for len(nodes) > 1 && isBlank(&nodes[0]) {
		nodes = nodes[1:]
	}
	if len(nodes) == 2 && isBlank(&nodes[1]) {
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
		isPlain := ok && strings.IndexByte(label, ':') < 0 && strings.IndexByte(label, '#') < 0
		if !isPlain || label == "" || strings.IndexByte(label, '_') >= 0 {
			return "", "", false
		}
		if text = label; k == 0 {
			page = label
		}
	}
	return text, page, true
}

// nodesBefore returns the nodes that end before an offset. A text that reaches beyond it is shortened.
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
