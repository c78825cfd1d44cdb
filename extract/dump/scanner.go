package dump

import (
	"bytes"
	"fmt"
	"slices"

	"hemicycle/extract/document"
)

// The pages of an export are found by scanning bytes. In the text of an XML element a < is always written &lt;, so
// every < begins a tag. The scan jumps from one to the next and looks at nothing in between: the text of a page is
// passed in one jump, and no XML is parsed.

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

// scanner splits the bytes of an export into pages, however the bytes are cut into chunks.
type scanner struct {
	buffer []byte
	base   int64 // the offset of the first byte of the buffer in the export
	at     int   // the offset in the buffer up to which everything was looked at
	inside bool  // a page is open
	page   scannedPage
	seen   int // how many bytes behind at were searched for the end of a comment in the page

	root   []byte // the tag <mediawiki …>, once it was met
	site   []byte // the element <siteinfo>, once it was met
	rooted bool   // an export has begun
	closed bool   // </mediawiki> was met, and no <page> or root after it
	found  bool   // a root or a page was met

	inSite   bool // an element <siteinfo> is open
	siteFrom int  // where it begins in the buffer
	headed   bool // the head of the export is over: its siteinfo or its first page was met

	until      string // what ends the comment or instruction outside a page in which the scan is; "" if it is in none
	untilFrom  int64  // where that begins in the export
	misaligned bool   // a broken page or missing bytes are before this place, and no page has begun since
	stray      bool   // a tag of the head was met outside <siteinfo>, or that element is not closed
}

// scanEvent is what the scanner comes upon.
type scanEvent int

// The events.
const (
	needMore  scanEvent = iota // the buffer holds no more whole pages
	onePage                    // page is complete
	badPage                    // page.broken says what is wrong; the scan continues at the next <page>
	largePage                  // the open page is larger than any may be, and is given up
	newSite                    // site is complete
)

// feed adds bytes to the buffer. What was dealt with is dropped from it.
func (s *scanner) feed(data []byte) {
	done := s.at
	switch {
	case s.inside:
		done = s.page.start
	case s.inSite:
		done = s.siteFrom
	}
	if done > 0 {
		s.buffer = s.buffer[:copy(s.buffer, s.buffer[done:])]
		s.base += int64(done)
		s.at -= done
		s.page.start -= done
		s.siteFrom -= done
	}
	s.buffer = append(s.buffer, data...)
}

// position returns the offset in the export up to which everything was dealt with.
func (s *scanner) position() int64 {
	switch {
	case s.inside:
		return s.base + int64(s.page.start)
	case s.inSite:
		return s.base + int64(s.siteFrom)
	case s.until != "":
		return s.untilFrom
	}
	return s.base + int64(s.at)
}

// resync continues behind missing bytes, at an offset of the export. The open page is lost. It returns the title of
// that page, and whether there is one.
func (s *scanner) resync(next int64) (title []byte, lost bool) {
	if lost = s.inside; lost {
		title = bytes.Clone(s.bytes(s.page.title))
	}
	s.buffer, s.base, s.at, s.seen = s.buffer[:0], next, 0, 0
	s.inside, s.inSite, s.until, s.misaligned = false, false, "", true
	return title, lost
}

// bytes returns the bytes of a piece of the page.
func (s *scanner) bytes(p span) []byte { return s.buffer[s.page.start+p.from : s.page.start+p.to] }

// next returns the next event.
func (s *scanner) next() scanEvent {
	for {
		if s.inside {
			return s.scanPage()
		}
		if s.until != "" && !s.endMarkup() {
			return needMore
		}
		i := bytes.IndexByte(s.buffer[s.at:], '<')
		if i < 0 {
			s.at = len(s.buffer)
		} else {
			s.at += i
		}
		if s.inSite && s.at-s.siteFrom > maxHead {
			s.inSite, s.stray = false, true
		}
		if i < 0 {
			return needMore
		}
		if event, isOver := s.scanOutside(); isOver {
			return event
		}
	}
}

// markupForm is a form of mark-up that is no element, by how it begins and ends.
type markupForm struct{ from, to string }

// markupForms are the forms that are passed over outside a page: comments, CDATA sections and instructions.
var markupForms = []markupForm{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}

