package wikipage

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikis"
	"hemicycle/extract/wikitext"
	"hemicycle/schemas"
)

// renderer writes wikitext as a reader of the page sees it: links as their labels, formatting templates as what they
// format, footnotes left out. A template that it does not know stays as it is written, and is named in unknown.
type renderer struct {
	tree      *wikitext.Parser
	notesTree *wikitext.Parser // for footnotes; nil if they are not asked for
	s         string
	b         []byte         // what is written
	boxes     boxnames.Names // the templates that are boxes, which are not shown; nil for none
	wiki      *wikis.Wiki    // that says what further templates show; nil for none
	page      string         // the page that the first link leads to
	links     []schemas.Link // all links to articles, up to document.MaxLinks
	unknown   []string       // templates that are not known
	notes     []string       // what footnotes say
	isNote    bool           // a footnote is written; sources are named there
	pipes     []int          // the offsets in b of the bars that {{!}} stands for
	open      []openTag      // the tags that are open, the innermost last
	struck    []string       // what is struck out
	unclosed  []string       // tags and templates that nothing closes, as they are written
	isProse   bool           // a template that is not known is left out: it is no running text
	isPage    bool           // the title of a page is written, in which no template is asked for its own page
	isPlaced  bool           // places are kept
	places    []textPlace    // where in s the parts of b are
}

// textPlace maps a place in what is written to its offset in the source.
type textPlace struct{ at, offset int }

// mark notes the offset in the source of what is written next.
func (r *renderer) mark(offset int) {
	if !r.isPlaced {
		return
	}
	if n := len(r.places); n > 0 && r.places[n-1].at >= len(r.b) { // nothing was written there
		r.places = r.places[:n-1]
	}
	r.places = append(r.places, textPlace{len(r.b), offset})
}

var (
	externalLink = regexp.MustCompile(`\[(?:https?:)?//[^\s\[\]]+(?:\s+([^\[\]]*))?\]`)
	listMarks    = regexp.MustCompile(`(?m)^[ \t]*[*#:;]+[ \t]*`)
)

// text returns what was rendered as one line, without emphasis, list marks and the addresses of links.
func (r *renderer) text() string {
	s := string(r.b)
	if plain, ok := document.PlainText(s); ok && !startsList(s) {
		return plain
	}
	s, _ = withoutMarkup(s, nil)
	if strings.Contains(s, "\n") && strings.ContainsAny(s, "*#:;") {
		s = listMarks.ReplaceAllString(s, "")
	}
	return document.NormalizeSpace(s)
}

// withoutMarkup returns a text without the quotes that make it bold or italic and without the addresses of its links,
// and where its parts are then.
func withoutMarkup(s string, places []textPlace) (string, []textPlace) {
	s, places = cutSpans(s, quoteSpans(s), places)
	if strings.Contains(s, "//") && strings.Contains(s, "[") {
		s, places = cutSpans(s, addressSpans(s), places)
	}
	return s, places
}

// textSpan is a part of a text.
type textSpan struct{ from, to int }

// addressSpans returns what is not shown of the external links of a text: all but their labels.
func addressSpans(s string) []textSpan {
	var spans []textSpan
	for _, m := range externalLink.FindAllStringSubmatchIndex(s, -1) {
		if m[2] < 0 {
			spans = append(spans, textSpan{m[0], m[1]})
		} else {
			spans = append(spans, textSpan{m[0], m[2]}, textSpan{m[3], m[1]})
		}
	}
	return spans
}

// cutSpans returns a text without some parts of it, which are in order, and where the rest is then.
func cutSpans(s string, spans []textSpan, places []textPlace) (string, []textPlace) {
	if len(spans) == 0 {
		return s, places
	}
	b := make([]byte, 0, len(s))
	var moved []textPlace
	at, k := 0, 0
	for _, c := range spans {
		for ; k < len(places) && places[k].at < c.from; k++ {
			moved = append(moved, textPlace{places[k].at - at + len(b), places[k].offset})
		}
		b = append(b, s[at:c.from]...)
		at = c.to
		for k < len(places) && places[k].at <= at {
			k++
		}
		if k > 0 {
			if n := len(moved); n > 0 && moved[n-1].at == len(b) {
				moved = moved[:n-1]
			}
			moved = append(moved, textPlace{len(b), places[k-1].offset + at - places[k-1].at})
		}
	}
	for ; k < len(places); k++ {
		moved = append(moved, textPlace{places[k].at - at + len(b), places[k].offset})
	}
	return string(append(b, s[at:]...)), moved
}

