// Package wikipage reads the source of a page: its election boxes with their values as a reader of the page sees them,
// and the paragraphs of its lead. The language itself is read by package wikitext.
//
// Start with Reader.Read. A box is read in box.go, the value of a field is rendered in render.go by the tables in
// template_tables.go, and the lead is read in lead.go.
package wikipage

import (
	"fmt"
	"html"
	"strings"
	"sync"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/resultnames"
	"hemicycle/extract/wikis"
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
	Contests   bool // read the tables of results, too
	// Wiki is how the boxes are written; nil if they are written as on the English Wikipedia.
	Wiki *wikis.Wiki
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
	wiki  *wikis.Wiki
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
// follows is only searched for the names of boxes, and so is the whole of a page without a box. A page is parsed whole
// if its tables of results are asked for and it may have one.
func (r *Reader) Read(d *schemas.Document) {
	page := pageReader{d: d, names: r.names, wiki: r.options.Wiki, Occurrences: r.search.Occurrences(d.Text)}
	page.nextName = page.Next(0)
	hasResults := r.options.Contests && resultnames.Next(d.Text, 0) < len(d.Text)
	if isNamed := page.nextName < len(d.Text); !isNamed && !hasResults && !r.mayHaveCandidate(d.Text) {
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
	if hasResults {
		nodes, _ = page.tree.ParseTo(len(d.Text))
		page.readBlocks(nodes)
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
