package dump

import (
	"bytes"
	"fmt"
	"slices"

	"hemicycle/extract/document"
)

// maxPage is the most bytes that a page may take in the export, without older revisions: a text of document.MaxBytes in
// which every other character is written as an entity.
const maxPage = 2 * document.MaxBytes

// span is a piece of a page, counted from the first byte of the page.
type span struct{ from, to int }

// The parts of a revision that are read.
const (
	revisionID = iota
	revisionTime
	revisionModel
	revisionText
	revisionSHA1 // of the text, by the export
	revisionParts
)

// revision is one revision of a page.
type revision struct {
	whole span
	parts [revisionParts]span
	cdata bool // the text holds a CDATA section or a comment
}

// move shifts all places of a revision.
func (r *revision) move(by int) {
	r.whole.from += by
	r.whole.to += by
	for i := range r.parts {
		if r.parts[i] != (span{}) {
			r.parts[i].from += by
			r.parts[i].to += by
		}
	}
}

// openElement is an open element of a page.
type openElement struct {
	name    span
	content int // where its content begins
}

// scannedPage is one page of an export. Its places count from its first byte, which is at start in the buffer.
type scannedPage struct {
	start     int
	title     span
	namespace span
	id        span
	target    span // the page to which a redirect leads
	redirect  bool
	newest    revision // the newest of the revisions that are closed
	current   revision // the revision that is open
	revisions int      // the number of revisions that are closed
	head      int      // where the first revision begins
	open      []openElement
	broken    string // what is wrong with its mark-up; "" if nothing is
}

// bytes returns the bytes of a piece of the page.
func (s *scanner) bytes(p span) []byte { return s.buffer[s.page.start+p.from : s.page.start+p.to] }

// scanPage reads the tags of a page, up to its end.
func (s *scanner) scanPage() scanEvent {
	for {
		i := bytes.IndexByte(s.buffer[s.at:], '<')
		if i < 0 {
			s.at = len(s.buffer)
			return s.awaitMore()
		}
		s.at += i
		rest := s.buffer[s.at:]
		if len(rest) < 2 {
			return s.awaitMore()
		}
		if rest[1] == '!' || rest[1] == '?' {
			size, whole := s.skipMarkup(rest)
			if !whole {
				return s.awaitMore()
			}
			s.page.current.cdata = true
			s.at += size
			continue
		}
		end := tagEnd(rest[:min(len(rest), maxTag)])
		if end < 0 && len(rest) < maxTag {
			return s.awaitMore()
		}
		at := s.at - s.page.start // of the tag, in the page
		tag := rest[1:max(1, end)]
		whole := false
		switch {
		case end < 0:
			s.page.broken = fmt.Sprintf("a tag has more than %d KiB, and no tag of an export has", maxTag>>10)
		case beginsElsewhere(tag):
			s.page.broken = fmt.Sprintf("the page is not closed: expected </page> before the next <%.40s>", tagName(tag))
			s.inside, s.Misaligned = false, true
			return badPage
		case len(tag) == 0:
			s.page.broken = "<> is no tag"
		case cutBefore(tag) > 0:
			end = cutBefore(tag) // so that a page or an export that begins there is met
			s.page.broken = fmt.Sprintf("the tag <%.40s> is cut: expected > before the next <", tag[:end])
		case tag[0] == '/':
			whole = s.closeTag(tag[1:], at)
		default:
			s.openTag(tag, at, end+1)
		}
		s.at += max(end, 0) + 1
		switch {
		case s.page.broken != "":
			s.inside, s.Misaligned = false, true
			return badPage
		case whole:
			s.inside = false
			return onePage
		}
	}
}

// beginsElsewhere reports whether a tag begins a page or an export, and so cannot stand in a page.
func beginsElsewhere(tag []byte) bool {
	name := string(localName(tagName(tag)))
	return name == "page" || name == "mediawiki"
}

// skipMarkup returns the size of a comment, a CDATA section or an instruction in the page, and whether it is whole.
// What was searched for its end is not searched again.
func (s *scanner) skipMarkup(b []byte) (size int, whole bool) {
	form, _ := markupFormAt(b, pageMarkupForms) // every mark-up has the last form, once b is long enough to say
	if form == nil {
		return 0, false
	}
	from := max(len(form.from), s.seen-len(form.to)+1)
	i := bytes.Index(b[from:], []byte(form.to))
	if s.seen = 0; i < 0 {
		s.seen = len(b)
	}
	return from + i + len(form.to), i >= 0
}

// awaitMore asks for more bytes, and makes room if the page has grown: of several revisions only the newest counts.
func (s *scanner) awaitMore() scanEvent {
	p := &s.page
	size := len(s.buffer) - p.start
	if p.revisions > 1 || p.revisions == 1 && p.current.whole.from > 0 {
		current := size // where the open revision begins
		if p.current.whole.from > 0 {
			current = p.current.whole.from
		}
		unused := current - p.head - (p.newest.whole.to - p.newest.whole.from)
		if unused > size/2 && size > 1<<20 {
			s.compact(current)
			return needMore
		}
	}
	if size > maxPage {
		s.at, s.inside, s.Misaligned, s.seen = len(s.buffer), false, true, 0
		return largePage
	}
	return needMore
}

