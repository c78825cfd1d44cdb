package schemas

import (
	"strings"
	"unicode"
)

// The templates of election boxes, by the names to which their redirects lead. The general box shows its contenders
// side by side; the legislative box has a row for each party.
const (
	GeneralBox     = "Infobox election"
	LegislativeBox = "Infobox legislative election"
)

// Infobox is what one box on a page says: its fields, in order, as they stand.
type Infobox struct {
	Box       int    // its number on the page, from 1, in the order in which boxes open
	Parent    int    // number of the box around it; 0 for an outer box
	Template  string // the template's own name after redirects; "" if the form does not name it
	Line      int
	Offset    int // of its first byte in Document.Text
	End       int // of the byte after its last
	Fields    []Field
	Defects   []Defect
	Truncated bool // the page ends before the box does: what is missing says nothing
	// Footnotes are the texts of the footnotes in values, one per line, by index into Fields. They are no part of Text.
	Footnotes map[int]string
	// Struck is what the page strikes out in values of which nothing else is left, by index into Fields. It is no part
	// of Text.
	Struck map[int]string
	// Unknown are the templates in values that the reader of the box does not know, by index into Fields. They stay in
	// Text as written.
	Unknown map[int][]string
	// Translated are the fields under the names that the rules read, in a box whose parameters have other names: one for
	// each of Fields, and behind them what the declaration of the box adds. It is nil if the names are those of the rules.
	Translated []Field
	// Ignored are the fields that the declaration of the box knows and leaves unread, by index into Fields.
	Ignored map[int]bool
}

// Field is one line of a box: a key and a value as they are in the document.
type Field struct {
	Key      string // as written: "Last Election7"
	Name     string // the parameter's name without its number: "last_election"
	Position int    // its number: 7; 0 if it has none
	Raw      string // the value as it is: the bytes from Offset on
	Text     string // the value as a reader sees it, white space folded
	Line     int
	Offset   int    // of the first byte of Raw in Document.Text; -1 in a format without offsets
	Path     string // where in the page the value is, in a page of HTML
	Page     string // the page that the first link in the value leads to
	Links    []Link // the links to articles that are parts of Text; nil if all of Text is one link
}

// Link is a link to an article in a value.
type Link struct {
	Text string // as a reader sees it
	Page string // the page that it leads to
	At   int    // where in Field.Text the link begins
}

// Defect is a place in a box that the reader of the format could not understand.
type Defect struct {
	Message string
	Raw     string
	Line    int
	Offset  int
}

// ParameterName splits a key into the name of the parameter, in lower case with one underscore between words, and its
// number, which is at the end or before an underscore: "Last Election7" is last_election and 7, and "party7_link" is
// party_link and 7. A key without a number, or with one of more than four digits, has position 0.
func ParameterName(key string) (name string, position int) {
	if !IsParameterName(key) {
		words := strings.FieldsFunc(key, func(r rune) bool { return r == '_' || unicode.IsSpace(r) })
		key = strings.ToLower(strings.Join(words, "_"))
	}
	return WithoutNumber(key)
}

// WithoutNumber splits a name for which IsParameterName is true, as ParameterName does.
func WithoutNumber(name string) (stem string, position int) {
	if last := len(name) - 1; last > 0 { // most names end with one digit
		oneDigit := isDigit(name[last]) && !isDigit(name[last-1])
		if oneDigit && name[last] != '0' && name[last-1] != '_' {
			return name[:last], int(name[last] - '0')
		}
	}
	start, end := numberIn(name)
	if start == 0 || start == end || end-start > 4 || name[start] == '0' {
		return name, 0
	}
	for i := start; i < end; i++ {
		position = position*10 + int(name[i]-'0')
	}
	for start > 0 && name[start-1] == '_' {
		start--
	}
	if end == len(name) {
		return name[:start], position
	}
	return name[:start] + name[end:], position
}

// numberIn finds the digits at the end of a name, or else the first ones if an underscore follows them. start and end
// are equal if there are none.
func numberIn(name string) (start, end int) {
	start, end = len(name), len(name)
	for start > 0 && isDigit(name[start-1]) {
		start--
	}
	if start < end {
		return start, end
	}
	for start = 0; start < len(name) && !isDigit(name[start]); start++ {
	}
	for end = start; end < len(name) && isDigit(name[end]); end++ {
	}
	if end < len(name) && name[end] != '_' {
		return end, end
	}
	return start, end
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsParameterName reports whether a key is written as its name is: in lower case, with single underscores inside.
func IsParameterName(key string) bool {
	for i := range len(key) {
		switch c := key[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '_' && i > 0 && i+1 < len(key) && key[i+1] != '_':
		default:
			return false
		}
	}
	return true
}