// startsList reports whether a text is a list from its first line on: one of *, #, : and ; after a line break.
func startsList(s string) bool {
	first := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsSpace(c) })
	return first > 0 && strings.IndexByte("*#:;", s[first]) >= 0 && strings.Contains(s[:first], "\n")
}

// pipedLabel returns the page and the label of a value of which the box makes a link, with its bar: Page{{!}}label. Two
// figures with a bar between them are not such a value.
func (r *renderer) pipedLabel() (page, label string, ok bool) {
	if len(r.pipes) != 1 || r.page != "" || len(r.unknown) > 0 {
		return "", "", false
	}
	before, after := string(r.b[:r.pipes[0]]), string(r.b[r.pipes[0]+1:])
	if strings.HasSuffix(before, " ") || strings.HasPrefix(after, " ") {
		return "", "", false
	}
	page, isPlainPage := document.PlainText(before)
	label, isPlainLabel := document.PlainText(after)
	isName := isPlainPage && strings.IndexFunc(page, unicode.IsLetter) >= 0
	return page, label, isName && isPlainLabel && label != ""
}

func (r *renderer) write(s string) { r.b = append(r.b, s...) }

// writeNodes writes what nodes show, side by side.
func (r *renderer) writeNodes(nodes []wikitext.Node) {
	for i := range nodes {
		r.writeNode(&nodes[i])
	}
}

// renderArg renders nodes separately, as an argument of a template. It uses the memory behind what is written.
func (r *renderer) renderArg(nodes []wikitext.Node) string {
	if len(nodes) == 1 && nodes[0].Kind == wikitext.Text {
		return strings.TrimSpace(r.s[nodes[0].Start:nodes[0].End])
	}
	inner := renderer{
		tree: r.tree, notesTree: r.notesTree, s: r.s, boxes: r.boxes, wiki: r.wiki,
		isNote: r.isNote, isProse: r.isProse, isPage: r.isPage,
		b: r.b[len(r.b):],
	}
	inner.writeNodes(nodes)
	inner.closeTags()
	if r.page == "" {
		r.page = inner.page
	}
	r.links = append(r.links, inner.links[:min(len(inner.links), document.MaxLinks-len(r.links))]...)
	r.unknown = append(r.unknown, inner.unknown...)
	r.notes = append(r.notes, inner.notes...)
	r.struck = append(r.struck, inner.struck...)
	r.unclosed = append(r.unclosed, inner.unclosed...)
	return strings.TrimSpace(string(inner.b))
}

// writeNode writes what a node shows.
func (r *renderer) writeNode(n *wikitext.Node) {
	r.mark(n.Start)
	switch n.Kind {
	case wikitext.Text:
		r.write(r.s[n.Start:n.End])
	case wikitext.Entity:
		r.write(html.UnescapeString(r.s[n.Start:n.End]))
	case wikitext.Tag:
		r.writeTag(n)
	case wikitext.Extension:
		switch n.Name(r.s) {
		case "ref":
			if from, to := n.Inner(r.s); from < to && !r.isNote && r.notesTree != nil {
				r.notesTree.Reset(r.s[from:to])
				nodes, _ := r.notesTree.ParseTo(to - from)
				r.addNote(r.notesTree, r.s[from:to], nodes)
			}
		case "nowiki", "pre", "poem", "math":
			from, to := n.Inner(r.s)
			r.mark(from)
			r.write(html.UnescapeString(r.s[from:to]))
		}
	case wikitext.Link:
		r.writeLink(n)
	case wikitext.Parameter:
		if parts := r.tree.Parts(n); len(parts) > 1 {
			r.writeNodes(r.tree.Nodes(&parts[1]))
		}
	case wikitext.Template:
		r.writeTemplate(n)
	}
}

