package html

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

// attribute returns the value of an attribute, or "" if it is not given.
func attribute(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// hasAttribute reports whether an attribute is given, with or without a value.
func hasAttribute(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// hasClass reports whether an element has one of the classes.
func hasClass(n *html.Node, classes ...string) bool {
	given := attribute(n, "class")
	if given == "" {
		return false
	}
	for _, c := range strings.Fields(given) {
		for _, wanted := range classes {
			if c == wanted {
				return true
			}
		}
	}
	return false
}

// textWriter writes the text of an element as a reader sees it, with a newline for each break and at the ends of
// blocks. Other white space stays as it is.
type textWriter struct {
	strings.Builder
	without *html.Node // an element that is left out
	tables  bool       // nested tables are written, too
	struck  []string   // what is struck out, which is not written
}

// shownText returns the text of an element on one line, without nested tables.
func shownText(n *html.Node) string { return resolveArrows(visibleText(n, nil, false)) }

// shownLines returns the lines of the text of an element that are not empty.
func shownLines(n, without *html.Node, tables bool) []string {
	var lines []string
	for _, line := range strings.Split(visibleText(n, without, tables), "\n") {
		if line = resolveArrows(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// visibleText returns the text of an element, without one of the elements in it, and with or without nested tables.
func visibleText(n, without *html.Node, tables bool) string {
	t := textWriter{without: without, tables: tables}
	t.writeChildren(n)
	return t.String()
}

// struckText returns what is struck out in an element.
func struckText(n *html.Node) string {
	t := textWriter{}
	t.writeChildren(n)
	return document.NormalizeSpace(resolveArrows(strings.Join(t.struck, " ")))
}

// strike keeps what an element strikes out. What follows must not join a figure before it.
func (t *textWriter) strike(n *html.Node) {
	inner := textWriter{without: t.without, tables: t.tables}
	inner.writeChildren(n)
	t.struck = append(append(t.struck, inner.struck...), inner.String())
	if written := t.String(); written != "" && hasDigit(written[len(written)-1:]) {
		t.WriteByte(' ')
	}
}

// isStruck reports whether an element strikes out its content.
func isStruck(n *html.Node) bool {
	return document.IsStruckElement(n.Data) || document.IsStrikingStyle(attribute(n, "style"))
}

// writeChildren writes what is inside an element.
func (t *textWriter) writeChildren(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.writeNode(c)
	}
}

// writeNode writes a text or an element.
func (t *textWriter) writeNode(n *html.Node) {
	if n.Type == html.TextNode {
		t.WriteString(spaceReplacer.Replace(n.Data))
		return
	}
	isLeftOut := n == t.without || n.DataAtom == atom.Table && !t.tables
	switch {
	case n.Type != html.ElementNode || isLeftOut || isHidden(n):
	case isStruck(n):
		t.strike(n)
	case n.DataAtom == atom.Br || n.DataAtom == atom.Hr:
		t.WriteByte('\n')
	case n.DataAtom == atom.Img:
		t.WriteString(arrowSign(n))
	case blockElements[n.DataAtom]:
		t.WriteByte('\n')
		t.writeChildren(n)
		t.WriteByte('\n')
	default:
		t.writeChildren(n)
	}
}

// spaceReplacer turns the line breaks of the source into spaces.
var spaceReplacer = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// maxMarkNodes and maxMarkBytes bound the nodes and the bytes of a mark behind a value.
const (
	maxMarkNodes = 50
	maxMarkBytes = 200
)

// isMark reports whether an element is a mark behind a value, by the text in it as it stands: the mark of a footnote,
// or the link to the same page in other languages.
func isMark(n *html.Node) bool {
	classes := attribute(n, "class")
	isLinkWithin := n.DataAtom == atom.A && strings.HasPrefix(attribute(n, "href"), "#")
	if n.DataAtom != atom.Sup && !isLinkWithin && !strings.Contains(classes, document.ClassNoPrint) {
		return false
	}
	text, nodes := "", 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text += c.Data
		}
		if nodes++; nodes > maxMarkNodes || len(text) > maxMarkBytes {
			return false
		}
	}
	if n.DataAtom == atom.A {
		return document.IsSymbolMark(document.NormalizeSpace(text))
	}
	return n.DataAtom == atom.Sup && document.IsRaisedMark(text) || document.IsLanguageMark(classes, text)
}

// isHidden reports whether no reader sees an element, or whether it is not part of a value: marks of footnotes, remarks
// of editors.
func isHidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Link, atom.Meta:
		return true
	}
	return hasAttribute(n, "hidden") || // treeBuilder.pop hides marks so
		document.IsHidingStyle(attribute(n, "style")) || document.HasHidingClass(n.Data, attribute(n, "class"))
}

