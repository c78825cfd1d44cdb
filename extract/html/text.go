package html

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"hemicycle/extract/document"
)

// attribute is an attribute's value, "" where it is not given.
func attribute(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
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

// textWriter is an element's text as a reader sees it, with a newline for each break and at the ends of
// blocks; other white space is as it stands.
type textWriter struct {
	strings.Builder
	without *html.Node // an element that is left out
	tables  bool       // nested tables are read too
}

// shownText is the text of an element on one line; nested tables are left out.
func shownText(n *html.Node) string { return resolveArrows(visibleText(n, nil, false)) }

// shownLines is the lines of an element's text that are not empty.
func shownLines(n, without *html.Node, tables bool) []string {
	var lines []string
	for _, line := range strings.Split(visibleText(n, without, tables), "\n") {
		if line = resolveArrows(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func visibleText(n, without *html.Node, tables bool) string {
	t := textWriter{without: without, tables: tables}
	t.writeChildren(n)
	return t.String()
}

func (t *textWriter) writeChildren(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.writeNode(c)
	}
}

func (t *textWriter) writeNode(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		t.WriteString(spaceReplacer.Replace(n.Data))
	case n.Type != html.ElementNode || n == t.without || isHidden(n) || n.DataAtom == atom.Table && !t.tables:
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

// spaceReplacer makes line breaks of the source plain spaces.
var spaceReplacer = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// footnoteMark is the mark of a footnote that an editor wrote by hand: a letter, a symbol, or what
// stands in square brackets.
var footnoteMark = regexp.MustCompile(`^\s*(?:[a-z*†‡§]|\[[^\]]{1,12}\])\s*$`)

// plainText is the text of an element that has little, as it stands.
func plainText(n *html.Node) string {
	text := ""
	for c := n.FirstChild; c != nil && len(text) <= 20; c = c.NextSibling {
		if c.Type == html.TextNode {
			text += c.Data
		} else {
			text += plainText(c)
		}
	}
	return text
}

var displayNone = regexp.MustCompile(`(?i)display\s*:\s*none`)

// isHidden reports elements that no reader sees, and those that are no part of a value: marks of
// footnotes, remarks of editors.
func isHidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Link, atom.Meta:
		return true
	case atom.Sup:
		if hasClass(n, "reference", "mw-ref", "Inline-Template", "noprint") || footnoteMark.MatchString(plainText(n)) {
			return true
		}
	}
	return displayNone.MatchString(attribute(n, "style")) || hasClass(n, "mw-editsection", "editsection", "sortkey", "mw-cite-backlink")
}

// arrowSign is the sign that the image of an arrow stands for, told by its alternative text or by the
// title around it; "" for any other image.
func arrowSign(img *html.Node) string {
	says := attribute(img, "alt")
	if says == "" {
		says = attribute(img, "title")
	}
	for p := img.Parent; says == "" && p != nil && !blockElements[p.DataAtom]; p = p.Parent {
		says = attribute(p, "title")
	}
	says = strings.ToLower(says)
	switch {
	case len(says) > 40:
	case strings.Contains(says, "decrease") || says == "down" || says == "▼":
		return arrowMark + "−"
	case strings.Contains(says, "increase") || says == "up" || says == "▲":
		return arrowMark + "+"
	case strings.HasPrefix(says, "steady") || says == "no change":
		return arrowMark + "±"
	}
	return ""
}

// arrowMark stands before the sign of an arrow, to tell it from a sign that the page writes.
const arrowMark = "\x00"

var arrowAndFigure = regexp.MustCompile(arrowMark + `([+−±])([\s\pZ]*)([0-9.]?)`)

// resolveArrows is a text on one line: an arrow's sign stands before its figure, with a zero where there was
// no change.
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

// findInCell is the first element of a kind in a cell that stands in no nested table.
func findInCell(n *html.Node, is func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom == atom.Table {
			continue
		}
		if is(c) {
			return c
		}
		if found := findInCell(c, is); found != nil {
			return found
		}
	}
	return nil
}

// linkedPage is the page that a part of a cell's text leads to: that of the first link within it.
func linkedPage(cell *html.Node, text string) string {
	page := ""
	findInCell(cell, func(n *html.Node) bool {
		if n.DataAtom != atom.A || isWithinHidden(n, cell) {
			return false
		}
		if label := shownText(n); label == "" || !strings.Contains(text, label) {
			return false
		}
		page = pageOfURL(attribute(n, "href"))
		return page != ""
	})
	return page
}

func isWithinHidden(n, cell *html.Node) bool {
	for ; n != nil && n != cell; n = n.Parent {
		if isHidden(n) {
			return true
		}
	}
	return false
}

var (
	otherNamespaces = regexp.MustCompile(`(?i)^:?(?:file|image|category|help|special|wikipedia|wp|template|portal|user|talk|media|module|draft)(?: talk)?:`)
	wikiHost        = regexp.MustCompile(`(?i)^[a-z-]+(?:\.m)?\.wikipedia\.org$`)
)

// pageOfURL is the page of the wiki that an address leads to, also one that does not exist yet;
// "" where it leads elsewhere.
func pageOfURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" && !wikiHost.MatchString(u.Host) {
		return ""
	}
	page, found := strings.CutPrefix(u.Path, "/wiki/")
	if !found {
		page, found = strings.CutPrefix(u.Path, "./")
	}
	if !found && strings.HasSuffix(u.Path, "/index.php") {
		page = u.Query().Get("title")
	}
	page = document.NormalizeSpace(strings.ReplaceAll(page, "_", " "))
	if otherNamespaces.MatchString(page) {
		return ""
	}
	return page
}

// The properties that can hold a contender's colour, the likeliest first.
var colourProperties = []string{
	"border-bottom", "border-bottom-color", "background-color", "background", "border-left", "border-left-color", "border-top", "border-top-color", "border-color", "border",
}

var (
	borderWords = regexp.MustCompile(`(?i)^(?:[0-9.]+(?:px|em|rem|pt|%)?|thin|medium|thick|solid|dotted|dashed|double|!important)$`)
	noColour    = regexp.MustCompile(`(?i)^(?:#|none|inherit|initial|unset|transparent|currentcolor|0|var\(.*|url\(.*)$`)
	lostColour  = regexp.MustCompile(`(?i)(?:solid|background(?:-color)?\s*:)\s*#?\s*([0-9a-f]{6}|[0-9a-f]{3})\b`)
)

// cellColour is the colour that a cell or a row is painted in, as the page writes it; "" where it has
// none. A cell whose attributes are printed as its text, which a list or a bar in them does, shows it
// there.
func cellColour(n *html.Node) string {
	given := map[string]string{}
	for _, declaration := range strings.Split(attribute(n, "style"), ";") {
		if property, value, found := strings.Cut(declaration, ":"); found {
			given[strings.ToLower(strings.TrimSpace(property))] = value
		}
	}
	for _, property := range colourProperties {
		words := strings.Fields(given[property])
		for len(words) > 0 && borderWords.MatchString(words[0]) {
			words = words[1:]
		}
		for len(words) > 0 && borderWords.MatchString(words[len(words)-1]) {
			words = words[:len(words)-1]
		}
		if colour := document.NormalizeSpace(strings.Join(words, " ")); colour != "" && !noColour.MatchString(colour) {
			return colour
		}
	}
	if colour := document.NormalizeSpace(attribute(n, "bgcolor")); colour != "" {
		return colour
	}
	if isCell(n) {
		if text := shownText(n); strings.Contains(text, "style=") {
			if m := lostColour.FindStringSubmatch(text); m != nil {
				return "#" + m[1]
			}
		}
	}
	return ""
}