// addNote keeps what a footnote says.
func (r *renderer) addNote(tree *wikitext.Parser, s string, nodes []wikitext.Node) {
	if r.isNote || r.notesTree == nil {
		return
	}
	inner := renderer{tree: tree, s: s, boxes: r.boxes, wiki: r.wiki, isNote: true, b: r.b[len(r.b):]}
	inner.writeNodes(nodes)
	inner.closeTags()
	if text := inner.text(); text != "" {
		r.notes = append(r.notes, text)
	}
}

// The files that show an arrow, which stands for a sign, by the words in their names.
var (
	risingFile  = regexp.MustCompile(`^(?:increase|profit|.*\barrow\b.*\bup\b|.*\bup\b.*\barrow\b)`)
	fallingFile = regexp.MustCompile(`^(?:decrease|loss|.*\barrow\b.*\bdown\b|.*\bdown\b.*\barrow\b)`)
	steadyFile  = regexp.MustCompile(`^(?:steady|.*\barrow\b.*\bright\b|.*\bright\b.*\barrow\b|` +
		`straight line steady)`)
)

// arrowSign returns the arrows that a picture of an arrow stands for, or "" for any other file. The name is in lower
// case.
func arrowSign(file string) string {
	if !mayBeArrow(file) {
		return ""
	}
	switch {
	case risingFile.MatchString(file):
		return "▲"
	case fallingFile.MatchString(file):
		return "▼"
	case steadyFile.MatchString(file):
		return "◄►"
	}
	return ""
}

// mayBeArrow reports whether a name has one of the words that every picture of an arrow has. Most names have none, and
// need no pattern.
func mayBeArrow(file string) bool {
	for _, word := range []string{"crease", "profit", "loss", "steady", "arrow"} {
		if strings.Contains(file, word) {
			return true
		}
	}
	return false
}

// markLabel notes where the label of a link is.
func (r *renderer) markLabel(n *wikitext.Node) {
	if parts := r.tree.Parts(n); r.isPlaced {
		last := &parts[len(parts)-1]
		from, _ := document.TrimASCII(r.s, last.Start, last.End)
		r.mark(from)
	}
}

// writeLink writes the label of a link, or the arrow that its file shows.
func (r *renderer) writeLink(n *wikitext.Node) {
	if label, page, ok := plainLink(r.tree, r.s, n); ok {
		r.addLink(label, page)
		r.markLabel(n)
		r.write(label)
		return
	}
	parts := r.tree.Parts(n)
	target := document.NormalizeSpace(r.renderArg(r.tree.Nodes(&parts[0])))
	label, isPiped := "", len(parts) > 1
	if !isPiped { // [[Page{{!}}label]]
		target, label, isPiped = strings.Cut(target, "|")
	}
	if file, ok := document.FileName(target); ok {
		r.write(arrowSign(strings.ToLower(file)))
		return
	}
	if document.IsCategory(target) {
		return
	}
	target = strings.TrimPrefix(target, ":")
	page := document.ArticleOf(target)
	if r.page == "" {
		r.page = page
	}
	r.markLabel(n)
	if !isPiped {
		r.addLink(target, page)
		r.write(target)
		return
	}
	if len(parts) > 1 {
		label = r.renderArg(r.tree.Nodes(&parts[len(parts)-1]))
	}
	if strings.HasPrefix(target, "#") && document.IsSymbolMark(label) {
		return
	}
	if label == "" { // the pipe trick: the target without its namespace and what is in brackets
		label = target
		if i := strings.IndexByte(label, ':'); i >= 0 {
			label = label[i+1:]
		}
		if i := strings.Index(label, " ("); i > 0 {
			label = label[:i]
		}
	}
	r.addLink(label, page)
	r.write(label)
}

// addLink keeps a link to an article with its label.
func (r *renderer) addLink(label, page string) {
	if r.page == "" {
		r.page = page
	}
	r.links = document.AddLink(r.links, label, page)
}
