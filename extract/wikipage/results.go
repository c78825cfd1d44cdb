package wikipage

import (
	"fmt"
	"slices"
	"strings"

	"hemicycle/extract/document"
	"hemicycle/extract/resultnames"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
	"hemicycle/schemas/resulttables"
)

// This file reads the tables of results of a page: which templates belong to one, and below which headings it stands.

// The most that a page may hold of tables of results. The largest real pages have some hundreds of tables and some
// thousands of rows, and a table with 200 parties has some 2,000 fields.
const (
	maxBlocks      = 5_000
	maxBlockCalls  = 50_000 // in all tables of a page
	maxCallFields  = 40_000
	maxHeadingText = 500 // bytes
)

// blockReader gathers the tables of results of a page.
type blockReader struct {
	*pageReader
	headings []pageHeading // that are above the place that is being read, the outermost first
	section  []string      // their texts, once a table asked for them
	calls    int           // how many templates were read
	next     int           // the offset where a template of a family may be named next
}

// pageHeading is a heading of a page.
type pageHeading struct {
	level int
	text  string
}

// readBlocks reads the tables of results in the nodes of a page.
func (r *pageReader) readBlocks(nodes []wikitext.Node) {
	b := &blockReader{pageReader: r}
	b.next = resultnames.Next(r.d.Text, 0)
	open := -1
	b.scan(nodes, &open)
	b.finish(&open, resulttables.EndsAtPageEnd)
}

// scan looks through nodes for the templates of tables. open is the index of the table that is open, or -1.
func (b *blockReader) scan(nodes []wikitext.Node, open *int) {
	for i := range nodes {
		n := &nodes[i]
		if n.Kind == wikitext.Text {
			isAfterComment := i > 0 && nodes[i-1].Kind == wikitext.Comment
			b.scanText(n, isAfterComment, open)
			continue
		}
		if b.advance(n.Start); b.next >= n.End {
			if *open >= 0 && n.Kind == wikitext.Template && resultnames.EndsTable(templateName(b.tree, b.d.Text, n)) {
				b.d.Blocks[*open].End = n.End
				*open = -1
			}
			continue
		}
		if n.Kind == wikitext.Template && b.next < b.tree.Parts(n)[0].End {
			b.next = resultnames.Next(b.d.Text, b.tree.Parts(n)[0].Start)
			if b.scanTemplate(n, open) {
				continue
			}
		}
		b.scanParts(n)
	}
}

// advance moves on to the next place, at an offset or later, where a template of a family may be named.
func (b *blockReader) advance(place int) {
	if b.next < place {
		b.next = resultnames.Next(b.d.Text, place)
	}
}

// scanParts looks for tables in the parts of a node: a table that is folded up, or in a branch that the page shows.
func (b *blockReader) scanParts(n *wikitext.Node) {
	parts := b.tree.Parts(n)
	shown := -1
	if n.Kind == wikitext.Template {
		if branch, ok := shownBranch(b.tree, b.d.Text, n); ok {
			shown = branch.number
		}
	}
	for k := range parts {
		p := &parts[k]
		if b.advance(p.Start); b.next < p.End && (shown < 0 || shown == k && k > 0) {
			open := -1
			b.scan(b.tree.Nodes(p), &open)
			b.finish(&open, resulttables.EndsAtPageEnd)
		}
	}
}

// scanTemplate reads a template if it is of a family. It reports whether it is.
func (b *blockReader) scanTemplate(n *wikitext.Node, open *int) bool {
	name := templateName(b.tree, b.d.Text, n)
	family, role := resultnames.Lookup(name)
	switch role {
	case resultnames.None:
		return false
	case resultnames.Other:
		b.addUnread(name, n)
		return true
	case resultnames.Whole:
		b.finish(open, resulttables.EndsAtTable)
		if b.begin(family, n) {
			*open = len(b.d.Blocks) - 1
			b.addCall(name, n, open)
			*open = -1
		}
	case resultnames.Begin:
		b.finish(open, resulttables.EndsAtTable)
		if b.begin(family, n) {
			*open = len(b.d.Blocks) - 1
			b.addCall(name, n, open)
		}
	case resultnames.Row:
		if *open < 0 || b.d.Blocks[*open].Family != family {
			b.addUnread(name, n)
		} else {
			b.addCall(name, n, open)
		}
	case resultnames.End:
		if *open >= 0 {
			b.d.Blocks[*open].End = n.End
			*open = -1
		}
	}
	if b.next < n.End { // nothing closes the template, so that what follows it stands in it
		for _, p := range b.tree.Parts(n)[1:] {
			if b.advance(p.Start); b.next < p.End {
				b.scan(b.tree.Nodes(&p), open)
			}
		}
	}
	return true
}