// isWithin reports whether a condition is true of an element, or of one around it below another; nil is the whole page.
func isWithin(n, below *html.Node, is func(*html.Node) bool) bool {
	for ; n != nil && n != below; n = n.Parent {
		if n.Type == html.ElementNode && is(n) {
			return true
		}
	}
	return false
}

// isUnread reports whether the text of an element is no part of a value: it is hidden or struck out.
func isUnread(n *html.Node) bool { return isHidden(n) || isStruck(n) }

// arrowSign returns the sign that the image of an arrow stands for, by its alternative text or by the title around it,
// or "" for any other image.
func arrowSign(img *html.Node) string {
	label := attribute(img, "alt")
	if label == "" {
		label = attribute(img, "title")
	}
	for p := img.Parent; label == "" && p != nil && !blockElements[p.DataAtom]; p = p.Parent {
		label = attribute(p, "title")
	}
	label = strings.ToLower(label)
	switch {
	case len(label) > 40:
	case strings.Contains(label, "decrease") || label == "down" || label == "▼":
		return arrowMark + "−"
	case strings.Contains(label, "increase") || label == "up" || label == "▲":
		return arrowMark + "+"
	case strings.HasPrefix(label, "steady") || label == "no change":
		return arrowMark + "±"
	}
	return ""
}

// arrowMark is written before the sign of an arrow, to distinguish it from a sign that the page writes.
const arrowMark = "\x00"

// arrowAndFigure matches the sign of an arrow and the beginning of the figure behind it.
var arrowAndFigure = regexp.MustCompile(arrowMark + `([+−±])([\s\pZ]*)([0-9.]?)`)

// resolveArrows returns a text on one line, in which the sign of an arrow is directly before its figure, with a zero if
// there was no change.
func resolveArrows(s string) string {
	if strings.Contains(s, arrowMark) {
		s = arrowAndFigure.ReplaceAllStringFunc(s, func(found string) string {
			m := arrowAndFigure.FindStringSubmatch(found)
			switch {
			case m[3] != "":
				return m[1] + m[3]
			case m[1] == "±":
				return "±0" + m[2]
			}
			return m[1] + m[2]
		})
	}
	return document.NormalizeSpace(s)
}

// findInCell returns the first element of a cell, outside of nested tables, for which a function is true, or nil if
// there is none.
func findInCell(n *html.Node, matches func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom == atom.Table {
			continue
		}
		if matches(c) {
			return c
		}
		if found := findInCell(c, matches); found != nil {
			return found
		}
	}
	return nil
}

// linksIn returns the links to articles in a part of the text of a cell, in their order, as many as are kept.
func (p *pageReader) linksIn(cell *html.Node, text string) (links []schemas.Link) {
	findInCell(cell, func(n *html.Node) bool {
		if n.DataAtom != atom.A || isWithin(n, cell, isUnread) {
			return false
		}
		if label := shownText(n); label != "" && strings.Contains(text, label) {
			links = document.AddLink(links, label, p.articleOfLink(n))
		}
		return len(links) == document.MaxLinks
	})
	return links
}

