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
	root   []byte // the tag <mediawiki …>, once it was met
	site   []byte // the element <siteinfo>, once it was met
	rooted bool   // an export has begun
	closed bool   // </mediawiki> was met, and no <page> or root after it
	found  bool   // a root or a page was met
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
	if s.inside {
		done = s.page.start
	}
	if done > 0 {
		s.buffer = s.buffer[:copy(s.buffer, s.buffer[done:])]
		s.base += int64(done)
		s.at -= done
		s.page.start -= done
	}
	s.buffer = append(s.buffer, data...)
}

// position returns the offset in the export up to which everything was dealt with.
func (s *scanner) position() int64 {
	if s.inside {
		return s.base + int64(s.page.start)
	}
	return s.base + int64(s.at)
}

// resync continues behind missing bytes, at an offset of the export. The open page is lost. It returns the title of
// that page, and whether there is one.
func (s *scanner) resync(next int64) (title []byte, lost bool) {
	if lost = s.inside; lost {
		title = bytes.Clone(s.bytes(s.page.title))
	}
	s.buffer, s.base, s.at, s.inside = s.buffer[:0], next, 0, false
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
		i := bytes.IndexByte(s.buffer[s.at:], '<')
		if i < 0 {
			s.at = len(s.buffer)
			return needMore
		}
		s.at += i
		rest := s.buffer[s.at:]
		switch {
		case bytes.HasPrefix(rest, []byte("<page>")):
			s.beginPage()
		case bytes.HasPrefix(rest, []byte("</mediawiki>")):
			s.closed = true
			s.at += len("</mediawiki>")
		case beginsRoot(rest):
			end := tagEnd(rest)
			if end < 0 && len(rest) < maxHead {
				return needMore
			}
			s.root = bytes.Clone(rest[:end+1])
			s.rooted, s.found, s.closed = true, true, bytes.HasSuffix(s.root, []byte("/>"))
			s.at += len("<mediawiki")
		case bytes.HasPrefix(rest, []byte("<siteinfo")):
			end := bytes.Index(rest, []byte("</siteinfo>"))
			if end < 0 && len(rest) < maxHead {
				return needMore
			}
			if end < 0 {
				s.at++
				continue
			}
			end += len("</siteinfo>")
			s.site = bytes.Clone(rest[:end])
			s.at += end
			return newSite
		case len(rest) < len("</mediawiki>") && !bytes.ContainsRune(rest, '>'):
			return needMore
		default:
			s.at++
		}
	}
}

// beginsRoot reports whether bytes begin with the tag <mediawiki …>, as far as they go.
func beginsRoot(b []byte) bool {
	rest, ok := bytes.CutPrefix(b, []byte("<mediawiki"))
	return ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n/>"), rest[0]) >= 0)
}

// maxHead is more bytes than the head of an export has: some 30 namespaces, one per line.
const maxHead = 1 << 20

// beginPage begins a page at the current place.
func (s *scanner) beginPage() {
	s.page = scannedPage{start: s.at, open: s.page.open[:0]}
	s.at += len("<page>")
	s.inside, s.found, s.closed = true, true, false
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
			size, whole := skipMarkup(rest)
			if !whole {
				return s.awaitMore()
			}
			s.page.current.cdata = true
			s.at += size
			continue
		}
		end := tagEnd(rest)
		if end < 0 {
			return s.awaitMore()
		}
		at := s.at - s.page.start // of the tag, in the page
		tag := rest[1:end]
		whole := false
		switch {
		case string(tag) == "page":
			s.page.broken = "the page is not closed: expected </page> before the next <page>"
			s.inside = false
			return badPage
		case len(tag) == 0:
			s.page.broken = "<> is no tag"
		case tag[0] == '/':
			whole = s.closeTag(tag[1:], at)
		default:
			s.openTag(tag, at, end+1)
		}
		s.at += end + 1
		switch {
		case s.page.broken != "":
			s.inside = false
			return badPage
		case whole:
			s.inside = false
			return onePage
		}
	}
}

// skipMarkup returns the size of a comment, a CDATA section or an instruction, and whether it is whole.
func skipMarkup(b []byte) (size int, whole bool) {
	for _, form := range []struct{ from, to string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<", ">"}} {
		if bytes.HasPrefix(b, []byte(form.from)) {
			i := bytes.Index(b, []byte(form.to))
			return i + len(form.to), i >= 0
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
		s.at, s.inside = len(s.buffer), false
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
	name := tag
	if i := bytes.IndexAny(tag, " \t\r\n/"); i >= 0 {
		name = tag[:i]
	}
	switch len(p.open) {
	case 0:
		p.openTopLevel(name, tag, at)
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
	if !closed {
		p.open = append(p.open, openElement{span{at + 1, at + 1 + len(name)}, at + size})
	} else if len(p.open) == 0 && string(name) == "revision" {
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
		if from := bytes.Index(tag, []byte(` title="`)); from >= 0 {
			from += len(` title="`)
			if to := bytes.IndexByte(tag[from:], '"'); to >= 0 {
				p.target = span{at + 1 + from, at + 1 + from + to}
			}
		}
	}
}

// maxElements is more than the four levels that a page of an export has.
const maxElements = 16

// isText reports whether the innermost open element is the text of a revision.
func (s *scanner) isText() bool {
	return string(s.bytes(s.page.open[1].name)) == "text" && string(s.bytes(s.page.open[0].name)) == "revision"
}

// closeTag closes an element, and reports whether it was the page.
func (s *scanner) closeTag(name []byte, at int) bool {
	p := &s.page
	name = bytes.TrimRight(name, " \t\r\n")
	if len(p.open) == 0 {
		if string(name) != "page" {
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
		switch string(name) {
		case "title":
			p.title = content
		case "ns":
			p.namespace = content
		case "id":
			p.id = content
		case "revision":
			p.current.whole.to = at + len("</revision>")
			if p.revisions == 0 || s.isNewer() {
				p.newest = p.current
			}
			p.revisions++
			p.current = revision{}
		}
	case 1:
		i := slices.Index(revisionNames[:], string(name))
		if i >= 0 && string(s.bytes(p.open[0].name)) == "revision" {
			p.current.parts[i] = content
		}
	}
	return false
}

// revisionNames are the elements of the parts of a revision.
var revisionNames = [revisionParts]string{
	revisionID: "id", revisionTime: "timestamp", revisionModel: "model", revisionText: "text",
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