// pageMarkupForms are those that are passed over in a page.
var pageMarkupForms = []markupForm{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<", ">"}}

// endMarkup passes over the rest of a comment or an instruction outside a page, and reports whether its end was met.
func (s *scanner) endMarkup() bool {
	i := bytes.Index(s.buffer[s.at:], []byte(s.until))
	if i < 0 {
		s.at = max(s.at, len(s.buffer)-len(s.until)+1)
		return false
	}
	s.at += i + len(s.until)
	s.until = ""
	return true
}

// scanOutside looks at the < of the current place, which is outside a page, and passes it. isOver reports whether the
// event is to be dealt with before the scan goes on.
func (s *scanner) scanOutside() (event scanEvent, isOver bool) {
	rest := s.buffer[s.at:]
	if len(rest) > 1 && (rest[1] == '!' || rest[1] == '?') {
		return needMore, !s.beginMarkup(rest)
	}
	e := elementAt(rest)
	if e.isPartial() {
		return needMore, true
	}
	switch name := string(e.name); {
	case name == "page" && !e.closing:
		return s.beginPage(rest[:e.size])
	case name == "page":
		s.misaligned = false
	case name == "mediawiki" && e.closing:
		s.closed = true
	case name == "mediawiki":
		s.root = bytes.Clone(rest[:e.size])
		s.rooted, s.found, s.closed = true, true, e.isEmpty
		s.inSite, s.headed, s.misaligned = false, false, false
	case name == "siteinfo" && !e.closing && !s.headed:
		s.inSite, s.siteFrom, s.headed = true, s.at, true
	case name == "siteinfo" && e.closing && s.inSite:
		s.at += e.size
		s.inSite = false
		s.site = bytes.Clone(s.buffer[s.siteFrom:s.at])
		return newSite, true
	case !s.headed && belongsInSite(name):
		s.stray = true
	case s.isOrphan(&e):
		s.page = scannedPage{start: s.at, open: s.page.open[:0]}
		s.page.broken = fmt.Sprintf("<%s> stands outside a page: expected <page> before it", name)
		s.at += e.size
		s.misaligned = true
		return badPage, true
	}
	s.at += max(e.size, 1)
	return needMore, false
}

// belongsInSite reports whether an element stands in <siteinfo> alone.
func belongsInSite(name string) bool { return name == "dbname" || name == "namespaces" }

// isOrphan reports whether an element outside a page shows that the tag <page> before it is lost or written in another
// way. Behind damage that is known already.
func (s *scanner) isOrphan(e *tagElement) bool {
	if !s.found || s.misaligned || s.inSite || e.closing {
		return false
	}
	name := string(e.name)
	return name == "title" || name == "revision" || name == "PAGE"
}

// beginMarkup passes the beginning of a comment or an instruction outside a page, and reports whether it is whole.
// Behind a broken page it is not known what is text, and nothing is taken for a comment.
func (s *scanner) beginMarkup(rest []byte) bool {
	for _, form := range markupForms {
		switch {
		case s.misaligned:
		case bytes.HasPrefix(rest, []byte(form.from)):
			s.until, s.untilFrom = form.to, s.base+int64(s.at)
			s.at += len(form.from)
			return true
		case len(rest) < len(form.from) && bytes.HasPrefix([]byte(form.from), rest):
			return false
		}
	}
	s.at++
	return true
}

// maxHead is more bytes than the siteinfo of an export has: some 30 namespaces, one per line.
const maxHead = 1 << 20

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
		b = b[:another]
	}
	end := tagEnd(b)
	if end < 0 && another > 0 { // a quotation mark may be open
		end = bytes.IndexByte(b, '>')
	}
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

// beginPage begins a page at the current place, where its tag stands.
func (s *scanner) beginPage(tag []byte) (event scanEvent, isOver bool) {
	s.page = scannedPage{start: s.at, open: s.page.open[:0]}
	s.at += len(tag)
	s.stray = s.stray || s.inSite
	s.found, s.headed, s.closed, s.inSite, s.misaligned = true, true, false, false, false
	if tag[len(tag)-2] == '/' {
		s.page.broken = "the page is empty"
		return badPage, true
	}
	s.inside = true
	return needMore, false
}

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
			s.inside, s.misaligned = false, true
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
			s.inside, s.misaligned = false, true
			return badPage
		case whole:
			s.inside = false
			return onePage
		}
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

// beginsElsewhere reports whether a tag begins a page or an export, and so cannot stand in a page.
func beginsElsewhere(tag []byte) bool {
	name := string(localName(tagName(tag)))
	return name == "page" || name == "mediawiki"
}

// skipMarkup returns the size of a comment, a CDATA section or an instruction in the page, and whether it is whole.
// What was searched for its end is not searched again.
func (s *scanner) skipMarkup(b []byte) (size int, whole bool) {
	for _, form := range pageMarkupForms {
		if bytes.HasPrefix(b, []byte(form.from)) {
			from := max(len(form.from), s.seen-len(form.to)+1)
			i := bytes.Index(b[from:], []byte(form.to))
			if s.seen = 0; i < 0 {
				s.seen = len(b)
			}
			return from + i + len(form.to), i >= 0
		}
		if len(b) < len(form.from) && bytes.HasPrefix([]byte(form.from), b) {
			return 0, false
		}
	}
	return 0, false
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
		s.at, s.inside, s.misaligned, s.seen = len(s.buffer), false, true, 0
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
