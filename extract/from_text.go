package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hemicycle/schemas"
)

// The plain form: a title between equals signs, a line `Infobox` (the template's name may follow),
// one field a line, then prose.
//
//	= 2007 Moroccan general election =
//
//	Infobox
//	- Country: Morocco
//	- Seats1: 52
//
//	Parliamentary elections were held …
//
// A blank line between fields is allowed; an indented line goes on with the value above it; any other
// line ends the box. A second `Infobox` begins a second box.

var (
	titleLine = regexp.MustCompile(`^=[^=].*[^=]=$|^=[^=]=$`)
	boxLine   = regexp.MustCompile(`^(?i:infobox)((?: [\pL_ ]{1,60})?):?$`)
)

// line is one line of a text: its number, its span without the line's end.
type line struct {
	number     int
	start, end int
	next       int // where the line after it starts
}

func lineAt(s string, start, number int) line {
	l := line{number: number, start: start, end: len(s), next: len(s)}
	if i := strings.IndexByte(s[start:], '\n'); i >= 0 {
		l.end, l.next = start+i, start+i+1
	}
	if l.end > l.start && s[l.end-1] == '\r' {
		l.end--
	}
	return l
}

func isText(s string) bool {
	for at, number := 0, 1; at < len(s); number++ {
		l := lineAt(s, at, number)
		content := trimmed(s[l.start:l.end])
		if content != "" {
			return strings.IndexByte("=iI", content[0]) >= 0 && (titleLine.MatchString(content) || boxLine.MatchString(content))
		}
		at = l.next
	}
	return false
}

// trimmed is a line without white space, byte order mark and invisible characters at its ends.
func trimmed(s string) string {
	return strings.TrimFunc(s, blank)
}

func blank(r rune) bool { return unicode.IsSpace(r) || invisible(r) }

// trimASCII leaves out the white space of ASCII around a part of a text.
func trimASCII(s string, from, to int) (int, int) {
	for from < to && asciiBlank[s[from]] {
		from++
	}
	for from < to && asciiBlank[s[to-1]] {
		to--
	}
	return from, to
}

// asciiBlank is the white space among the bytes that are characters of their own.
var asciiBlank = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\v': true, '\f': true}

// textReader reads one document in the plain form, line by line.
type textReader struct {
	d      *schemas.Document
	box    *schemas.Infobox // the open box
	boxes  int
	astray bool             // the line of the box above has no key: what goes on with it belongs to no field
	blank  bool             // the line above is blank
	para   *schemas.Passage // the open paragraph
	end    int              // where the open paragraph's last line ends
}

func readText(d *schemas.Document) {
	r := textReader{d: d}
	for at, number := 0, 1; at < len(d.Text); number++ {
		l := lineAt(d.Text, at, number)
		r.line(l)
		at = l.next
	}
	r.closeBox()
	r.closeParagraph()
}

func (r *textReader) line(l line) {
	content := trimmed(r.d.Text[l.start:l.end])
	blankAbove := r.blank
	r.blank = content == ""
	switch {
	case content == "":
		r.closeParagraph()
	case r.d.Title == "" && r.box == nil && r.para == nil && r.boxes == 0 && titleLine.MatchString(content):
		r.d.Title = fold(content[1 : len(content)-1])
	case r.startBox(content, l):
	case r.box != nil && r.field(content, l, blankAbove):
	default:
		r.closeBox()
		r.prose(l)
	}
}

// startBox begins a box at a line `Infobox`. In the middle of a paragraph the word is prose.
func (r *textReader) startBox(content string, l line) bool {
	m := boxLine.FindStringSubmatch(content)
	if m == nil || r.para != nil {
		return false
	}
	if r.boxes == maxBoxes {
		rejectOnce(r.d, l.number, l.start, schemas.ReasonTooLarge, tooManyBoxes)
		return false
	}
	r.closeBox()
	r.boxes++
	r.astray = false
	r.box = &schemas.Infobox{Box: r.boxes, Line: l.number, Offset: l.start, End: l.end}
	if name := fold(m[1]); name != "" {
		r.box.Template = "Infobox " + strings.ReplaceAll(name, "_", " ")
	}
	return true
}

