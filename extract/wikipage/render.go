package wikipage

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"hemicycle/extract/boxnames"
	"hemicycle/extract/document"
	"hemicycle/extract/wikitext"
)

// renderer writes wikitext as a reader of the page sees it: links as their labels, formatting templates as what they
// format, footnotes left out. A template that it does not know stays as it is written, and is named in unknown.
type renderer struct {
	tree      *wikitext.Parser
	notesTree *wikitext.Parser // for footnotes; nil if they are not asked for
	s         string
	b         []byte         // what is written
	boxes     boxnames.Names // the templates that are boxes, which are not shown; nil for none
	page      string         // the page that the first link leads to
	unknown   []string       // templates that are not known
	notes     []string       // what footnotes say
	isNote    bool           // a footnote is written; sources are named there
	hidden    int            // the number of open tags since one with display:none
	pipes     []int          // the offsets in b of the bars that {{!}} stands for
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
	s = withoutQuotes(s)
	if strings.Contains(s, "//") && strings.Contains(s, "[") {
		s = externalLink.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "\n") && strings.ContainsAny(s, "*#:;") {
		s = listMarks.ReplaceAllString(s, "")
	}
	return document.NormalizeSpace(s)
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

// withoutQuotes returns a text without the quotes that make it bold or italic: two or more in a row.
func withoutQuotes(s string) string {
	at := strings.Index(s, "''")
	if at < 0 {
		return s
	}
	var b strings.Builder
	for ; at >= 0; at = strings.Index(s, "''") {
		b.WriteString(s[:at])
		s = strings.TrimLeft(s[at:], "'")
	}
	b.WriteString(s)
	return b.String()
}

// writeNodes writes what nodes show, side by side.
func (r *renderer) writeNodes(nodes []wikitext.Node) {
	for i := 0; i < len(nodes); i++ {
		if r.isRaised(nodes[i:]) {
			r.writeRaised(nodes[i : i+3])
			i += 2
			continue
		}
		r.writeNode(&nodes[i])
	}
}

// raisedMark matches what is raised behind a value to lead to a footnote: a letter, a number, a dagger. It does not
// match the endings of ordinals.
var raisedMark = regexp.MustCompile(`^(?:\[[^\[\]]{1,10}\]|[a-zA-Z]|[0-9]{1,2}|[*†‡§]+)$`)

// isRaised reports whether nodes begin with one that is in <sup>.
func (r *renderer) isRaised(nodes []wikitext.Node) bool {
	if len(nodes) < 3 || nodes[0].Kind != wikitext.Tag || nodes[2].Kind != wikitext.Tag {
		return false
	}
	return nodes[2].Closed && nodes[0].Name(r.s) == "sup" && nodes[2].Name(r.s) == "sup"
}

// writeRaised writes a node in <sup>, and takes it back if it is the mark of a footnote. If it were rendered twice
// instead, nested nodes would take exponential time.
func (r *renderer) writeRaised(nodes []wikitext.Node) {
	before := *r
	r.writeNode(&nodes[0])
	from := len(r.b)
	r.writeNode(&nodes[1])
	if inner := (renderer{b: r.b[from:]}); raisedMark.MatchString(inner.text()) {
		*r = before
		return
	}
	r.writeNode(&nodes[2])
}

// renderArg renders nodes separately, as an argument of a template. It uses the memory behind what is written.
func (r *renderer) renderArg(nodes []wikitext.Node) string {
	if len(nodes) == 1 && nodes[0].Kind == wikitext.Text {
		return strings.TrimSpace(r.s[nodes[0].Start:nodes[0].End])
	}
	inner := renderer{tree: r.tree, notesTree: r.notesTree, s: r.s, boxes: r.boxes, isNote: r.isNote, b: r.b[len(r.b):]}
	inner.writeNodes(nodes)
	if r.page == "" {
		r.page = inner.page
	}
	r.unknown = append(r.unknown, inner.unknown...)
	r.notes = append(r.notes, inner.notes...)
	return strings.TrimSpace(string(inner.b))
}

// writeNode writes what a node shows.
func (r *renderer) writeNode(n *wikitext.Node) {
	if r.hidden > 0 && n.Kind != wikitext.Tag {
		return
	}
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
	inner := renderer{tree: tree, s: s, boxes: r.boxes, isNote: true, b: r.b[len(r.b):]}
	inner.writeNodes(nodes)
	if text := inner.text(); text != "" {
		r.notes = append(r.notes, text)
	}
}

// writeTag writes a space for a tag that separates its content from what is around it, and keeps count of what is
// hidden.
func (r *renderer) writeTag(n *wikitext.Node) {
	switch {
	case separatingTags[n.Name(r.s)]:
		if r.hidden == 0 {
			r.write(" ")
		}
	case r.hidden > 0 && n.Closed:
		r.hidden--
	case r.hidden > 0 && r.s[n.End-2] != '/':
		r.hidden++
	case !n.Closed && isHiddenTag(r.s[n.Start:n.End]):
		r.hidden++
	}
}

// separatingTags are the tags that stand between words.
var separatingTags = map[string]bool{
	"br": true, "hr": true, "p": true, "div": true, "li": true, "tr": true, "td": true,
}

// isHiddenTag reports whether the style of a tag hides its content.
func isHiddenTag(tag string) bool {
	return strings.Contains(strings.ReplaceAll(strings.ToLower(tag), " ", ""), "display:none")
}

// hiddenNamespaces are the namespaces whose links show a file or put the page into a category.
var hiddenNamespaces = []string{"file:", "image:", "category:", "media:"}

// The files that show an arrow, which stands for a sign, by the words in their names.
var (
	risingFile  = regexp.MustCompile(`^(?:file|image):(?:increase|profit|.*\barrow\b.*\bup\b|.*\bup\b.*\barrow\b)`)
	fallingFile = regexp.MustCompile(`^(?:file|image):(?:decrease|loss|.*\barrow\b.*\bdown\b|.*\bdown\b.*\barrow\b)`)
	steadyFile  = regexp.MustCompile(`^(?:file|image):(?:steady|.*\barrow\b.*\bright\b|.*\bright\b.*\barrow\b|` +
		`straight line steady)`)
)

// arrowSign returns the arrows that a picture of an arrow stands for, or "" for any other file. The name is in lower
// case.
func arrowSign(file string) string {
	if !mayBeArrow(file) {
		return ""
	}
	file = strings.ReplaceAll(file, "_", " ")
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

// writeLink writes the label of a link, or the arrow that its file shows.
func (r *renderer) writeLink(n *wikitext.Node) {
	if label, page, ok := plainLink(r.tree, r.s, n); ok {
		if r.page == "" {
			r.page = page
		}
		r.write(label)
		return
	}
	parts := r.tree.Parts(n)
	target := document.NormalizeSpace(r.renderArg(r.tree.Nodes(&parts[0])))
	label, isPiped := "", len(parts) > 1
	if !isPiped { // [[Page{{!}}label]]
		target, label, isPiped = strings.Cut(target, "|")
	}
	lower := strings.ToLower(target)
	for _, namespace := range hiddenNamespaces {
		if strings.HasPrefix(lower, namespace) {
			r.write(arrowSign(lower))
			return
		}
	}
	target = strings.TrimPrefix(target, ":")
	if r.page == "" {
		r.page, _, _ = strings.Cut(strings.ReplaceAll(target, "_", " "), "#")
	}
	if !isPiped {
		r.write(target)
		return
	}
	if len(parts) > 1 {
		label = r.renderArg(r.tree.Nodes(&parts[len(parts)-1]))
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
	r.write(label)
}
