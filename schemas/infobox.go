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
	Parent    int    // the box that it stands in; 0 for an outer box
	Template  string // the template's own name after redirects; "" where the form does not say
	Line      int
	Offset    int // of its first byte in Document.Text
	End       int // of the byte after its last
	Fields    []Field
	Defects   []Defect
	Truncated bool // the page ends before the box does: what is missing says nothing
	// Footnotes is what the footnotes in values say, one a line, by index into Fields. They are no part of Text.
	Footnotes map[int]string
	// Unknown is the templates in values that the box's reader does not know, by index into Fields; they stand
	// in Text as written.
	Unknown map[int][]string
	// Struck is what the page strikes out in values of which nothing else is left, by index into Fields. It is no part
	// of Text.
	Struck map[int]string
}

// Field is one line of a box: a key and a value as they stand in the document.
type Field struct {
	Key      string // as written: "Last Election7"
	Name     string // the parameter's name without its number: "last_election"
	Position int    // its number: 7; 0 where it has none
	Raw      string // the value as it stands: the bytes from Offset on
	Text     string // the value as a reader sees it, white space folded
	Line     int
	Offset   int    // of the first byte of Raw in Document.Text; -1 in a format without offsets
	Path     string // where the value stands, in a format without offsets
	Page     string // the page that the first link in the value leads to
}

// Defect is a place in a box that its format's reader could not understand.
type Defect struct {
	Message string
	Raw     string
	Line    int
	Offset  int
}

// ParameterName splits a key into the parameter's name, in lower case with one underscore between
// words, and its number, at the end or before an underscore: "Last Election7" is last_election and 7,
// "party7_link" is party_link and 7. A key without a number, or with one of more than four digits,
// has position 0.
func ParameterName(key string) (name string, position int) {
	if !IsParameterName(key) {
		key = strings.ToLower(strings.Join(strings.FieldsFunc(key, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }), "_"))
	}
	return WithoutNumber(key)
}

// WithoutNumber splits a name of IsParameterName, as ParameterName does.
func WithoutNumber(name string) (stem string, position int) {
	if last := len(name) - 1; last > 0 && isDigit(name[last]) && !isDigit(name[last-1]) && name[last] != '0' && name[last-1] != '_' {
		return name[:last], int(name[last] - '0') // as most are
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

// numberIn finds the digits at the end of a name, or else its first ones where an underscore follows;
// start and end are one where there are none.
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

// IsParameterName reports a key that is written as its name is: lower case, single underscores inside.
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
