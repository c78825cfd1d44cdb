// Package plaintext reads pages in the plain form: a title between equals signs, a line `Infobox` (the name of the
// template may follow), one field per line, then prose.
//
//	= 2007 Moroccan general election =
//
//	Infobox
//	- Country: Morocco
//	- Seats1: 52
//
//	Parliamentary elections were held …
//
// A blank line between fields is allowed. An indented line continues the value above it. Any other line ends the box. A
// second `Infobox` begins a second box.
//
// Start with Read.
package plaintext

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"hemicycle/extract/document"
	"hemicycle/schemas"
)

var (
	titleLine = regexp.MustCompile(`^=[^=].*[^=]=$|^=[^=]=$`)
	boxLine   = regexp.MustCompile(`^(?i:infobox)((?: [\pL_ ]{1,60})?):?$`)
)

// textLine is one line of a text.
type textLine struct {
	number     int
	start, end int // without the end of the line
	next       int // the offset of the next line
}

// textLineAt returns the line that starts at an offset.
func textLineAt(s string, start, number int) textLine {
	l := textLine{number: number, start: start, end: len(s), next: len(s)}
	if i := strings.IndexByte(s[start:], '\n'); i >= 0 {
		l.end, l.next = start+i, start+i+1
	}
	if l.end > l.start && s[l.end-1] == '\r' {
		l.end--
	}
	return l
}

// Matches reports whether the first line of a text that is not blank is a title or the heading of a box.
func Matches(s string) bool {
	for at, number := 0, 1; at < len(s); number++ {
		l := textLineAt(s, at, number)
		switch content := trimBlank(s[l.start:l.end]); {
		case content == "":
		case strings.IndexByte("=iI", content[0]) < 0: // most texts of other forms need no pattern
			return false
		default:
			return titleLine.MatchString(content) || boxLine.MatchString(content)
		}
		at = l.next
	}
	return false
}

// trimBlank returns a line without white space, byte order mark and invisible characters at its ends.
func trimBlank(s string) string {
	return strings.TrimFunc(s, document.IsBlank)
}

// pageReader reads one document in the plain form, line by line.
type pageReader struct {
	d          *schemas.Document
	hasTitle   bool             // the title was read
	box        *schemas.Infobox // the open box
	boxes      int              // the number of boxes that were opened
	misaligned bool             // the line above, in the box, has no key: a continuation of it belongs to no field
	blank      bool             // the line above is blank
	para       *schemas.Passage // the open paragraph
	end        int              // the offset where the last line of the open paragraph ends
}

// Read reads the title, the boxes and the prose of a document in the plain form.
func Read(d *schemas.Document) {
	r := pageReader{d: d}
	for at, number := 0, 1; at < len(d.Text); number++ {
		l := textLineAt(d.Text, at, number)
		r.readLine(l)
		at = l.next
	}
	r.closeBox()
	r.closeParagraph()
}

// readLine reads a line as the first of its kinds that it can be.
func (r *pageReader) readLine(l textLine) {
	content := trimBlank(r.d.Text[l.start:l.end])
	blankAbove := r.blank
	r.blank = content == ""
	switch {
	case content == "":
		r.closeParagraph()
	case r.readTitle(content), r.openBox(content, l):
	case r.box != nil && r.readField(content, l, blankAbove):
	default:
		r.closeBox()
		r.addProse(l)
	}
}

// readTitle reads the title, which stands before the first box and not inside a paragraph. A title that the source
// knows takes precedence.
func (r *pageReader) readTitle(content string) bool {
	if r.hasTitle || r.boxes > 0 || r.para != nil || !titleLine.MatchString(content) {
		return false
	}
	title := document.NormalizeSpace(content[1 : len(content)-1])
	r.hasTitle = title != ""
	if r.d.Title == "" {
		r.d.Title = title
	}
	return true
}

// openBox begins a box at a line `Infobox`. In the middle of a paragraph the word is prose.
func (r *pageReader) openBox(content string, l textLine) bool {
	m := boxLine.FindStringSubmatch(content)
	if m == nil || r.para != nil {
		return false
	}
	if r.boxes == document.MaxBoxes {
		document.RejectFurtherBoxes(r.d, l.number, l.start)
		return false
	}
	r.closeBox()
	r.boxes++
	r.misaligned = false
	r.box = &schemas.Infobox{Box: r.boxes, Line: l.number, Offset: l.start, End: l.end}
	if name := document.NormalizeSpace(m[1]); name != "" {
		r.box.Template = "Infobox " + strings.ReplaceAll(name, "_", " ")
	}
	return true
}

// readField reads a line inside a box. It returns false if the box has ended above the line.
func (r *pageReader) readField(content string, l textLine, blankAbove bool) bool {
	text := r.d.Text
	bullet, size := utf8.DecodeRuneInString(content)
	first := l.start + strings.Index(text[l.start:l.end], content)
	indented := text[l.start] == ' ' || text[l.start] == '\t'
	hasBullet := strings.ContainsRune("-*•–—", bullet)
	continues := indented && !blankAbove
	switch {
	case hasBullet && strings.IndexByte(content, ':') < 0, continues && r.misaligned:
		document.AddDefect(r.box, schemas.Defect{
			Message: "this line of the box has no key: expected `- Key: Value`",
			Raw:     content, Line: l.number, Offset: first,
		})
		r.misaligned = true
	case hasBullet:
		start, stop := first+size, first+len(content)
		colon := start + strings.IndexByte(text[start:stop], ':')
		from, to := document.TrimSpan(text, colon+1, stop)
		f := schemas.Field{Key: trimBlank(text[start:colon]), Raw: text[from:to], Line: l.number, Offset: from}
		f.Name, f.Position = schemas.ParameterName(f.Key)
		document.AddField(r.box, f)
		r.misaligned = false
	case continues && len(r.box.Fields) > 0:
		f := &r.box.Fields[len(r.box.Fields)-1]
		from, to := document.TrimSpan(text, f.Offset, l.end)
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

// closeBox ends the open box and adds it to the document.
func (r *pageReader) closeBox() {
	if r.box == nil {
		return
	}
	for i := range r.box.Fields {
		f := &r.box.Fields[i]
		f.Text = document.NormalizeSpace(document.WithoutFootnoteMarks(f.Raw))
	}
	document.KeepBox(r.d, *r.box)
	r.box = nil
}

// addProse adds a line to the open paragraph.
func (r *pageReader) addProse(l textLine) {
	if r.para == nil {
		r.para = &schemas.Passage{Line: l.number, Offset: l.start}
	}
	r.end = l.end
}

// closeParagraph ends the open paragraph and adds it to the document.
func (r *pageReader) closeParagraph() {
	if r.para != nil {
		r.cutFootnoteMarks(r.d.Text[r.para.Offset:r.end])
		r.d.Prose = append(r.d.Prose, *r.para)
		r.para = nil
	}
}

// cutFootnoteMarks sets the text of the open paragraph: the text of the page without the marks of footnotes.
func (r *pageReader) cutFootnoteMarks(text string) {
	marks := document.FootnoteMarks(text)
	if len(marks) == 0 {
		r.para.Text = text
		return
	}
	var b strings.Builder
	from, line := 0, r.para.Line
	keep := func(to int) {
		r.para.Marks = append(r.para.Marks, schemas.Mark{At: b.Len(), Offset: r.para.Offset + from, Line: line})
		b.WriteString(text[from:to])
		line += strings.Count(text[from:to], "\n")
	}
	for _, m := range marks {
		keep(m[0])
		from = m[1]
	}
	keep(len(text))
	r.para.Text = b.String()
}