// field reads a line inside a box; false means that the box has ended above it.
func (r *textReader) field(content string, l line, blankAbove bool) bool {
	text := r.d.Text
	bullet, size := utf8.DecodeRuneInString(content)
	first := l.start + strings.Index(text[l.start:l.end], content)
	indented := text[l.start] == ' ' || text[l.start] == '\t'
	marked := strings.ContainsRune("-*•–—", bullet)
	switch {
	case marked && strings.IndexByte(content, ':') < 0, indented && !blankAbove && r.astray:
		addDefect(r.box, schemas.Defect{
			Message: "this line of the box has no key: expected `- Key: Value`", Raw: content, Line: l.number, Offset: first,
		})
		r.astray = true
	case marked:
		start, stop := first+size, first+len(content)
		colon := start + strings.IndexByte(text[start:stop], ':')
		from, to := trimSpan(text, colon+1, stop)
		f := schemas.Field{Key: trimmed(text[start:colon]), Raw: text[from:to], Line: l.number, Offset: from}
		f.Name, f.Position = schemas.ParameterName(f.Key)
		addField(r.box, f)
		r.astray = false
	case indented && !blankAbove && len(r.box.Fields) > 0:
		f := &r.box.Fields[len(r.box.Fields)-1]
		from, to := trimSpan(text, f.Offset, l.end)
		if f.Raw == "" {
			f.Line = l.number
		}
		f.Raw, f.Offset = text[from:to], from
	default:
		return false
	}
	r.box.End = l.end
	return true
}

// trimSpan is the span without what trimmed takes off at its ends; empty, it is where it began.
func trimSpan(s string, from, to int) (int, int) {
	from, to = trimASCII(s, from, to)
	if from == to || s[from] > ' ' && s[from] < 0x7F && s[to-1] > ' ' && s[to-1] < 0x7F {
		return from, to
	}
	inner := s[from:to]
	left := strings.TrimLeftFunc(inner, blank)
	if left == "" {
		return from, from
	}
	return to - len(left), to - len(left) + len(strings.TrimRightFunc(left, blank))
}

func (r *textReader) closeBox() {
	if r.box == nil {
		return
	}
	for i := range r.box.Fields {
		r.box.Fields[i].Text = fold(r.box.Fields[i].Raw)
	}
	keep(r.d, *r.box)
	r.box = nil
}

func (r *textReader) prose(l line) {
	if r.para == nil {
		r.para = &schemas.Passage{Line: l.number, Offset: l.start}
	}
	r.end = l.end
}

func (r *textReader) closeParagraph() {
	if r.para != nil {
		r.para.Text = r.d.Text[r.para.Offset:r.end]
		r.d.Prose = append(r.d.Prose, *r.para)
		r.para = nil
	}
}

// fold is a text as a reader sees it: every run of white space one space, none at the ends, nothing
// invisible.
func fold(s string) string {
	s = strings.TrimSpace(s)
	if plain(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = true
		case invisible(r):
		default:
			if gap && len(b) > 0 {
				b = append(b, ' ')
			}
			b, gap = utf8.AppendRune(b, r), false
		}
	}
	return string(b)
}

// plain reports a text that folding leaves as it is: ASCII, words one space apart. Most are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7F || c == ' ' && s[i+1] == ' ' {
			return false
		}
	}
	return true
}

// invisible reports characters that take no room and are no white space: zero-width spaces and
// joiners, direction marks, soft hyphens, byte order marks, and control characters.
func invisible(r rune) bool {
	return r == '\u00AD' || r == '\uFEFF' || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' ||
		r >= '\u2060' && r <= '\u2069' || unicode.IsControl(r) && !unicode.IsSpace(r)
}
