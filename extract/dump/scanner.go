package dump

import (
	"bytes"
	"fmt"
)

// The pages of an export are found by scanning bytes. In the text of an XML element a < is always written &lt;, so
// every < begins a tag. The scan jumps from one to the next and looks at nothing in between: the text of a page is
// passed in one jump, and no XML is parsed.

// scanner splits the bytes of an export into pages, however the bytes are cut into chunks.
type scanner struct {
	buffer []byte
	base   int64 // the offset of the first byte of the buffer in the export
	at     int   // the offset in the buffer up to which everything was looked at
	inside bool  // a page is open
	page   scannedPage
	seen   int // how many bytes behind at were searched for the end of a comment in the page

	root     []byte // the tag <mediawiki …>, once it was met
	site     []byte // the element <siteinfo>, once it was met
	inSite   bool   // an element <siteinfo> is open
	siteFrom int    // where it begins in the buffer

	until     string // what ends the comment or instruction outside a page in which the scan is; "" if it is in none
	untilFrom int64  // where that begins in the export

	limited bool  // a page that begins at the limit or behind it is another reader's
	limit   int64 // an offset of the export

	exportState
}

// exportState is what is known of an export at a place outside its pages. A checkpoint keeps it.
type exportState struct {
	Rooted     bool `json:"rooted,omitempty"`     // the root of an export was met
	Closed     bool `json:"closed,omitempty"`     // </mediawiki> was met, and no <page> or root after it
	Headed     bool `json:"headed,omitempty"`     // the siteinfo or the first page of the export was met: its head is over
	HeadLost   bool `json:"head_lost,omitempty"`  // before the first page, something of the head may have been lost
	HasPage    bool `json:"has_page,omitempty"`   // a page was met
	Misaligned bool `json:"misaligned,omitempty"` // behind a broken page or missing bytes, no page has begun yet
}

// isFound reports whether an export was met.
func (e *exportState) isFound() bool { return e.Rooted || e.HasPage }

// loseHead notes that something of the head may be lost. Behind the beginning of a page, there is none to lose.
func (e *exportState) loseHead() { e.HeadLost = e.HeadLost || !e.HasPage }

// scanEvent is what the scanner comes upon.
type scanEvent int

// The events.
const (
	needMore   scanEvent = iota // the buffer holds no more whole pages
	onePage                     // page is complete
	badPage                     // page.broken says what is wrong; the scan continues at the next <page>
	largePage                   // the open page is larger than any may be, and is given up
	newSite                     // site is complete
	endOfPiece                  // the next page begins at the limit or behind it
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
	s.inside, s.inSite, s.until, s.Misaligned = false, false, "", true
	return title, lost
}

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
			s.inSite = false
			s.loseHead()
		}
		if i < 0 {
			return needMore
		}
		if event, isOver := s.scanOutside(); isOver {
			return event
		}
	}
}

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
		return s.beginPage(&e)
	case name == "page":
		s.Misaligned = false
	case name == "mediawiki" && e.closing:
		s.Closed = true
	case name == "mediawiki":
		s.root = bytes.Clone(rest[:e.size])
		s.Rooted, s.Closed = true, e.isEmpty
		s.inSite, s.Headed, s.Misaligned = false, false, false
	case name == "siteinfo" && !e.closing && !s.Headed:
		s.inSite, s.siteFrom, s.Headed = true, s.at, true
	case name == "siteinfo" && e.closing && s.inSite:
		s.at += e.size
		s.inSite = false
		s.site = bytes.Clone(s.buffer[s.siteFrom:s.at])
		return newSite, true
	case !s.Headed && belongsInSite(name):
		s.loseHead()
	case s.isOrphan(&e):
		s.page = scannedPage{start: s.at, open: s.page.open[:0]}
		s.page.broken = fmt.Sprintf("<%s> stands outside a page: expected <page> before it", name)
		s.at += e.size
		s.HasPage, s.Misaligned = true, true
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
	if !s.isFound() || s.Misaligned || s.inSite || e.closing {
		return false
	}
	name := string(e.name)
	return name == "title" || name == "revision" || name == "PAGE"
}

// beginMarkup passes the beginning of a comment or an instruction outside a page, and reports whether it is whole.
// Behind a broken page it is not known what is text, and nothing is taken for a comment.
func (s *scanner) beginMarkup(rest []byte) bool {
	form, isPartial := markupFormAt(rest, markupForms)
	switch {
	case s.Misaligned:
		s.at++
	case form != nil:
		s.until, s.untilFrom = form.to, s.base+int64(s.at)
		s.at += len(form.from)
	case isPartial:
		return false
	default:
		s.at++
	}
	return true
}

// maxHead is more bytes than the siteinfo of an export has: some 30 namespaces, one per line.
const maxHead = 1 << 20

// beginPage begins a page at the current place, where its tag stands.
func (s *scanner) beginPage(e *tagElement) (event scanEvent, isOver bool) {
	if s.limited && s.base+int64(s.at) >= s.limit {
		return endOfPiece, true
	}
	s.page = scannedPage{start: s.at, open: s.page.open[:0]}
	s.at += e.size
	if s.inSite {
		s.loseHead()
	}
	s.HasPage, s.Headed, s.Closed, s.inSite, s.Misaligned = true, true, false, false, false
	if e.isEmpty {
		s.page.broken = "the page is empty"
		return badPage, true
	}
	s.inside = true
	return needMore, false
}
