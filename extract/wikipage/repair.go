package wikipage

import (
	"cmp"
	"slices"
	"strings"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// This file finds out what is meant where a closing mark of a box was forgotten. A page with such a box is parsed
// again, with what was found. MediaWiki would show no box at all.

// maxRepairs is how often a page is parsed again. One box with one forgotten mark needs one repair.
const maxRepairs = 8

// repairs are what was found out about a page: where templates end that nothing closes, and the offsets of tags that
// nothing closes.
type repairs struct {
	cuts     []wikitext.Cut
	unclosed map[int]bool
}

// addCut adds a place where what is opened from an offset on ends. It reports whether that is new.
func (f *repairs) addCut(at, from int) bool {
	cut := wikitext.Cut{At: at, From: from}
	if slices.Contains(f.cuts, cut) {
		return false
	}
	f.cuts = append(f.cuts, cut)
	slices.SortFunc(f.cuts, func(a, b wikitext.Cut) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(b.From, a.From))
	})
	return true
}

// addUnclosed adds the offset of a tag that nothing closes.
func (f *repairs) addUnclosed(at int) {
	if f.unclosed == nil {
		f.unclosed = map[int]bool{}
	}
	f.unclosed[at] = true
}

// repairBox finds out what in a box was not closed: a tag whose content has a parameter of the box, a template that has
// one, or the box itself. It reports whether the page must be parsed again.
func (r *pageReader) repairBox(n *wikitext.Node) bool {
	found := false
	parts := r.tree.Parts(n)
	for k := 1; k < len(parts); k++ {
		nodes := r.tree.Nodes(&parts[k])
		if r.repairTags(nodes) {
			found = true
		} else if !n.Closed && !found {
			found = r.repairTemplates(nodes)
		}
	}
	if found || n.Closed {
		return found
	}
	if _, end := r.unclosedEnd(n); end < n.End {
		return r.found.addCut(end, n.Start)
	}
	return false
}

// repairTags looks for an extension tag whose content has a line of the box: what closes it is meant for another tag.
func (r *pageReader) repairTags(nodes []wikitext.Node) bool {
	found := false
	for i := range nodes {
		n := &nodes[i]
		if n.Kind == wikitext.Extension {
			found = r.repairTag(n) || found
			continue
		}
		if r.isBox(n) {
			continue
		}
		parts := r.tree.Parts(n)
		for k := range parts {
			found = r.repairTags(r.tree.Nodes(&parts[k])) || found
		}
	}
	return found
}

// repairTag finds that nothing closes a tag, nor the tags of its name that open in its content before the last
// parameter there.
func (r *pageReader) repairTag(n *wikitext.Node) bool {
	from, to := n.Inner(r.d.Text)
	last := -1
	for at := from; at < to; {
		line := r.parameterLine(at, to)
		if line < 0 {
			break
		}
		last, at = line, line+1
	}
	if last < 0 {
		return false
	}
	opening := "<" + n.Name(r.d.Text)
	r.found.addUnclosed(n.Start)
	for at := from; at < last; {
		i := strings.Index(r.d.Text[at:last], opening)
		if i < 0 {
			break
		}
		r.found.addUnclosed(at + i)
		at += i + len(opening)
	}
	return true
}

// parameterLine returns the offset of the first line break between two offsets behind which a line begins that is a
// parameter of an election box: | seats1 = 5. It is -1 if there is none.
func (r *pageReader) parameterLine(from, to int) int {
	for at := from; at < to; {
		i := strings.IndexByte(r.d.Text[at:to], '\n')
		if i < 0 {
			return -1
		}
		at += i
		rest := strings.TrimLeft(r.d.Text[at+1:min(to, at+1+maxKey)], " \t")
		if strings.HasPrefix(rest, "|") {
			if key, _, ok := strings.Cut(rest[1:], "="); ok && isElectionKey(key) {
				return at
			}
		}
		at++
	}
	return -1
}

// maxKey is the number of bytes in which the key of a parameter is looked for.
const maxKey = 80

// isElectionKey reports whether a key is that of a parameter of an election box, and of no other template.
func isElectionKey(key string) bool {
	if len(key) > maxKey {
		return false
	}
	return boxnames.IsElectionParameter(schemas.ParameterName(strings.TrimSpace(key)))
}