// begin opens a table. It reports whether the page may have a further one.
func (b *blockReader) begin(family string, n *wikitext.Node) bool {
	if len(b.d.Blocks) == maxBlocks || b.calls >= maxBlockCalls {
		b.rejectFurther(n)
		return false
	}
	if b.section == nil {
		b.section = make([]string, 0, len(b.headings))
		for _, h := range b.headings {
			b.section = append(b.section, h.text)
		}
	}
	b.d.Blocks = append(b.d.Blocks, schemas.Block{
		Ordinal: len(b.d.Blocks) + 1, Family: family, Section: b.section,
		Line: b.lines.At(n.Start), Offset: n.Start, End: n.End,
	})
	return true
}

// addCall adds a template to the open table.
func (b *blockReader) addCall(name string, n *wikitext.Node, open *int) {
	if b.calls++; b.calls > maxBlockCalls {
		b.rejectFurther(n)
		return
	}
	call := b.readCall(n, name)
	block := &b.d.Blocks[*open]
	block.Calls = append(block.Calls, call)
	block.End = n.End
}

// readCall reads the fields of a template of a table as those of a box.
func (b *blockReader) readCall(n *wikitext.Node, name string) schemas.Infobox {
	undecided := b.undecided
	b.undecided = 0
	defer func() { b.undecided = undecided }()
	nested := b.nestedTemplate(n)
	if nested < 0 {
		return b.readFields(n, name, fieldLimits{fields: maxCallFields, end: n.End})
	}
	call := b.readFields(n, name, fieldLimits{fields: maxCallFields, end: nested})
	call.End = nested
	if n.Closed { // else that is a defect already
		document.AddDefect(&call, schemas.Defect{
			Message: "the template is not closed: expected }} before the next template of the results begins",
			Raw:     b.d.Text[n.Start : n.Start+len("{{")], Line: call.Line, Offset: call.Offset,
		})
	}
	return call
}

// nestedTemplate returns the offset of the first template of a family in the values of a template, -1 if there is none.
// No value has one: the template was not closed, and what follows it stands in it.
func (b *blockReader) nestedTemplate(n *wikitext.Node) int {
	next := b.next
	defer func() { b.next = next }()
	if b.next >= n.End {
		return -1
	}
	return b.firstTemplate(b.tree.Parts(n)[1:])
}

// firstTemplate returns the offset of the first template of a family in parts, -1 if there is none.
func (b *blockReader) firstTemplate(parts []wikitext.Part) int {
	for k := range parts {
		nodes := b.tree.Nodes(&parts[k])
		for i := range nodes {
			n := &nodes[i]
			if b.advance(n.Start); b.next >= n.End {
				continue
			}
			inner := b.tree.Parts(n)
			if n.Kind == wikitext.Template && b.next < inner[0].End {
				_, role := resultnames.Lookup(templateName(b.tree, b.d.Text, n))
				if role != resultnames.None && role != resultnames.Other {
					return n.Start
				}
			}
			if at := b.firstTemplate(inner); at >= 0 {
				return at
			}
		}
	}
	return -1
}

// addUnread keeps a template of results that is not read: one of another family, or a row outside a table.
func (b *blockReader) addUnread(name string, n *wikitext.Node) {
	isKept := slices.ContainsFunc(b.d.UnreadTables, func(c schemas.Candidate) bool { return c.Name == name })
	if len(b.d.UnreadTables) < maxCandidates && !isKept {
		b.d.UnreadTables = append(b.d.UnreadTables, schemas.Candidate{
			Name: name, Line: b.lines.At(n.Start), Offset: n.Start,
		})
	}
}

