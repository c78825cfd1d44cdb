package wikipage

import (
	"strconv"
	"strings"

	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// This file reads one box: its fields with their keys and values, and what is wrong with it.

// readBox reads the fields of a box. With more of them than a box may have, it can only be rejected.
func (r *pageReader) readBox(n *wikitext.Node, template string, number, parent int) schemas.Infobox {
	b := r.readFields(n, template, fieldLimits{fields: document.MaxFields, end: n.End})
	b.Box, b.Parent = number, parent
	return b
}

// fieldLimits bound what is read of a template: the number of its fields, of which one more is kept, and the offset
// where what belongs to it ends.
type fieldLimits struct{ fields, end int }

// readFields reads the fields of a template.
func (r *pageReader) readFields(n *wikitext.Node, template string, limits fieldLimits) schemas.Infobox {
	b := schemas.Infobox{Template: template, Line: r.lines.At(n.Start), Offset: n.Start, End: n.End}
	parts := r.tree.Parts(n)
	last, end := len(parts)-1, n.End
	if !n.Closed {
		last, end = r.unclosedEnd(n)
		b.End = end
	}
	isCutEarly := limits.end < end
	for ; isCutEarly && last > 0 && parts[last].Start >= limits.end; last-- {
	}
	end = min(end, limits.end)
	b.Fields = make([]schemas.Field, 0, min(len(parts), limits.fields+1))
	positional := 0
	for k := 1; k <= last && len(b.Fields) <= limits.fields; k++ {
		p := &parts[k]
		from, to := p.ValueStart(), p.End
		value := r.tree.Value(p)
		isCut := k == last && (!n.Closed || isCutEarly)
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
	if t := r.wiki.Template(templateName(r.tree, r.d.Text, n)); t != nil {
		t.Translate(&b)
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
	f.Links = document.PlaceLinks(f.Text, rendered.links, r.d.CanonicalTitle)
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
	*v = renderer{tree: r.tree, notesTree: r.notes, s: r.d.Text, boxes: r.names, wiki: r.wiki, b: v.b[:0]}
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
