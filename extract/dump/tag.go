package dump

import "bytes"

// markupForm is a form of mark-up that is no element, by how it begins and ends.
type markupForm struct{ from, to string }

// markupForms are the forms that are passed over outside a page: comments, CDATA sections and instructions.
var markupForms = []markupForm{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}

// pageMarkupForms are those that are passed over in a page. A page has no instructions: what begins like one is damage,
// so it ends with the next tag at the latest and does not take the pages behind it along.
var pageMarkupForms = []markupForm{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<", ">"}}

// markupFormAt returns which of the forms the mark-up at the beginning of b has. If it has none, isPartial reports
// whether it can have one once b has more bytes.
func markupFormAt(b []byte, forms []markupForm) (form *markupForm, isPartial bool) {
	for i := range forms {
		from := []byte(forms[i].from)
		if bytes.HasPrefix(b, from) {
			return &forms[i], false
		}
		if bytes.HasPrefix(from, b) {
			return nil, true
		}
	}
	return nil, false
}

// maxTag is more bytes than a tag of an export has: the longest is that of a redirect, with an escaped title.
const maxTag = 16 << 10

// tagElement is what a tag says of its element.
type tagElement struct {
	name    []byte // without the prefix of a namespace; nil if no tag stands there
	size    int    // of the tag; 0 if no tag stands there, -1 if its end is not there yet
	closing bool   // </name>
	isEmpty bool   // <name/>
}

// isPartial reports whether more bytes are needed to say what stands there.
func (e *tagElement) isPartial() bool { return e.size < 0 }

// elementAt returns the element of the tag at the beginning of b, which is outside the text of a page. A tag ends
// before the next < begins, so all the tags of a text are looked at in a time that grows with its size.
func elementAt(b []byte) tagElement {
	b = b[:min(len(b), maxTag)]
	another := bytes.IndexByte(b[1:], '<') + 1 // 0 where none is there yet
	if another > 0 {
		b = b[:another+1]
	}
	end := tagEnd(b)
	switch {
	case end >= 0:
	case another == 0 && len(b) < maxTag:
		return tagElement{size: -1}
	default:
		return tagElement{}
	}
	e := tagElement{size: end + 1}
	tag := b[1:end]
	if e.closing = bytes.HasPrefix(tag, []byte("/")); e.closing {
		tag = tag[1:]
	}
	e.isEmpty = bytes.HasSuffix(tag, []byte("/"))
	e.name = localName(tagName(tag))
	return e
}

// tagName returns the name in a tag without its brackets.
func tagName(tag []byte) []byte {
	if i := bytes.IndexAny(tag, " \t\r\n/"); i >= 0 {
		return tag[:i]
	}
	return tag
}

// localName returns a name without the prefix of a namespace: some programs that filter exports, such as those with the
// ElementTree of Python, write <ns0:page>.
func localName(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// tagEnd returns the offset of the > that ends the tag at the beginning of b, or -1 if it is not there yet. A > between
// quotation marks ends nothing, unless another tag begins before the marks are closed.
func tagEnd(b []byte) int {
	first := bytes.IndexByte(b, '>')
	if first < 0 || bytes.Count(b[:first], []byte{'"'})%2 == 0 {
		return first
	}
	another := bytes.IndexByte(b[1:], '<') + 1 // 0 where none is there yet
	for at, open := 1, false; ; {
		i := bytes.IndexAny(b[at:], `">`)
		switch {
		case another > 0 && (i < 0 || at+i > another):
			return first
		case i < 0:
			return -1
		case b[at+i] == '"':
			open = !open
		case !open:
			return at + i
		}
		at += i + 1
	}
}

// cutBefore returns the offset of a < in a tag that is not closed before it, or -1 if there is none. It can stand in an
// attribute, though XML forbids that.
func cutBefore(tag []byte) int {
	i := bytes.IndexByte(tag, '<')
	if i > 0 && bytes.Count(tag[:i], []byte{'"'})%2 == 1 {
		return -1
	}
	return i
}

// attribute returns the place of the value of an attribute in a page, in which the tag begins at an offset. It returns
// a zero span if the tag does not have the attribute. XML allows both quotation marks.
func attribute(tag []byte, name string, offset int) span {
	for from := 0; ; {
		i := bytes.Index(tag[from:], []byte(name+"="))
		if i < 0 {
			return span{}
		}
		at := from + i
		from = at + len(name) + len("=")
		isName := at > 0 && bytes.IndexByte([]byte(" \t\r\n"), tag[at-1]) >= 0
		if !isName || from == len(tag) || tag[from] != '"' && tag[from] != '\'' {
			continue
		}
		if to := bytes.IndexByte(tag[from+1:], tag[from]); to >= 0 {
			return span{offset + from + 1, offset + from + 1 + to}
		}
	}
}
