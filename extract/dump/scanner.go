package dump

import (
	"bytes"
	"fmt"
	"slices"

	"hemicycle/extract/document"
)

// Pages of an export, found by scanning bytes. In XML text a < is always written &lt;, so every < begins
// a tag: the scan hops from one to the next and looks at nothing between them. A page's text costs one
// hop, and no XML is parsed.

// The most bytes that a page may take in the export, older revisions left out: a text of MaxDocument, in
// which every other character is written as an entity.
const maxPage = 2 * document.MaxBytes

// span is a piece of a page, counted from the page's first byte.
type span struct{ from, to int }

// The parts of a revision that are looked at.
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
	cdata bool // its text holds a CDATA section or a comment
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
	content int
}

// scannedPage is one page of an export. Its places count from its first byte, which is at start of the buffer.
type scannedPage struct {
	start     int
	title     span
	namespace span
	id        span
	target    span // of a redirect
	redirect  bool
	newest    revision // of all that are closed
	current   revision
	revisions int
	head      int // where the first revision begins
	open      []openElement
	broken    string // what is wrong with its mark-up; "" where nothing is
}

// scanner splits the bytes of an export into pages, whatever the pieces that it is fed.
type scanner struct {
	buffer []byte
	base   int64 // offset of the buffer's first byte in the export
	at     int   // what is before was looked at
	inside bool  // of a page
	page   scannedPage
	root   []byte // the tag <mediawiki …>, once it was seen
	site   []byte // the element <siteinfo>, once it was seen
	rooted bool   // an export has begun
	closed bool   // </mediawiki> was seen, and no <page> or root after it
	found  bool   // a root or a page was seen
}

// What the scanner comes upon.
type scanEvent int

const (
	needMore  scanEvent = iota // the buffer holds no more whole pages
	onePage                    // page is complete
	badPage                    // page.broken says what is wrong; it goes on at the next <page>
	largePage                  // the page under way is larger than any may be, and is given up
	newSite                    // site is complete
)

// feed adds bytes to the buffer. What was looked at is dropped from it.
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

// position is the offset in the export up to which everything was dealt with.
func (s *scanner) position() int64 {
	if s.inside {
		return s.base + int64(s.page.start)
	}
	return s.base + int64(s.at)
}

// resync says that bytes are missing from here on: the page under way is lost. It returns the title
// of that page, and whether there is one.
func (s *scanner) resync(next int64) (title []byte, lost bool) {
	if lost = s.inside; lost {
		title = bytes.Clone(s.bytes(s.page.title))
	}
	s.buffer, s.base, s.at, s.inside = s.buffer[:0], next, 0, false
	return title, lost
}

func (s *scanner) bytes(p span) []byte { return s.buffer[s.page.start+p.from : s.page.start+p.to] }

// next finds the next event.
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
		case bytes.HasPrefix(rest, []byte("<mediawiki")) && (len(rest) <= len("<mediawiki") || bytes.IndexByte([]byte(" \t\r\n/>"), rest[len("<mediawiki")]) >= 0):
			end := tagEnd(rest)
			if end < 0 && len(rest) < maxHead {
				return needMore
			}
			s.root, s.rooted, s.found, s.closed = bytes.Clone(rest[:end+1]), true, true, bytes.HasSuffix(rest[:end+1], []byte("/>"))
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

// maxHead is more than an export's head takes: some 30 namespaces, a line each.
const maxHead = 1 << 20

// beginPage enters the page at the place looked at.
func (s *scanner) beginPage() {
	s.page = scannedPage{start: s.at, open: s.page.open[:0]}
	s.at += len("<page>")
	s.inside, s.found, s.closed = true, true, false
}

// tagEnd is the place of the > that ends the tag at the beginning of b; -1 where it is not there yet. A
// > between quotation marks ends nothing, unless another tag begins before the marks are closed.
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

// skipMarkup is the size of a comment, a CDATA section or an instruction, and whether it is whole.
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

// awaitMore asks for more bytes, and makes room where the page has grown: of several revisions only the
// newest counts.
func (s *scanner) awaitMore() scanEvent {
	p := &s.page
	size := len(s.buffer) - p.start
	if p.revisions > 1 || p.revisions == 1 && p.current.whole.from > 0 {
		current := size // where the revision under way begins
		if p.current.whole.from > 0 {
			current = p.current.whole.from
		}
		idle := current - p.head - (p.newest.whole.to - p.newest.whole.from)
		if idle > size/2 && size > 1<<20 {
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

// openTag opens an element; its tag begins at a place of the page.
func (s *scanner) openTag(tag []byte, at, size int) {
	p := &s.page
	closed := tag[len(tag)-1] == '/'
	name := tag
	if i := bytes.IndexAny(tag, " \t\r\n/"); i >= 0 {
		name = tag[:i]
	}
	switch len(p.open) {
	case 0:
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
	case 2:
		if s.isText() {
			p.broken = fmt.Sprintf("the tag <%.40s> stands in the text: expected &lt; for a < that is no mark-up of the export", name)
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

// maxElements is more than the four levels that a page of an export has.
const maxElements = 16

// isText reports whether the open element is the text of a revision.
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

// revisionNames is the elements of a revision's parts.
var revisionNames = [revisionParts]string{revisionID: "id", revisionTime: "timestamp", revisionModel: "model", revisionText: "text"}

// isNewer reports whether the revision just read was saved after the newest before it. Times are written
// so that their order is that of their bytes.
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