// rejectFurther rejects the tables of results that are behind the bounds of a page.
func (b *blockReader) rejectFurther(n *wikitext.Node) {
	b.rejectOnce(n.Start, schemas.ReasonTooLarge, fmt.Sprintf("the page has more than %d tables of results, or more "+
		"than %d rows in them, and no page has: the further ones were not read", maxBlocks, maxBlockCalls))
}

// finish closes the open table, which no template closes.
func (b *blockReader) finish(open *int, ending string) {
	if *open < 0 {
		return
	}
	b.d.Blocks[*open].Ending = ending
	*open = -1
}

// scanText looks through a text for headings, and for the end of a table in the language of tables.
func (b *blockReader) scanText(n *wikitext.Node, isAfterComment bool, open *int) {
	s := b.d.Text
	at := n.Start
	startsLine := at == 0 || s[at-1] == '\n' || isAfterComment && b.commentStartsLine(at)
	for at < n.End {
		if !startsLine {
			k := strings.IndexByte(s[at:n.End], '\n')
			if k < 0 {
				return
			}
			at += k + 1
		}
		startsLine = false
		if at >= n.End {
			return
		}
		switch s[at] {
		case '=':
			if b.addHeading(at) {
				b.finish(open, resulttables.EndsAtHeading)
			}
		case '|', ' ', '\t':
			line := strings.TrimLeft(s[at:min(n.End, at+100)], " \t")
			if *open >= 0 && strings.HasPrefix(line, "|}") {
				b.d.Blocks[*open].End = at + strings.Index(s[at:n.End], "|}") + len("|}")
				*open = -1
			}
		}
	}
}

// commentStartsLine reports whether the comment that ends at an offset stands at the start of a line.
func (b *blockReader) commentStartsLine(at int) bool {
	start := strings.LastIndex(b.d.Text[max(0, at-maxHeadingText):at], "<!--")
	if start < 0 {
		return false
	}
	start += max(0, at-maxHeadingText)
	return start == 0 || b.d.Text[start-1] == '\n'
}

// addHeading reads the line at an offset if it is a heading. It reports whether it is one.
func (b *blockReader) addHeading(at int) bool {
	line := b.d.Text[at:]
	if k := strings.IndexByte(line, '\n'); k >= 0 {
		line = line[:k]
	}
	level, inner, ok := splitHeading(line)
	if !ok {
		return false
	}
	for len(b.headings) > 0 && b.headings[len(b.headings)-1].level >= level {
		b.headings = b.headings[:len(b.headings)-1]
	}
	b.section = nil
	b.headings = append(b.headings, pageHeading{level: level, text: b.headingText(inner)})
	return true
}

// splitHeading returns the level of a heading and what stands between its signs. Comments may follow it on its line.
func splitHeading(line string) (level int, inner string, ok bool) {
	for {
		line = strings.TrimRight(line, " \t\r")
		start := strings.LastIndex(line, "<!--")
		if start < 0 || !strings.HasSuffix(line, "-->") {
			break
		}
		line = line[:start]
	}
	before := len(line) - len(strings.TrimLeft(line, "="))
	after := len(line) - len(strings.TrimRight(line, "="))
	if before == len(line) { // nothing but signs
		before, after = (before-1)/2, (before-1)/2
	}
	if level = min(before, after, 6); level == 0 {
		return 0, "", false
	}
	return level, line[level : len(line)-level], true
}

// headingText returns a heading as a reader sees it.
func (b *blockReader) headingText(inner string) string {
	inner = strings.TrimSpace(inner)
	text, ok := document.PlainText(inner)
	if !ok || strings.ContainsAny(text, "[]{}<&") {
		b.notes.Reset(inner)
		nodes, _ := b.notes.ParseTo(len(inner))
		v := renderer{tree: b.notes, s: inner, boxes: b.names, isProse: true}
		v.writeNodes(nodes)
		v.closeTags()
		text = v.text()
	}
	if len(text) > maxHeadingText {
		text = strings.ToValidUTF8(text[:maxHeadingText], "") + "…"
	}
	return text
}