// articleOfLink returns the article to which a link leads, even if it does not exist yet, or "" if it leads elsewhere:
// to a page of another namespace or another wiki.
func (p *pageReader) articleOfLink(a *html.Node) string {
	rel := attribute(a, "rel")
	if hasClass(a, "extiw", "external") || strings.Contains(rel, "mw:ExtLink") || strings.Contains(rel, "Interwiki") {
		return ""
	}
	address := attribute(a, "href")
	if wiki := wikiOfURL(address); wiki != "" && p.d.Wiki != "" && wiki != p.d.Wiki {
		return ""
	}
	return document.ArticleOf(titleOfURL(address))
}

// wikiHost matches the host of a Wikipedia.
var wikiHost = regexp.MustCompile(`(?i)^([a-z-]+)(?:\.m)?\.wikipedia\.org$`)

// wikiOfURL returns the Wikipedia to which an address leads, or "" if it does not say so.
func wikiOfURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if m := wikiHost.FindStringSubmatch(u.Host); m != nil {
		return wikiOfLanguage(strings.ToLower(m[1]))
	}
	return ""
}

// wikiOfLanguage returns the name of the database of the Wikipedia in a language.
func wikiOfLanguage(code string) string { return strings.ReplaceAll(code, "-", "_") + "wiki" }

// titleOfURL returns the title of a Wikipedia to which an address leads, whatever its namespace, or "" if the address
// leads elsewhere.
func titleOfURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" && !wikiHost.MatchString(u.Host) {
		return ""
	}
	title, found := strings.CutPrefix(u.Path, "/wiki/")
	if !found {
		title, found = strings.CutPrefix(u.Path, "./")
	}
	if !found && strings.HasSuffix(u.Path, "/index.php") {
		title = u.Query().Get("title")
	}
	return document.NormalizeSpace(strings.ReplaceAll(title, "_", " "))
}

// colourProperties are the properties that can hold the colour of a contender, the likeliest first.
var colourProperties = []string{
	"border-bottom", "border-bottom-color", "background-color", "background", "border-left", "border-left-color",
	"border-top", "border-top-color", "border-color", "border",
}

// The words in the value of a property that are not a colour, and a colour in attributes that are printed as text.
var (
	borderWords = regexp.MustCompile(
		`(?i)^(?:[0-9.]+(?:px|em|rem|pt|%)?|thin|medium|thick|solid|dotted|dashed|double|!important)$`)
	noColour = regexp.MustCompile(
		`(?i)^(?:#|none|inherit|initial|unset|transparent|currentcolor|0|var\(.*|url\(.*)$`)
	printedColour = regexp.MustCompile(`(?i)(?:solid|background(?:-color)?\s*:)\s*#?\s*([0-9a-f]{6}|[0-9a-f]{3})\b`)
)

// cellColour returns the colour in which a cell or a row is painted, as the page writes it, or "" if it has none. If
// the attributes of a cell are printed as its text, which a list or a bar in them causes, the colour is in that text.
func cellColour(n *html.Node) string {
	if colour := styleColour(attribute(n, "style")); colour != "" {
		return colour
	}
	if colour := document.NormalizeSpace(attribute(n, "bgcolor")); colour != "" {
		return colour
	}
	if isCell(n) {
		if text := shownText(n); strings.Contains(text, "style=") {
			if m := printedColour.FindStringSubmatch(text); m != nil {
				return "#" + m[1]
			}
		}
	}
	return ""
}

// styleColour returns the colour in a style, or "" if it has none.
func styleColour(style string) string {
	values := map[string]string{}
	for _, declaration := range strings.Split(style, ";") {
		if property, value, found := strings.Cut(declaration, ":"); found {
			values[strings.ToLower(strings.TrimSpace(property))] = value
		}
	}
	for _, property := range colourProperties {
		words := strings.Fields(values[property])
		for len(words) > 0 && borderWords.MatchString(words[0]) {
			words = words[1:]
		}
		for len(words) > 0 && borderWords.MatchString(words[len(words)-1]) {
			words = words[:len(words)-1]
		}
		colour := document.NormalizeSpace(strings.Join(words, " "))
		if colour != "" && !noColour.MatchString(colour) {
			return colour
		}
	}
	return ""
}