// compact drops the revisions of the page that are older than its newest.
func (s *scanner) compact(current int) {
	p := &s.page
	b := s.buffer[p.start:]
	to := p.head
	by := to - p.newest.whole.from
	to += copy(b[to:], b[p.newest.whole.from:p.newest.whole.to])
	p.newest.move(by)
	by = to - current
	to += copy(b[to:], b[current:])
	if p.current.whole.from > 0 {
		p.current.move(by)
	}
	for i := range p.open {
		if p.open[i].content > p.head {
			p.open[i].content += by
			p.open[i].name.from += by
			p.open[i].name.to += by
		}
	}
	s.buffer = s.buffer[:p.start+to]
	s.at += by
	s.base -= int64(by)
}

// openTag opens an element, whose tag begins at an offset of the page.
func (s *scanner) openTag(tag []byte, at, size int) {
	p := &s.page
	closed := tag[len(tag)-1] == '/'
	name := tagName(tag)
	switch len(p.open) {
	case 0:
		p.openTopLevel(localName(name), tag, at)
	case 2:
		if s.isText() {
			p.broken = fmt.Sprintf("the tag <%.40s> stands in the text: "+
				"expected &lt; for a < that is no mark-up of the export", name)
			return
		}
	case maxElements:
		p.broken = fmt.Sprintf("elements stand more than %d deep in one another", maxElements)
		return
	}
	if len(p.open) == 1 && string(localName(name)) == "text" && s.isOpen(0, "revision") {
		p.current.parts[revisionSHA1] = attribute(tag, "sha1", at+1)
	}
	if !closed {
		p.open = append(p.open, openElement{span{at + 1, at + 1 + len(name)}, at + size})
	} else if len(p.open) == 0 && string(localName(name)) == "revision" {
		p.current = revision{}
	}
}

// openTopLevel notes what the tag of an element directly in the page says.
func (p *scannedPage) openTopLevel(name, tag []byte, at int) {
	switch string(name) {
	case "revision":
		p.current = revision{whole: span{at, at}}
		if p.head == 0 {
			p.head = at
		}
	case "redirect":
		p.redirect = true
		p.target = attribute(tag, "title", at+1)
	}
}

// maxElements is more than the four levels that a page of an export has.
const maxElements = 16

// isText reports whether the innermost open element is the text of a revision.
func (s *scanner) isText() bool {
	return s.isOpen(1, "text") && s.isOpen(0, "revision")
}

// isOpen reports whether the open element of a level has a name.
func (s *scanner) isOpen(level int, name string) bool {
	return string(localName(s.bytes(s.page.open[level].name))) == name
}

// closeTag closes an element, and reports whether it was the page.
func (s *scanner) closeTag(name []byte, at int) bool {
	p := &s.page
	name = bytes.TrimRight(name, " \t\r\n")
	if len(p.open) == 0 {
		if string(localName(name)) != "page" {
			p.broken = fmt.Sprintf("</%.40s> closes nothing: expected </page>", name)
			return false
		}
		if p.title == (span{}) {
			p.broken = "the page has no title"
		}
		return true
	}
	last := len(p.open) - 1
	e := p.open[last]
	if !bytes.Equal(s.bytes(e.name), name) {
		p.broken = fmt.Sprintf("</%.40s> stands where </%.40s> is expected", name, s.bytes(e.name))
		return false
	}
	p.open = p.open[:last]
	content := span{e.content, at}
	switch last {
	case 0:
		switch string(localName(name)) {
		case "title":
			p.title = content
		case "ns":
			p.namespace = content
		case "id":
			p.id = content
		case "revision":
			p.current.whole.to = at + len("</>") + len(name)
			if p.revisions == 0 || s.isNewer() {
				p.newest = p.current
			}
			p.revisions++
			p.current = revision{}
		}
	case 1:
		i := slices.Index(revisionNames[:], string(localName(name)))
		if i == revisionSHA1 && p.current.parts[i] != (span{}) {
			return false // that of the text takes precedence: this one covers all slots of the revision
		}
		if i >= 0 && s.isOpen(0, "revision") {
			p.current.parts[i] = content
		}
	}
	return false
}

// revisionNames are the elements of the parts of a revision.
var revisionNames = [revisionParts]string{
	revisionID: "id", revisionTime: "timestamp", revisionModel: "model", revisionText: "text",
	revisionSHA1: "sha1",
}

// isNewer reports whether the revision that was just read was saved after the newest one before it. Times are written
// so that they sort as bytes.
func (s *scanner) isNewer() bool {
	a, b := &s.page.current, &s.page.newest
	if c := bytes.Compare(s.bytes(a.parts[revisionTime]), s.bytes(b.parts[revisionTime])); c != 0 {
		return c > 0
	}
	x, y := s.bytes(a.parts[revisionID]), s.bytes(b.parts[revisionID])
	if len(x) != len(y) {
		return len(x) > len(y)
	}
	return bytes.Compare(x, y) > 0
}