// repairTemplates looks for a template in a value of a box that swallows the next parameter of the box. The template
// ends where the line before that parameter does.
func (r *pageReader) repairTemplates(nodes []wikitext.Node) bool {
	for i := range nodes {
		n := &nodes[i]
		if r.isBox(n) {
			continue
		}
		parts := r.tree.Parts(n)
		for k := range parts {
			p := &parts[k]
			if k > 0 && n.Kind == wikitext.Template && p.Equals >= 0 && isElectionKey(r.d.Text[p.Start:p.Equals]) {
				if at := lineBreakBefore(r.d.Text, p.Start-1); at > n.Start && r.found.addCut(at, n.Start) {
					for ; k < len(parts); k++ { // they are parameters of the box
						r.repairTemplates(r.tree.Nodes(&parts[k]))
					}
					return true
				}
			}
			if r.repairTemplates(r.tree.Nodes(p)) {
				return true
			}
		}
	}
	return false
}

// lineBreakBefore returns the offset of the line break before an offset if only blanks are between them, else -1.
func lineBreakBefore(s string, at int) int {
	for at--; at >= 0 && (s[at] == ' ' || s[at] == '\t' || s[at] == '\r'); at-- {
	}
	if at >= 0 && s[at] == '\n' {
		return at
	}
	return -1
}

// isBox reports whether a node is an election box.
func (r *pageReader) isBox(n *wikitext.Node) bool {
	if n.Kind != wikitext.Template {
		return false
	}
	_, ok := r.names[templateName(r.tree, r.d.Text, n)]
	return ok
}

// unclosedEnd returns the part with which an unclosed box ends, and the offset where: the first blank line or line that
// is no parameter, from the last parameter of an election box on. What follows is the text of the page.
func (r *pageReader) unclosedEnd(n *wikitext.Node) (last, end int) {
	parts := r.tree.Parts(n)
	first := len(parts) - 1
	for ; first > 0; first-- {
		if p := &parts[first]; p.Equals >= 0 {
			if _, name, position := r.readKey(p); position > 0 || boxnames.IsElectionParameter(name, position) {
				break
			}
		}
	}
	for k := first; k < len(parts); k++ {
		if end := r.textBreak(r.tree.Nodes(&parts[k])); end >= 0 {
			return k, end
		}
	}
	return len(parts) - 1, n.End
}

// textBreak returns the offset of the line break in a value behind which the value cannot continue, or -1 if there is
// none: a blank line, or a line that is not the item of a list.
func (r *pageReader) textBreak(nodes []wikitext.Node) int {
	lineBreak, hasContent, hasBlankLine := -1, false, false
	for i := range nodes {
		n := &nodes[i]
		switch n.Kind {
		case wikitext.Comment:
			continue
		case wikitext.Text:
		default:
			if lineBreak >= 0 && hasContent {
				return lineBreak
			}
			lineBreak, hasContent, hasBlankLine = -1, true, false
			continue
		}
		for at := n.Start; at < n.End; at++ {
			switch c := r.d.Text[at]; {
			case c == '\n' && lineBreak >= 0:
				hasBlankLine = true
			case c == '\n':
				lineBreak = at
			case c == ' ', c == '\t', c == '\r':
			default:
				isItem := !hasBlankLine && strings.IndexByte("*#:;", c) >= 0
				if lineBreak >= 0 && hasContent && !isItem {
					return lineBreak
				}
				lineBreak, hasContent, hasBlankLine = -1, true, false
			}
		}
	}
	return -1
}

// addUnclosedDefects adds a defect for each tag and template of a value that nothing closes.
func addUnclosedDefects(b *schemas.Infobox, f *schemas.Field, unclosed []string) {
	for _, opening := range unclosed {
		closing, shown := "}}", "what is on its line was read as its content"
		if name, isTag := strings.CutPrefix(opening, "<"); isTag {
			closing, shown = "</"+name, "what follows it is taken for hidden or struck out"
			if wikitext.IsExtension(strings.TrimSuffix(name, ">")) {
				shown = "the page shows it as text"
			}
		}
		document.AddDefect(b, schemas.Defect{
			Message: opening + " in " + f.Key + " is not closed: expected " + closing + " before the value ends; " +
				shown,
			Raw: f.Raw, Line: f.Line, Offset: f.Offset,
		})
	}
}
